//! Names of inline schemas: typify names their types by `title` or place, and drops the second of two
//! types with one name.

use std::collections::HashMap;

use heck::{ToPascalCase, ToSnakeCase};
use openapi_tree::{Node, Span};

use super::context::{Context, Reachable};
use super::report::Report;
use crate::names::{is_in_prelude, type_name};
use crate::spec::{body, components, payload};

/// Reports different schemas that become the same type.
pub(super) fn duplicates(context: &Context<'_>, report: &mut Report<'_>) {
    let schemas = context.schemas.iter();
    let schemas = schemas.map(|reachable| (std::ptr::from_ref(reachable.schema), reachable));
    let mut types = Types {
        reachable: schemas.collect(),
        named: Vec::new(),
    };
    for component in components(context.root, "schemas") {
        let (node, span) = (&component.node, &component.key_span);
        if types.reachable.contains_key(&std::ptr::from_ref(node)) {
            let name = type_name(&component.key);
            types.named.push((name.clone(), node, span));
            types.parts(node, &name);
        }
    }
    for operation in &context.operations {
        let parameters = operation.parameters(context.root).into_iter();
        let parameters = parameters.filter_map(|it| Some((it.str_at("name")?, it.get("schema")?)));
        let body = body(context.root, operation).map(|schema| ("body", schema));
        let payload = payload(context.root, operation).map(|schema| ("response", schema));
        let id = operation.node().str_at("x-rust-name").unwrap_or_default();
        for (suffix, schema) in parameters.chain(body).chain(payload) {
            types.inside(schema, &type_name(&format!("{id}-{suffix}")));
        }
    }
    let mut known = HashMap::new();
    for (name, schema, span) in types.named {
        let message = format!("this schema becomes the type `{name}` in Rust, as another one does");
        let (first, first_span) = *known.entry(name).or_insert((schema, span));
        // For two components, see `names::duplicates`.
        if !first.same(schema) && !is_component(context, schema) {
            let help = "give it a `title` of its own, or move it to `#/components/schemas`";
            report.add_related(span, message, help, (first_span, "the other one"));
        }
    }
}

/// Reports inline schemas whose `title` has another meaning in Rust.
pub(super) fn titles(context: &Context<'_>, report: &mut Report<'_>) {
    for reachable in &context.schemas {
        let Some(title) = reachable.schema.get("title") else {
            continue;
        };
        let name = type_name(title.as_str().unwrap_or_default());
        if is_in_prelude(&name) && is_named(reachable) && !is_component(context, reachable.schema) {
            let message = format!("`{name}` has another meaning in Rust");
            report.add(&title.span, message, "change or remove the `title`");
        }
    }
}

fn is_component(context: &Context<'_>, schema: &Node) -> bool {
    let mut components = components(context.root, "schemas").iter();
    components.any(|component| std::ptr::eq(&component.node, schema))
}

/// The types that schemas become.
struct Types<'a> {
    reachable: HashMap<*const Node, &'a Reachable<'a>>,
    /// The name of each type, with its schema and the place of the name.
    named: Vec<(String, &'a Node, &'a Span)>,
}

impl<'a> Types<'a> {
    /// Adds the types of a schema inside another one.
    fn inside(&mut self, schema: &'a Node, place: &str) {
        let title = schema.get("title");
        let name = title.and_then(Node::as_str).map(type_name);
        let name = name.unwrap_or_else(|| place.to_owned());
        let reachable = self.reachable.get(&std::ptr::from_ref(schema));
        if reachable.is_some_and(|reachable| is_named(reachable)) {
            let span = title.map_or(&schema.span, |title| &title.span);
            self.named.push((name.clone(), schema, span));
        }
        self.parts(schema, &name);
    }

    /// Adds the types directly inside a schema that becomes the type `name`.
    fn parts(&mut self, schema: &'a Node, name: &str) {
        let properties = schema.entries_at("properties");
        for property in properties {
            let place = format!("{name}_{}", property.key.to_snake_case());
            self.inside(&property.node, &place.to_pascal_case());
        }
        let extra = schema.get("properties").map_or("", |_| "Extra");
        for (keyword, suffix) in [("items", "Item"), ("additionalProperties", "Value")] {
            let part = schema.get(keyword);
            if let Some(part) = part.filter(|part| !part.entries().is_empty()) {
                self.inside(part, &format!("{name}{extra}{suffix}"));
            }
        }
        if let [only] = schema.items_at("allOf") {
            self.inside(only, name);
        }
    }
}

/// Returns `true` if typify gives a schema a type with a name.
fn is_named(Reachable { schema, is_sent }: &Reachable<'_>) -> bool {
    let has = |keyword: &str| schema.get(keyword).is_some();
    let is_limited = ["enum", "maxLength", "minLength"].into_iter().any(has);
    let is_opaque = matches!(schema.str_at("format"), Some("password" | "uuid"));
    let is_checked = *is_sent && is_limited && !is_opaque;
    has("properties") || is_checked && schema.str_at("type") != Some("boolean")
}
