//! The operations of the spec, read from the document itself.

use std::sync::{Arc, OnceLock};

use axum::http::{Method, StatusCode};
use serde_json::Value;

use crate::schema::{Schema, Schemas};

/// The spec as one document, which `cargo xtask generate` writes.
pub(crate) const SPEC: &str = include_str!("openapi.json");

const JSON: &str = "application/json";
const METHODS: [Method; 8] = [
    Method::GET,
    Method::PUT,
    Method::POST,
    Method::DELETE,
    Method::OPTIONS,
    Method::HEAD,
    Method::PATCH,
    Method::TRACE,
];

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
    pub(crate) user: Schema,
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
    /// The headers that can carry a token.
    pub(crate) token_headers: Vec<String>,
    pub(crate) path_parameters: Vec<(String, Schema)>,
    pub(crate) body: Option<RequestBody>,
    /// The schemas of response bodies by status: `200`, `4XX` or `default`.
    responses: Vec<(String, Schema)>,
}

/// The JSON request body of an operation.
#[derive(Debug)]
pub(crate) struct RequestBody {
    pub(crate) required: bool,
    pub(crate) schema: Schema,
}

impl Spec {
    /// Returns the embedded spec, which is parsed once.
    pub(crate) fn embedded() -> Result<Arc<Self>, String> {
        static EMBEDDED: OnceLock<Result<Arc<Spec>, String>> = OnceLock::new();
        EMBEDDED
            .get_or_init(|| Self::parse(SPEC).map(Arc::new))
            .clone()
    }

    pub(crate) fn parse(json: &str) -> Result<Self, String> {
        let document: Value = serde_json::from_str(json).map_err(|error| error.to_string())?;
        let schemas = Schemas::new(&document);
        let reader = Reader {
            document: &document,
            schemas: &schemas,
        };
        let mut operations = Vec::new();
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            for method in METHODS {
                let operation = &item[method.as_str().to_lowercase()];
                if operation.is_object() {
                    let operation = reader.operation(path, item, method, operation)?;
                    operations.push(Arc::new(operation));
                }
            }
        }
        let server = document["servers"][0]["url"].as_str().unwrap_or_default();
        let host = server.find("://").map_or(0, |scheme| scheme + 3);
        let base_path = server[host..]
            .find('/')
            .map_or("", |at| &server[host + at..]);
        Ok(Self {
            base_path: base_path.trim_end_matches('/').to_owned(),
            operations,
            user: schemas.compile(&document["components"]["schemas"]["SIPUser"])?,
            #[cfg(feature = "docs")]
            document,
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
        schema.check("the response", body)
    }
}

struct Reader<'a> {
    document: &'a Value,
    schemas: &'a Schemas,
}

impl Reader<'_> {
    fn operation(
        &self,
        path: &str,
        item: &Value,
        method: Method,
        operation: &Value,
    ) -> Result<Operation, String> {
        let text = |key: &str| operation[key].as_str().map(str::to_owned);
        let responses = operation["responses"].as_object().into_iter().flatten();
        Ok(Operation {
            id: text("operationId").unwrap_or_else(|| format!("{method} {path}")),
            rust_name: text("x-rust-name"),
            method,
            path: path.to_owned(),
            token_headers: self.token_headers(operation),
            path_parameters: self.path_parameters(item, operation)?,
            body: self.request_body(&operation["requestBody"])?,
            responses: responses
                .map(|(status, response)| {
                    let content = &self.resolve(response)["content"][JSON];
                    let schema = self.schemas.compile(&content["schema"])?;
                    Ok((status.clone(), schema))
                })
                .collect::<Result<_, String>>()?,
        })
    }

    fn token_headers(&self, operation: &Value) -> Vec<String> {
        let default = &self.document["security"];
        let security = operation.get("security").unwrap_or(default);
        let schemes = &self.document["components"]["securitySchemes"];
        let requirements = security.as_array().into_iter().flatten();
        requirements
            .filter_map(Value::as_object)
            .flat_map(|requirement| requirement.keys())
            .map(|scheme| self.resolve(&schemes[scheme]))
            .filter(|scheme| scheme["in"] == "header")
            .filter_map(|scheme| scheme["name"].as_str().map(str::to_owned))
            .collect()
    }

    fn path_parameters(
        &self,
        item: &Value,
        operation: &Value,
    ) -> Result<Vec<(String, Schema)>, String> {
        let parameters = [item, operation]
            .into_iter()
            .filter_map(|holder| holder["parameters"].as_array())
            .flatten()
            .map(|parameter| self.resolve(parameter))
            .filter(|parameter| parameter["in"] == "path");
        parameters
            .map(|parameter| {
                let name = parameter["name"].as_str().unwrap_or_default();
                let schema = self.schemas.compile(&parameter["schema"])?;
                Ok((name.to_owned(), schema))
            })
            .collect()
    }

    fn request_body(&self, body: &Value) -> Result<Option<RequestBody>, String> {
        let body = self.resolve(body);
        if body.is_null() {
            return Ok(None);
        }
        let schema = self.schemas.compile(&body["content"][JSON]["schema"])?;
        let required = body["required"] == true;
        Ok(Some(RequestBody { required, schema }))
    }

    /// Follows a reference.
    fn resolve<'v>(&'v self, value: &'v Value) -> &'v Value {
        let target = value["$ref"].as_str().and_then(|to| to.strip_prefix('#'));
        target
            .and_then(|pointer| self.document.pointer(pointer))
            .unwrap_or(value)
    }
}
