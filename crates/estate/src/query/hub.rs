//! Hubs, and how they route between what is connected to them.

use crate::{Estate, Link, LinkKind, Network};

/// The way between two networks by hubs.
#[derive(Clone, Copy, Debug)]
pub struct HubWay<'e> {
    /// The hub of each; the same one twice, or two of one virtual WAN.
    pub hubs: [&'e Network; 2],
    /// The connection of each.
    pub links: [&'e Link; 2],
}

impl HubWay<'_> {
    /// The hub or hubs in words: "hub `a`", or "hubs `a` and `b` of one virtual WAN".
    pub fn written(&self) -> String {
        let [one, two] = self.hubs;
        if one.index == two.index {
            return format!("hub `{}`", one.name);
        }
        format!("hubs `{}` and `{}` of one virtual WAN", one.name, two.name)
    }
}

impl Estate {
    /// `hub` and the hubs that it routes to by itself: those of one virtual WAN of the type `Standard`.
    pub fn hubs_with<'e>(&'e self, hub: &'e Network) -> impl Iterator<Item = &'e Network> + use<'e> {
        let beside = self.hubs_beside.get(&hub.index).into_iter().flat_map(|hubs| hubs.iter());
        let others = beside.map(|index| self.network(*index)).filter(|other| other.index != hub.index);
        std::iter::once(hub).chain(others)
    }

    /// The hubs by which two networks reach each other: one that both are connected to, else two of one virtual WAN.
    pub fn shared_hub(&self, one: &Network, two: &Network) -> Option<HubWay<'_>> {
        let hubs = |network| {
            self.neighbors(network).filter(|(hub, link)| hub.is_hub() && link.kind == LinkKind::Hub)
        };
        let way = |beside: bool| {
            hubs(one).find_map(|(hub, link)| {
                let mut others = hubs(two);
                let (other, back) = others.find(|(other, _)| {
                    let mut reached =
                        self.hubs_with(hub).filter(|reached| beside || reached.index == hub.index);
                    reached.any(|reached| reached.index == other.index)
                })?;
                Some(HubWay { hubs: [hub, other], links: [link, back] })
            })
        };
        way(false).or_else(|| way(true))
    }
}
