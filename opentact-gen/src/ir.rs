//! The intermediate representation: the parts of a spec that progenitor does not pass on, by the
//! names of the spec.

use heck::ToSnakeCase;
use openapi_tree::{Entry, Node, Value, reference, required_schemes, resolve, security_schemes};

/// The service, operations and schemas of a spec.
#[derive(Clone, Debug)]
pub struct Ir {
    /// The URL of the first server.
    pub base_url: String,
    /// The security schemes. The first one is the main scheme, whose token every client has.
    pub security_schemes: Vec<SecurityScheme>,
    /// The operations, in the order of the spec.
    pub operations: Vec<Operation>,
    /// The component schemas, in the order of the spec.
    pub schemas: Vec<Schema>,
}

/// A security scheme: a token in a header.
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// The name in the spec.
    pub name: String,
    /// The name in Rust: `x-rust-name`, or else the name of the spec in snake case.
    pub rust_name: String,
    /// The name of the header.
    pub header: String,
    /// The `description`.
    pub description: Option<String>,
}

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The `x-rust-name`, which is also the name of the method in Rust.
    pub name: String,
    /// The `operationId`: the vendor's name.
    pub id: String,
    /// The HTTP method in upper case.
    pub method: String,
    /// The path template.
    pub path: String,
    /// `true` if a second identical request has no further effect: `x-idempotent`.
    pub idempotent: bool,
    /// The name of the security scheme that the operation requires.
    pub security_scheme: String,
    /// The `summary`.
    pub summary: Option<String>,
    /// The `description`.
    pub description: Option<String>,
    /// The parameters.
    pub parameters: Vec<Property>,
    /// The request body.
    pub body: Option<Body>,
    /// The status of the success response.
    pub status: String,
    /// The `description` of the success response.
    pub response: Option<String>,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// The name of the component schema that it refers to.
    pub schema: Option<String>,
}

/// A component schema.
#[derive(Clone, Debug)]
pub struct Schema {
    /// The name.
    pub name: String,
    /// The `description`.
    pub description: Option<String>,
    /// The properties, in the order of the spec.
    pub properties: Vec<Property>,
    /// The `minLength` of a string.
    pub min_length: Option<u64>,
    /// The `maxLength` of a string.
    pub max_length: Option<u64>,
}

/// A property or parameter.
#[derive(Clone, Debug)]
pub struct Property {
    /// The name.
    pub name: String,
    /// The `description`.
    pub description: Option<String>,
}

impl Ir {
    /// Reads the root of a document.
    pub(crate) fn new(root: &Node) -> Self {
        let server = root.descend(["servers", "0", "url"]).and_then(Node::as_str);
        let main = main_scheme(root).map(|main| main.key.as_str());
        let mut schemes: Vec<&Entry> = security_schemes(root).iter().collect();
        schemes.sort_by_key(|scheme| main != Some(&scheme.key));
        let schemas = root.descend(["components", "schemas"]);
        let schemas = schemas.map_or(&[][..], Node::entries);
        Self {
            base_url: server.unwrap_or_default().to_owned(),
            security_schemes: schemes.into_iter().map(SecurityScheme::new).collect(),
            operations: openapi_tree::Operation::all(root)
                .map(|operation| Operation::new(root, &operation))
                .collect(),
            schemas: schemas
                .iter()
                .map(|schema| Schema::new(root, schema))
                .collect(),
        }
    }
}

impl SecurityScheme {
    fn new(scheme: &Entry) -> Self {
        Self {
            name: scheme.key.clone(),
            rust_name: scheme_name(scheme),
            header: text(&scheme.node, "name").unwrap_or_default(),
            description: text(&scheme.node, "description"),
        }
    }
}

impl Operation {
    fn new(root: &Node, operation: &openapi_tree::Operation<'_>) -> Self {
        let node = operation.node();
        let mut responses = operation.responses(root);
        let success = responses.find(|(status, _)| status.key.starts_with('2'));
        let scheme = required_scheme(root, operation).map(|scheme| scheme.key.clone());
        let parameter = |parameter: &Node| Property {
            name: text(parameter, "name").unwrap_or_default(),
            description: text(parameter, "description"),
        };
        Self {
            name: text(node, "x-rust-name").unwrap_or_default(),
            id: text(node, "operationId").unwrap_or_default(),
            method: operation.method.key.to_uppercase(),
            path: operation.path.key.clone(),
            idempotent: node.get("x-idempotent").and_then(Node::as_bool) == Some(true),
            security_scheme: scheme.unwrap_or_default(),
            summary: text(node, "summary"),
            description: text(node, "description"),
            parameters: operation
                .parameters(root)
                .into_iter()
                .map(parameter)
                .collect(),
            body: operation.request_body(root).map(Body::new),
            status: success.map_or_else(String::new, |(status, _)| status.key.clone()),
            response: success.and_then(|(_, response)| text(response, "description")),
        }
    }
}

impl Body {
    fn new(body: &Node) -> Self {
        let schema = body.descend(["content", "application/json", "schema"]);
        let name = schema
            .and_then(reference)
            .and_then(|target| target.rsplit('/').next());
        Self {
            schema: name.map(str::to_owned),
        }
    }
}

impl Schema {
    fn new(root: &Node, schema: &Entry) -> Self {
        let node = &schema.node;
        let length = |keyword| match &node.get(keyword)?.value {
            Value::Number(number) => number.as_u64(),
            _ => None,
        };
        let property = |property: &Entry| Property {
            name: property.key.clone(),
            description: text(&property.node, "description")
                .or_else(|| text(resolve(root, &property.node)?, "description")),
        };
        let properties = node.get("properties").map_or(&[][..], Node::entries);
        Self {
            name: schema.key.clone(),
            description: text(node, "description"),
            properties: properties.iter().map(property).collect(),
            min_length: length("minLength"),
            max_length: length("maxLength"),
        }
    }
}

/// Returns the text of a property, trimmed, or `None` if it is empty.
fn text(node: &Node, key: &str) -> Option<String> {
    let text = node.str_at(key)?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Returns the main security scheme: the one that the document requires, or else the first one.
pub(crate) fn main_scheme(root: &Node) -> Option<&Entry> {
    match required_schemes(root.get("security")).next() {
        Some(required) => scheme(root, &required.key),
        None => security_schemes(root).first(),
    }
}

/// Returns the security scheme that an operation requires.
pub(crate) fn required_scheme<'a>(
    root: &'a Node,
    operation: &openapi_tree::Operation<'a>,
) -> Option<&'a Entry> {
    let required = required_schemes(operation.security(root)).next()?;
    scheme(root, &required.key)
}

/// Returns the name of a security scheme in Rust: `x-rust-name`, or else its name in snake case.
pub(crate) fn scheme_name(scheme: &Entry) -> String {
    match scheme.node.str_at("x-rust-name") {
        Some(name) => name.to_owned(),
        None => scheme.key.to_snake_case(),
    }
}

fn scheme<'a>(root: &'a Node, name: &str) -> Option<&'a Entry> {
    security_schemes(root)
        .iter()
        .find(|scheme| scheme.key == name)
}
