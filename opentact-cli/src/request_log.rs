//! The log of requests on stderr (`--verbose`), made from the `tracing` spans of the SDK.

use std::fmt::Debug;
use std::sync::Once;
use std::time::Instant;

use serde_json::{Value, json};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::escape::json_line;
use crate::options::source_of_base_url;
use crate::terminal::{is_for_programs, print_line};
use crate::text::printable;

/// Writes a line for each request from now on: method, URL, status and duration. For programs, the
/// line is JSON.
pub(crate) fn enable() {
    tracing_subscriber::registry()
        .with(RequestLog { start: Once::new() })
        .init();
}

/// The log, and the start of it: the source of the base URL, unless that is the default one.
struct RequestLog {
    start: Once,
}

/// A request, as recorded by the span of an attempt.
struct Request {
    started: Instant,
    method: String,
    scheme: String,
    host: String,
    port: String,
    path: String,
    /// The HTTP status, or the type of the error.
    status: String,
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for RequestLog {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id).filter(|span| span.name() == "attempt") else {
            return;
        };
        let mut request = Request {
            started: Instant::now(),
            method: String::new(),
            scheme: String::new(),
            host: String::new(),
            port: String::new(),
            path: String::new(),
            status: "no response".to_owned(),
        };
        attributes.record(&mut request);
        span.extensions_mut().insert(request);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(request) = span.extensions_mut().get_mut::<Request>()
        {
            values.record(request);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if let Some(span) = context.event_span(event)
            && let Some(request) = span.extensions_mut().get_mut::<Request>()
        {
            event.record(request);
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        if let Some(span) = context.span(&id)
            && let Some(request) = span.extensions().get::<Request>()
        {
            self.start.call_once(|| {
                if let Some(source) = source_of_base_url()
                    && !is_for_programs()
                {
                    print_line(&format!("The base URL is set by {source}."));
                }
            });
            let Request { method, status, .. } = request;
            let duration = request.started.elapsed().as_millis();
            if is_for_programs() {
                return print_line(&json_line(&request.json(duration)));
            }
            let line = format!("{method} {} {status} {duration} ms", request.url());
            print_line(&printable(&line));
        }
    }
}

impl Request {
    /// Returns the request for programs. Without a response, the status is a text.
    fn json(&self, duration: u128) -> Value {
        let status = match self.status.parse::<u16>() {
            Ok(status) => Value::from(status),
            Err(_) => Value::from(self.status.as_str()),
        };
        let duration = u64::try_from(duration).unwrap_or(u64::MAX);
        json!({ "request": {
            "method": self.method, "url": self.url(), "status": status, "ms": duration,
        } })
    }

    /// Returns the URL, without a port that its scheme implies.
    fn url(&self) -> String {
        let Self {
            scheme,
            host,
            port,
            path,
            ..
        } = self;
        match (scheme.as_str(), port.as_str()) {
            ("https", "443") | ("http", "80") | (_, "") => format!("{scheme}://{host}{path}"),
            _ => format!("{scheme}://{host}:{port}{path}"),
        }
    }
}

impl Visit for Request {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.record_str(field, &format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        let property = match field.name() {
            "http.request.method" => &mut self.method,
            "http.response.status_code" | "error.type" => &mut self.status,
            "server.address" => &mut self.host,
            "server.port" => &mut self.port,
            "url.scheme" => &mut self.scheme,
            "url.path" => &mut self.path,
            _ => return,
        };
        value.clone_into(property);
    }
}
