//! The body of a resource of Terraform, in Azure's words.

use std::sync::Arc;

use drlint_resource::{Data, Key, Object, Reason, ResourceId, Value};
use drlint_source::{Node, NodeKind, Span};

use super::identity::{Scene, is_association, is_unknown};
use super::instance::{Instance, attribute};
use super::mapping::{self, Field};
use crate::body::{Builder, Habits, unknown};
use crate::collect::Collector;
use crate::identity::value_of;
use crate::tree::Tree;

/// Adds the resource `at` of `scene`; `false` if it is of a type that has no counterpart here.
pub(super) fn add(collector: &mut Collector, scene: &Scene<'_>, at: usize) -> bool {
    let Some(instance) = scene.instances.get(at) else { return true };
    // What a data source read has fewer members than the resource it read.
    if instance.is_data || is_association(&instance.kind) {
        return true;
    }
    let Some((mapping, id)) = mapping::of(&instance.kind).zip(scene.id(at)) else {
        collector.builder.secrets_in(instance.attributes, &instance.name, None);
        return false;
    };
    collector.builder.secrets_in(instance.attributes, id.name(), Some(&id));
    let mut writer = Writer { builder: &mut collector.builder, scene, instance, owner: &id };
    let block = Block {
        values: instance.attributes,
        unknown: instance.unknown,
        expressions: scene.references.expressions(instance),
    };
    let mut properties = Tree::default();
    let mut tree = Tree::default();
    let envelope =
        [Field::Value("id", "id"), Field::Value(mapping.name, "name"), Field::Constant("type", mapping.kind)];
    writer.fields(&envelope, block, &mut tree, &mut properties);
    let common = [Field::Value("location", "location"), Field::Value("tags", "tags")];
    writer.fields(&common, block, &mut tree, &mut properties);
    let mut outer = Tree::default();
    writer.fields(mapping.fields, block, &mut properties, &mut outer);
    tree.join(outer);
    for association in scene.hanging_on(&id) {
        let place = scene.instances.get(association.instance).map_or(instance.place(), Instance::place);
        properties.insert(association.path, place, value_of(&association.hanging, place));
    }
    if !properties.is_empty() {
        tree.insert_tree("properties", instance.attributes.span(), properties);
    }
    let body = tree.into_value(instance.attributes.span());
    collector.push(id, body, instance.place());
    true
}

/// The attributes of a block, with what is unknown among them and what the configuration says of them.
#[derive(Clone, Copy)]
struct Block<'d> {
    values: Node<'d>,
    unknown: Option<Node<'d>>,
    expressions: Option<Node<'d>>,
}

/// An attribute.
enum Found<'d> {
    Value(Span, Node<'d>),
    /// Known only after the apply; the place, and the expression if the configuration shows it.
    Later(Span, Option<Node<'d>>),
}

impl<'d> Block<'d> {
    fn find(self, name: &str) -> Option<Found<'d>> {
        if let Some(member) = self.values.member(name)
            && let Some(value) = attribute(self.values, name)
        {
            return Some(Found::Value(member.key.span(), value));
        }
        let Some(place) = is_unknown(self.unknown, name) else { return self.referring(name) };
        match self.expressions {
            Some(expressions) => Some(Found::Later(place, Some(expressions.get(name)?))),
            // What nobody configured is left to the provider; without the configuration it can't be told.
            None => Some(Found::Later(place, None)),
        }
    }

    /// What refers to another resource and has no value: planned values leave out what is known only after the apply.
    fn referring(self, name: &str) -> Option<Found<'d>> {
        if self.values.get(name).is_some() {
            return None;
        }
        let expression = self.expressions?.get(name)?;
        let refers = expression.get("references")?.elements().next().is_some();
        refers.then(|| Found::Later(expression.span(), Some(expression)))
    }

    /// The blocks `name` in this one.
    fn blocks(self, name: &str) -> Vec<Block<'d>> {
        let nth = |holder: Option<Node<'d>>, at: usize| {
            let list = holder?.get(name)?;
            if list.kind() == NodeKind::Array { list.elements().nth(at) } else { None }
        };
        let Some(list) = attribute(self.values, name) else { return Vec::new() };
        let blocks = list.elements().enumerate().filter(|(_, values)| values.kind() == NodeKind::Object);
        let made = blocks.map(|(at, values)| Block {
            values,
            unknown: nth(self.unknown, at),
            expressions: nth(self.expressions, at),
        });
        made.collect()
    }
}

struct Writer<'w, 'd> {
    builder: &'w mut Builder,
    scene: &'w Scene<'d>,
    instance: &'w Instance<'d>,
    owner: &'w ResourceId,
}

impl<'d> Writer<'_, 'd> {
    /// Writes `fields` of `block` into `tree`, those whose path begins with `/` into `outer`.
    fn fields(&mut self, fields: &[Field], block: Block<'d>, tree: &mut Tree, outer: &mut Tree) {
        for field in fields {
            match *field {
                Field::Value(name, path) => {
                    if let Some((key, value)) = self.plain(block, name) {
                        place_of(path, tree, outer).insert(path, key, value);
                    }
                }
                Field::Not(name, path) => {
                    if let Some((key, value)) = self.plain(block, name) {
                        let data = match value.data {
                            Data::Bool(said) => Data::Bool(!said),
                            other => other,
                        };
                        tree.insert(path, key, Value { data, ..value });
                    }
                }
                Field::Id(name, path, kind) => {
                    if let Some((key, value)) = self.id(block, name, kind) {
                        tree.insert(path, key, value);
                    }
                }
                Field::Ids(name, path, member, kind) => {
                    if let Some((key, value)) = self.ids(block, name, member, kind) {
                        tree.insert(path, key, value);
                    }
                }
                Field::Each(name, path, member) => {
                    if let Some((key, value)) = self.plain(block, name) {
                        tree.insert(path, key, self.wrapped(value, member));
                    }
                }
                Field::Blocks(name, path, inner) => self.blocks(block, name, path, inner, tree),
                Field::Block(name, path, inner) => {
                    let Some(only) = block.blocks(name).first().copied() else { continue };
                    if path.is_empty() {
                        self.fields(inner, only, tree, outer);
                        continue;
                    }
                    let mut object = Tree::default();
                    self.fields(inner, only, &mut object, &mut Tree::default());
                    let span = only.values.span();
                    place_of(path, tree, outer).insert(path, span, object.into_value(span));
                }
                Field::Element(path, inner) => {
                    if tree.has(path) {
                        continue;
                    }
                    let mut object = Tree::default();
                    self.fields(inner, block, &mut object, &mut Tree::default());
                    if !object.is_empty() {
                        let span = block.values.span();
                        tree.append(path, span, vec![object.into_value(span)]);
                    }
                }
                Field::Constant(path, text) => {
                    let place = self.instance.place();
                    tree.insert(path, place, Value::text(text, place));
                }
            }
        }
    }

    fn blocks(&mut self, block: Block<'d>, name: &str, path: &str, inner: &[Field], tree: &mut Tree) {
        let blocks = block.blocks(name);
        if blocks.is_empty() {
            return;
        }
        let mut values = Vec::with_capacity(blocks.len());
        for inside in blocks {
            let mut object = Tree::default();
            self.fields(inner, inside, &mut object, &mut Tree::default());
            values.push(object.into_value(inside.values.span()));
        }
        let key = block.values.member(name).map_or(block.values.span(), |member| member.key.span());
        tree.append(path, key, values);
    }

    fn plain(&mut self, block: Block<'d>, name: &str) -> Option<(Span, Value)> {
        match block.find(name)? {
            Found::Value(key, value) => {
                Some((key, self.builder.value_of(value, self.owner, Habits::default())))
            }
            Found::Later(place, _) => Some((place, later(place))),
        }
    }

    fn id(&mut self, block: Block<'d>, name: &str, kind: &str) -> Option<(Span, Value)> {
        let Some(Found::Later(place, Some(expression))) = block.find(name) else {
            return self.plain(block, name);
        };
        let value = match self.scene.targets(expression, self.instance, kind).as_slice() {
            [only] => value_of(only, place),
            _ => later(place),
        };
        Some((place, value))
    }

    fn ids(&mut self, block: Block<'d>, name: &str, member: &str, kind: &str) -> Option<(Span, Value)> {
        let found = block.find(name)?;
        let expression = block.expressions.and_then(|expressions| expressions.get(name));
        let targets = |writer: &Self| {
            expression.map_or_else(Vec::new, |node| writer.scene.targets(node, writer.instance, kind))
        };
        match found {
            Found::Later(place, _) => {
                let targets = targets(self);
                if targets.is_empty() {
                    return Some((place, later(place)));
                }
                let ids = targets.iter().map(|id| value_of(id, place)).collect();
                let list = Value::new(Data::Array(Arc::new(ids)), place);
                Some((place, self.wrapped(list, member)))
            }
            Found::Value(key, list) => {
                let length = list.elements().count();
                let targets = targets(self);
                let mut ids = Vec::with_capacity(length);
                for (at, element) in list.elements().enumerate() {
                    ids.push(match (element.kind(), targets.get(at)) {
                        (NodeKind::Null, Some(id)) if targets.len() == length => value_of(id, element.span()),
                        (NodeKind::Null, _) => later(element.span()),
                        _ => self.builder.value_of(element, self.owner, Habits::default()),
                    });
                }
                let list = Value::new(Data::Array(Arc::new(ids)), list.span());
                Some((key, self.wrapped(list, member)))
            }
        }
    }

    /// Each element of a list as the member of an object.
    fn wrapped(&mut self, list: Value, member: &str) -> Value {
        let Data::Array(values) = &list.data else { return list };
        let name = self.builder.name(member);
        let objects = values.iter().map(|value| {
            let span = value.origin.span;
            let key = Key { name: Arc::clone(&name), span };
            Value::new(Data::Object(Arc::new(Object::new(vec![(key, value.clone())]))), span)
        });
        Value { data: Data::Array(Arc::new(objects.collect())), ..list.clone() }
    }
}

fn later(place: Span) -> Value {
    Value::new(unknown(Reason::Other("the value is known only after the apply".into()), place), place)
}

fn place_of<'t>(path: &str, tree: &'t mut Tree, outer: &'t mut Tree) -> &'t mut Tree {
    if path.starts_with('/') { outer } else { tree }
}
