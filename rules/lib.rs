//! The built-in rules: `rules/<group>/<rule>/` holds the code and the page of each.
//!
//! A rule is added here twice, once as a module and once in [`ALL`]; a test compares folders, list and names.

use drlint_policy::Builtin;

mod input {
    pub(crate) mod export_truncated;
    pub(crate) mod input_unreadable;
    pub(crate) mod key_duplicated;
    pub(crate) mod secret_in_export;
    pub(crate) mod suppression_expired;
    pub(crate) mod suppression_unused;
    pub(crate) mod value_unknown;
}
mod mirror {
    pub(crate) mod recovery_address_space_mismatch;
    pub(crate) mod recovery_in_source_region;
    pub(crate) mod recovery_subnet_mismatch;
    pub(crate) mod recovery_subnet_missing;
}
mod shared;

/// All rules, in the order of the catalogue.
pub static ALL: &[&Builtin] = &[
    &mirror::recovery_address_space_mismatch::RULE,
    &mirror::recovery_subnet_missing::RULE,
    &mirror::recovery_subnet_mismatch::RULE,
    &mirror::recovery_in_source_region::RULE,
    &input::input_unreadable::RULE,
    &input::value_unknown::RULE,
    &input::export_truncated::RULE,
    &input::secret_in_export::RULE,
    &input::suppression_unused::RULE,
    &input::suppression_expired::RULE,
    &input::key_duplicated::RULE,
];
