//! A drill with its names written out: what all formats tell.

use drlint_drill::{BreachKind, Drill, Moment, Origin, Scenario, Step, Verdict};
use drlint_estate::Estate;
use drlint_source::Span;

use super::words;
use crate::commands::places::{Place, Places};
use crate::picture::step_in_words;

/// The origin of a failover that `drlint.toml` states.
pub(super) const DECLARED: &str = "declared";

/// A drill in words.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) name: String,
    /// `declared`, `recovery-plan` or `implied`.
    pub(super) origin: &'static str,
    /// Where it is stated.
    pub(super) place: Option<Place>,
    pub(super) verdict: Verdict,
    pub(super) steps: Vec<ToldStep>,
    pub(super) faults: Vec<Fault>,
    pub(super) windows: Vec<ToldWindow>,
    pub(super) open: Vec<ToldOpen>,
    /// Actions of a recovery plan, by name: what they do is not known.
    pub(super) actions: Vec<String>,
}

#[derive(Debug)]
pub(super) struct ToldStep {
    pub(super) words: String,
    pub(super) place: Option<Place>,
}

/// Something that is wrong.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) kind: &'static str,
    /// Its kind as a sentence has it.
    pub(super) short: &'static str,
    pub(super) message: String,
    /// Otherwise it is a warning.
    pub(super) is_error: bool,
    pub(super) from: Moment,
    /// The step that ended it, counted from 0.
    pub(super) until: Option<usize>,
    pub(super) place: Option<Place>,
}

/// A time without a link, steps counted from 0.
#[derive(Debug)]
pub(super) struct ToldWindow {
    pub(super) message: String,
    pub(super) lost: usize,
    pub(super) regained: Option<usize>,
}

/// A question that stays open.
#[derive(Debug)]
pub(super) struct ToldOpen {
    /// The step after which it came up, counted from 0; `None` for the end.
    pub(super) step: Option<usize>,
    pub(super) reason: String,
    pub(super) place: Option<Place>,
    /// Whether it is a fault by the word of one export, but not of another.
    pub(super) is_disputed: bool,
}

/// Writes out a drill.
pub(super) fn tell(estate: &Estate, drill: &Drill, places: &mut Places<'_>) -> Told {
    let scenario = &drill.scenario;
    let (origin, span) = match &scenario.origin {
        Origin::Declared { place, .. } => (DECLARED, Some(*place)),
        Origin::RecoveryPlan { place, .. } => ("recovery-plan", Some(*place)),
        Origin::Implied => ("implied", None),
    };
    let mut at = |span: Option<Span>| span.and_then(|span| places.place(span));
    let step = |step: &Step, place| ToldStep { words: step_in_words(estate, step), place };
    Told {
        name: scenario.name.clone(),
        origin,
        place: at(span),
        verdict: drill.verdict,
        steps: scenario.steps.iter().map(|one| step(one, at(one.place))).collect(),
        faults: drill
            .breaches
            .iter()
            .map(|breach| Fault {
                kind: words::kind(&breach.kind),
                short: words::short(&breach.kind),
                message: words::message(estate, &breach.kind),
                is_error: breach.kind.is_error(),
                from: breach.from,
                until: breach.until,
                place: at(span_of(scenario, breach.from, &breach.kind)),
            })
            .collect(),
        windows: drill
            .windows
            .iter()
            .map(|window| ToldWindow {
                message: words::window(estate, drill, window),
                lost: window.lost,
                regained: window.regained,
            })
            .collect(),
        open: drill
            .open
            .iter()
            .map(|open| ToldOpen {
                step: open.step,
                reason: open.reason.clone(),
                place: at(open.place),
                is_disputed: false,
            })
            .collect(),
        actions: scenario.opaque_actions().to_vec(),
    }
}

/// Where a fault is to be looked for: at its step, else at the list of steps.
fn span_of(scenario: &Scenario, from: Moment, kind: &BreachKind) -> Option<Span> {
    if let BreachKind::Ineffective { place: Some(place), .. } = kind {
        return Some(*place);
    }
    let step = match (from, kind) {
        (Moment::Step(step), _) => Some(step),
        (_, BreachKind::OtherKind { made, .. }) => *made,
        (_, BreachKind::NotRerouted { connected, .. }) => *connected,
        _ => None,
    };
    let stated = step.and_then(|step| scenario.steps.get(step)).and_then(|step| step.place);
    stated.or(match scenario.origin {
        Origin::Declared { steps, .. } => Some(steps),
        Origin::RecoveryPlan { place, .. } => Some(place),
        Origin::Implied => None,
    })
}

impl Told {
    /// `declared`, and where.
    pub(super) fn said_by(&self) -> String {
        let origin = match self.origin {
            "recovery-plan" => "a recovery plan",
            "implied" => "implied by the estate, to be looked at",
            other => other,
        };
        match &self.place {
            Some(place) => format!("{origin}, {place}"),
            None => origin.to_owned(),
        }
    }

    /// What is to be said about the moment after `at` steps. The end is a moment of its own.
    pub(super) fn remarks(&self, at: Instant) -> Vec<Remark> {
        let mut said = Vec::new();
        for fault in &self.faults {
            let mark = if fault.is_error { Mark::Wrong } else { Mark::Doubtful };
            if at.is(fault.from) {
                said.push(Remark { mark, text: fault.message.clone() });
                continue;
            }
            match fault.at(at, self.steps.len()) {
                Some(Stage::Lasts(since)) => {
                    let since = if since == 0 { "the start".to_owned() } else { format!("step {since}") };
                    said.push(Remark { mark, text: format!("{} lasts, since {since}", fault.short) });
                }
                Some(Stage::Over) => {
                    said.push(Remark { mark: Mark::Good, text: format!("{} is over", fault.short) });
                }
                None => {}
            }
        }
        let mut is_disputed = false;
        for open in self.open.iter().filter(|open| at.is_step(open.step)) {
            is_disputed |= open.is_disputed;
            // One reason may leave several questions open.
            if !said.iter().any(|remark| remark.text == open.reason) {
                said.push(Remark { mark: Mark::Open, text: open.reason.clone() });
            }
        }
        let text = match at {
            Instant::Start | Instant::After(_)
                if !(is_disputed || said.iter().any(|remark| remark.mark == Mark::Wrong)) =>
            {
                "nothing overlaps, is announced twice or is split"
            }
            Instant::End if self.links_are_back() => "every link of the start is there",
            _ => return said,
        };
        said.insert(0, Remark { mark: Mark::Good, text: text.to_owned() });
        said
    }

    fn links_are_back(&self) -> bool {
        let faults = self.faults.iter().all(|fault| fault.from != Moment::End);
        faults && self.open.iter().all(|open| open.step.is_some())
    }
}

/// How a fault that began before stands.
enum Stage {
    /// It lasts since this step, counted from 1; 0 is the start.
    Lasts(usize),
    /// It has just ended.
    Over,
}

impl Fault {
    fn at(&self, at: Instant, steps: usize) -> Option<Stage> {
        let begun = begun(self.from)?;
        let step = match at {
            Instant::Start => return None,
            Instant::After(step) => step,
            Instant::End => steps,
        };
        match self.until {
            _ if begun > step => None,
            None => Some(Stage::Lasts(begun)),
            Some(until) if until > step => Some(Stage::Lasts(begun)),
            Some(until) if until == step => Some(Stage::Over),
            Some(_) => None,
        }
    }
}

/// The number of the step at which a fault began, counted from 1; 0 is the start.
fn begun(from: Moment) -> Option<usize> {
    match from {
        Moment::Start => Some(0),
        Moment::Step(step) => Some(step + 1),
        Moment::End => None,
    }
}

/// A moment that is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Instant {
    Start,
    /// After this step, counted from 0.
    After(usize),
    End,
}

impl Instant {
    fn is(self, moment: Moment) -> bool {
        match (self, moment) {
            (Self::Start, Moment::Start) | (Self::End, Moment::End) => true,
            (Self::After(one), Moment::Step(two)) => one == two,
            _ => false,
        }
    }

    fn is_step(self, step: Option<usize>) -> bool {
        match self {
            Self::Start => false,
            Self::After(own) => step == Some(own),
            Self::End => step.is_none(),
        }
    }
}

/// Something to say about a moment.
#[derive(Debug)]
pub(super) struct Remark {
    pub(super) mark: Mark,
    pub(super) text: String,
}

/// How a remark is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Good,
    Wrong,
    Doubtful,
    Open,
}

impl Mark {
    pub(super) fn sign(self) -> char {
        match self {
            Self::Good => '✓',
            Self::Wrong => '✗',
            Self::Doubtful => '!',
            Self::Open => '?',
        }
    }

    /// A name that a page can give a colour.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Wrong => "fault",
            Self::Doubtful => "doubt",
            Self::Open => "open",
        }
    }
}
