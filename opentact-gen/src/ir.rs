//! The intermediate representation: the parts of a spec that progenitor does not pass on, by the
//! names of the spec.

use openapi_tree::{Entry, Node, reference, resolve, security_schemes};

use crate::spec::{body, components, main_scheme, required_scheme, scheme_name, success};

/// The service, operations and schemas of a spec.
#[derive(Clone, Debug)]
pub struct Ir {
    /// The URL of the first server.
    pub(crate) base_url: String,
    /// The security schemes. The first one is the main scheme, whose token every client has.
    pub(crate) security_schemes: Vec<SecurityScheme>,
    /// The operations, in the order of the spec.
    pub(crate) operations: Vec<Operation>,
    /// The component schemas, in the order of the spec.
    pub(crate) schemas: Vec<Schema>,
}

/// A security scheme: a token in a header.
#[derive(Clone, Debug)]
pub(crate) struct SecurityScheme {
    pub(crate) name: String,
    /// The name in Rust: `x-rust-name`, or else the name of the spec in snake case.
    pub(crate) rust_name: String,
    pub(crate) header: String,
    pub(crate) description: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// The `x-rust-name`, which is also the name of the method in Rust.
    pub(crate) name: String,
    /// The `operationId`: the vendor's name.
    pub(crate) id: String,
    /// The HTTP method in upper case.
    pub(crate) method: String,
    pub(crate) path: String,
    /// `true` if a second identical request has no further effect: `x-idempotent`.
    pub(crate) idempotent: bool,
    /// The name of the security scheme that the operation requires.
    pub(crate) security_scheme: String,
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) parameters: Vec<Property>,
    pub(crate) has_body: bool,
    /// The name of the component schema that the request body refers to.
    pub(crate) body_schema: Option<String>,
    /// The status of the success response.
    pub(crate) status: String,
    /// The description of the success response.
    pub(crate) response: Option<String>,
}

/// A component schema.
#[derive(Clone, Debug)]
pub(crate) struct Schema {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    /// The properties, in the order of the spec.
    pub(crate) properties: Vec<Property>,
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
}

/// A property or parameter.
#[derive(Clone, Debug)]
pub(crate) struct Property {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
}

impl Ir {
    /// Reads the root of a document.
    pub(crate) fn new(root: &Node) -> Self {
        let server = root.descend(["servers", "0", "url"]).and_then(Node::as_str);
        let main = main_scheme(root).map(|main| &main.key);
        let mut schemes: Vec<&Entry> = security_schemes(root).iter().collect();
        schemes.sort_by_key(|scheme| main != Some(&scheme.key));
        let operations = openapi_tree::Operation::all(root);
        let schemas = components(root, "schemas").iter();
        Self {
            base_url: server.unwrap_or_default().to_owned(),
            security_schemes: schemes.into_iter().map(SecurityScheme::new).collect(),
            operations: operations.map(|node| Operation::new(root, &node)).collect(),
            schemas: schemas.map(|schema| Schema::new(root, schema)).collect(),
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
    /// Returns method and path template, such as `GET /app/group`.
    pub(crate) fn title(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    fn new(root: &Node, operation: &openapi_tree::Operation<'_>) -> Self {
        let node = operation.node();
        let success = success(root, operation);
        let scheme = required_scheme(root, operation).map(|scheme| scheme.key.clone());
        let parameters = operation.parameters(root).into_iter();
        let parameters = parameters.map(|parameter| Property {
            name: text(parameter, "name").unwrap_or_default(),
            description: text(parameter, "description"),
        });
        let schema = body(root, operation).and_then(reference);
        let schema = schema.and_then(|reference| reference.rsplit('/').next());
        Self {
            name: text(node, "x-rust-name").unwrap_or_default(),
            id: text(node, "operationId").unwrap_or_default(),
            method: operation.method.key.to_uppercase(),
            path: operation.path.key.clone(),
            idempotent: node.is_true("x-idempotent"),
            security_scheme: scheme.unwrap_or_default(),
            summary: text(node, "summary"),
            description: text(node, "description"),
            parameters: parameters.collect(),
            has_body: operation.request_body(root).is_some(),
            body_schema: schema.map(str::to_owned),
            status: success.map_or_else(String::new, |(status, _)| status.key.clone()),
            response: success.and_then(|(_, response)| text(response, "description")),
        }
    }
}

impl Schema {
    fn new(root: &Node, schema: &Entry) -> Self {
        let node = &schema.node;
        let length = |keyword| node.get(keyword)?.as_number()?.as_u64();
        let properties = node.entries_at("properties").iter();
        let properties = properties.map(|property| Property {
            name: property.key.clone(),
            description: text(&property.node, "description")
                .or_else(|| text(resolve(root, &property.node)?, "description")),
        });
        Self {
            name: schema.key.clone(),
            description: text(node, "description"),
            properties: properties.collect(),
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
