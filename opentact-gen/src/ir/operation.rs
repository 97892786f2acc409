//! Operations.

use openapi_tree::{Document, Node, Value, reference, required_schemes};

use super::argument::Argument;
use super::page::page_of;
use super::paging::Paging;
use super::text::text;
use super::value::Parameter;
use crate::spec::{JSON, body, examples_of, success, successes};

/// An operation of the spec.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// The `x-rust-name`, which is also the name of the method in Rust.
    pub(crate) name: String,
    /// The `operationId`: the vendor's name.
    pub(crate) id: String,
    /// The page that describes it.
    pub(crate) page: String,
    /// The HTTP method in upper case.
    pub(crate) method: String,
    pub(crate) path: String,
    /// The origin of the description: `x-source`.
    pub(crate) source: Source,
    /// `true` if a second identical request has no further effect: `x-idempotent`.
    pub(crate) idempotent: bool,
    /// The names of the security schemes that the operation accepts, the preferred one first. Empty
    /// if the operation is public.
    pub(crate) security_schemes: Vec<String>,
    /// The paging of the list that the operation returns: `x-paging`.
    pub(crate) paging: Option<Paging>,
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) has_body: bool,
    /// The name of the component schema that the request body refers to.
    pub(crate) body_schema: Option<String>,
    /// The first example of the request body.
    pub(crate) body_example: Option<Argument>,
    /// The statuses of the success responses, in the order of the spec.
    pub(crate) statuses: Vec<String>,
    /// The description of the first success response.
    pub(crate) response: Option<String>,
}

/// The origin of the description of an operation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Source {
    /// A public page of the vendor.
    Page,
    /// A public page of the vendor, and the API as of 2021.
    PageAnd2021,
    /// The API as of 2021.
    Only2021,
}

impl Source {
    /// Reads `x-source`. YAML reads `2021` as a number.
    pub(crate) fn new(node: &Node) -> Option<Self> {
        match &node.value {
            Value::String(text) => match text.as_str() {
                "page" => Some(Self::Page),
                "page+2021" => Some(Self::PageAnd2021),
                "2021" => Some(Self::Only2021),
                _ => None,
            },
            Value::Number(number) => (number.as_u64() == Some(2021)).then_some(Self::Only2021),
            _ => None,
        }
    }
}

impl Operation {
    /// Returns method and path template, such as `GET /app/group`.
    pub(crate) fn title(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    pub(super) fn new(document: &Document, operation: &openapi_tree::Operation<'_>) -> Self {
        let (root, node) = (&document.root, operation.node());
        let success = success(root, operation);
        let source = node.get("x-source").and_then(Source::new);
        let schemes = required_schemes(operation.security(root));
        let parameters = operation.parameters(root).into_iter();
        let parameters = parameters.map(|parameter| Parameter::new(root, parameter));
        let schema = body(root, operation).and_then(reference);
        let schema = schema.and_then(|reference| reference.rsplit('/').next());
        Self {
            name: text(node, "x-rust-name").unwrap_or_default(),
            id: text(node, "operationId").unwrap_or_default(),
            page: page_of(document, &operation.method.key_span),
            method: operation.method.key.to_uppercase(),
            path: operation.path.key.to_string(),
            source: source.unwrap_or(Source::Page),
            idempotent: node.is_true("x-idempotent"),
            security_schemes: schemes.map(|scheme| scheme.key.to_string()).collect(),
            paging: Paging::new(root, operation),
            summary: text(node, "summary"),
            description: text(node, "description"),
            parameters: parameters.collect(),
            has_body: operation.request_body(root).is_some(),
            body_example: body_example(root, operation),
            body_schema: schema.map(str::to_owned),
            statuses: successes(root, operation)
                .map(|(status, _)| status.key.to_string())
                .collect(),
            response: success.and_then(|(_, response)| text(response, "description")),
        }
    }
}

fn body_example(root: &Node, operation: &openapi_tree::Operation<'_>) -> Option<Argument> {
    let media_type = operation.request_body(root)?.descend(["content", JSON])?;
    let example = examples_of(root, media_type).next()?;
    Argument::new(root, media_type.get("schema")?, example)
}
