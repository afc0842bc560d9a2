//! Which resources the estate looks at.

/// Whether the estate makes anything of resources of this type. Others are counted and dropped.
pub fn is_of_interest(kind: &str) -> bool {
    let begins = |start: &str| kind.get(..start.len()).is_some_and(|kind| kind.eq_ignore_ascii_case(start));
    begins("microsoft.network/")
        || kind.eq_ignore_ascii_case("microsoft.compute/virtualmachines")
        || begins("microsoft.recoveryservices/vaults")
}
