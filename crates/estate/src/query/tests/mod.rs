//! Questions about the seed's Company A, and about what people do to it.

mod applications;
mod clash;
mod links;
mod machines;
mod pairs;
mod partial;
mod references;

use drlint_source::{FileId, Span};

use crate::testing::company::{company_a, list};
use crate::testing::estate;
use crate::{Estate, Network};

fn estate_of(resources: &[String]) -> Estate {
    estate(&list(resources))
}

fn company_a_with(more: &[String]) -> Estate {
    estate_of(&[company_a(), more.to_vec()].concat())
}

fn find<'e>(estate: &'e Estate, name: &str) -> &'e Network {
    estate.find_network(name).one().unwrap_or_else(|| panic!("{name}"))
}

fn pairs(estate: &Estate) -> Vec<(&str, &str)> {
    estate.pairs().map(|pair| (&*pair.source.name, &*pair.recovery.name)).collect()
}

fn nowhere() -> Span {
    Span::new(FileId(0), 0, 0)
}
