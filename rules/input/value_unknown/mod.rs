#![doc = include_str!("README.md")]

use drlint_policy::{Builtin, Check, Severity};

pub(crate) static RULE: Builtin = Builtin {
    name: "value-unknown",
    group: "input",
    summary: "a rule could not decide because a value is not known",
    severity: Severity::Note,
    page: include_str!("README.md"),
    check: Check::Engine,
};
