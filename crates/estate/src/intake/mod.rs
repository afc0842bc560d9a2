//! What the files tell, taken in while they are read: of the resources that come by the hundred thousand only what the
//! estate asks is kept, in a form that is small; the bodies of the others stay until all are joined.

mod interface;
mod machine;
mod order;
mod record;
mod value;

use drlint_resource::{Export, Ids, Input, Missing, Resource};
use drlint_source::Span;

use crate::{Interface, Machine, is_of_interest};
pub(crate) use order::{join, sort};
pub(crate) use record::{Record, Said, TellingOf};
pub(crate) use value::reference;

const INTERFACE: &str = "Microsoft.Network/networkInterfaces";
const MACHINE: &str = "Microsoft.Compute/virtualMachines";

/// What one file tells, as far as the estate asks.
#[derive(Debug, Default)]
pub struct Intake {
    pub(crate) interfaces: Vec<Interface>,
    pub(crate) machines: Vec<Machine>,
    pub(crate) resources: Vec<Resource>,
    /// What interfaces and machines were read from, by the number that they carry.
    pub(crate) inputs: Vec<Input>,
    pub(crate) missing: Vec<Missing>,
    reader: Reader,
}

/// What is common to the values of one file.
#[derive(Debug, Default)]
struct Reader {
    ids: Ids,
    /// The last name of an IP configuration: nearly all are called alike.
    last_name: std::sync::Arc<str>,
}

impl Intake {
    /// Takes a resource in, if it is of interest.
    pub fn add(&mut self, resource: Resource) {
        if resource.id.is(INTERFACE) {
            let telling = self.telling(&resource);
            self.interfaces.push(self.reader.interface(&resource, telling));
        } else if resource.id.is(MACHINE) {
            let telling = self.telling(&resource);
            self.machines.push(self.reader.machine(&resource, telling));
        } else if is_of_interest(resource.id.kind()) {
            self.resources.push(resource);
        }
    }

    /// Takes in what an export says is missing from it, though it shows nothing of the sort.
    pub fn add_missing(&mut self, export: &Export) {
        self.missing.extend(export.missing.iter().cloned());
    }

    /// Takes in that a resource of type `kind` could not be read as a whole.
    pub fn add_unread(&mut self, kind: &str, place: Span) {
        self.missing.push(Missing::Unread(kind.to_owned(), place));
    }

    /// Takes in that the file is broken at `place`: what stood there is lost.
    pub fn add_lost(&mut self, place: Span) {
        self.missing.push(Missing::Lost(place));
    }

    /// Forgets all resources. Where the file is broken it is broken all the same.
    pub fn forget_resources(&mut self) {
        let mut missing = std::mem::take(&mut self.missing);
        missing.retain(|missing| matches!(missing, Missing::Lost(_)));
        *self = Self { missing, ..Self::default() };
    }

    /// What each resource was read from. The end of a file may have more to say of it than was known before.
    pub fn inputs_mut(&mut self) -> impl Iterator<Item = &mut Input> {
        let of_resources = self.resources.iter_mut().map(|resource| &mut resource.input);
        self.inputs.iter_mut().chain(of_resources)
    }

    /// Adds what another file tells.
    pub(crate) fn append(&mut self, mut other: Self) {
        let inputs = self.inputs.len();
        self.inputs.append(&mut other.inputs);
        record::append(&mut self.interfaces, other.interfaces, inputs);
        record::append(&mut self.machines, other.machines, inputs);
        self.resources.append(&mut other.resources);
        self.missing.append(&mut other.missing);
    }

    fn telling(&mut self, resource: &Resource) -> TellingOf {
        let at = self.inputs.iter().rposition(|input| is_same(input, &resource.input));
        let at = at.unwrap_or_else(|| {
            self.inputs.push(resource.input.clone());
            self.inputs.len() - 1
        });
        TellingOf::input(at)
    }
}

impl Extend<Resource> for Intake {
    fn extend<I: IntoIterator<Item = Resource>>(&mut self, resources: I) {
        for resource in resources {
            self.add(resource);
        }
    }
}

fn is_same(one: &Input, two: &Input) -> bool {
    match (one, two) {
        (Input::Template(one), Input::Template(two)) => std::sync::Arc::ptr_eq(one, two),
        (Input::Export(one), Input::Export(two)) => std::sync::Arc::ptr_eq(one, two),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
