#![doc = include_str!("README.md")]

use drlint_policy::{Builtin, Check, Severity};

pub(crate) static RULE: Builtin = Builtin {
    name: "key-duplicated",
    group: "input",
    summary: "a key stands twice in one object",
    severity: Severity::Note,
    page: include_str!("README.md"),
    check: Check::Engine,
};
