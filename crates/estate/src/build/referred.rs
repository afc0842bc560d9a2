//! Which public address an expression such as `reference(resourceId(...)).ipAddress` means.

use drlint_resource::{Data, Residual, ResourceId, Unknown, Value};

/// A public address that an expression refers to.
pub(crate) enum Referred {
    /// By its id.
    Id(ResourceId),
    /// By type and name, in lower case as [`ResourceId::local_key`] has them; the scope is not known.
    Local(String),
}

impl Referred {
    /// Whether `id` can be meant.
    pub(crate) fn fits(&self, id: &ResourceId) -> bool {
        match self {
            Self::Id(own) => own == id || own.may_be(id),
            Self::Local(key) => *key == id.local_key(),
        }
    }
}

/// The public address whose `ipAddress` the expression is.
pub(crate) fn address_of(unknown: &Unknown) -> Option<Referred> {
    let Residual::Property { base, name } = &*unknown.residual else { return None };
    if !name.eq_ignore_ascii_case("ipAddress") {
        return None;
    }
    let mut base = base;
    // A full reference has the properties one level deeper.
    while let Residual::Property { base: inner, name } = &**base {
        if !name.eq_ignore_ascii_case("properties") {
            return None;
        }
        base = inner;
    }
    let Residual::Call { function, arguments } = &**base else { return None };
    if !function.eq_ignore_ascii_case("reference") {
        return None;
    }
    resource(arguments.first()?)
}

fn resource(residual: &Residual) -> Option<Referred> {
    match residual {
        Residual::Known(value) => ResourceId::of(value).map(Referred::Id),
        Residual::Call { function, arguments } if function.eq_ignore_ascii_case("resourceId") => {
            let texts: Vec<&str> = arguments.iter().map(|argument| text(argument)).collect::<Option<_>>()?;
            let kind = texts.iter().position(|text| text.contains('/'))?;
            let (kind, names) = texts.get(kind..)?.split_first()?;
            Some(Referred::Local(format!("{kind}:{}", names.join(":")).to_lowercase()))
        }
        _ => None,
    }
}

fn text(residual: &Residual) -> Option<&str> {
    match residual {
        Residual::Known(Value { data: Data::Text(text), .. }) => Some(text),
        // A subscription or group before the type may be unknown.
        Residual::Known(_) => None,
        _ => Some(""),
    }
}
