//! Small estates from JSON, for tests.

pub(crate) mod company;

use std::sync::Arc;

use drlint_resource::{
    Data, Deployment, Export, Identity, Input, Part, Piece, Reason, Resource, ResourceId, Scope, Unknown,
    Value,
};
use drlint_source::{Document, FileId, Span};

use crate::{Estate, Intake, Intent, Versions};

/// `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/` and the rest.
pub(crate) fn network_id(rest: &str) -> String {
    format!("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/{rest}")
}

/// Gives each of `texts`, a list of resources in the form of REST, a file of its own.
#[derive(Default)]
pub(crate) struct Inputs {
    resources: Vec<Resource>,
    files: u32,
}

impl Inputs {
    pub(crate) fn export(&mut self, text: &str) -> &mut Self {
        self.export_with(text, |_| {})
    }

    pub(crate) fn export_with(&mut self, text: &str, change: impl FnOnce(&mut Export)) -> &mut Self {
        let mut export = Export {
            file: FileId(self.files),
            shape: "test",
            truncated: false,
            taken: None,
            existence_only: false,
            planned: false,
            missing: Vec::new(),
        };
        change(&mut export);
        self.read(text, &Input::Export(Arc::new(export)))
    }

    pub(crate) fn template(&mut self, text: &str) -> &mut Self {
        let deployment = Deployment { template: FileId(self.files), parameters: Vec::new() };
        self.read(text, &Input::Template(Arc::new(deployment)))
    }

    pub(crate) fn resources(&self) -> Vec<Resource> {
        self.resources.clone()
    }

    pub(crate) fn estate(&self) -> Estate {
        Estate::build(self.resources(), Intent::default())
    }

    /// All versions of the estate, and what they differ in: the thing, what one export says and what the other does.
    pub(crate) fn versions(&self) -> (Vec<Estate>, Vec<[String; 3]>) {
        let mut intake = Intake::default();
        intake.extend(self.resources());
        let (first, mut versions) = Versions::of(vec![intake], Intent::default());
        let all = std::iter::once(first).chain(versions.by_ref()).collect();
        let differences = versions.differences().iter();
        let words = differences
            .map(|one| [one.resource.name().to_owned(), one.one.text.clone(), one.two.text.clone()]);
        (all, words.collect())
    }

    fn read(&mut self, text: &str, input: &Input) -> &mut Self {
        let document = Document::parse(FileId(self.files), text.into());
        assert!(document.tree().errors().is_empty(), "{:?} in {text}", document.tree().errors());
        let root = with_unknowns(&Value::literal(document.root()));
        for body in root.as_array().expect("a list of resources") {
            self.resources.push(resource(body, input));
        }
        self.files += 1;
        self
    }
}

/// A resource with an `id`, or with `type` and `name` and then of a scope that nobody gave, its file's own.
fn resource(body: &Value, input: &Input) -> Resource {
    let id = match body.at("id").text() {
        Some(id) => ResourceId::parse(id).expect("a resource id"),
        None => {
            let kind = body.at("type").text().expect("a type");
            let names = body.at("name").text().expect("a name");
            let file = body.origin.span.file.0;
            let part = |what: &str| Part::unknown(&format!("[{what}()]"), &format!("{{{what}@{file}}}"));
            let scope = Scope::Group { subscription: part("subscription"), group: part("resourceGroup") };
            ResourceId::new(scope, kind, names.split('/').map(|name| Part::Known(name.into())).collect())
        }
    };
    let place = body.at("name").found().map_or(body.origin.span, |name| name.origin.span);
    Resource { id, body: body.clone(), place, condition: None, input: input.clone() }
}

/// An estate of one export.
pub(crate) fn estate(text: &str) -> Estate {
    Inputs::default().export(text).estate()
}

/// Makes every string that is written `?text` unknown; of `?known/{part}/known` the parts in braces alone.
fn with_unknowns(value: &Value) -> Value {
    let data = match &value.data {
        Data::Text(text) if text.starts_with('?') => {
            Data::Unknown(Arc::new(unknown(text, value.origin.span)))
        }
        Data::Array(values) => Data::Array(Arc::new(values.iter().map(with_unknowns).collect())),
        Data::Object(object) => {
            let members = object.iter().map(|(key, value)| (key.clone(), with_unknowns(value)));
            Data::Object(Arc::new(members.collect()))
        }
        other => other.clone(),
    };
    Value { data, origin: value.origin.clone() }
}

fn unknown(text: &str, span: Span) -> Unknown {
    let text = text.trim_start_matches('?');
    let unknown = |text: &str| Unknown {
        identity: Some(Identity::Named(format!("{text}@{}", span.file.0).into())),
        ..Unknown::without_expression(Reason::Other(text.into()), span)
    };
    let mut pieces = Vec::new();
    for stretch in text.split_inclusive(['{', '}']) {
        match stretch.strip_suffix('}') {
            Some(part) => pieces.push(Piece::Unknown(Arc::new(unknown(part)))),
            None => pieces.push(Piece::Known(stretch.trim_end_matches('{').into())),
        }
    }
    let pieces = (pieces.len() > 1).then(|| pieces.into());
    Unknown { pieces, ..unknown(text) }
}
