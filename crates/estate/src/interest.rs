//! Which resources the estate looks at.

/// Whether the estate makes anything of resources of this type. Others are counted and dropped.
pub fn is_of_interest(kind: &str) -> bool {
    let begins = |start: &str| kind.get(..start.len()).is_some_and(|kind| kind.eq_ignore_ascii_case(start));
    begins("microsoft.network/")
        || kind.eq_ignore_ascii_case("microsoft.compute/virtualmachines")
        || begins("microsoft.recoveryservices/vaults")
}

/// The members that the estate reads of resources of this type, at whatever depth they stand; `None` means that it may
/// read any.
///
/// Known are the types that come by the hundred thousand. What resources say to drlint itself is always among them.
pub fn members_of_interest(kind: &str) -> Option<&'static [&'static str]> {
    let lists = [
        ("Microsoft.Network/networkInterfaces", INTERFACE),
        ("Microsoft.Compute/virtualMachines", MACHINE),
        ("Microsoft.Network/publicIPAddresses", PUBLIC_ADDRESS),
        ("Microsoft.Network/networkSecurityGroups", NOTHING),
    ];
    lists.into_iter().find(|(known, _)| kind.eq_ignore_ascii_case(known)).map(|(_, members)| members)
}

/// These members, and those that a resource says something to drlint with.
macro_rules! members {
    ($($own:literal),* $(,)?) => {
        &[$($own,)* "metadata", "drlint", "ignore", "rule", "reason", "until"]
    };
}

const INTERFACE: &[&str] = members![
    "ipConfigurations",
    "name",
    "privateIPAddress",
    "privateIPAllocationMethod",
    "privateIPAddressVersion",
    "primary",
    "subnet",
    "id",
    "publicIPAddress",
    "loadBalancerBackendAddressPools",
    "virtualMachine",
    "privateEndpoint",
    "enableAcceleratedNetworking",
];

const MACHINE: &[&str] = members![
    "networkProfile",
    "networkInterfaces",
    "id",
    "primary",
    "tags",
    "dr-recovers",
    "dr-application",
    "dr-role",
];

const PUBLIC_ADDRESS: &[&str] = members!["ipAddress"];

/// That it exists is all that is asked.
const NOTHING: &[&str] = members![];
