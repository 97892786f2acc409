//! What a spec says that progenitor does not pass on: whence an item comes and how it is
//! described.

use std::collections::HashMap;

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};
use unicode_ident::{is_xid_continue, is_xid_start};

use crate::scheme;
use openapi_tree::{Entry, Node, resolve};

/// What the generated code uses of the prelude of Rust, and the modules of `std` that it is
/// in.
pub(crate) const PRELUDE: [(&str, &str); 11] = [
    ("boxed", "Box"),
    ("clone", "Clone"),
    ("convert", "From"),
    ("convert", "TryFrom"),
    ("convert", "TryInto"),
    ("default", "Default"),
    ("ops", "FnOnce"),
    ("option", "Option"),
    ("result", "Result"),
    ("string", "String"),
    ("vec", "Vec"),
];

/// What a spec says of its service, operations and schemas.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The address under which the operations' paths lie: the first server.
    pub base_url: String,
    /// The security schemes, the one whose token a client is made with first.
    pub schemes: Vec<Scheme>,
    /// The operations, in the order in which they stand in the spec.
    pub operations: Vec<Operation>,
    /// The component schemas, in the order in which they stand in the spec.
    pub schemas: Vec<Schema>,
    by_name: ByName,
}

/// The positions of operations and schemas, by what they are called in Rust. They are asked for once
/// for each item of the code: to go through all of them would take the square of their number.
#[derive(Clone, Debug)]
struct ByName {
    methods: HashMap<String, usize>,
    builders: HashMap<String, usize>,
    types: HashMap<String, usize>,
}

impl ByName {
    fn new(operations: &[Operation], schemas: &[Schema]) -> Self {
        let methods = operations.iter().map(|operation| &operation.rust_name);
        let types = schemas.iter().map(|schema| &schema.type_name);
        Self {
            methods: positions(methods.clone().cloned()),
            builders: positions(methods.map(|name| type_name(name))),
            types: positions(types.cloned()),
        }
    }
}

fn positions(names: impl Iterator<Item = String>) -> HashMap<String, usize> {
    let positions = names.enumerate();
    positions.map(|(position, name)| (name, position)).collect()
}

/// What a spec says of a security scheme: a token in a header.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Its name in the spec.
    pub name: String,
    /// Its name in Rust: `x-rust-name`, or else the name in snake case.
    pub rust_name: String,
    /// The header.
    pub header: String,
    /// What the token is.
    pub description: Option<String>,
    /// The methods in Rust of the operations that require it.
    pub operations: Vec<String>,
}

/// What a spec says of an operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The method in Rust: `x-rust-name`.
    pub rust_name: String,
    /// The vendor's name: `operationId`.
    pub id: String,
    /// The HTTP method, in upper case.
    pub method: String,
    /// The path template.
    pub path: String,
    /// Whether carrying it out twice leaves the service as carrying it out once does:
    /// `x-idempotent`.
    pub idempotent: bool,
    /// The name of the security scheme that it requires.
    pub scheme: String,
    /// One line that says what it does.
    pub summary: Option<String>,
    /// What it does, at length.
    pub description: Option<String>,
    /// What can be set, the body apart.
    pub parameters: Vec<Property>,
    /// Whether it has a request body.
    pub has_body: bool,
    /// The component schema of the request body in Rust, where it is one.
    pub body_type: Option<String>,
    /// The status of success.
    pub status: String,
    /// What comes back on success.
    pub answer: Option<String>,
}

/// What a spec says of a component schema.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Its name in the spec.
    pub name: String,
    /// Its name in Rust.
    pub type_name: String,
    /// What it is.
    pub description: Option<String>,
    /// Its properties, in the order in which they stand in the spec.
    pub properties: Vec<Property>,
    /// How many characters a string has at least.
    pub min_length: Option<u64>,
    /// How many characters a string has at most.
    pub max_length: Option<u64>,
}

/// What a spec says of a property or parameter.
#[derive(Clone, Debug)]
pub struct Property {
    /// Its name in Rust.
    pub rust_name: String,
    /// What it is.
    pub description: Option<String>,
}

impl Facts {
    pub(crate) fn new(root: &Node) -> Self {
        let server = root.descend(["servers", "0", "url"]).and_then(Node::as_str);
        let is_main =
            |scheme: &Entry| scheme::main(root).is_some_and(|main| main.key == scheme.key);
        let mut schemes: Vec<&Entry> = scheme::all(root).iter().collect();
        schemes.sort_by_key(|scheme| !is_main(scheme));
        let schemas = root
            .descend(["components", "schemas"])
            .map_or(&[][..], Node::entries);
        let operations: Vec<Operation> = openapi_tree::Operation::all(root)
            .map(|operation| Operation::new(root, &operation))
            .collect();
        let schemas: Vec<Schema> = schemas
            .iter()
            .map(|entry| Schema::new(root, &entry.key, &entry.node))
            .collect();
        Self {
            base_url: server.unwrap_or_default().to_owned(),
            schemes: schemes
                .into_iter()
                .map(|scheme| Scheme::new(root, scheme))
                .collect(),
            by_name: ByName::new(&operations, &schemas),
            operations,
            schemas,
        }
    }

    /// The operation of a method in Rust.
    pub(crate) fn operation(&self, rust_name: &str) -> Option<&Operation> {
        self.operations.get(*self.by_name.methods.get(rust_name)?)
    }

    /// The same of other operations.
    pub(crate) fn with_operations(self, operations: Vec<Operation>) -> Self {
        Self {
            by_name: ByName::new(&operations, &self.schemas),
            operations,
            ..self
        }
    }

    /// The operation of a request builder in Rust, such as `ListGroups`.
    pub(crate) fn operation_of_builder(&self, builder: &str) -> Option<&Operation> {
        self.operations.get(*self.by_name.builders.get(builder)?)
    }

    /// The security scheme of an operation.
    pub(crate) fn scheme(&self, operation: &Operation) -> Option<&Scheme> {
        self.schemes
            .iter()
            .find(|scheme| scheme.name == operation.scheme)
    }

    /// The schema of a type in Rust.
    pub(crate) fn schema(&self, type_name: &str) -> Option<&Schema> {
        self.schemas.get(*self.by_name.types.get(type_name)?)
    }
}

impl Scheme {
    fn new(root: &Node, scheme: &Entry) -> Self {
        let wants_it = |operation: &openapi_tree::Operation<'_>| {
            scheme::of(root, operation).is_some_and(|required| required.key == scheme.key)
        };
        Self {
            name: scheme.key.clone(),
            rust_name: scheme::rust_name(scheme),
            header: owned(&scheme.node, "name").unwrap_or_default(),
            description: owned(&scheme.node, "description"),
            operations: openapi_tree::Operation::all(root)
                .filter(wants_it)
                .filter_map(|operation| owned(operation.node(), "x-rust-name"))
                .collect(),
        }
    }

    /// The item that tells the client of this scheme, such as `HA1B_TOKEN`.
    pub(crate) fn constant(&self) -> syn::Ident {
        let name = self.rust_name.to_uppercase();
        syn::Ident::new(&name, proc_macro2::Span::call_site())
    }

    /// The method of `ClientBuilder` that takes the token, where it is not the main scheme.
    pub(crate) fn setter(&self) -> syn::Ident {
        syn::Ident::new(&self.rust_name, proc_macro2::Span::call_site())
    }
}

impl Operation {
    fn new(root: &Node, operation: &openapi_tree::Operation<'_>) -> Self {
        let node = operation.node();
        let success = operation
            .responses(root)
            .find(|(status, _)| status.key.starts_with('2'));
        Self {
            rust_name: node.str_at("x-rust-name").unwrap_or_default().to_owned(),
            id: node.str_at("operationId").unwrap_or_default().to_owned(),
            method: operation.method.key.to_uppercase(),
            path: operation.path.key.clone(),
            idempotent: node.get("x-idempotent").and_then(Node::as_bool) == Some(true),
            scheme: scheme::of(root, operation)
                .map(|scheme| scheme.key.clone())
                .unwrap_or_default(),
            summary: owned(node, "summary"),
            description: owned(node, "description"),
            parameters: operation
                .parameters(root)
                .iter()
                .map(|parameter| Property {
                    rust_name: parameter_name(parameter.str_at("name").unwrap_or_default()),
                    description: owned(parameter, "description"),
                })
                .collect(),
            has_body: node.get("requestBody").is_some(),
            body_type: operation.request_body(root).and_then(body_type),
            status: success
                .map(|(status, _)| status.key.clone())
                .unwrap_or_default(),
            answer: success.and_then(|(_, response)| owned(response, "description")),
        }
    }

    /// The constant that tells the client of this operation, such as `LIST_GROUPS`.
    pub(crate) fn constant(&self) -> syn::Ident {
        let name = self.rust_name.to_shouty_snake_case();
        syn::Ident::new(&name, proc_macro2::Span::call_site())
    }
}

impl Schema {
    fn new(root: &Node, name: &str, schema: &Node) -> Self {
        let properties = schema.get("properties").map_or(&[][..], Node::entries);
        Self {
            name: name.to_owned(),
            type_name: type_name(name),
            description: owned(schema, "description"),
            properties: properties
                .iter()
                .map(|entry| Property {
                    rust_name: property_name(&entry.key),
                    description: described(root, &entry.node),
                })
                .collect(),
            min_length: number(schema, "minLength"),
            max_length: number(schema, "maxLength"),
        }
    }

    /// Where a property stands in the spec; behind all others where it does not.
    pub(crate) fn position(&self, rust_name: &str) -> usize {
        let position = |property: &Property| property.rust_name == rust_name;
        self.properties
            .iter()
            .position(position)
            .unwrap_or(usize::MAX)
    }
}

/// The type of a request body whose schema is a component.
fn body_type(body: &Node) -> Option<String> {
    let schema = body.descend(["content", "application/json", "schema"])?;
    let name = openapi_tree::reference(schema)?.rsplit('/').next()?;
    Some(type_name(name))
}

/// The description of a schema, or of what it refers to.
fn described(root: &Node, schema: &Node) -> Option<String> {
    owned(schema, "description").or_else(|| owned(resolve(root, schema)?, "description"))
}

fn owned(node: &Node, key: &str) -> Option<String> {
    let text = node.str_at(key)?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn number(node: &Node, key: &str) -> Option<u64> {
    match &node.get(key)?.value {
        openapi_tree::Value::Number(number) => number.as_u64(),
        _ => None,
    }
}

/// The name of a property in Rust, as typify makes it.
pub(crate) fn property_name(name: &str) -> String {
    identifier(name, str::to_snake_case, "x")
}

/// The name of a parameter in Rust, as progenitor makes it.
pub(crate) fn parameter_name(name: &str) -> String {
    identifier(name, str::to_snake_case, "_")
}

/// The name of an enum's variant in Rust, as typify makes it.
pub(crate) fn variant_name(name: &str) -> String {
    identifier(name, str::to_pascal_case, "X")
}

/// An identifier of Rust for a name of the spec: apostrophes go, whatever else an identifier
/// cannot have separates words, what starts with a digit gets a prefix, and a keyword gets an
/// underscore at the end.
fn identifier(name: &str, recased: impl Fn(&str) -> String, prefix: &str) -> String {
    let name = match name {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => recased(&name.replace('\'', "").replace(|c| !is_xid_continue(c), "-")),
    };
    let name = match name.chars().next() {
        Some(first) if is_xid_start(first) => name,
        Some(_) => format!("{prefix}{name}"),
        None => recased("x"),
    };
    // Keywords of typify's are those of syn and `gen`.
    if name != "gen" && syn::parse_str::<syn::Ident>(&name).is_ok() {
        name
    } else {
        format!("{name}_")
    }
}

/// The name of a schema in Rust.
pub(crate) fn type_name(name: &str) -> String {
    name.to_pascal_case()
}
