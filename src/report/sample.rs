//! Outcomes for the tests of the formats: a small estate, a clean one, and one full of strangers' characters.

use std::io;
use std::sync::Arc;

use drlint_policy::{Builtin, Check, Finding, Related, Severity, Undecided};
use drlint_source::{Encoding, FileId, Files, SourceFile, Span};

use crate::outcome::{Input, InputKind, Outcome, Reported, Summary};
use crate::repository::Repository;

const PAGE: &str = "# target-ip-changed\n\nA machine gets **another** `address`,\nthat is\nnot its own.\n\n## Fires\n\n\
                    ```json x.json\n{}\n```\n\nMore prose.\n";

static CHANGED: Builtin = Builtin {
    name: "target-ip-changed",
    group: "target_ip",
    summary: "a machine gets another address",
    severity: Severity::Error,
    page: PAGE,
    check: Check::Engine,
};
static DUPLICATED: Builtin = Builtin {
    name: "key-duplicated",
    group: "input",
    summary: "a key stands twice in one object",
    severity: Severity::Note,
    page: "# key-duplicated\n\nThe last one counts.\n",
    check: Check::Engine,
};
static TRUNCATED: Builtin = Builtin {
    name: "export-truncated",
    group: "input",
    summary: "an export is not complete",
    severity: Severity::Warning,
    page: "# export-truncated\n\nPages are missing.\n",
    check: Check::Engine,
};

/// What a writer writes, as text.
pub(crate) fn text(write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// A span by the text it covers, the first such.
pub(crate) fn span(outcome: &Outcome, file: u32, covered: &str) -> Span {
    let at = outcome.files.get(FileId(file)).unwrap().text.find(covered).unwrap();
    Span::new(FileId(file), u32::try_from(at).unwrap(), u32::try_from(at + covered.len()).unwrap())
}

/// A finding of a rule.
pub(crate) fn finding(rule: &'static Builtin, place: Span, message: &str) -> Reported {
    let finding = Finding {
        place,
        rule: rule.name,
        message: message.to_owned(),
        group: rule.group,
        severity: rule.severity,
        help: None,
        resource: "vnet-b".to_owned(),
        related: Vec::new(),
        fix: None,
        parameters: Vec::new(),
        common: None,
    };
    Reported {
        finding,
        fingerprint: format!("{:016x}", place.start),
        file: String::new(),
        property: String::new(),
    }
}

/// The rule of [`estate`]'s error.
pub(crate) fn changed() -> &'static Builtin {
    &CHANGED
}

/// An outcome over files of these names and texts.
pub(crate) fn over(files: &[(&str, &str)]) -> Outcome {
    let source = |(path, text): &(&str, &str)| {
        Arc::new(SourceFile::new((*path).to_owned(), (*text).into(), Encoding::Utf8 { mark: false }))
    };
    let input =
        |(path, _): &(&str, &str)| Input { path: (*path).to_owned(), kind: InputKind::Export, reason: None };
    Outcome {
        files: Files::new(files.iter().map(source).collect()),
        masks: crate::masks::Masks::default(),
        inputs: files.iter().map(input).collect(),
        findings: Vec::new(),
        undecided: Vec::new(),
        suppressed: Vec::new(),
        fixed: Vec::new(),
        drills: Vec::new(),
        summary: Summary { files: files.len(), ..Summary::default() },
        rules: vec![&CHANGED, &DUPLICATED, &TRUNCATED],
        repository: Repository::default(),
    }
}

/// Nothing is wrong.
pub(crate) fn clean() -> Outcome {
    over(&[("net.json", "{}")])
}

/// Two files, one finding of each severity, one undecided rule.
pub(crate) fn estate() -> Outcome {
    let recovery = "{\n  \"a\": 1,\n  \"récup\": \"é\"\n}\n";
    let mut outcome = over(&[("recovery.json", recovery), ("source.json", "[1,\n2]\n")]);
    let mut error =
        finding(&CHANGED, span(&outcome, 0, "\"a\": 1"), "recovery network `vnet-b` lacks `10.0.0.0/16`");
    error.finding.help = Some("give `vnet-b` the address space of `vnet-a`".to_owned());
    error.finding.related = vec![
        Related { place: span(&outcome, 1, "1"), message: "the source declares it here".to_owned() },
        Related { place: span(&outcome, 1, "2"), message: "the pair: drlint.toml".to_owned() },
    ];
    let note = finding(&DUPLICATED, span(&outcome, 0, "\"é\""), "key `é` stands twice; the last one counts");
    let warning = finding(&TRUNCATED, span(&outcome, 1, "1,\n2"), "page 2 is missing");
    outcome.findings = vec![error, note, warning];
    outcome.undecided = vec![Undecided {
        place: span(&outcome, 1, "2"),
        rule: CHANGED.name,
        resource: "vnet-c".to_owned(),
        reason: "parameter `prefix` has no value".to_owned(),
        declared: None,
        other: None,
    }];
    outcome.summary = Summary {
        files: 2,
        exports: 2,
        resources: 5,
        pairs: 1,
        errors: 1,
        warnings: 1,
        notes: 1,
        undecided: 1,
        ..Summary::default()
    };
    outcome.repository = Repository::around("/repository".as_ref(), ".".as_ref());
    outcome
}

/// One finding whose file, message, help and related place are written by an enemy of every format.
pub(crate) fn hostile() -> Outcome {
    let name = "50% a,line=9::x\n::error title=y::z\u{1b}[31m|<script>`]; \"'&#1@team\u{202e}\u{85}.json";
    let mut outcome = over(&[(name, "{\"x\": \"\u{1b}[2J\"}")]);
    let message = "100% `<script>`\r\n::warning::x\n##vso[task.complete]@team #1 [a](1) ](2) | <!-- \u{1b}]8;;http://x\u{7} \
                   \u{ffff} \u{9b}";
    let mut error = finding(&CHANGED, span(&outcome, 0, "\"x\""), message);
    error.finding.help = Some(message.to_owned());
    error.finding.resource = message.to_owned();
    error.finding.related = vec![Related { place: span(&outcome, 0, "}"), message: message.to_owned() }];
    outcome.findings = vec![error];
    outcome.summary.errors = 1;
    outcome
}
