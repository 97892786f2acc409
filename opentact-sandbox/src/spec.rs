//! The operations of the spec, read from the document itself.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::http::{Method, StatusCode};
use openapi_tree::{Document, Node, Source, load, required_schemes, resolve, security_schemes};
use serde_json::Value;

use crate::mask::SecretNames;
use crate::schema::{Schema, keep_out_of_range};

/// The only media type of the spec.
const JSON: &str = "application/json";

/// The spec that the sandbox serves: one OpenAPI document in JSON. `cargo xtask generate` writes it.
pub const OPENAPI: &str = include_str!("openapi.json");

/// The spec. Its schemas are compiled when a request needs them.
#[derive(Debug)]
pub(crate) struct Spec {
    /// The whole document.
    pub(crate) document: Value,
    /// The path of the base URL: `/rest`.
    pub(crate) base_path: String,
    pub(crate) operations: Vec<Arc<Operation>>,
    pub(crate) secret_names: SecretNames,
    root: &'static Node,
    /// The schemas that seeds are checked against, by name.
    schemas: Mutex<HashMap<String, Arc<Schema>>>,
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
    pub(crate) path_parameters: Vec<Parameter>,
    pub(crate) query_parameters: Vec<Parameter>,
    pub(crate) body: Option<RequestBody>,
    /// The status of success. If there are several, it is the first one.
    pub(crate) success: StatusCode,
    /// `true` if the operation returns a page.
    pub(crate) is_paged: bool,
    /// The payload of the first example of the success response.
    pub(crate) example: Option<Value>,
    /// The schemas of response bodies by status: `200`, `4XX` or `default`.
    responses: Vec<(String, Schema)>,
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

/// A parameter of an operation.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) required: bool,
    /// `true` if the value is text, and not a number or a boolean.
    pub(crate) is_text: bool,
    pub(crate) schema: Schema,
}

impl Parameter {
    /// Returns the value of a text, if it fits the schema.
    pub(crate) fn value(&self, text: &str) -> Result<Value, String> {
        let mut value = match self.is_text {
            true => Value::from(text),
            // Text that is no number or boolean is refused by the schema.
            false => serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)),
        };
        keep_out_of_range(&mut value);
        self.schema.check(&format!("`{}`", self.name), &value)?;
        Ok(value)
    }
}

/// The JSON request body of an operation.
#[derive(Debug)]
pub(crate) struct RequestBody {
    pub(crate) required: bool,
    /// The names of the properties of the schema.
    pub(crate) properties: Vec<String>,
    pub(crate) schema: Schema,
}

impl Spec {
    /// Returns the embedded spec, which is parsed once.
    pub(crate) fn embedded() -> Result<Arc<Self>, String> {
        static DOCUMENT: OnceLock<Result<Document, String>> = OnceLock::new();
        static EMBEDDED: OnceLock<Result<Arc<Spec>, String>> = OnceLock::new();
        let document = DOCUMENT.get_or_init(|| {
            load(Source::new("openapi.json", OPENAPI)).map_err(|error| error.to_string())
        });
        let root = &document.as_ref().map_err(String::clone)?.root;
        EMBEDDED
            .get_or_init(|| Self::read(root).map(Arc::new))
            .clone()
    }

    fn read(root: &'static Node) -> Result<Self, String> {
        let reader = Reader { root };
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
            document: root.to_json(),
            root,
            schemas: Mutex::default(),
        })
    }

    /// Returns the schema of the spec with this name.
    pub(crate) fn schema(&self, name: &str) -> Result<Arc<Schema>, String> {
        let mut schemas = self.schemas.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = schemas.get(name) {
            return Ok(Arc::clone(known));
        }
        let schema = self.root.descend(["components", "schemas", name]);
        let schema = Arc::new(Schema::of(self.root, schema)?);
        schemas.insert(name.to_owned(), Arc::clone(&schema));
        Ok(schema)
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

    /// Returns `true` if the operation can change the state.
    pub(crate) fn changes_state(&self) -> bool {
        self.method != Method::GET && !self.id.starts_with("Search")
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
        schema.check("the response", body)
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
struct Reader {
    root: &'static Node,
}

impl Reader {
    fn operation(&self, operation: &openapi_tree::Operation<'static>) -> Result<Operation, String> {
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
            path: operation.path.key.to_string(),
            credentials: self.credentials(operation),
            path_parameters: self.parameters(operation, "path")?,
            query_parameters: self.parameters(operation, "query")?,
            body: self.request_body(operation)?,
            success: self.success(operation),
            is_paged: node.get("x-paging").is_some(),
            example: self.example(operation),
            responses: responses
                .map(|(status, response)| Ok((status.key.to_string(), self.json_schema(response)?)))
                .collect::<Result<_, String>>()?,
        })
    }

    fn credentials(&self, operation: &openapi_tree::Operation<'static>) -> Vec<Credential> {
        let schemes = security_schemes(self.root);
        required_schemes(operation.security(self.root))
            .filter_map(|required| schemes.iter().find(|scheme| scheme.key == required.key))
            .filter_map(|scheme| resolve(self.root, &scheme.node))
            .filter_map(Credential::of)
            .collect()
    }

    fn parameters(
        &self,
        operation: &openapi_tree::Operation<'static>,
        place: &str,
    ) -> Result<Vec<Parameter>, String> {
        let parameters = operation.parameters(self.root).into_iter();
        parameters
            .filter(|parameter| parameter.str_at("in") == Some(place))
            .map(|parameter| {
                let schema = parameter.get("schema");
                let resolved = schema.and_then(|schema| resolve(self.root, schema));
                let kind = resolved.and_then(|schema| schema.str_at("type"));
                Ok(Parameter {
                    name: parameter.str_at("name").unwrap_or_default().to_owned(),
                    required: parameter.is_true("required"),
                    is_text: !matches!(kind, Some("integer" | "number" | "boolean")),
                    schema: self.schema(schema)?,
                })
            })
            .collect()
    }

    fn success(&self, operation: &openapi_tree::Operation<'static>) -> StatusCode {
        let statuses = operation.responses(self.root);
        let mut statuses = statuses.filter_map(|(status, _)| status.key.parse::<StatusCode>().ok());
        let success = statuses.find(StatusCode::is_success);
        success.unwrap_or_default()
    }

    /// Returns the payload of the first example of a success response.
    fn example(&self, operation: &openapi_tree::Operation<'static>) -> Option<Value> {
        let mut responses = operation.responses(self.root);
        let (_, success) = responses.find(|(status, _)| status.key.starts_with('2'))?;
        let examples = success.descend(["content", JSON, "examples"])?;
        let example = resolve(self.root, &examples.entries().first()?.node)?;
        Some(example.descend(["value", "payload"])?.to_json())
    }

    fn request_body(
        &self,
        operation: &openapi_tree::Operation<'static>,
    ) -> Result<Option<RequestBody>, String> {
        let Some(body) = operation.request_body(self.root) else {
            return Ok(None);
        };
        let schema = body.descend(["content", JSON, "schema"]);
        let schema = schema.and_then(|schema| resolve(self.root, schema));
        let properties = schema.map_or(&[][..], |schema| schema.entries_at("properties"));
        Ok(Some(RequestBody {
            required: body.is_true("required"),
            properties: properties
                .iter()
                .map(|entry| entry.key.to_string())
                .collect(),
            schema: self.json_schema(body)?,
        }))
    }

    /// Compiles the schema of a JSON body.
    fn json_schema(&self, body: &'static Node) -> Result<Schema, String> {
        self.schema(body.descend(["content", JSON, "schema"]))
    }

    fn schema(&self, schema: Option<&'static Node>) -> Result<Schema, String> {
        Schema::of(self.root, schema)
    }
}
