//! Resource ids at every scope; they keep their structure where the scope is not known.

use std::sync::Arc;

use drlint_resource::{Data, Part, Piece, Residual, ResourceId, Scope, Value};

use crate::identity::identity_of;
use crate::machine::{Answer, Invocation, Stop, kind, refused};
use crate::recognise::Level;
use crate::template::Target;
use crate::text::{Composer, scalar};
use crate::unknowns::{because, first_unknown, placed};

/// Adds a text or an unknown.
pub(crate) fn push_value(id: &mut Composer, value: &Value) {
    match &value.data {
        Data::Unknown(unknown) => id.push_unknown(unknown),
        _ => id.push(&scalar(value).unwrap_or_default()),
    }
}

/// Adds `/subscriptions/x`.
pub(crate) fn push_subscription(id: &mut Composer, target: &Target) {
    id.push("/subscriptions/");
    push_value(id, target.subscription_name());
}

/// Adds the id of the target itself; nothing for the tenant.
pub(crate) fn push_scope(id: &mut Composer, target: &Target) {
    match target.level {
        Level::Group => {
            push_subscription(id, target);
            id.push("/resourceGroups/");
            push_value(id, target.group_name());
        }
        Level::Subscription => push_subscription(id, target),
        Level::ManagementGroup => {
            id.push("/providers/Microsoft.Management/managementGroups/");
            push_value(id, target.management_group_name());
        }
        Level::Tenant => {}
    }
}

/// Adds `/providers/Namespace/type/name/type/name`.
pub(crate) fn push_typed(id: &mut Composer, kind: &str, names: &[Value]) {
    id.push("/providers/");
    let mut kinds = kind.split('/');
    id.push(kinds.next().unwrap_or_default());
    for (kind, name) in kinds.zip(names) {
        id.push("/");
        id.push(kind);
        id.push("/");
        push_value(id, name);
    }
}

/// How many names a resource of this type has.
pub(crate) fn levels(kind: &str) -> usize {
    kind.bytes().filter(|byte| *byte == b'/').count()
}

/// Whether a full name has as many segments as the type, as far as one can know.
pub(crate) fn may_have_segments(name: &Value, wanted: usize) -> bool {
    match &name.data {
        Data::Text(text) => known_segments(text).count() == wanted,
        Data::Unknown(_) => true,
        _ => wanted == 0,
    }
}

/// The segments of a full name, as many as the type has; those of an unknown name may all be unknown.
pub(crate) fn name_segments(name: &Value, wanted: usize) -> Vec<Value> {
    let segments = split_segments(name);
    let Some(unknown) = name.as_unknown().filter(|_| segments.len() != wanted) else { return segments };
    if wanted == 1 {
        return vec![name.clone()];
    }
    // Nothing says where one segment ends: each is a part of the whole.
    let segment = |at: usize| {
        let index = Value::new(
            Data::Number(drlint_resource::Number::Integer(at.try_into().unwrap_or(0))),
            name.origin.span,
        );
        let identity = identity_of("segment", &[name.clone(), index.clone()]);
        let split = Residual::call(
            "split",
            vec![Residual::of(name), Residual::Known(Value::text("/", name.origin.span))],
        );
        let residual = Residual::index(split, Residual::of(&index));
        because(unknown, residual, identity, name.origin.span)
    };
    (0..wanted).map(segment).collect()
}

fn known_segments(text: &str) -> impl Iterator<Item = &str> {
    let text = text.trim_matches('/');
    text.split('/').filter(move |_| !text.is_empty())
}

/// A text cut at its slashes, leading and trailing ones left out.
pub(crate) fn split_segments(value: &Value) -> Vec<Value> {
    let span = value.origin.span;
    match &value.data {
        Data::Text(text) if !text.is_empty() && !text.contains('/') => vec![value.clone()],
        Data::Text(text) => {
            let segment =
                |segment: &str| Value { data: Data::Text(segment.into()), origin: value.origin.clone() };
            known_segments(text).map(segment).collect()
        }
        Data::Unknown(unknown) => {
            let Some(pieces) = &unknown.pieces else { return vec![value.clone()] };
            let mut segments: Vec<Composer> = vec![Composer::default()];
            for piece in pieces.iter() {
                match piece {
                    Piece::Known(text) => {
                        for (at, part) in text.split('/').enumerate() {
                            if at > 0 {
                                segments.push(Composer::default());
                            }
                            if let Some(last) = segments.last_mut() {
                                last.push(part);
                            }
                        }
                    }
                    Piece::Unknown(inner) => {
                        if let Some(last) = segments.last_mut() {
                            last.push_unknown(inner);
                        }
                    }
                }
            }
            let mut values: Vec<Value> = segments
                .into_iter()
                .map(|segment| {
                    let residual = segment.residual(span);
                    segment.finish(span, || residual)
                })
                .collect();
            if values.first().is_some_and(|value| value.as_str() == Some("")) {
                values.remove(0);
            }
            values
        }
        _ => Vec::new(),
    }
}

/// The id of a resource whose type is no type.
pub(crate) fn unplaced(kind: &str, names: &[Value]) -> ResourceId {
    let part = |value: &Value| match &value.data {
        Data::Unknown(unknown) => {
            let shown = format!("[{}]", unknown.residual);
            let identity = unknown.identity.as_ref().map_or_else(|| shown.clone(), ToString::to_string);
            Part::unknown(&shown, &identity)
        }
        _ => Part::Known(value.as_str().unwrap_or_default().into()),
    };
    let nowhere = Part::unknown("", "?");
    ResourceId::new(Scope::Other(nowhere), kind, names.iter().map(part).collect())
}

/// A type and the names that follow it.
struct Typed<'v> {
    kind: &'v str,
    names: &'v [Value],
}

/// Finds the type: the first argument that contains `/`.
fn typed(arguments: &[Value], leading: usize) -> Result<(&[Value], Typed<'_>), Stop> {
    let is_type = |value: &Value| value.as_str().is_some_and(|text| text.contains('/'));
    let Some(at) = arguments.iter().position(is_type) else {
        return match arguments.iter().find_map(Value::as_unknown) {
            Some(cause) => Err(Stop::Unknown(Arc::clone(cause))),
            None => refused("no argument is a resource type such as `Microsoft.Network/virtualNetworks`"),
        };
    };
    if at > leading {
        return Err(Stop::Argument(at, format!("at most {leading} arguments may stand before the type")));
    }
    let (before, rest) = arguments.split_at(at);
    let Some((kind, names)) = rest.split_first() else { return refused("the type is missing") };
    // A trailing slash is accepted (template-analyzer tests).
    let kind = kind.as_str().unwrap_or_default().trim_end_matches('/');
    let wanted = levels(kind);
    if names.len() != wanted {
        return refused(format!("type `{kind}` needs {wanted} names, not {}", names.len()));
    }
    for (index, name) in names.iter().enumerate() {
        if !matches!(name.data, Data::Text(_) | Data::Unknown(_)) {
            return Err(Stop::Argument(
                at + 1 + index,
                format!("a name must be a string, not {}", self::kind(&name.data)),
            ));
        }
    }
    Ok((before, Typed { kind, names }))
}

fn finished(invocation: &Invocation<'_, '_>, mut id: Composer, typed: &Typed<'_>, all: &[Value]) -> Answer {
    match typed.names {
        // A resource group's id has no provider, as its own `id` shows (case `snapshot-subscription-scope`).
        [name] if typed.kind.eq_ignore_ascii_case("Microsoft.Resources/resourceGroups") => {
            id.push("/resourceGroups/");
            push_value(&mut id, name);
        }
        names => push_typed(&mut id, typed.kind, names),
    }
    invocation.machine.meter.bytes(id.len())?;
    let span = invocation.site.span();
    let id = id.finish(span, || invocation.residual(all));
    // A scope that nobody gave has no place of its own: the id is unknown where it is written.
    let place = all.iter().find_map(first_unknown).map_or(span, |unknown| unknown.place);
    Ok(placed(id, place))
}

/// `[subscription,] [group,] type, names...`; the scope is that of the template.
pub(super) fn resource_id(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let (before, typed) = typed(arguments, 2)?;
    let target = &invocation.context.template.target;
    let mut id = Composer::for_id();
    match before {
        [] => push_scope(&mut id, target),
        [group] if target.level == Level::Group || target.level == Level::Subscription => {
            push_subscription(&mut id, target);
            // Above resource groups the one leading argument is the subscription.
            if target.level == Level::Subscription && typed.kind.is_empty() {
                return refused("the type is missing");
            }
            id.push("/resourceGroups/");
            push_value(&mut id, group);
        }
        [subscription] => {
            id.push("/subscriptions/");
            push_value(&mut id, subscription);
        }
        [subscription, group, ..] => {
            id.push("/subscriptions/");
            push_value(&mut id, subscription);
            id.push("/resourceGroups/");
            push_value(&mut id, group);
        }
    }
    finished(invocation, id, &typed, arguments)
}

pub(super) fn subscription_resource_id(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let (before, typed) = typed(arguments, 1)?;
    let mut id = Composer::for_id();
    match before.first() {
        Some(subscription) => {
            id.push("/subscriptions/");
            push_value(&mut id, subscription);
        }
        None => push_subscription(&mut id, &invocation.context.template.target),
    }
    finished(invocation, id, &typed, arguments)
}

pub(super) fn tenant_resource_id(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let (_, typed) = typed(arguments, 0)?;
    finished(invocation, Composer::for_id(), &typed, arguments)
}

pub(super) fn management_group_resource_id(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let (before, typed) = typed(arguments, 1)?;
    let mut id = Composer::for_id();
    id.push("/providers/Microsoft.Management/managementGroups/");
    let target = &invocation.context.template.target;
    push_value(&mut id, before.first().unwrap_or_else(|| target.management_group_name()));
    finished(invocation, id, &typed, arguments)
}

/// The id of a resource on another one.
pub(super) fn extension_resource_id(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let Some((base, rest)) = arguments.split_first() else { return refused("the base id is missing") };
    if !matches!(base.data, Data::Text(_) | Data::Unknown(_)) {
        return Err(Stop::Argument(0, format!("the base id must be a string, not {}", kind(&base.data))));
    }
    let (_, typed) = typed(rest, 0)?;
    let mut id = Composer::for_id();
    match base.as_str() {
        Some(text) => id.push(text.trim_end_matches('/')),
        None => push_value(&mut id, base),
    }
    finished(invocation, id, &typed, arguments)
}
