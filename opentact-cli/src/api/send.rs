//! The sending of requests, with the tokens, limits and errors of the SDK.

use std::collections::BTreeMap;

use opentact_api::reqwest::header::HeaderValue;
use opentact_api::{Client, HeaderMap, OperationRequest, ResponseValue, StatusCode};
use serde_json::{Value, json};

use super::request::Request;
use super::schema::Schema;
use super::spec::{Operation, Place};
use crate::failure::Failure;
use crate::output::{Column, Kind, Output, View};
use crate::terminal::waiting;
use crate::text::printable;

/// The headers of responses that can carry secrets.
const SECRET_HEADERS: [&str; 4] = [
    "authorization",
    "set-cookie",
    "x-auth-ha1b-token",
    "x-auth-token",
];

const REQUEST: View = View {
    columns: &[
        Column::new("METHOD", "/method", Kind::Text, 0),
        Column::new("PATH", "/path", Kind::Text, 0),
        Column::new("BODY", "/body", Kind::Text, 0),
    ],
    empty: "",
};

/// Prints a request that is not sent.
pub(crate) fn show(request: &Request<'_>, output: &Output) -> Result<(), Failure> {
    let operation = request.operation;
    let mut body = request.body.clone();
    if let (Some(schema), Some(body), false) = (operation.body(), &mut body, output.show_secrets) {
        mask(schema, body);
    }
    let mut shown = json!({
        "operation": operation.name(),
        "method": operation.method(),
        "path": request.target(),
    });
    if let Some(body) = body {
        shown["body"] = body;
    }
    output.item(&REQUEST, shown)
}

/// The sender of requests, and the printer of their responses.
pub(crate) struct Sender<'a> {
    pub(crate) client: Client,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) output: &'a Output,
    pub(crate) includes_headers: bool,
}

impl Sender<'_> {
    /// Sends a request, and prints the payload.
    pub(crate) async fn one(&self, request: &Request<'_>) -> Result<(), Failure> {
        let response = self.send(request).await?;
        self.print_headers(response.status(), response.headers())?;
        self.print(request.operation, response.into_inner())
    }

    /// Sends a request for each page, and prints all items.
    pub(crate) async fn all_pages(&self, mut request: Request<'_>) -> Result<(), Failure> {
        let operation = request.operation;
        let Some(paging) = operation.paging() else {
            let message = format!("{} has no pages", operation.name());
            return Err(Failure::usage(message).with_hint("leave out --paginate"));
        };
        let start = request
            .parameters
            .iter()
            .find(|(_, name, _)| name == paging.position);
        let start = start.and_then(|(_, _, text)| text.parse::<u64>().ok());
        let first = u64::from(paging.by_page);
        let mut position = start.unwrap_or(first);
        let mut items: Vec<Value> = Vec::new();
        let mut last_count = 0;
        loop {
            let response = self.send(&request).await?;
            if items.is_empty() {
                self.print_headers(response.status(), response.headers())?;
            }
            let mut page = response.into_inner();
            let total = page.get(paging.total).and_then(Value::as_u64);
            let Some(Value::Array(received)) = page.get_mut(paging.items).map(Value::take) else {
                let message = format!(
                    "{}: the response has no list `{}`",
                    operation.name(),
                    paging.items
                );
                return Err(Failure::general(message));
            };
            let count = received.len() as u64;
            if count > 0 && count == last_count && items.ends_with(&received) {
                let message = format!(
                    "{}: the service sends the same page again",
                    operation.name()
                );
                return Err(Failure::general(message));
            }
            last_count = count;
            items.extend(received);
            let before = if paging.by_page {
                0
            } else {
                start.unwrap_or(0)
            };
            let is_last = total == Some(before + items.len() as u64);
            if count == 0 || is_last {
                break;
            }
            position += if paging.by_page { 1 } else { count };
            request.set_parameter(Place::Query, paging.position, position.to_string());
        }
        if let Some(schema) = operation
            .payload()
            .and_then(|page| page.property(paging.items))
        {
            let mut items = Value::Array(items);
            self.mask(schema, &mut items);
            return self.print_masked(Some(schema), items);
        }
        self.print_masked(None, Value::Array(items))
    }

    async fn send(&self, request: &Request<'_>) -> Result<ResponseValue<Value>, Failure> {
        let name = request.operation.name();
        let Some(mut call) = OperationRequest::new(&self.client, name) else {
            return Err(Failure::general(format!("this program cannot send {name}")));
        };
        for (place, name, text) in &request.parameters {
            call = match place {
                Place::Path => call.path(name, text),
                Place::Query => call.query(name, text),
                Place::Header => call.header(name, text),
            };
        }
        for (name, value) in &self.headers {
            call = call.header(name, value);
        }
        for secret in &request.secrets {
            call = call.secret(secret.as_str());
        }
        if let Some(body) = &request.body {
            call = call.body(body);
        }
        let what = format!("Waiting for {name}");
        let result = waiting(self.output, &what, call.send::<Value>()).await;
        if let Err(error) = &result
            && let Some(status) = error.status()
        {
            self.print_headers(status, error.headers())?;
        }
        Ok(result?)
    }

    fn print_headers(&self, status: StatusCode, headers: &HeaderMap) -> Result<(), Failure> {
        if !self.includes_headers {
            return Ok(());
        }
        let mut text = format!("HTTP {status}\n");
        let sorted: BTreeMap<&str, Vec<&[u8]>> = headers
            .keys()
            .map(|name| {
                let values = headers.get_all(name).iter().map(HeaderValue::as_bytes);
                (name.as_str(), values.collect())
            })
            .collect();
        for (name, values) in sorted {
            for value in values {
                let is_masked = SECRET_HEADERS.contains(&name) && !self.output.show_secrets;
                let value = match is_masked {
                    true => "********".to_owned(),
                    false => printable(&String::from_utf8_lossy(value)),
                };
                text += &format!("{name}: {value}\n");
            }
        }
        self.output.raw((text + "\n").as_bytes())
    }

    fn print(&self, operation: Operation<'_>, mut payload: Value) -> Result<(), Failure> {
        let schema = operation.payload();
        if let Some(schema) = schema {
            self.mask(schema, &mut payload);
        }
        self.print_masked(schema, payload)
    }

    fn print_masked(&self, schema: Option<Schema<'_>>, payload: Value) -> Result<(), Failure> {
        match payload {
            Value::Array(items) => {
                let view = view_of(schema.and_then(|schema| schema.items()));
                self.output.list(&view, items)
            }
            payload => self.output.item(&view_of(schema), payload),
        }
    }

    fn mask(&self, schema: Schema<'_>, value: &mut Value) {
        if !self.output.show_secrets {
            mask(schema, value);
        }
    }
}

/// Masks the values that the spec marks as secrets.
fn mask(schema: Schema<'_>, value: &mut Value) {
    match value {
        Value::String(text) if schema.is_secret() => *text = "********".to_owned(),
        Value::Array(items) => {
            if let Some(schema) = schema.items() {
                items.iter_mut().for_each(|item| mask(schema, item));
            }
        }
        Value::Object(object) => {
            for (name, value) in object {
                if let Some(schema) = schema.property(name) {
                    mask(schema, value);
                }
            }
        }
        _ => {}
    }
}

/// Returns the columns of a table or of CSV: the simple properties of the schema.
fn view_of(schema: Option<Schema<'_>>) -> View {
    let properties = schema.map(|schema| schema.properties()).unwrap_or_default();
    let mut columns: Vec<Column> = Vec::new();
    for (rank, property) in properties.iter().enumerate() {
        let schema = property.schema;
        let kind = match () {
            () if schema.is_secret() => Kind::Secret,
            () if schema.has_format("uuid") && !schema.allows("array") => Kind::Uuid,
            () if schema.has_format("date-time") => Kind::Time,
            () if schema.allows("array") => Kind::Count,
            () if schema.allows("object") => continue,
            () => Kind::Text,
        };
        // The command prints one view and ends, and the names come from the spec of the program.
        let heading = property.name.to_uppercase().leak();
        let pointer = format!("/{}", property.name).leak();
        let rank = u8::try_from(rank).unwrap_or(u8::MAX);
        columns.push(Column::new(heading, pointer, kind, rank));
    }
    View {
        columns: columns.leak(),
        empty: "",
    }
}
