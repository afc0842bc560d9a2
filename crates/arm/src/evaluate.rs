//! One deployment: a template, its parameters, where it goes.

use std::rc::Rc;
use std::sync::Arc;

use drlint_resource::{Note, NoteKind, Reading, Value};
use drlint_source::{Document, FileId, Node, NodeKind, Span};

use crate::budget::LIMITS;
use crate::context::Context;
use crate::documents::Documents;
use crate::identity::DeploymentKey;
use crate::machine::Machine;
use crate::recognise::{Level, template_of};
use crate::template::{self, Deployed, Source, Template, Walk};

/// Where a template is deployed to, as far as somebody said so.
#[derive(Clone, Debug, Default)]
pub struct Target {
    /// The subscription's id.
    pub subscription: Option<String>,
    /// The resource group's name.
    pub resource_group: Option<String>,
    /// The region: of the resource group, or of the deployment above resource groups.
    pub location: Option<String>,
    /// The tenant's id.
    pub tenant: Option<String>,
    /// The management group's name.
    pub management_group: Option<String>,
    /// The deployment's name.
    pub deployment_name: Option<String>,
}

/// Opens linked templates.
pub trait Links: Sync {
    /// The template at `relative_path` of the file `from`, inside the root only.
    ///
    /// # Errors
    ///
    /// Why the link is not followed.
    fn open(&self, from: FileId, relative_path: &str) -> Result<Arc<Document>, String>;
}

/// Follows no link.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoLinks;

impl Links for NoLinks {
    fn open(&self, _from: FileId, _relative_path: &str) -> Result<Arc<Document>, String> {
        Err("links are not followed here".to_owned())
    }
}

/// What to evaluate.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The template.
    pub template: &'a Document,
    /// Parameter files; later ones win.
    pub parameters: &'a [&'a Document],
    /// Single parameters by name, each a document of its own; they win over files.
    pub overrides: &'a [(String, &'a Document)],
    /// Where it goes.
    pub target: &'a Target,
    /// How linked templates are opened.
    pub links: &'a dyn Links,
    /// Which resources are wanted. Others are evaluated for what is wrong in them, counted and left out.
    pub wanted: Wanted,
}

/// Whether a resource is wanted, by its type and as it is written.
pub type Wanted = fn(&str, Node<'_>) -> bool;

/// What a deployment gives.
#[derive(Debug)]
pub struct Evaluation {
    /// Its resources that are wanted, and remarks.
    pub reading: Reading,
    /// How many resources it deploys, those that are not wanted included.
    pub count: usize,
    /// The outputs of the root template.
    pub outputs: Vec<Output>,
    /// Whether evaluation stopped at a limit before its end.
    pub incomplete: bool,
}

impl Evaluation {
    /// Nothing but a remark that says why.
    fn none(note: Note) -> Self {
        let reading = Reading { resources: Vec::new(), notes: vec![note] };
        Self { reading, count: 0, outputs: Vec::new(), incomplete: true }
    }
}

/// An output of the root template.
#[derive(Clone, Debug)]
pub struct Output {
    /// Its name.
    pub name: Arc<str>,
    /// Its type as written; empty if none is.
    pub kind: Arc<str>,
    /// Its value.
    pub value: Value,
}

/// Frames of evaluation that fit on the stack of any thread.
const SHALLOW: u32 = 96;

/// The stack of the thread that evaluates what is nested deeper.
const DEEP_STACK: usize = 256 << 20;

/// Evaluates a template.
///
/// The result depends on the request alone. A template that nests very deep is evaluated on a thread of its own.
pub fn evaluate(request: &Request<'_>) -> Evaluation {
    let (root, level) = template_of(request.template);
    if let Some(note) = refusal(request, root) {
        return Evaluation::none(note);
    }
    let level = level.unwrap_or(Level::Group);
    if let Some(evaluation) = attempt(request, root, level, SHALLOW) {
        return evaluation;
    }
    let deep = std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(DEEP_STACK);
        let thread = builder.spawn_scoped(scope, || attempt(request, root, level, LIMITS.frames));
        thread.ok().and_then(|thread| thread.join().ok())
    });
    deep.flatten().unwrap_or_else(|| {
        let note =
            Note::new(NoteKind::Unreadable, request.template.root().span(), "evaluation is nested too deep");
        Evaluation::none(note)
    })
}

/// Why a document is not evaluated at all.
fn refusal(request: &Request<'_>, root: Node<'_>) -> Option<Note> {
    let documents = std::iter::once(request.template).chain(request.parameters.iter().copied());
    for document in documents.chain(request.overrides.iter().map(|(_, document)| *document)) {
        let (depth, deepest) = document.tree().depth();
        if depth > LIMITS.json_depth {
            let place = Span::new(document.file, deepest, deepest + 1);
            let message = format!(
                "the file is nested {depth} deep, more than the {} levels allowed",
                LIMITS.json_depth
            );
            return Some(Note::new(NoteKind::Unreadable, place, message));
        }
    }
    (root.kind() != NodeKind::Object)
        .then(|| Note::new(NoteKind::Unreadable, root.span(), "a template must be an object"))
}

/// Evaluates with room for so many frames; `None` if they did not suffice and more can be had.
fn attempt<'d>(request: &Request<'d>, root: Node<'d>, level: Level, frames: u32) -> Option<Evaluation> {
    let documents = Documents::default();
    let key: Rc<str> = key(request).into();
    let deployment = Arc::new(drlint_resource::Deployment {
        template: request.template.file,
        parameters: request.parameters.iter().map(|document| document.file).collect(),
    });
    let machine = Machine::new(&documents, request, deployment, frames);
    let place = Span::new(request.template.file, root.span().start, root.span().start);
    let target = Rc::new(template::Target::root(request.target, level, Rc::clone(&key), place));
    let files = request.parameters.iter().map(|document| Source::File(document.root()));
    let named = request.overrides.iter().map(|(name, document)| Source::Named(name.clone(), document.root()));
    let given = files.chain(named).collect();
    let template =
        Rc::new(Template::new(request.template, root, Rc::clone(&target), DeploymentKey::of(key), given));
    let deployed =
        Rc::new(Deployed::new(&template.sections, Context::of(Rc::clone(&template)), target, 0, false));
    let mut walk = Walk::default();
    machine.check_counts(&deployed);
    machine.deploy(&deployed, None, &mut walk);
    machine.unused_parameters(&template);
    machine.unused_variables(&template);
    let outputs = machine.all_outputs(&deployed);
    if machine.too_deep.get() && frames < LIMITS.frames {
        return None;
    }
    let incomplete = machine.meter.broken().is_some();
    let reading = Reading { resources: walk.resources, notes: machine.notes.into_sorted() };
    Some(Evaluation { reading, count: walk.count, outputs, incomplete })
}

/// What tells this deployment from all others of a run.
fn key(request: &Request<'_>) -> String {
    let mut key = request.template.file.0.to_string();
    let overrides = request.overrides.iter().map(|(_, document)| document.file);
    for file in request.parameters.iter().map(|document| document.file).chain(overrides) {
        key.push_str(&format!("+{}", file.0));
    }
    key
}
