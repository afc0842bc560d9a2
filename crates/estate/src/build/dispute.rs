//! Two exports of one thing that disagree: neither says when it was taken, so nobody knows which of them holds.

use std::sync::Arc;

use drlint_resource::{Data, Disagreement, Input, Object, Reason, Resource, Unknown, Value};
use drlint_source::Span;

use super::told::element_key;
use crate::Fact;
use crate::expected::{mended, replaced};

/// Members on which the verdicts of rules rest, by the last segment of the type (`AZURE.md`, sections 1.2 to 1.8). What
/// networks say is told side by side (`deployed-network-drifted`).
const WEIGHTY: [(&str, &[&str]); 6] = [
    (
        "replicationProtectedItems",
        &[
            "selectedRecoveryAzureNetworkId",
            "recoveryVMNetworkId",
            "vMNetworkName",
            "subnetName",
            "staticIPAddress",
            "ipAddressType",
            "recoverySubnetName",
            "recoveryStaticIPAddress",
            "activeLocation",
        ],
    ),
    ("replicationNetworkMappings", &["primaryNetworkId", "recoveryNetworkId"]),
    ("localNetworkGateways", &["addressPrefixes", "gatewayIpAddress", "fqdn"]),
    ("publicIPAddresses", &["ipAddress"]),
    ("routeTables", &["addressPrefix", "nextHopType", "nextHopIpAddress"]),
    ("virtualHubs", &["addressPrefix"]),
];

/// Makes unknown what two exports of one resource say differently, in both of them.
pub(super) fn settle(stronger: &mut Resource, weaker: &mut Resource) {
    let kind = stronger.id.kind().rsplit('/').next().unwrap_or_default();
    let Some((_, weighty)) = WEIGHTY.iter().find(|(known, _)| kind.eq_ignore_ascii_case(known)) else {
        return;
    };
    if !of_one_weight(&stronger.input, &weaker.input) {
        return;
    }
    let dispute = Dispute(weighty);
    let mended =
        (dispute.disputed(&stronger.body, &weaker.body), dispute.disputed(&weaker.body, &stronger.body));
    if let Some(body) = mended.0 {
        stronger.body = body;
    }
    if let Some(body) = mended.1 {
        weaker.body = body;
    }
}

/// Makes a fact unknown of which an input of the same weight says something else. Values that are shown alike are the
/// same.
pub(crate) fn settle_fact<T: PartialEq>(own: &mut Fact<T>, other: &Fact<T>, shown: impl Fn(&T) -> String) {
    let (Fact::Known(one), Fact::Known(two)) = (&*own, other) else { return };
    let (here, there) = (shown(&one.value), shown(&two.value));
    if one.value != two.value && here != there {
        *own = Fact::Unknown(Arc::new(unknown(here, there, one.origin.span, two.origin.span)));
    }
}

/// What stands at `place` and is contradicted at `other`.
pub(super) fn unknown(here: String, there: String, place: Span, other: Span) -> Unknown {
    let reason = Reason::Disagreement(Arc::new(Disagreement { here, there, other }));
    Unknown::without_expression(reason, place)
}

/// Whether nothing but the order of their files puts one before the other.
pub(crate) fn of_one_weight(one: &Input, two: &Input) -> bool {
    match (one, two) {
        (Input::Export(one), Input::Export(two)) => {
            one.existence_only == two.existence_only && one.taken == two.taken
        }
        _ => false,
    }
}

/// A comparison of two bodies of one type, by the members that count.
struct Dispute(&'static [&'static str]);

impl Dispute {
    /// `value` again if `other` disagrees with some part of it.
    fn disputed(&self, value: &Value, other: &Value) -> Option<Value> {
        let data = match (&value.data, &other.data) {
            (Data::Object(one), Data::Object(two)) => {
                Data::Object(Arc::new(self.disputed_members(one, two)?))
            }
            (Data::Array(one), Data::Array(two)) => {
                mended(one, |element| self.disputed(element, counterpart(element, one, two)?))?
            }
            _ => return None,
        };
        Some(replaced(value, data))
    }

    fn disputed_members(&self, one: &Object, two: &Object) -> Option<Object> {
        let mut changed = false;
        let members = one.iter().map(|(key, value)| {
            let other = two.get(&key.name);
            let is_weighty = self.0.iter().any(|name| key.name.eq_ignore_ascii_case(name));
            let new = other.and_then(|other| {
                if is_weighty { differing(value, other) } else { self.disputed(value, other) }
            });
            changed |= new.is_some();
            (key.clone(), new.unwrap_or_else(|| value.clone()))
        });
        let members: Vec<_> = members.collect();
        changed.then(|| Object::new(members))
    }
}

/// The element of `two` that is called as `element` of `one`; where both have one alone, that one.
fn counterpart<'v>(element: &Value, one: &[Value], two: &'v [Value]) -> Option<&'v Value> {
    if let ([_], [only]) = (one, two) {
        return Some(only);
    }
    let key = element_key(element)?;
    two.iter().find(|other| element_key(other).as_ref() == Some(&key))
}

/// Unknown if both say something, and not the same: texts, or lists of texts. An id may stand for the name at its end.
fn differing(value: &Value, other: &Value) -> Option<Value> {
    if let (false, Data::Unknown(unknown)) = (value.as_unknown().is_some(), &other.data) {
        // A third export settles nothing between two others.
        let is_dispute = matches!(unknown.reason, Reason::Disagreement(_));
        return is_dispute.then(|| replaced(value, other.data.clone()));
    }
    if let (Data::Array(_), Data::Array(_)) = (&value.data, &other.data) {
        let (one, two) = (texts(value)?, texts(other)?);
        let is_said = !one.is_empty() && !two.is_empty() && one != two;
        return is_said.then(|| disagreed(one.join(", "), two.join(", "), value, other));
    }
    let (one, two) = (value.as_str()?.trim(), other.as_str()?.trim());
    let last = |text: &str| text.rsplit('/').next().unwrap_or_default().to_lowercase();
    let is_name = |text: &str| !text.contains('/');
    let same = one.eq_ignore_ascii_case(two) || ((is_name(one) || is_name(two)) && last(one) == last(two));
    if one.is_empty() || two.is_empty() || same {
        return None;
    }
    Some(disagreed(one.to_owned(), two.to_owned(), value, other))
}

/// The texts of a list, whose order tells nothing.
fn texts(list: &Value) -> Option<Vec<String>> {
    let texts = list.as_array()?.iter().map(|text| Some(text.as_str()?.trim().to_lowercase()));
    let mut texts: Vec<String> = texts.collect::<Option<_>>()?;
    texts.sort_unstable();
    Some(texts)
}

fn disagreed(here: String, there: String, value: &Value, other: &Value) -> Value {
    let unknown = unknown(here, there, value.origin.span, other.origin.span);
    replaced(value, Data::Unknown(Arc::new(unknown)))
}
