//! The features by which a schema in a list of `allOf`, `anyOf` or `oneOf` is recognised and named.

use std::collections::HashMap;

use openapi_tree::{Node, Pointer, reference};

use super::flattened::Flattened;
use super::types::{NULL, types, types_without_null};
use super::wrapper;
use crate::element::{Element, component_at, mapped_component};
use crate::revision::ElementTree;

/// The number of properties or values that a name has.
const NAMED: usize = 3;

/// The assertions that tell schemas of the same type from each other, the most telling first.
const TELLING: [&str; 12] = [
    "format",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "required",
];

/// A schema in a list.
#[derive(Clone, Debug)]
pub(super) struct Alternative<'a> {
    pub(super) element: Element<'a>,
    /// The name of the component that the list refers to.
    pub(super) component: Option<String>,
    pub(super) title: Option<&'a str>,
    /// The listed values, as JSON.
    pub(super) listed: Vec<String>,
    /// The properties with a single value, and these values as JSON.
    pub(super) markers: Vec<(&'a str, String)>,
    pub(super) properties: Vec<&'a str>,
    /// The types of the values without `null`. Empty if any type is valid.
    pub(super) kind: String,
    /// The value that the mapping of a discriminator gives to the component.
    pub(super) mapped: Option<&'a str>,
    /// `true` if `null` is one of several types.
    is_nullable: bool,
}

impl<'a> Alternative<'a> {
    /// Reads the schemas of a list. `outer` is the schema that has the list.
    pub(super) fn all(
        document: &ElementTree<'a>,
        outer: &Flattened<'a>,
        list: &[Element<'a>],
    ) -> Vec<Self> {
        let discriminator = Discriminator::new(outer);
        let read = |element: &Element<'a>| {
            let mut alternative = Self::new(document, element);
            if let Some(discriminator) = &discriminator {
                discriminator.mark(&mut alternative);
            }
            alternative
        };
        list.iter().map(read).collect()
    }

    /// Reads a schema.
    pub(super) fn new(document: &ElementTree<'a>, element: &Element<'a>) -> Self {
        let target = document.resolve(element.clone());
        let schema = Flattened::new(document, &target);
        let marker = |(name, property): &(&'a str, Element<'a>)| {
            let property = document.resolve(property.clone());
            match &listed(property.node)[..] {
                [value] => Some((*name, value.clone())),
                _ => None,
            }
        };
        let component = match reference(element.node) {
            Some(target) => component_name(target),
            None => {
                wrapper::target(element).and_then(|target| component_name(reference(target.node)?))
            }
        };
        Self {
            component: component.or_else(|| element.component("schemas")),
            title: target.str_at("title"),
            listed: schema.value("enum").map(values).unwrap_or_default(),
            markers: schema.properties.iter().filter_map(marker).collect(),
            properties: schema.properties.iter().map(|(name, _)| *name).collect(),
            kind: kind(document, &schema),
            is_nullable: schema.value("type").is_some_and(|list| {
                let types = types(list);
                types.len() > 1 && types.contains(&NULL)
            }),
            mapped: None,
            element: element.clone(),
        }
    }

    /// Returns the only value of a property.
    pub(super) fn marker(&self, property: &str) -> Option<&str> {
        let marker = self.markers.iter().find(|(name, _)| *name == property);
        marker.map(|(_, value)| value.as_str())
    }

    /// Returns the name of the schema. `marker` is the property that distinguishes the schemas of
    /// the list. Returns `None` if the schema has no feature that could name it.
    pub(super) fn name(&self, marker: Option<&'a str>) -> Option<String> {
        let title = || self.title.map(str::to_owned);
        let marked = || {
            let common = marker.and_then(|property| Some((property, self.marker(property)?)));
            let own = || {
                self.markers
                    .first()
                    .map(|(name, value)| (*name, value.as_str()))
            };
            let (property, value) = common.or_else(own)?;
            Some(format!("{property}: {value}"))
        };
        let listed = || (!self.listed.is_empty()).then(|| some_of(&self.listed, " or "));
        let name = self.component.clone().or_else(listed).or_else(marked);
        name.or_else(title).or_else(|| self.form())
    }

    /// Returns the properties or the type.
    pub(super) fn form(&self) -> Option<String> {
        if !self.properties.is_empty() {
            return Some(format!("{{ {} }}", some_of(&self.properties, ", ")));
        }
        if self.kind.is_empty() {
            return None;
        }
        let kind = match self.is_nullable {
            true => format!("{} or null", self.kind),
            false => self.kind.clone(),
        };
        let telling = TELLING.iter().find_map(|keyword| {
            let value = self.element.json(keyword)?;
            Some(format!("{kind} ({keyword}: {value})"))
        });
        Some(telling.unwrap_or(kind))
    }
}

/// The property whose value names the alternative.
struct Discriminator<'a> {
    property: &'a str,
    /// The value of each component that has one.
    values: HashMap<String, &'a str>,
}

impl<'a> Discriminator<'a> {
    fn new(schema: &Flattened<'a>) -> Option<Self> {
        let discriminator = schema.value("discriminator")?;
        let mapping = discriminator.get("mapping").map_or(&[][..], Node::entries);
        let value = |entry: &'a openapi_tree::Entry| {
            let component = mapped_component(entry.node.as_str()?);
            Some((component, entry.key.as_str()))
        };
        Some(Self {
            property: discriminator.str_at("propertyName")?,
            values: mapping.iter().filter_map(value).collect(),
        })
    }

    /// Adds the value of the discriminator to an alternative, unless it lists a value itself.
    fn mark(&self, alternative: &mut Alternative<'a>) {
        let Some(component) = alternative.component.as_deref() else {
            return;
        };
        if alternative.marker(self.property).is_none() {
            alternative.mapped = self.values.get(component).copied();
            let value = alternative.mapped.unwrap_or(component);
            let value = serde_json::Value::from(value).to_string();
            alternative.markers.push((self.property, value));
        }
    }
}

/// Returns the name of the component that a reference is to.
fn component_name(target: &str) -> Option<String> {
    component_at(&Pointer::of_reference(target)?, "schemas")
}

/// Returns the only values of a schema, as JSON.
fn listed(schema: &Node) -> Vec<String> {
    schema.get("enum").map(values).unwrap_or_default()
}

fn values(list: &Node) -> Vec<String> {
    let values = list.items().iter().map(Node::to_json);
    values.map(|value| value.to_string()).collect()
}

/// Returns the types, and the type of the items of a list.
fn kind<'a>(document: &ElementTree<'a>, schema: &Flattened<'a>) -> String {
    let kind = schema.value("type").map(kinds).unwrap_or_default();
    match (&schema.items, kind.as_str()) {
        (Some(items), "array") => {
            let component = reference(items.node).and_then(component_name);
            let own = || document.resolve(items.clone()).node.get("type").map(kinds);
            match component.or_else(own) {
                Some(items) => format!("array of {items}"),
                None => kind,
            }
        }
        _ => kind,
    }
}

/// Returns the types without `null`, unless it is the only one.
fn kinds(list: &Node) -> String {
    match &types_without_null(list)[..] {
        [] => NULL.to_owned(),
        kinds => kinds.join(" or "),
    }
}

/// Returns the first few of a list.
fn some_of(all: &[impl AsRef<str>], separator: &str) -> String {
    let named = all.iter().take(NAMED).map(AsRef::as_ref);
    let named = named.collect::<Vec<_>>().join(separator);
    match all.len() > NAMED {
        true => format!("{named}{separator}…"),
        false => named,
    }
}
