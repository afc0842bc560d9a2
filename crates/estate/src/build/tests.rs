//! What must not depend on chance: the order of the resources.

use std::fmt::Write as _;

use proptest::prelude::*;

use crate::testing::Inputs;
use crate::testing::company::{company_a, list, network};
use crate::{Estate, Intent};

/// All that the estate knows, as text.
fn told(estate: &Estate) -> String {
    let mut text = format!("{:#?}{:#?}", estate.networks(), estate.links());
    for pair in estate.pairs() {
        // Writing to a string cannot fail.
        let _ = write!(text, "{}{}{:?}", pair.source.id, pair.recovery.id, pair.evidence());
    }
    text + &format!(
        "{:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}",
        estate.interfaces(),
        estate.machines(),
        estate.items(),
        estate.gateways(),
        estate.sites(),
        estate.supposed_pairs(),
        estate.contradictions(),
        estate.dangling()
    )
}

fn inputs() -> Inputs {
    let mut inputs = Inputs::default();
    inputs.export(&list(&company_a()));
    // The same networks once more, partly told differently.
    let again = [
        network("vnet-source", "eastasia", "10.1.0.0/16", &[("Subnet9", "10.1.9.0/24")]),
        network("VNET-azure", "eastasia", "10.3.0.0/16", &[]),
    ];
    inputs.export(&list(&again));
    inputs.template(
        r#"[{"type": "Microsoft.Network/virtualNetworks", "name": "vnet-recovery", "location": "?where",
            "properties": {"addressSpace": {"addressPrefixes": ["10.1.0.0/17", "10.1.128.0/17"]}}},
            {"type": "Microsoft.Network/virtualNetworks/subnets", "name": "vnet-recovery/Subnet7",
            "properties": {"addressPrefix": "?what"}}]"#,
    );
    inputs
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_resources_makes_no_difference(
        shuffled in Just(inputs().resources()).prop_shuffle()
    ) {
        let expected = told(&inputs().estate());
        let found = told(&Estate::build(shuffled, Intent::default()));
        prop_assert!(found == expected, "the estates differ");
    }
}
