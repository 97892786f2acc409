//! The log of requests on stderr (`--verbose`), made from the `tracing` spans of the SDK.

use std::fmt::Debug;
use std::time::Instant;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::terminal::print_line;

/// Writes a line for each request from now on: method, path, status and duration.
pub(crate) fn enable() {
    tracing_subscriber::registry().with(RequestLog).init();
}

struct RequestLog;

/// A request, as recorded by the span of an attempt.
struct Request {
    started: Instant,
    method: String,
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
            event.record(&mut PathOf(request));
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        if let Some(span) = context.span(&id)
            && let Some(request) = span.extensions().get::<Request>()
        {
            let Request {
                method,
                path,
                status,
                started,
            } = request;
            let duration = started.elapsed().as_millis();
            print_line(&format!("{method} {path} {status} {duration} ms"));
        }
    }
}

/// A visitor that reads the path from the event at the start of an attempt.
struct PathOf<'r>(&'r mut Request);

impl Visit for PathOf<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.record_str(field, &format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "url.path" {
            value.clone_into(&mut self.0.path);
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
            _ => return,
        };
        value.clone_into(property);
    }
}
