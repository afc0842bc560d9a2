//! Whether BGP may move the routes of a site without anybody's doing.

use drlint_estate::{End, LinkKind, Pair, SiteLink};
use drlint_policy::Estate;

/// Why the routes may follow a new link of `kind` by themselves, if they may.
pub(super) fn may_move_by_itself(
    estate: &Estate,
    pair: &Pair<'_>,
    way: &SiteLink<'_>,
    kind: LinkKind,
) -> Option<String> {
    let speaks_bgp = match kind {
        LinkKind::ExpressRoute => way.link.kind == LinkKind::ExpressRoute,
        LinkKind::Vpn => vpn_speaks_bgp(estate, pair, way),
        LinkKind::Peering | LinkKind::Hub => false,
    };
    speaks_bgp
        .then(|| format!("BGP may route `{}` to `{}` by itself", way.site_name(estate), pair.recovery.name))
}

/// BGP on gateway and connection. Where the connection is made during the failover, the one of the source stands for
/// it.
fn vpn_speaks_bgp(estate: &Estate, pair: &Pair<'_>, way: &SiteLink<'_>) -> bool {
    let gateway = estate.gateway_for(pair.recovery, LinkKind::Vpn);
    if gateway.is_none_or(|gateway| gateway.bgp.known() == Some(&false) || gateway.bgp.is_absent()) {
        return false;
    }
    let ends = (End::Network(pair.recovery.index), End::Site(way.site.index));
    let own = estate.links_between(ends.0, ends.1).next().unwrap_or(way.link);
    estate.connections_of(own).any(|connection| connection.bgp.known() == Some(&true))
}
