#![doc = include_str!("README.md")]

use drlint_policy::{Builtin, Check, Severity};

pub(crate) static RULE: Builtin = Builtin {
    name: "export-truncated",
    group: "input",
    summary: "an export is not complete",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Engine,
};
