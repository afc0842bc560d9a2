//! What one root template may cost. No limit depends on the clock, the machine or the number of threads.

use std::cell::Cell;

use drlint_resource::Residual;

/// Limits of evaluation (`ARM.md`, section 10). A value that breaks one is unknown; the others stop the file.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Depth of arrays and objects in a file.
    pub json_depth: u32,
    /// Nodes after expansion, per root file.
    pub nodes: u64,
    /// Length of an expression in UTF-16 units, as Azure has it.
    pub expression_length: usize,
    /// Calls inside calls, and steps of one access, in one expression.
    pub expression_depth: usize,
    /// Arguments of one call.
    pub arguments: usize,
    /// Variables, parameters, user functions and outputs that wait for each other.
    pub chain: u32,
    /// Frames of evaluation inside each other, whatever they are.
    pub frames: u32,
    /// `copy` count of one loop (Azure's limit).
    pub copy: i64,
    /// Resources of one template beyond which Azure refuses it.
    pub template_resources: usize,
    /// Resources per root file.
    pub resources: u64,
    /// Elements made by all loops of one root file.
    pub loop_elements: u64,
    /// `count` of `range` (Azure's limit).
    pub range: i64,
    /// Elements and members of one computed value, all levels counted.
    pub elements: usize,
    /// Bytes of one computed string.
    pub text: usize,
    /// Bytes of all computed values of one root file.
    pub bytes: u64,
    /// Calls and visited elements of one root file.
    pub steps: u64,
    /// Nested and linked deployments inside each other.
    pub deployment_depth: u32,
    /// Nested and linked deployments per root file.
    pub deployments: u64,
    /// Child resources inside each other (Azure's limit).
    pub child_depth: u32,
    /// Depth of one computed value.
    pub value_depth: usize,
    /// Parts of one residual; a larger one is replaced by the expression as written.
    pub residual: usize,
    /// Carriers remembered on the way of one value.
    pub carriers: usize,
}

/// The limits in force.
pub const LIMITS: Limits = Limits {
    json_depth: 128,
    nodes: 500_000,
    expression_length: 24_576,
    expression_depth: 64,
    arguments: 1_000,
    chain: 256,
    frames: 8_192,
    copy: 800,
    template_resources: 800,
    resources: 20_000,
    loop_elements: 100_000,
    range: 10_000,
    elements: 100_000,
    text: 1 << 20,
    bytes: 64 << 20,
    steps: 500_000,
    deployment_depth: 32,
    deployments: 2_000,
    child_depth: 5,
    value_depth: 256,
    residual: Residual::LARGE,
    carriers: 32,
};

/// What was spent so far.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    pub(crate) nodes: Cell<u64>,
    pub(crate) resources: Cell<u64>,
    pub(crate) loop_elements: Cell<u64>,
    pub(crate) bytes: Cell<u64>,
    pub(crate) steps: Cell<u64>,
    pub(crate) deployments: Cell<u64>,
    pub(crate) chain: Cell<u32>,
    pub(crate) frames: Cell<u32>,
    broken: Cell<Option<Breach>>,
}

/// What an expression costs.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Outlay {
    pub(crate) steps: u64,
    pub(crate) bytes: u64,
}

/// A limit of the whole file that was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Breach {
    pub(crate) what: &'static str,
    pub(crate) allowed: u64,
}

impl std::fmt::Display for Breach {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "evaluation stopped at more than {} {}", self.allowed, self.what)
    }
}

impl Meter {
    /// The limit of the file that was reached, if one was.
    pub(crate) fn broken(&self) -> Option<Breach> {
        self.broken.get()
    }

    pub(crate) fn steps(&self, steps: u64) -> Result<(), Breach> {
        self.spend(&self.steps, steps, LIMITS.steps, "steps of evaluation")
    }

    pub(crate) fn bytes(&self, bytes: usize) -> Result<(), Breach> {
        self.spend(&self.bytes, bytes as u64, LIMITS.bytes, "bytes of computed values")
    }

    pub(crate) fn nodes(&self, nodes: u64) -> Result<(), Breach> {
        self.spend(&self.nodes, nodes, LIMITS.nodes, "values after expansion")
    }

    pub(crate) fn resource(&self) -> Result<(), Breach> {
        self.spend(&self.resources, 1, LIMITS.resources, "resources")
    }

    pub(crate) fn deployment(&self) -> Result<(), Breach> {
        self.spend(&self.deployments, 1, LIMITS.deployments, "nested deployments")
    }

    pub(crate) fn loop_elements(&self, elements: u64) -> Result<(), Breach> {
        self.spend(&self.loop_elements, elements, LIMITS.loop_elements, "elements made by `copy` loops")
    }

    /// Whether so many steps are left.
    pub(crate) fn has_steps(&self, steps: u64) -> bool {
        self.broken().is_none() && self.steps.get() + steps <= LIMITS.steps
    }

    /// Spends `outlay`, unless that would break a limit.
    pub(crate) fn afford(&self, outlay: Outlay) -> bool {
        let (steps, bytes) = (self.steps.get() + outlay.steps, self.bytes.get() + outlay.bytes);
        let affordable = self.has_steps(outlay.steps) && bytes <= LIMITS.bytes;
        if affordable {
            self.steps.set(steps);
            self.bytes.set(bytes);
        }
        affordable
    }

    /// Takes back what [`Meter::afford`] spent.
    pub(crate) fn give_back(&self, outlay: Outlay) {
        self.steps.set(self.steps.get().saturating_sub(outlay.steps));
        self.bytes.set(self.bytes.get().saturating_sub(outlay.bytes));
    }

    fn spend(&self, spent: &Cell<u64>, amount: u64, allowed: u64, what: &'static str) -> Result<(), Breach> {
        if let Some(breach) = self.broken.get() {
            return Err(breach);
        }
        let total = spent.get().saturating_add(amount);
        spent.set(total);
        if total > allowed {
            let breach = Breach { what, allowed };
            self.broken.set(Some(breach));
            return Err(breach);
        }
        Ok(())
    }
}
