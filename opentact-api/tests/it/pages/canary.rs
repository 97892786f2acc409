//! Canaries in place of all secrets of all pages: tokens, passwords and digests in requests and
//! responses, found in the spec by `format: password`, with all logs at `TRACE`.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use opentact_api::{Client, ClientBuilder, RetryPolicy};
use serde_json::{Value, json};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::fmt::format::FmtSpan;

use super::all;
use super::operation::{Arguments, Operation};
use super::operations;
use crate::support::child;
use crate::support::log::Log;
use crate::support::secrets::shown_by;
use crate::support::server::{Response, Server};
use crate::support::spec::{self, SpecOperation, alternatives, resolved};

/// The part that all canaries have in common.
const CORE: &str = "qx7wv9zrk4";

/// The canaries that were made, and the places of the spec that they stand for.
#[derive(Default)]
struct Canaries {
    made: usize,
    /// By the place in memory, which identifies a schema.
    places: BTreeMap<*const Value, usize>,
}

impl Canaries {
    fn make(&mut self) -> String {
        self.made += 1;
        format!("c{:04}{CORE}{:04}", self.made, self.made)
    }

    /// Replaces all secrets of a value that has a schema, and adds those that are absent.
    fn plant(&mut self, schema: &'static Value, value: &mut Value) {
        for schema in alternatives(schema) {
            if schema["format"] == "password" {
                *value = Value::from(self.make());
                *self.places.entry(schema).or_default() += 1;
            }
            match value {
                Value::Array(items) => {
                    if let Some(schema) = schema.get("items") {
                        items.iter_mut().for_each(|item| self.plant(schema, item));
                    }
                }
                Value::Object(object) => {
                    for (name, schema) in spec::entries(&schema["properties"]) {
                        if resolved(schema)["format"] == "password" {
                            object.insert(name.to_owned(), Value::Null);
                        }
                        if let Some(value) = object.get_mut(name) {
                            self.plant(schema, value);
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

/// Adds the places of all secrets in a schema.
fn secrets_in(
    schema: &'static Value,
    seen: &mut Vec<*const Value>,
    found: &mut Vec<&'static Value>,
) {
    for schema in alternatives(schema) {
        if seen.contains(&std::ptr::from_ref(schema)) {
            continue;
        }
        seen.push(schema);
        if schema["format"] == "password" {
            found.push(schema);
        }
        let properties = spec::entries(&schema["properties"]).map(|(_, schema)| schema);
        let parts = ["items", "additionalProperties"]
            .into_iter()
            .filter_map(|it| schema.get(it));
        properties
            .chain(parts)
            .for_each(|schema| secrets_in(schema, seen, found));
    }
}

/// Returns the core of the canaries in the spellings that logs and errors could have.
fn spellings() -> Vec<String> {
    let hex = CORE.bytes().map(|byte| format!("{byte:02x}")).collect();
    // The Base64 of a text depends on the number of bytes before it.
    let base64 = ["", "r:", "er:"].map(|before| {
        let encoded = STANDARD_NO_PAD.encode(format!("{before}{CORE}"));
        let unchanged = encoded.len() - 2;
        encoded[before.len().div_ceil(3) * 4..unchanged].to_owned()
    });
    [CORE.to_owned(), hex].into_iter().chain(base64).collect()
}

/// Asserts that a text contains no canary.
fn assert_hidden(text: &str, place: &str) {
    for spelling in spellings() {
        if let Some(at) = text.find(&spelling) {
            let (start, end) = (at.saturating_sub(400), (at + 100).min(text.len()));
            let shown = String::from_utf8_lossy(&text.as_bytes()[start..end]);
            panic!("{place} shows a canary: … {shown} …");
        }
    }
}

/// The test has a process of its own, and so a subscriber for all threads.
#[tokio::test(flavor = "multi_thread")]
async fn secrets_of_all_pages_are_not_shown_and_not_logged() {
    if !child::runs_alone("pages::canary::secrets_of_all_pages_are_not_shown_and_not_logged") {
        return;
    }
    let log = Log::default();
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_span_events(FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(log.clone())
        .init();
    let next = Arc::new(Mutex::new(Response::json(200, "")));
    let response = Arc::clone(&next);
    let server = Server::responding(move |_| response.lock().unwrap().clone()).await;
    let mut canaries = Canaries::default();
    let builder = with_tokens(&server, &mut canaries);
    assert_hidden(&format!("{builder:?} {builder:#?}"), "the builder");
    let client = builder.build().unwrap();
    assert_hidden(&format!("{client:?} {client:#?}"), "the client");

    let (mut seen, mut expected) = (Vec::new(), Vec::new());
    for operation in all() {
        let spec = operation.spec();
        for (status, body) in responses(spec, &mut canaries) {
            let arguments = arguments(spec, &mut canaries);
            let echo = echo(&arguments);
            *next.lock().unwrap() = Response::json(status, body.replace("{ECHO}", &echo));
            shows_nothing(&client, &operation, &arguments).await;
            assert_hidden(&log.text(), &format!("the log of {}", operation.name));
        }
        let parameters = spec
            .parameters()
            .into_iter()
            .map(|parameter| parameter.schema);
        let schemas = parameters.chain(spec.body_schema());
        let schemas = schemas.chain(spec.responses().into_iter().map(|example| example.schema));
        schemas.for_each(|schema| secrets_in(schema, &mut seen, &mut expected));
    }
    signs_in(&server, &next, &log, &mut canaries).await;
    assert!(expected.len() > 15, "{expected:#?}");
    expected.retain(|schema| !canaries.places.contains_key(&std::ptr::from_ref(*schema)));
    assert!(expected.is_empty(), "no canary stands for {expected:#?}");
}

/// Signs in with a password, gets a token, and sends it.
async fn signs_in(server: &Server, next: &Mutex<Response>, log: &Log, canaries: &mut Canaries) {
    let example = spec::operation("sign_in").success();
    let mut body = example.body.clone();
    canaries.plant(example.schema, &mut body);
    *next.lock().unwrap() = Response::json(200, body.to_string());
    let builder = Client::builder()
        .sign_in("alice@example.com", canaries.make())
        .base_url(&server.url)
        .retry(RetryPolicy::never());
    let client = builder.build().unwrap();
    let _ = server.requests();
    let operation = all()
        .into_iter()
        .find(|it| it.name == "get_current_user")
        .unwrap();
    shows_nothing(&client, &operation, &Arguments::default()).await;
    assert_hidden(
        &format!("{client:?} {client:#?}"),
        "the client that signed in",
    );
    assert_hidden(&log.text(), "the log of signing in");
    let requests = server.requests();
    let token = requests.last().unwrap().header("x-auth-token");
    assert!(token.unwrap().contains(CORE), "{requests:?}");
}

fn with_tokens(server: &Server, canaries: &mut Canaries) -> ClientBuilder {
    operations::with_tokens(Client::builder(), |_| canaries.make())
        .sign_in("alice@example.com", canaries.make())
        .base_url(&server.url)
        .retry(RetryPolicy::never())
}

/// Returns the statuses and bodies of the responses to an operation: its examples, one that cannot be
/// decoded, and errors with the secrets of the request in place of `{ECHO}`.
fn responses(spec: SpecOperation, canaries: &mut Canaries) -> Vec<(u16, String)> {
    let success = spec
        .responses()
        .into_iter()
        .filter(|it| it.status.starts_with('2'));
    let mut responses: Vec<(u16, String)> = Vec::new();
    for example in success {
        let mut body = example.body.clone();
        canaries.plant(example.schema, &mut body);
        let undecodable = json!({"success": true, "payload": [[body["payload"]]]});
        responses.push((example.status.parse().unwrap(), body.to_string()));
        responses.push((200, undecodable.to_string()));
    }
    responses.extend([
        (400, r#"{"success": false, "message": "no: {ECHO}", "status": 400, "fields": {"{ECHO}": {"message": "{ECHO}", "value": "{ECHO}"}}}"#.to_owned()),
        (401, r#"{"success": false, "message": "{ECHO}", "status": 401}"#.to_owned()),
        (500, "<p>{ECHO}</p>".to_owned()),
        (200, r#"{"success": true, "payload": "{ECHO}"}"#.to_owned()),
    ]);
    responses
}

/// Returns the examples of the spec with canaries in place of all secrets.
fn arguments(spec: SpecOperation, canaries: &mut Canaries) -> Arguments {
    let mut arguments = Arguments::examples(spec);
    for parameter in spec.parameters() {
        let value = arguments.parameters.get_mut(parameter.name).unwrap();
        canaries.plant(parameter.schema, value);
    }
    if let (Some(schema), Some(body)) = (spec.body_schema(), &mut arguments.body) {
        canaries.plant(schema, body);
    }
    arguments
}

/// Returns everything that a server knows of the secrets of a request, for a string of JSON.
fn echo(arguments: &Arguments) -> String {
    let known = format!("{:?} {:?}", arguments.parameters, arguments.body);
    let is_part = |c: char| !c.is_ascii_alphanumeric();
    let canaries = known.split(is_part).filter(|word| word.contains(CORE));
    canaries.collect::<Vec<_>>().join(" ")
}

/// Asserts that neither the request nor its result shows a canary.
async fn shows_nothing(client: &Client, operation: &Operation, arguments: &Arguments) {
    let request = (operation.request)(client, arguments);
    assert_hidden(
        &request.shown,
        &format!("the request of {}", operation.name),
    );
    let shown = match request.send.await {
        Ok(received) => received.shown,
        Err(error) => shown_by(&error),
    };
    assert_hidden(&shown, &format!("the result of {}", operation.name));
}
