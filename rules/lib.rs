//! The built-in rules: `rules/<group>/<rule>/` holds the code and the page of each.
//!
//! A rule is added here twice, once as a module and once in [`ALL`]; a test compares folders, list and names.

use drlint_policy::Builtin;

mod drift {
    pub(crate) mod deployed_network_drifted;
}
mod input {
    pub(crate) mod export_truncated;
    pub(crate) mod input_unreadable;
    pub(crate) mod key_duplicated;
    pub(crate) mod reference_dangling;
    pub(crate) mod secret_in_export;
    pub(crate) mod suppression_expired;
    pub(crate) mod suppression_unused;
    pub(crate) mod value_unknown;
}
mod isolation {
    pub(crate) mod application_shares_network;
    pub(crate) mod recovery_network_shared;
    pub(crate) mod subnet_failover_keeps_ip;
    pub(crate) mod subnet_failover_same_space;
}
mod mirror {
    pub(crate) mod recovery_address_space_mismatch;
    pub(crate) mod recovery_in_source_region;
    pub(crate) mod recovery_subnet_mismatch;
    pub(crate) mod recovery_subnet_missing;
}
mod on_premises {
    pub(crate) mod circuit_preference_missing;
    pub(crate) mod on_premises_prefix_advertised_twice;
    pub(crate) mod on_premises_reroute_missing;
    pub(crate) mod on_premises_subnet_failover;
}
mod partial;
mod platform {
    pub(crate) mod internal_load_balancer_not_mirrored;
    pub(crate) mod next_hop_not_mirrored;
    pub(crate) mod private_endpoint_not_mirrored;
    pub(crate) mod subnet_layout_invalid;
}
mod replication {
    pub(crate) mod machine_not_in_plan;
    pub(crate) mod machine_not_protected;
    pub(crate) mod mapping_bypassed;
    pub(crate) mod network_mapping_missing;
    pub(crate) mod plan_invalid;
    pub(crate) mod plan_one_directional;
    pub(crate) mod plan_without_connectivity_step;
    pub(crate) mod reverse_mapping_missing;
    pub(crate) mod test_failover_network_unsafe;
}
mod shared;

/// All rules, in the order of the catalogue.
pub static ALL: &[&Builtin] = &[
    &mirror::recovery_address_space_mismatch::RULE,
    &mirror::recovery_subnet_missing::RULE,
    &mirror::recovery_subnet_mismatch::RULE,
    &mirror::recovery_in_source_region::RULE,
    &isolation::application_shares_network::RULE,
    &isolation::subnet_failover_keeps_ip::RULE,
    &isolation::subnet_failover_same_space::RULE,
    &isolation::recovery_network_shared::RULE,
    &on_premises::on_premises_prefix_advertised_twice::RULE,
    &on_premises::circuit_preference_missing::RULE,
    &on_premises::on_premises_subnet_failover::RULE,
    &on_premises::on_premises_reroute_missing::RULE,
    &replication::network_mapping_missing::RULE,
    &replication::reverse_mapping_missing::RULE,
    &replication::mapping_bypassed::RULE,
    &replication::test_failover_network_unsafe::RULE,
    &replication::machine_not_protected::RULE,
    &replication::machine_not_in_plan::RULE,
    &replication::plan_without_connectivity_step::RULE,
    &replication::plan_one_directional::RULE,
    &replication::plan_invalid::RULE,
    &platform::subnet_layout_invalid::RULE,
    &platform::internal_load_balancer_not_mirrored::RULE,
    &platform::private_endpoint_not_mirrored::RULE,
    &platform::next_hop_not_mirrored::RULE,
    &drift::deployed_network_drifted::RULE,
    &input::input_unreadable::RULE,
    &input::value_unknown::RULE,
    &input::export_truncated::RULE,
    &input::reference_dangling::RULE,
    &input::secret_in_export::RULE,
    &input::suppression_unused::RULE,
    &input::suppression_expired::RULE,
    &input::key_duplicated::RULE,
];
