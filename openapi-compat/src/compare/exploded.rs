//! Query parameters that are the properties of an exploded object.
//!
//! An object with `style: form` and `explode: true` is transmitted as one query parameter for each
//! property: `?colour=red&size=2`. Its own name is not transmitted. The same requests can therefore
//! be described by separate parameters. `deepObject` transmits the name, so that it is different.

use std::cmp::Ordering;

use openapi_tree::is_extension;

use super::serialization::{Serialization, ValueKind};
use crate::change_id::ChangeId;
use crate::context::{Compared, Context};
use crate::difference::Difference;
use crate::element::{Element, Matched, Pair};
use crate::graph::ElementKind;
use crate::revision::ElementTree;
use crate::schema::schema_path::SchemaPath;
use crate::schema::text::TextKind;

/// The keywords of an object that is the same as separate parameters.
const SEPARABLE: [&str; 9] = [
    "type",
    "properties",
    "required",
    "title",
    "description",
    "example",
    "examples",
    "externalDocs",
    "deprecated",
];

/// The condition under which a request must have a query parameter, from the weakest one.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Required {
    Never,
    /// If it has another parameter of the same object, which is optional as a whole.
    WithOthers,
    Always,
}

/// A query parameter, or a property that is transmitted like one.
#[derive(Clone)]
struct QueryParameter<'a> {
    name: &'a str,
    element: Element<'a>,
    schema: Element<'a>,
    required: Required,
}

/// Returns `true` if a parameter is transmitted as its properties.
pub(super) fn is_exploded<'a>(document: &ElementTree<'a>, parameter: &Element<'a>) -> bool {
    let serialization = Serialization::of_parameter(parameter);
    parameter.str_at("in") == Some("query")
        && (serialization.style, serialization.explode) == ("form", true)
        && ValueKind::of(document, parameter.get("schema").as_ref()) == ValueKind::Object
}

/// Returns the properties of an exploded object. Returns `None` if separate parameters cannot
/// describe the same requests: if a schema has assertions about the whole object, or properties
/// whose serialization OpenAPI leaves open because they are no primitive values.
fn properties<'a>(
    document: &ElementTree<'a>,
    parameter: &Element<'a>,
) -> Option<Vec<QueryParameter<'a>>> {
    let schema = document.resolve(parameter.get("schema")?);
    let mut keywords = schema.entries();
    // Separate parameters cannot describe parameters of any name, which a schema here describes.
    let is_separable = |(name, value): (&str, Element<'a>)| match name {
        "additionalProperties" => value.node.as_bool() == Some(false),
        _ => SEPARABLE.contains(&name) || is_extension(name),
    };
    if !keywords.all(is_separable) {
        return None;
    }
    let required = schema.items("required");
    let properties = schema.named("properties");
    let is_alone = properties.len() == 1;
    let property = |(name, element): (&'a str, Element<'a>)| {
        let is_required = required
            .iter()
            .any(|known| known.node.as_str() == Some(name));
        let is_primitive = ValueKind::of(document, Some(&element)) == ValueKind::Primitive;
        is_primitive.then(|| QueryParameter {
            name,
            schema: element.clone(),
            element,
            required: match (is_required, parameter.flag("required")) {
                (true, true) => Required::Always,
                (true, false) if !is_alone => Required::WithOthers,
                _ => Required::Never,
            },
        })
    };
    properties.into_iter().map(property).collect()
}

/// Returns the query parameter that a parameter other than an exploded object is.
fn separate<'a>(parameter: &Element<'a>) -> Option<QueryParameter<'a>> {
    let serialization = Serialization::of_parameter(parameter);
    let is_plain = parameter.str_at("in") == Some("query") && serialization.style == "form";
    let required = match parameter.flag("required") {
        true => Required::Always,
        false => Required::Never,
    };
    Some(QueryParameter {
        name: parameter.str_at("name").filter(|_| is_plain)?,
        element: parameter.clone(),
        schema: parameter.get("schema")?,
        required,
    })
}

/// Removes the exploded objects with a property in common from both lists, and returns them in pairs.
/// They correspond to each other under any name.
pub(super) fn take_renamed<'a>(
    context: &Context<'a>,
    removed: &mut Vec<Element<'a>>,
    added: &mut Vec<Element<'a>>,
) -> Vec<Pair<'a>> {
    let names = |document: &ElementTree<'a>, parameter: &Element<'a>| -> Vec<&'a str> {
        let schema = parameter
            .get("schema")
            .map(|schema| document.resolve(schema));
        let schema = schema.filter(|_| is_exploded(document, parameter));
        let properties = schema.map(|schema| schema.named("properties"));
        let properties = properties.unwrap_or_default().into_iter();
        properties.map(|(name, _)| name).collect()
    };
    let mut pairs = Vec::new();
    removed.retain(|base| {
        let older = names(&context.base, base);
        let same = added.iter().position(|head| {
            let newer = names(&context.head, head);
            newer.iter().any(|name| older.contains(name))
        });
        let pair = same.map(|same| Pair::new(base.clone(), added.remove(same)));
        pairs.extend(pair.clone());
        pair.is_none()
    });
    pairs
}

/// An exploded object, and the query parameters of the other revision that are its properties.
struct Regrouped<'a> {
    object: Element<'a>,
    properties: Vec<QueryParameter<'a>>,
    separate: Vec<QueryParameter<'a>>,
}

/// Removes the exploded objects of one revision and the separate parameters of the other one that
/// correspond to each other from the lists, and compares them.
pub(super) fn take_regrouped<'a>(
    context: &mut Context<'a>,
    operation: &Compared<'a>,
    removed: &mut Vec<Element<'a>>,
    added: &mut Vec<Element<'a>>,
) {
    let names = |parameters: &[QueryParameter<'a>]| -> Vec<&'a str> {
        parameters.iter().map(|parameter| parameter.name).collect()
    };
    let name = |object: &Element<'a>| vec![object.str_at("name").unwrap_or_default()];
    let id = ChangeId::ParametersRegrouped;
    for group in take_groups(&context.base, removed, added) {
        let (old, new) = (name(&group.object), names(&group.separate));
        let changed = Difference::changed(id, &group.object, &operation.pair.head);
        context.record(operation, changed.values(Some(old), Some(new)));
        compare(context, operation, group.properties, group.separate);
    }
    for group in take_groups(&context.head, added, removed) {
        let (old, new) = (names(&group.separate), name(&group.object));
        let changed = Difference::changed(id, &operation.pair.base, &group.object);
        context.record(operation, changed.values(Some(old), Some(new)));
        compare(context, operation, group.separate, group.properties);
    }
}

fn take_groups<'a>(
    document: &ElementTree<'a>,
    objects: &mut Vec<Element<'a>>,
    others: &mut Vec<Element<'a>>,
) -> Vec<Regrouped<'a>> {
    let mut groups = Vec::new();
    objects.retain(|object| {
        let properties = match is_exploded(document, object) {
            true => properties(document, object).unwrap_or_default(),
            false => Vec::new(),
        };
        let mut separate = Vec::new();
        others.retain(|other| {
            let parameter = self::separate(other);
            let known = parameter.filter(|parameter| {
                let mut properties = properties.iter();
                properties.any(|property| property.name == parameter.name)
            });
            let is_other = known.is_none();
            separate.extend(known);
            is_other
        });
        let is_alone = separate.is_empty();
        if !is_alone {
            groups.push(Regrouped {
                object: object.clone(),
                properties,
                separate,
            });
        }
        is_alone
    });
    groups
}

/// Compares query parameters by name.
fn compare<'a>(
    context: &mut Context<'a>,
    operation: &Compared<'a>,
    older: Vec<QueryParameter<'a>>,
    newer: Vec<QueryParameter<'a>>,
) {
    let by_name = |parameters: Vec<QueryParameter<'a>>| {
        let parameters = parameters.into_iter();
        parameters
            .map(|parameter| (parameter.name, parameter))
            .collect()
    };
    let title = |name: &str| format!("the query parameter `{name}`");
    let matched = Matched::new(by_name(older), by_name(newer));
    for (name, base, head) in matched.both {
        let pair = Pair::new(base.element, head.element);
        let kind = ElementKind::Parameter;
        let Some(inside) = context.enter(operation, kind, pair, title(name)) else {
            continue;
        };
        let id = match base.required.cmp(&head.required) {
            Ordering::Less => Some(ChangeId::ParameterBecameRequired),
            Ordering::Equal => None,
            Ordering::Greater => Some(ChangeId::ParameterBecameOptional),
        };
        if let Some(id) = id {
            let changed = Difference::changed(id, &inside.pair.base, &inside.pair.head);
            context.record(&inside, changed);
        }
        let schemas = Pair::new(base.schema, head.schema);
        let path = SchemaPath::of(&inside.title);
        context.text_schema(inside.vertex, schemas, path, None, TextKind::Repeated);
    }
    for (name, parameter) in matched.removed {
        let id = ChangeId::ParameterRemoved;
        let removed = Difference::removed(id, &parameter.element, &operation.pair.head);
        context
            .graph
            .record(operation.vertex, removed.of(&title(name)));
    }
    for (name, parameter) in matched.added {
        let id = match parameter.required {
            Required::Never => ChangeId::ParameterAdded,
            Required::WithOthers | Required::Always => ChangeId::RequiredParameterAdded,
        };
        let added = Difference::added(id, &operation.pair.base, &parameter.element);
        context
            .graph
            .record(operation.vertex, added.of(&title(name)));
    }
}
