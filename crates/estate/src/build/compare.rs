//! Two bodies of one resource compared by what they mean, not by how their tools write it.

use drlint_resource::{Data, Key, Object, Value};
use rustc_hash::{FxHashMap, FxHashSet};

use super::rivals::Differing;
use super::told::element_key;
use crate::Saying;

/// Members that change by themselves. Ids are compared where they are references.
const PASSING: [&str; 13] = [
    "allowedOperations",
    "currentScenario",
    "egressBytesTransferred",
    "etag",
    "healthErrors",
    "id",
    "ingressBytesTransferred",
    "lastHeartbeat",
    "monitoringPercentageCompletion",
    "provisioningState",
    "resourceGroup",
    "resourceGuid",
    "rpoInSeconds",
];

/// The groups of recovery plans: a list of plans has them without anything in them (`AZURE.md`, fact 11).
const GROUPS: &str = "groups";

/// Tells `found` what both bodies say, and say differently. What one of them leaves open is no difference.
pub(super) fn compare(one: &Value, two: &Value, found: &mut Differing<'_>) {
    for (key, value) in members(one) {
        let is_passing = PASSING.iter().any(|name| key.name.eq_ignore_ascii_case(name));
        if !is_passing && let Some(other) = member(two, &key.name) {
            compare_member(&key.name, value, other, found);
        }
    }
}

fn compare_member(name: &str, one: &Value, two: &Value, found: &mut Differing<'_>) {
    match (&one.data, &two.data) {
        (Data::Null | Data::Unknown(_), _) | (_, Data::Null | Data::Unknown(_)) => {}
        (Data::Object(_), Data::Object(_)) => {
            if let Some((one, two)) = member(one, "id").zip(member(two, "id")) {
                compare_texts(one, two, found);
            }
            compare(one, two, found);
        }
        (Data::Array(_), _) | (_, Data::Array(_)) => {
            let is_left_out = name.eq_ignore_ascii_case(GROUPS) && [one, two].into_iter().any(holds_nothing);
            if !is_left_out {
                compare_lists(one, two, found);
            }
        }
        _ => compare_texts(one, two, found),
    }
}

/// The members of a resource or of a part of it, whether their tool nests its properties or not.
fn members(value: &Value) -> impl Iterator<Item = (&Key, &Value)> {
    let properties = Some(value.properties()).filter(|inner| !std::ptr::eq(*inner, value));
    let own = value.as_object().into_iter().flat_map(Object::iter);
    let own = own.filter(move |(_, value)| properties.is_none_or(|inner| !std::ptr::eq(inner, *value)));
    own.chain(properties.and_then(Value::as_object).into_iter().flat_map(Object::iter))
}

fn member<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    let own = |value: &'v Value| value.as_object().and_then(|object| object.get(name));
    own(value.properties()).or_else(|| own(value))
}

/// Whether nothing is in the lists of each element.
fn holds_nothing(list: &Value) -> bool {
    let is_empty = |(_, value): (&Key, &Value)| value.as_array().is_none_or(<[Value]>::is_empty);
    elements(list).iter().all(|element| members(element).all(is_empty))
}

/// Compares elements by their names, whatever their order; a single value is a list of one.
fn compare_lists(one: &Value, two: &Value, found: &mut Differing<'_>) {
    let (ones, twos) = (elements(one), elements(two));
    if let (Some(texts), Some(others)) = (texts(ones), texts(twos)) {
        if texts != others {
            found(saying(texts.join(", "), one), saying(others.join(", "), two));
        }
        return;
    }
    let keys = |list: &[Value]| list.iter().map(key).collect::<Option<Vec<String>>>();
    let (Some(keys), Some(others)) = (keys(ones), keys(twos)) else {
        for (one, two) in ones.iter().zip(twos) {
            compare(one, two, found);
        }
        if ones.len() != twos.len() {
            let count = |list: &[Value]| format!("{} elements", list.len());
            found(saying(count(ones), one), saying(count(twos), two));
        }
        return;
    };
    let there: FxHashMap<&String, &Value> = others.iter().zip(twos).rev().collect();
    for (key, value) in keys.iter().zip(ones) {
        match there.get(key) {
            Some(other) => compare(value, other, found),
            None => found(saying(key.clone(), value), saying(NOTHING.to_owned(), two)),
        }
    }
    let here: FxHashSet<&String> = keys.iter().collect();
    for (key, value) in others.iter().zip(twos).filter(|(key, _)| !here.contains(key)) {
        found(saying(NOTHING.to_owned(), one), saying(key.clone(), value));
    }
}

/// What a list says of an element that it does not have.
const NOTHING: &str = "nothing of that name";

fn elements(list: &Value) -> &[Value] {
    list.as_array().unwrap_or(std::slice::from_ref(list))
}

/// What an element is called, else which resource it means.
fn key(element: &Value) -> Option<String> {
    element_key(element).or_else(|| Some(last_name(element.at("id").text()?)))
}

/// The texts of a list, whose order tells nothing, if it has nothing else.
fn texts(list: &[Value]) -> Option<Vec<String>> {
    let mut texts: Vec<String> = list.iter().map(text).collect::<Option<_>>()?;
    texts.sort_unstable();
    Some(texts)
}

fn text(value: &Value) -> Option<String> {
    match &value.data {
        Data::Text(text) => Some(text.trim().to_owned()),
        Data::Bool(flag) => Some(flag.to_string()),
        Data::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Regions are written with and without blanks, and an id may stand for the name at its end.
fn compare_texts(one: &Value, two: &Value, found: &mut Differing<'_>) {
    let (Some(here), Some(there)) = (text(one), text(two)) else { return };
    let plain = |text: &str| text.replace(' ', "").to_lowercase();
    let is_name = |text: &str| !text.contains('/');
    let same_name = (is_name(&here) || is_name(&there)) && last_name(&here) == last_name(&there);
    if plain(&here) != plain(&there) && !same_name {
        found(saying(here, one), saying(there, two));
    }
}

fn last_name(id: &str) -> String {
    id.rsplit('/').next().unwrap_or_default().to_lowercase()
}

fn saying(text: String, value: &Value) -> Saying {
    Saying { text, place: value.origin.span }
}
