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
mod links {
    pub(crate) mod connected_networks_overlap;
    pub(crate) mod gateway_subnet_invalid;
    pub(crate) mod gateway_transit_mismatch;
    pub(crate) mod global_peering_basic_load_balancer;
    pub(crate) mod link_type_mismatch;
    pub(crate) mod local_gateway_overlaps_network;
    pub(crate) mod neighbors_overlap;
    pub(crate) mod peering_flags_mismatch;
    pub(crate) mod peering_one_sided;
    pub(crate) mod recovery_connected_early;
    pub(crate) mod recovery_gateway_missing;
    pub(crate) mod recovery_link_unplanned;
    pub(crate) mod replica_overlaps_source;
    pub(crate) mod source_recovery_connected;
    pub(crate) mod vpn_connection_one_sided;
    mod words;
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
    &links::connected_networks_overlap::RULE,
    &links::source_recovery_connected::RULE,
    &links::neighbors_overlap::RULE,
    &links::recovery_connected_early::RULE,
    &links::replica_overlaps_source::RULE,
    &links::link_type_mismatch::RULE,
    &links::recovery_link_unplanned::RULE,
    &links::peering_one_sided::RULE,
    &links::gateway_transit_mismatch::RULE,
    &links::peering_flags_mismatch::RULE,
    &links::global_peering_basic_load_balancer::RULE,
    &links::vpn_connection_one_sided::RULE,
    &links::local_gateway_overlaps_network::RULE,
    &links::recovery_gateway_missing::RULE,
    &links::gateway_subnet_invalid::RULE,
    &input::input_unreadable::RULE,
    &input::value_unknown::RULE,
    &input::export_truncated::RULE,
    &input::secret_in_export::RULE,
    &input::suppression_unused::RULE,
    &input::suppression_expired::RULE,
    &input::key_duplicated::RULE,
];
