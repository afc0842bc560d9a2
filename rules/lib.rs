//! The built-in rules: `rules/<group>/<rule>/` holds the code and the page of each.
//!
//! A rule is added here twice, once as a module and once in [`ALL`]; a test compares folders, list and names.

use drlint_policy::Builtin;

mod drift {
    pub(crate) mod deployed_network_drifted;
}
mod drill {
    pub(crate) mod drill_advertised_twice;
    pub(crate) mod drill_ip_lost;
    pub(crate) mod drill_link_lost;
    pub(crate) mod drill_overlap;
    pub(crate) mod played;
}
mod fixes;
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
    pub(crate) mod words;
}
mod mirror {
    pub(crate) mod recovery_address_space_extra;
    pub(crate) mod recovery_address_space_mismatch;
    pub(crate) mod recovery_dns_mismatch;
    pub(crate) mod recovery_in_source_region;
    pub(crate) mod recovery_subnet_controls_missing;
    pub(crate) mod recovery_subnet_mismatch;
    pub(crate) mod recovery_subnet_missing;
    pub(crate) mod recovery_subnet_too_small;
}
mod moves;
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
mod target_ip {
    pub(crate) mod accelerated_networking_mismatch;
    pub(crate) mod ipv6_in_protected_subnet;
    pub(crate) mod protected_nic_missing;
    pub(crate) mod public_ip_not_retained;
    pub(crate) mod secondary_ip_left_behind;
    pub(crate) mod source_ip_dynamic;
    pub(crate) mod target_ip_changed;
    pub(crate) mod target_ip_outside_subnet;
    pub(crate) mod target_ip_reserved;
    pub(crate) mod target_ip_taken;
    pub(crate) mod target_ip_unpinned;
    pub(crate) mod target_subnet_fallback;
}

/// All rules, in the order of the catalogue.
pub static ALL: &[&Builtin] = &[
    &mirror::recovery_address_space_mismatch::RULE,
    &mirror::recovery_subnet_missing::RULE,
    &mirror::recovery_subnet_mismatch::RULE,
    &mirror::recovery_subnet_too_small::RULE,
    &mirror::recovery_in_source_region::RULE,
    &mirror::recovery_address_space_extra::RULE,
    &mirror::recovery_dns_mismatch::RULE,
    &mirror::recovery_subnet_controls_missing::RULE,
    &target_ip::target_ip_unpinned::RULE,
    &target_ip::target_ip_changed::RULE,
    &target_ip::target_ip_outside_subnet::RULE,
    &target_ip::target_ip_reserved::RULE,
    &target_ip::target_ip_taken::RULE,
    &target_ip::source_ip_dynamic::RULE,
    &target_ip::secondary_ip_left_behind::RULE,
    &target_ip::target_subnet_fallback::RULE,
    &target_ip::protected_nic_missing::RULE,
    &target_ip::ipv6_in_protected_subnet::RULE,
    &target_ip::accelerated_networking_mismatch::RULE,
    &target_ip::public_ip_not_retained::RULE,
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
    &drill::drill_overlap::RULE,
    &drill::drill_advertised_twice::RULE,
    &drill::drill_link_lost::RULE,
    &drill::drill_ip_lost::RULE,
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
