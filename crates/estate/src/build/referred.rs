//! Which public address an expression such as `reference(resourceId(...)).ipAddress` means.

use drlint_resource::{Data, Operation, Residual, ResourceId, Unknown, Value};

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
    let Some(Operation::Property { base, name }) = unknown.residual.operation() else { return None };
    if !name.eq_ignore_ascii_case("ipAddress") {
        return None;
    }
    let mut base = base;
    // A full reference has the properties one level deeper.
    while let Some(Operation::Property { base: inner, name }) = base.operation() {
        if !name.eq_ignore_ascii_case("properties") {
            return None;
        }
        base = inner;
    }
    let Some(Operation::Call { function, arguments }) = base.operation() else { return None };
    if !function.eq_ignore_ascii_case("reference") {
        return None;
    }
    resource(arguments.first()?)
}

fn resource(residual: &Residual) -> Option<Referred> {
    match (residual, residual.operation()) {
        (Residual::Known(value), _) => ResourceId::of(value).map(Referred::Id),
        (_, Some(Operation::Call { function, arguments })) if function.eq_ignore_ascii_case("resourceId") => {
            let texts: Vec<&str> = arguments.iter().map(text).collect::<Option<_>>()?;
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

#[cfg(test)]
mod tests {
    use drlint_resource::Reason;
    use drlint_source::{FileId, Span};

    use super::*;

    fn nowhere() -> Span {
        Span::new(FileId(0), 0, 0)
    }

    fn known(text: &str) -> Residual {
        Residual::Known(Value::text(text, nowhere()))
    }

    /// `reference(argument).name`
    fn property_of(argument: Residual, name: &str) -> Unknown {
        let base = Residual::call("reference", vec![argument]);
        let residual = Residual::property(base, name.to_owned());
        Unknown::new(Reason::AfterDeployment("reference".into()), nowhere(), residual)
    }

    #[test]
    fn a_reference_to_a_public_address_means_that_address() {
        let kind = "Microsoft.Network/publicIPAddresses";
        let call = Residual::call("resourceId", vec![known(kind), known("pip-A")]);
        let referred = address_of(&property_of(call, "ipAddress")).expect("an address");
        let id = |name: &str| {
            ResourceId::parse(&format!("/subscriptions/s/resourceGroups/g/providers/{kind}/{name}"))
        };
        assert!(id("pip-a").is_some_and(|id| referred.fits(&id)));
        assert!(id("pip-b").is_some_and(|id| !referred.fits(&id)));
    }

    #[test]
    fn other_expressions_mean_none() {
        let id = known("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/publicIPAddresses/p");
        assert!(address_of(&property_of(id.clone(), "dnsSettings")).is_none());
        assert!(address_of(&property_of(id, "ipAddress")).is_some());
        assert!(address_of(&property_of(known("pip"), "ipAddress")).is_none());
    }
}
