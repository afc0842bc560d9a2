//! Functions whose values exist only in Azure.

use drlint_resource::{Reason, Value};

use crate::machine::{Answer, Invocation, Stop};

/// Unknown, with its arguments reduced.
pub(super) fn after_deployment(invocation: &Invocation<'_, '_>, _: &[Value]) -> Answer {
    Err(Stop::Offline(Reason::AfterDeployment((*invocation.call.name()).into())))
}
