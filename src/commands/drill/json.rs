//! Drills as JSON, version 1. Steps are counted from 1, and 0 is the moment before the first.

use std::io::{self, Write};

use drlint_drill::Moment;
use serde_json::{Value, json};

use super::told::Told;
use crate::commands::places::placed;

pub(super) fn write<'t>(all: impl Iterator<Item = &'t Told>, out: &mut dyn Write) -> io::Result<()> {
    let report = json!({"version": 1, "scenarios": all.map(scenario).collect::<Vec<_>>()});
    serde_json::to_writer_pretty(&mut *out, &report)?;
    out.write_all(b"\n")
}

fn scenario(told: &Told) -> Value {
    let steps: Vec<Value> = told
        .steps
        .iter()
        .zip(1_usize..)
        .map(|(step, number)| placed(json!({"number": number, "words": step.words}), step.place.as_ref()))
        .collect();
    let breaches: Vec<Value> = told
        .faults
        .iter()
        .map(|fault| {
            let value = json!({
                "kind": fault.kind,
                "severity": if fault.is_error { "error" } else { "warning" },
                "message": fault.message,
                "from": moment(fault.from),
                "until": fault.until.map(|step| step + 1),
            });
            placed(value, fault.place.as_ref())
        })
        .collect();
    let windows: Vec<Value> = told
        .windows
        .iter()
        .map(|window| {
            json!({
                "message": window.message,
                "from": window.lost + 1,
                "until": window.regained.map(|step| step + 1),
            })
        })
        .collect();
    let open: Vec<Value> = told
        .open
        .iter()
        .map(|open| {
            let value = json!({"reason": open.reason, "step": open.step.map(|step| step + 1)});
            placed(value, open.place.as_ref())
        })
        .collect();
    let value = json!({
        "name": told.name,
        "origin": told.origin,
        "verdict": told.verdict.name(),
        "steps": steps,
        "breaches": breaches,
        "windows": windows,
        "open": open,
        "opaqueActions": told.actions,
    });
    placed(value, told.place.as_ref())
}

/// The number of a step; the end is `"end"`.
fn moment(moment: Moment) -> Value {
    match moment {
        Moment::Start => json!(0),
        Moment::Step(step) => json!(step + 1),
        Moment::End => json!("end"),
    }
}
