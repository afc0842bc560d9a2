//! Ids compare without case, print as written, and lead to their parents.

use super::*;

const VNET: &str =
    "/subscriptions/S1/resourceGroups/rg-A/providers/Microsoft.Network/virtualNetworks/vnet-Source";

#[test]
fn ids_compare_without_case_and_print_as_written() {
    let id = ResourceId::parse(VNET).unwrap();
    let other = ResourceId::parse(&VNET.to_lowercase()).unwrap();
    assert_eq!(id, other);
    assert_eq!(id.to_string(), VNET);
    assert_eq!(id.name(), "vnet-Source");
    assert!(id.is("microsoft.network/virtualnetworks"));
}

#[test]
fn children_lead_to_their_parents() {
    let id = ResourceId::parse(VNET).unwrap();
    let subnet = id.child("subnets", Part::Known("Subnet1".into()));
    assert_eq!(subnet, ResourceId::parse(&format!("{VNET}/subnets/Subnet1")).unwrap());
    assert_eq!(subnet.parent(), Some(id));
    assert_eq!(subnet.full_name(), "vnet-Source/Subnet1");
}

#[test]
fn a_resource_group_named_providers_is_no_provider() {
    let id = ResourceId::parse("/subscriptions/s/resourceGroups/providers/providers/A.B/c/d").unwrap();
    assert_eq!((id.kind(), id.name()), ("A.B/c", "d"));
}

#[test]
fn an_unknown_scope_agrees_with_any() {
    let unknown = |what: &str| Part::unknown(what, what);
    let scope = Scope::Group { subscription: unknown("s"), group: unknown("g") };
    let id =
        ResourceId::new(scope, "microsoft.network/virtualNetworks", vec![Part::Known("VNET-source".into())]);
    let known = ResourceId::parse(VNET).unwrap();
    assert_ne!(id, known);
    assert!(id.may_be(&known));
    assert_eq!(id.to_string(), "microsoft.network/virtualNetworks/VNET-source");
}

#[test]
fn ids_that_are_read_together_are_those_that_are_read_alone() {
    let mut ids = Ids::default();
    let texts = [
        VNET.to_owned(),
        VNET.replace("vnet-Source", "other"),
        format!("{VNET}/subnets/a"),
        format!("{VNET}/subnets/a"),
        format!("{VNET}/subnets/b"),
        format!("{VNET}/"),
        format!("{VNET} "),
        VNET.replace("virtualNetworks", "routeTables"),
        "/subscriptions/s/resourceGroups/providers/providers/A.B/c/d".to_owned(),
        "/subscriptions/s/resourceGroups/providers".to_owned(),
        "/providers/A.B/c".to_owned(),
        "x".to_owned(),
    ];
    for text in texts.iter().chain(&texts) {
        let together = ids.parse(text, ResourceId::parse);
        let alone = ResourceId::parse(text);
        assert_eq!(together, alone, "{text}");
        assert_eq!(together.map(|id| id.to_string()), alone.map(|id| id.to_string()));
    }
}

#[test]
fn the_order_and_the_hash_are_those_of_the_keys() {
    let kind = "/subscriptions/S/resourceGroups/g/providers/A.B/c";
    let scope = |identity: &str| Scope::Group {
        subscription: Part::Known("s".into()),
        group: Part::unknown("[group]", identity),
    };
    let mut ids: Vec<ResourceId> = ["b", "B-1", "a", "a/d/x", "a/d/X1", "ab/d/x", "é", "É/d/y", "K", "k"]
        .iter()
        .filter_map(|rest| ResourceId::parse(&format!("{kind}/{rest}")))
        .collect();
    ids.extend(
        ["one", "two"].map(|identity| {
            ResourceId::new(scope(identity), "A.B/c", vec![Part::unknown("[name]", identity)])
        }),
    );
    assert_eq!(ids.len(), 12);
    for one in &ids {
        for two in &ids {
            assert_eq!(one.cmp(two), one.key().cmp(&two.key()), "{one} {two}");
            assert_eq!(one == two, one.key() == two.key(), "{one} {two}");
            if one == two {
                assert_eq!(hash(one), hash(two), "{one} {two}");
            }
        }
    }
}

fn hash(id: &ResourceId) -> u64 {
    let mut hasher = FxHasher::default();
    id.hash(&mut hasher);
    hasher.finish()
}
