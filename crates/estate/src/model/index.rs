//! The numbers by which things of one estate refer to each other.

macro_rules! indices {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(crate) u32);

        impl $name {
            /// The index of the element at `position`.
            pub(crate) fn at(position: usize) -> Self {
                Self(u32::try_from(position).unwrap_or(u32::MAX))
            }

            /// Its position, counted from 0.
            pub fn position(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

indices! {
    /// A network of the estate.
    NetworkIndex;
    /// A network interface of the estate.
    InterfaceIndex;
    /// A machine of the estate.
    MachineIndex;
    /// A gateway of the estate.
    GatewayIndex;
    /// A connection of the estate.
    ConnectionIndex;
    /// A site of the estate.
    SiteIndex;
    /// A link of the estate.
    LinkIndex;
    /// A load balancer of the estate.
    LoadBalancerIndex;
    /// A protected item of the estate.
    ItemIndex;
    /// A recovery plan of the estate.
    PlanIndex;
    /// A pair of the estate.
    PairIndex;
}
