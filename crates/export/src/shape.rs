//! The shapes of exports (`AZURE.md`, section 2).

/// The shape of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shape {
    /// One resource as REST has it, with nested `properties`.
    RestResource,
    /// A list as REST has it: `{"value": [...]}`, or its elements alone.
    RestList,
    /// One flattened resource of Azure CLI.
    CliShow,
    /// A list of flattened resources of Azure CLI.
    CliList,
    /// One resource of Site Recovery, nested.
    SiteRecoveryShow,
    /// A list of resources of Site Recovery, nested.
    SiteRecoveryList,
    /// `az resource list` or its REST answer: an inventory without properties.
    ResourceList,
    /// An answer of Resource Graph, or its rows alone.
    ResourceGraph,
    /// Objects of PowerShell through `ConvertTo-Json`.
    PowerShell,
    /// A topology of Network Watcher.
    Topology,
    /// The result of a what-if.
    WhatIf,
    /// `terraform show -json` of a plan.
    TerraformPlan,
    /// `terraform show -json` of a state, or a raw state.
    TerraformState,
}

impl Shape {
    /// What it is called, mostly after the command that writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::RestResource => "REST resource",
            Self::RestList => "REST list",
            Self::CliShow => "az show",
            Self::CliList => "az list",
            Self::SiteRecoveryShow => "Site Recovery resource",
            Self::SiteRecoveryList => "Site Recovery list",
            Self::ResourceList => "az resource list",
            Self::ResourceGraph => "Resource Graph",
            Self::PowerShell => "PowerShell",
            Self::Topology => "Network Watcher topology",
            Self::WhatIf => "what-if",
            Self::TerraformPlan => "Terraform plan",
            Self::TerraformState => "Terraform state",
        }
    }
}
