//! What a reader hands on.

use std::sync::Arc;

use drlint_source::{FileId, Span};

use crate::{Lookup, Note, ResourceId, Unknown, Value};

/// A resource as some file tells of it.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Its id; parts may be unknown.
    pub id: ResourceId,
    /// The resource as an object: `name`, `type`, `location`, `tags`, `sku`, and `properties`, nested as REST has
    /// it or flattened as Azure CLI has it. Read it with [`Resource::property`].
    pub body: Value,
    /// Its name where a person wrote it, or the next best place.
    pub place: Span,
    /// If its `condition` is not known: why. It may or may not exist.
    pub condition: Option<Arc<Unknown>>,
    /// What it was read from.
    pub input: Input,
}

/// Where a resource was read.
#[derive(Clone, Debug)]
pub enum Input {
    /// A template with one set of parameters.
    Template(Arc<Deployment>),
    /// An export.
    Export(Arc<Export>),
}

impl Input {
    /// The file: of a deployment its template.
    pub fn file(&self) -> FileId {
        match self {
            Self::Template(deployment) => deployment.template,
            Self::Export(export) => export.file,
        }
    }
}

/// A template with one set of parameters.
#[derive(Debug, PartialEq, Eq)]
pub struct Deployment {
    /// The root template.
    pub template: FileId,
    /// Its parameter files, if any.
    pub parameters: Vec<FileId>,
}

/// An exported file.
#[derive(Debug, PartialEq, Eq)]
pub struct Export {
    /// The file.
    pub file: FileId,
    /// The shape, such as `az network vnet list`.
    pub shape: &'static str,
    /// Whether something is known to be missing from it.
    pub truncated: bool,
    /// The moment its own content names, as RFC 3339, if it does.
    pub taken: Option<String>,
    /// Whether it lists existence only, without properties (inventories, topologies).
    pub existence_only: bool,
    /// Whether it tells what the next deployment makes true, as what-if results and Terraform plans do.
    pub planned: bool,
    /// What is missing from it though it shows nothing of the sort: pages that were cut before their first resource.
    pub missing: Vec<Missing>,
}

/// What an input lacks without a resource that shows it: what a page without any would go on with, or what a broken file
/// has lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Resources of this type: the link to the next page says so.
    OfType(String),
    /// Resources of whatever type: nobody can tell what a query asked for.
    OfAnyType,
    /// Whatever stood in a file that is broken here.
    Lost(Span),
    /// What a resource of this type says here, where a value of another type stands.
    Unread(String, Span),
}

/// All that one file, or one deployment, gave.
#[derive(Debug, Default)]
pub struct Reading {
    /// Its resources, in the order of the file.
    pub resources: Vec<Resource>,
    /// Remarks.
    pub notes: Vec<Note>,
}

impl Resource {
    /// What stands at `path` below its properties, names joined by dots.
    pub fn property(&self, path: &str) -> Lookup<'_> {
        self.body.properties().at(path)
    }

    /// What stands at `path` of the resource itself, such as `location` or `tags.dr-role`.
    pub fn member(&self, path: &str) -> Lookup<'_> {
        self.body.at(path)
    }

    /// Whether it is of `kind`, such as `Microsoft.Network/virtualNetworks`.
    pub fn is(&self, kind: &str) -> bool {
        self.id.kind().eq_ignore_ascii_case(kind)
    }

    /// The file that tells of it.
    pub fn file(&self) -> FileId {
        self.input.file()
    }
}
