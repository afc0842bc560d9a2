#![doc = include_str!("README.md")]

use drlint_policy::{Builtin, Check, Severity};

pub(crate) static RULE: Builtin = Builtin {
    name: "suppression-unused",
    group: "input",
    summary: "a suppression matches nothing",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Engine,
};
