#![doc = include_str!("README.md")]



pub(crate) static RULE: Builtin = Builtin {
    name: "",
    group: "-150",
    summary: "",
    severity: Severity::,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

    Checking drlint-policy v0.1.0 (/work/h-rules3/crates/policy)
    Checking drlint-rules v0.1.0 (/work/h-rules3/rules)
error[E0609]: no field `known_from_outside` on type `&&drlint_estate::Subnet`
  --> rules/platform/subnet_layout_invalid/mod.rs:23:70
   |
23 |         for subnet in network.subnets.iter().filter(|subnet| !subnet.known_from_outside) {
   |                                                                      ^^^^^^^^^^^^^^^^^^ unknown field
   |
   = note: available fields are: `name`, `id`, `place`, `prefixes`, `security_group` ... and 5 others

For more information about this error, try `rustc --explain E0609`.
error: could not compile `drlint-rules` (lib) due to 1 previous error
