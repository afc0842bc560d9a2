#![doc = include_str!("README.md")]

use drlint_policy::{Builtin, Check, Severity};

pub(crate) static RULE: Builtin = Builtin {
    name: "secret-in-export",
    group: "input",
    summary: "an export, or a template, carries a secret in clear",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Engine,
};
