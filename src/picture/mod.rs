//! Pictures of a topology: regions as panes, networks with their ranges and subnets, sites, links by kind.
//!
//! What to draw is a [`Picture`], plain data that the estate and the drill make; how is a matter of the writers.

mod layout;
mod mermaid;
mod of_drill;
mod of_estate;
mod svg;

pub(crate) use mermaid::mermaid;
pub(crate) use of_drill::{of_drill, step_in_words};
pub(crate) use of_estate::{of_estate, region, role, shown};
pub(crate) use svg::{escaped, svg, svg_of_all, svg_style, svg_without_style};

/// A topology to draw.
#[derive(Clone, Debug, Default)]
pub(crate) struct Picture {
    /// What it shows.
    pub(crate) title: String,
    /// Regions, and one pane for the places on premises, in order.
    pub(crate) panes: Vec<Pane>,
    /// What joins the boxes.
    pub(crate) lines: Vec<Line>,
}

/// A region, or what lies outside of Azure.
#[derive(Clone, Debug)]
pub(crate) struct Pane {
    /// Its name.
    pub(crate) name: String,
    /// What lies in it, in order.
    pub(crate) blocks: Vec<Block>,
}

/// A network or a site.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// Its number, by which lines name it.
    pub(crate) key: usize,
    /// Its name.
    pub(crate) name: String,
    /// What it is to the recovery: `source`, `recovery`, `replica`, `hub`, `site`, or nothing.
    pub(crate) role: &'static str,
    /// Its ranges.
    pub(crate) ranges: String,
    /// What is in it, a line each.
    pub(crate) contents: Vec<String>,
    /// Whether the step that is shown changed it.
    pub(crate) changed: bool,
    /// What is wrong with it.
    pub(crate) broken: Option<String>,
}

/// What joins two boxes.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// The boxes at its ends.
    pub(crate) ends: [usize; 2],
    /// `peering`, `vpn`, `expressroute`, `hub`, or what else there is to say.
    pub(crate) label: String,
    /// How it stands.
    pub(crate) state: LineState,
    /// What is wrong with it.
    pub(crate) broken: Option<String>,
}

/// How a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineState {
    /// It carries traffic.
    Up,
    /// It is there and carries nothing.
    Down,
    /// The step that is shown made it.
    Made,
    /// The step that is shown cut it.
    Cut,
    /// It is no link: a source and its recovery.
    Pair,
}
