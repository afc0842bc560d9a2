//! Which resources the estate looks at.

/// Whether the estate makes anything of resources of this type. Others are counted and dropped.
pub fn is_of_interest(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    kind.starts_with("microsoft.network/")
        || kind == "microsoft.compute/virtualmachines"
        || kind.starts_with("microsoft.recoveryservices/vaults")
}
