#![doc = include_str!("README.md")]

use drlint_policy::{Builtin, Check, Severity};

pub(crate) static RULE: Builtin = Builtin {
    name: "input-unreadable",
    group: "input",
    summary: "a file or a part of it could not be read or evaluated",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Engine,
};
