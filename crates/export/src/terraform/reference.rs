//! References between resources whose ids are not known yet, from the configuration inside a plan.

use drlint_source::{Node, NodeKind};
use rustc_hash::FxHashMap;

use super::instance::Instance;

/// How many variables and outputs a reference may pass through, and how deep modules may call each other.
const DEEPEST: u32 = 16;

/// Finds resources by what an expression names.
#[derive(Debug)]
pub(super) struct References<'d> {
    root: Option<Node<'d>>,
    /// The instances of each module, type and name.
    named: FxHashMap<String, Vec<usize>>,
    /// The configuration of each.
    configured: FxHashMap<String, Node<'d>>,
}

impl<'d> References<'d> {
    pub(super) fn new(plan: Node<'d>, instances: &[Instance<'_>]) -> Self {
        let mut named: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, instance) in instances.iter().enumerate() {
            named
                .entry(key(&instance.module, instance.is_data, &instance.kind, &instance.name))
                .or_default()
                .push(at);
        }
        let root = plan.get("configuration").and_then(|configuration| configuration.get("root_module"));
        let mut configured = FxHashMap::default();
        configurations(root, "", DEEPEST, &mut configured);
        Self { root, named, configured }
    }

    /// The expressions of a resource, if the plan has its configuration.
    pub(super) fn expressions(&self, instance: &Instance<'_>) -> Option<Node<'d>> {
        self.configuration(instance)?.get("expressions")
    }

    /// The configuration of a resource, if the plan has it.
    pub(super) fn configuration(&self, instance: &Instance<'_>) -> Option<Node<'d>> {
        let key = key(&instance.module, instance.is_data, &instance.kind, &instance.name);
        self.configured.get(&key).copied()
    }

    /// The resources that `expression` names, in its order, each once.
    pub(super) fn targets(
        &self,
        expression: Node<'d>,
        from: &Instance<'_>,
        instances: &[Instance<'_>],
    ) -> Vec<usize> {
        let mut found = Vec::new();
        self.follow(expression, &from.module, from, instances, DEEPEST, &mut found);
        found
    }

    fn follow(
        &self,
        expression: Node<'d>,
        module: &str,
        from: &Instance<'_>,
        instances: &[Instance<'_>],
        levels: u32,
        found: &mut Vec<usize>,
    ) {
        let Some(levels) = levels.checked_sub(1) else { return };
        for reference in expression.get("references").into_iter().flat_map(Node::elements) {
            let Some(reference) = reference.as_str() else { continue };
            let segments = segments(&reference);
            let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
            match segments.as_slice() {
                ["var", name, ..] => {
                    if let Some((parent, passed)) = self.passed(module, name) {
                        self.follow(passed, parent, from, instances, levels, found);
                    }
                }
                ["module", child, output, ..] => {
                    let child = bare(child);
                    let path = if module.is_empty() { child.to_owned() } else { format!("{module}.{child}") };
                    let output = self
                        .module(&path)
                        .and_then(|module| module.get("outputs")?.get(bare(output))?.get("expression"));
                    if let Some(output) = output {
                        self.follow(output, &path, from, instances, levels, found);
                    }
                }
                ["data", kind, name, ..] => self.pick(module, true, kind, name, from, instances, found),
                [kind, name, ..] => self.pick(module, false, kind, name, from, instances, found),
                _ => {}
            }
        }
    }

    /// The instance that is meant: the only one, the one of the index, or the one beside the referring instance.
    #[expect(clippy::too_many_arguments, reason = "the parts of one reference, used once")]
    fn pick(
        &self,
        module: &str,
        is_data: bool,
        kind: &str,
        name: &str,
        from: &Instance<'_>,
        instances: &[Instance<'_>],
        found: &mut Vec<usize>,
    ) {
        let Some(candidates) = self.named.get(&key(module, is_data, kind, bare(name))) else { return };
        let index = name.split_once('[').map(|(_, rest)| rest.trim_end_matches(']'));
        let fits = |at: &&usize| {
            let Some(instance) = instances.get(**at) else { return false };
            let beside = instance.module != from.module || instance.module_address == from.module_address;
            beside && index.is_none_or(|index| index == "each.key" || instance.index == Some(index))
        };
        let fitting: Vec<usize> = candidates.iter().filter(fits).copied().collect();
        let same_index = || {
            let mut same = fitting.iter().filter(|at| {
                from.index.is_some()
                    && instances.get(**at).is_some_and(|instance| instance.index == from.index)
            });
            same.next().copied()
        };
        let picked = match fitting.as_slice() {
            [only] => Some(*only),
            _ => same_index(),
        };
        found.extend(picked.filter(|at| !found.contains(at)));
    }

    /// What a module is given for a variable, and the module that gives it.
    fn passed<'m>(&self, module: &'m str, variable: &str) -> Option<(&'m str, Node<'d>)> {
        let (parent, call) = module.rsplit_once('.').unwrap_or(("", module));
        let calls = self.module(parent)?.get("module_calls")?;
        Some((parent, calls.get(call)?.get("expressions")?.get(bare(variable))?))
    }

    /// The configuration of a module.
    fn module(&self, path: &str) -> Option<Node<'d>> {
        let mut module = self.root?;
        for name in path.split('.').filter(|name| !name.is_empty()) {
            module = module.get("module_calls")?.get(name)?.get("module")?;
        }
        (module.kind() == NodeKind::Object).then_some(module)
    }
}

/// Notes the configuration of every resource of `module` and of the modules it calls.
fn configurations<'d>(
    module: Option<Node<'d>>,
    path: &str,
    levels: u32,
    found: &mut FxHashMap<String, Node<'d>>,
) {
    let (Some(module), Some(levels)) = (module, levels.checked_sub(1)) else { return };
    for resource in module.get("resources").into_iter().flat_map(Node::elements) {
        let text = |name: &str| resource.get(name).and_then(Node::as_str);
        let (Some(kind), Some(name)) = (text("type"), text("name")) else { continue };
        let is_data = text("mode").is_some_and(|mode| mode == "data");
        found.insert(key(path, is_data, &kind, &name), resource);
    }
    for call in module.get("module_calls").into_iter().flat_map(Node::members) {
        let name = call.key.as_str().unwrap_or_default();
        let path = if path.is_empty() { name.into_owned() } else { format!("{path}.{name}") };
        configurations(call.value.get("module"), &path, levels, found);
    }
}

fn key(module: &str, is_data: bool, kind: &str, name: &str) -> String {
    format!("{module}:{is_data}:{kind}.{name}")
}

/// A name without its index.
fn bare(name: &str) -> &str {
    name.split_once('[').map_or(name, |(name, _)| name)
}

/// Splits a reference at its dots; those inside an index don't count.
fn segments(reference: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut inside = false;
    for character in reference.chars() {
        match character {
            '.' if !inside => found.push(String::new()),
            _ => {
                inside = (inside || character == '[') && character != ']';
                if let Some(last) = found.last_mut() {
                    last.push(character);
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::segments;

    #[test]
    fn a_reference_splits_outside_of_its_index() {
        assert_eq!(segments(r#"azurerm_subnet.all["a.b"].id"#), ["azurerm_subnet", r#"all["a.b"]"#, "id"]);
    }
}
