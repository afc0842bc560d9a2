//! What a run found: all that a writer needs.

use drlint_drill::Verdict;
use drlint_policy::{Builtin, Finding, Severity, Told, Undecided, told};
use drlint_source::{FileId, Files};

use crate::baseline::Entry;
use crate::masks::Masks;
use crate::repository::Repository;

/// The outcome of a check.
#[derive(Debug)]
pub struct Outcome {
    /// Every file by id. Only those with a place to show have their text.
    pub files: Files,
    /// What must not be shown of them.
    pub masks: Masks,
    /// Every file that was met.
    pub inputs: Vec<Input>,
    /// What is wrong, sorted by place.
    pub findings: Vec<Reported>,
    /// What could not be decided, sorted by place.
    pub undecided: Vec<Undecided>,
    /// What is wrong and people chose to live with.
    pub suppressed: Vec<SuppressedReport>,
    /// Entries of the baseline that no finding needs any more.
    pub fixed: Vec<Entry>,
    /// What drills come to, if the report is to tell it.
    pub drills: Vec<DrillVerdict>,
    /// Numbers.
    pub summary: Summary,
    /// All rules, whether they fired or not.
    pub rules: Vec<&'static Builtin>,
    /// Where the files lie in their repository.
    pub repository: Repository,
}

/// A finding with its name across runs.
#[derive(Clone, Debug)]
pub struct Reported {
    /// The finding.
    pub finding: Finding,
    /// Rule, file, resource and property, hashed: survives moved lines.
    pub fingerprint: String,
    /// What its file is called in every run, whatever else is checked and from where.
    pub file: String,
    /// The way to the value in its file, such as `resources/vnet-a/properties/addressSpace`.
    pub property: String,
}

/// A finding that is not reported, and why.
#[derive(Clone, Debug)]
pub struct SuppressedReport {
    /// The finding.
    pub reported: Reported,
    /// The reason of the entry that hid it.
    pub reason: String,
}

/// What a drill comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrillVerdict {
    /// The failover that was played.
    pub scenario: String,
    /// What it comes to.
    pub verdict: Verdict,
    /// How many faults it has.
    pub faults: usize,
}

/// A file that was met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its path as shown.
    pub path: String,
    /// What it is.
    pub kind: InputKind,
    /// Why it was skipped, or what else there is to say.
    pub reason: Option<String>,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum InputKind {
    /// An ARM template.
    Template,
    /// A parameter file.
    Parameters,
    /// Exported configuration.
    Export,
    /// `drlint.toml`.
    Config,
    /// Not read, with a reason.
    Skipped,
    /// Could not be read: an error-level finding says why.
    Unreadable,
}

impl InputKind {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Template => "template",
            Self::Parameters => "parameters",
            Self::Export => "export",
            Self::Config => "config",
            Self::Skipped | Self::Unreadable => "skipped",
        }
    }
}

/// Numbers of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files met.
    pub files: usize,
    /// Templates read.
    pub templates: usize,
    /// Exports read.
    pub exports: usize,
    /// Files skipped.
    pub skipped: usize,
    /// Resources in the estate.
    pub resources: usize,
    /// Recovery pairs.
    pub pairs: usize,
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Findings that are notes.
    pub notes: usize,
    /// Rules and subjects that could not be decided.
    pub undecided: usize,
    /// Findings that are suppressed, by an entry or by the baseline.
    pub suppressed: usize,
}

impl Outcome {
    /// Leaves out the findings and undecided entries that have no place in a file that `keep` accepts. What stands
    /// in no file stays.
    pub fn retain_touching(&mut self, keep: impl Fn(FileId) -> bool) {
        let files = &self.files;
        let keep = |file: FileId| files.get(file).is_none() || keep(file);
        self.findings.retain(|reported| {
            let finding = &reported.finding;
            keep(finding.place.file) || finding.related.iter().any(|related| keep(related.place.file))
        });
        self.undecided.retain(|entry| entry.places().any(|place| keep(place.file)));
        self.count();
    }

    /// Counts the findings anew.
    pub(crate) fn count(&mut self) {
        let count =
            |severity| self.findings.iter().filter(|reported| reported.finding.severity == severity).count();
        self.summary.errors = count(Severity::Error);
        self.summary.warnings = count(Severity::Warning);
        self.summary.notes = count(Severity::Note);
        self.summary.undecided = self.undecided.len();
    }

    /// The findings as people are told them: many of one fault in one.
    pub fn told(&self) -> Vec<Told<'_>> {
        told(self.findings.iter().map(|reported| &reported.finding))
    }

    /// The gravest finding.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|reported| reported.finding.severity).max()
    }
}
