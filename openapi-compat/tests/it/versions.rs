//! The same API in OpenAPI 3.0 and 3.1, and the keywords that only 3.1 has.

mod alternatives;
mod beside_references;
mod documents;
mod ineffective;
mod inheritance;
mod keywords;
mod same;
mod upgraded;
mod written;

use openapi_compat::{Change, Options, compare};

use crate::support::document_of_any_version;

/// Returns a document whose only schemas are those of a request and of a response.
fn around(version: &str, schema: &str) -> String {
    let body = format!("content: {{ application/json: {{ schema: {schema} }} }}");
    format!(
        "openapi: {version}
info: {{ title: Names, version: 1.0.0 }}
paths:
  /value:
    put:
      requestBody: {{ {body} }}
      responses: {{ '204': {{ description: Stored. }} }}
    get:
      responses: {{ '200': {{ description: The value., {body} }} }}
components:
  schemas:
    Name: {{ type: string, minLength: 1 }}
    Card: {{ type: object, required: [by], properties: {{ by: {{ type: string }} }} }}
    Any: {{ oneOf: [{{ $ref: '#/components/schemas/Card' }}, {{ type: string }}] }}
"
    )
}

/// Returns the changes from one document to another one, without the change of the version of
/// OpenAPI.
fn changes(base: &str, head: &str) -> Vec<Change> {
    let mut changes = compare(
        &document_of_any_version(base),
        &document_of_any_version(head),
        &Options::default(),
    );
    changes.retain(|change| change.name.as_deref() != Some("openapi"));
    changes
}
