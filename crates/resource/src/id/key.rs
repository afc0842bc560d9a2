//! What ids are compared by: lower case, unknown parts in braces. Only what many ids have in common is ever written
//! out; names are compared where they stand.

use std::cmp::Ordering;
use std::hash::Hasher;

use super::{Part, Scope};

/// The part as it is compared.
pub(super) fn of_part(part: &Part) -> String {
    let mut key = String::new();
    push_part(&mut key, part);
    key
}

/// Scope and type as they are compared.
pub(super) fn of_home(scope: &Scope, kind: &str) -> String {
    let mut key = String::with_capacity(120);
    match scope {
        Scope::Group { subscription, group } => {
            push_part(&mut key, subscription);
            key.push('/');
            push_part(&mut key, group);
        }
        Scope::Subscription(subscription) => push_part(&mut key, subscription),
        Scope::Other(prefix) => {
            key.push('*');
            push_part(&mut key, prefix);
        }
    }
    key.push(':');
    push_lower_case(&mut key, kind);
    key
}

/// Adds each name after a colon.
pub(super) fn push_names(key: &mut String, names: &[Part]) {
    for name in names {
        key.push(':');
        push_part(key, name);
    }
}

pub(super) fn push_lower_case(key: &mut String, text: &str) {
    if text.is_ascii() {
        let start = key.len();
        key.push_str(text);
        key[start..].make_ascii_lowercase();
    } else {
        key.extend(text.chars().flat_map(char::to_lowercase));
    }
}

fn push_part(key: &mut String, part: &Part) {
    match part {
        Part::Known(text) => push_lower_case(key, text),
        Part::Unknown(part) => {
            key.push('{');
            key.push_str(&part.identity);
            key.push('}');
        }
    }
}

/// Whether the names are the same, without case.
pub(super) fn same_names(one: &[Part], two: &[Part]) -> bool {
    one.len() == two.len() && one.iter().zip(two).all(|(one, two)| same(one, two))
}

fn same(one: &Part, two: &Part) -> bool {
    match (one, two) {
        (Part::Known(one), Part::Known(two)) if one.is_ascii() && two.is_ascii() => {
            one.eq_ignore_ascii_case(two)
        }
        (Part::Known(_), Part::Known(_)) => of_part(one) == of_part(two),
        (Part::Unknown(one), Part::Unknown(two)) => one.identity == two.identity,
        _ => false,
    }
}

/// The order of the names as they are compared, each after a colon.
pub(super) fn compare_names(one: &[Part], two: &[Part]) -> Ordering {
    if let ([Part::Known(one)], [Part::Known(two)]) = (one, two)
        && one.is_ascii()
        && two.is_ascii()
    {
        let lower = |byte: u8| byte.to_ascii_lowercase();
        return one.bytes().map(lower).cmp(two.bytes().map(lower));
    }
    of_names(one).cmp(&of_names(two))
}

/// Hashes names so that equal ones hash alike.
pub(super) fn hash_names(names: &[Part], state: &mut impl Hasher) {
    for name in names {
        match name {
            Part::Known(text) if text.is_ascii() => hash_lower_case(text.as_bytes(), state),
            part => hash_lower_case(of_part(part).as_bytes(), state),
        }
    }
}

fn hash_lower_case(bytes: &[u8], state: &mut impl Hasher) {
    let mut buffer = [0; 32];
    for chunk in bytes.chunks(buffer.len()) {
        let lower = &mut buffer[..chunk.len()];
        lower.copy_from_slice(chunk);
        lower.make_ascii_lowercase();
        state.write(lower);
    }
}

fn of_names(names: &[Part]) -> String {
    let mut key = String::with_capacity(64);
    push_names(&mut key, names);
    key
}
