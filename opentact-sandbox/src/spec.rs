//! The operations of the spec, read from the document itself.

use std::sync::{Arc, OnceLock};

use axum::http::{Method, StatusCode};
use openapi_tree::{
    JsonSchemas, Node, SchemaValidator, Source, load, required_schemes, resolve, security_schemes,
};
use serde_json::Value;

use crate::mask::SecretNames;
use crate::schema::check;

/// The only media type of the spec.
const JSON: &str = "application/json";

/// The spec that the sandbox serves: one OpenAPI document in JSON. `cargo xtask generate` writes it.
pub const OPENAPI: &str = include_str!("openapi.json");

/// The spec, with compiled schemas for requests and responses.
#[derive(Debug)]
pub(crate) struct Spec {
    /// The whole document.
    #[cfg(feature = "docs")]
    pub(crate) document: Value,
    /// The path of the base URL: `/rest`.
    pub(crate) base_path: String,
    pub(crate) operations: Vec<Arc<Operation>>,
    /// The schema `SIPUser`.
    pub(crate) user: SchemaValidator,
    pub(crate) secret_names: SecretNames,
}

/// An operation of the spec.
#[derive(Debug)]
pub(crate) struct Operation {
    /// The `operationId`.
    pub(crate) id: String,
    /// The name in Rust, `x-rust-name`.
    pub(crate) rust_name: Option<String>,
    pub(crate) method: Method,
    /// The path template: `/app/group/{uuid}`.
    pub(crate) path: String,
    /// The alternatives of authentication. A public operation has none.
    pub(crate) credentials: Vec<Credential>,
    pub(crate) path_parameters: Vec<(String, SchemaValidator)>,
    pub(crate) query_parameters: Vec<QueryParameter>,
    pub(crate) body: Option<RequestBody>,
    /// The status of success. If there are several, it is the first one.
    pub(crate) success: StatusCode,
    /// The payload of the first example of the success response.
    pub(crate) example: Option<Value>,
    /// The schemas of response bodies by status: `200`, `4XX` or `default`.
    responses: Vec<(String, SchemaValidator)>,
}

/// A kind of credential: an alternative of authentication.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Credential {
    /// A token in a header of its own.
    Header(String),
    /// A token in the header `Authorization`.
    Bearer,
    /// An e-mail address and a password in the header `Authorization`.
    Basic,
}

/// A query parameter of an operation.
#[derive(Debug)]
pub(crate) struct QueryParameter {
    pub(crate) name: String,
    pub(crate) required: bool,
    /// `true` if the value is text, and not a number or a boolean.
    pub(crate) is_text: bool,
    pub(crate) schema: SchemaValidator,
}

/// The JSON request body of an operation.
#[derive(Debug)]
pub(crate) struct RequestBody {
    pub(crate) required: bool,
    pub(crate) schema: SchemaValidator,
}

impl Spec {
    /// Returns the embedded spec, which is parsed once.
    pub(crate) fn embedded() -> Result<Arc<Self>, String> {
        static EMBEDDED: OnceLock<Result<Arc<Spec>, String>> = OnceLock::new();
        EMBEDDED
            .get_or_init(|| Self::parse(OPENAPI).map(Arc::new))
            .clone()
    }

    pub(crate) fn parse(json: &str) -> Result<Self, String> {
        let document =
            load(Source::new("openapi.json", json)).map_err(|error| error.to_string())?;
        let root = &document.root;
        let reader = Reader {
            root,
            schemas: JsonSchemas::new(root),
        };
        let operations = openapi_tree::Operation::all(root)
            .map(|operation| reader.operation(&operation).map(Arc::new))
            .collect::<Result<_, String>>()?;
        let server = root.descend(["servers", "0", "url"]).and_then(Node::as_str);
        let server = server.unwrap_or_default();
        let host = server.find("://").map_or(0, |scheme| scheme + 3);
        let base_path = server[host..]
            .find('/')
            .map_or("", |at| &server[host + at..]);
        Ok(Self {
            base_path: base_path.trim_end_matches('/').to_owned(),
            operations,
            secret_names: SecretNames::of(root),
            user: reader.compile(root.descend(["components", "schemas", "SIPUser"]))?,
            #[cfg(feature = "docs")]
            document: root.to_json(),
        })
    }

    /// Returns the operation with this name in the spec or in Rust.
    pub(crate) fn operation(&self, name: &str) -> Option<&Operation> {
        let mut operations = self.operations.iter();
        operations
            .find(|operation| operation.has_name(name))
            .map(AsRef::as_ref)
    }
}

impl Operation {
    /// Returns the name in Rust, or the `operationId`.
    pub(crate) fn name(&self) -> &str {
        self.rust_name.as_ref().unwrap_or(&self.id)
    }

    pub(crate) fn has_name(&self, name: &str) -> bool {
        self.id == name || self.rust_name.as_deref() == Some(name)
    }

    /// Checks a response body against the schema for its status.
    pub(crate) fn check_response(&self, status: StatusCode, body: &Value) -> Result<(), String> {
        let class = format!("{}XX", status.as_u16() / 100);
        let schema = [status.as_str(), class.as_str(), "default"]
            .iter()
            .find_map(|key| self.responses.iter().find(|(status, _)| status == key));
        let Some((_, schema)) = schema else {
            return Err(format!(
                "`{}` has no response with status {status}",
                self.id
            ));
        };
        check(schema, "the response", body)
    }
}

impl Credential {
    fn of(scheme: &Node) -> Option<Self> {
        match (scheme.str_at("type")?, scheme.str_at("scheme")) {
            ("apiKey", _) if scheme.str_at("in") == Some("header") => {
                Some(Self::Header(scheme.str_at("name")?.to_owned()))
            }
            ("http", Some("bearer")) => Some(Self::Bearer),
            ("http", Some("basic")) => Some(Self::Basic),
            _ => None,
        }
    }
}

/// A reader of the operations of a document.
struct Reader<'a> {
    root: &'a Node,
    schemas: JsonSchemas<'a>,
}

impl<'a> Reader<'a> {
    fn operation(&self, operation: &openapi_tree::Operation<'a>) -> Result<Operation, String> {
        let node = operation.node();
        let method = operation.method.key.to_uppercase();
        let responses = operation.responses(self.root);
        Ok(Operation {
            id: node
                .str_at("operationId")
                .map_or_else(|| operation.title(), str::to_owned),
            rust_name: node.str_at("x-rust-name").map(str::to_owned),
            method: method
                .parse()
                .map_err(|_| format!("`{method}` is not a method"))?,
            path: operation.path.key.clone(),
            credentials: self.credentials(operation),
            path_parameters: self.path_parameters(operation)?,
            query_parameters: self.query_parameters(operation)?,
            body: self.request_body(operation)?,
            success: self.success(operation),
            example: self.example(operation),
            responses: responses
                .map(|(status, response)| Ok((status.key.clone(), self.json_schema(response)?)))
                .collect::<Result<_, String>>()?,
        })
    }

    fn credentials(&self, operation: &openapi_tree::Operation<'a>) -> Vec<Credential> {
        let schemes = security_schemes(self.root);
        required_schemes(operation.security(self.root))
            .filter_map(|required| schemes.iter().find(|scheme| scheme.key == required.key))
            .filter_map(|scheme| resolve(self.root, &scheme.node))
            .filter_map(Credential::of)
            .collect()
    }

    fn path_parameters(
        &self,
        operation: &openapi_tree::Operation<'a>,
    ) -> Result<Vec<(String, SchemaValidator)>, String> {
        let parameters = operation.parameters(self.root).into_iter();
        parameters
            .filter(|parameter| parameter.str_at("in") == Some("path"))
            .map(|parameter| {
                let name = parameter.str_at("name").unwrap_or_default();
                Ok((name.to_owned(), self.compile(parameter.get("schema"))?))
            })
            .collect()
    }

    fn query_parameters(
        &self,
        operation: &openapi_tree::Operation<'a>,
    ) -> Result<Vec<QueryParameter>, String> {
        let parameters = operation.parameters(self.root).into_iter();
        parameters
            .filter(|parameter| parameter.str_at("in") == Some("query"))
            .map(|parameter| {
                let schema = parameter.get("schema");
                let resolved = schema.and_then(|schema| resolve(self.root, schema));
                let kind = resolved.and_then(|schema| schema.str_at("type"));
                Ok(QueryParameter {
                    name: parameter.str_at("name").unwrap_or_default().to_owned(),
                    required: parameter.is_true("required"),
                    is_text: !matches!(kind, Some("integer" | "number" | "boolean")),
                    schema: self.compile(schema)?,
                })
            })
            .collect()
    }

    fn success(&self, operation: &openapi_tree::Operation<'a>) -> StatusCode {
        let statuses = operation.responses(self.root);
        let mut statuses = statuses.filter_map(|(status, _)| status.key.parse::<StatusCode>().ok());
        let success = statuses.find(StatusCode::is_success);
        success.unwrap_or_default()
    }

    /// Returns the payload of the first example of a success response.
    fn example(&self, operation: &openapi_tree::Operation<'a>) -> Option<Value> {
        let mut responses = operation.responses(self.root);
        let (_, success) = responses.find(|(status, _)| status.key.starts_with('2'))?;
        let examples = success.descend(["content", JSON, "examples"])?;
        let example = resolve(self.root, &examples.entries().first()?.node)?;
        Some(example.descend(["value", "payload"])?.to_json())
    }

    fn request_body(
        &self,
        operation: &openapi_tree::Operation<'a>,
    ) -> Result<Option<RequestBody>, String> {
        let Some(body) = operation.request_body(self.root) else {
            return Ok(None);
        };
        Ok(Some(RequestBody {
            required: body.get("required").and_then(Node::as_bool) == Some(true),
            schema: self.json_schema(body)?,
        }))
    }

    /// Compiles the schema of a JSON body.
    fn json_schema(&self, body: &'a Node) -> Result<SchemaValidator, String> {
        self.compile(body.descend(["content", JSON, "schema"]))
    }

    fn compile(&self, schema: Option<&'a Node>) -> Result<SchemaValidator, String> {
        self.schemas.compile(schema.ok_or("a schema is missing")?)
    }
}
