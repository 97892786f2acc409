//! The changes of the public API if the security schemes of a spec change.

use openapi_tree::Source;

use super::{api_of_spec, lines};

/// Returns a spec with the operation `get` and perhaps `list`, each with its security scheme. `main` is
/// the scheme of the document.
fn spec(main: &str, list: Option<&str>, get: &str, schemes: &[&str]) -> String {
    let headers = [
        ("Key", "X-Key"),
        ("Other", "X-Other"),
        ("Another", "X-Other"),
    ];
    let operation = |name: &str, scheme: &str| {
        format!(
            "  /{name}:
    get:
      operationId: {name}
      x-rust-name: {name}
      x-source: page
      x-idempotent: true
      security: [{{ {scheme}: [] }}]
      responses:
        '200':
          description: Names.
          content:
            application/json:
              schema:
                type: object
                required: [success, payload]
                properties:
                  success: {{ type: boolean, enum: [true] }}
                  payload: {{ type: object, properties: {{ name: {{ type: string }} }} }}
"
        )
    };
    let list = list.map_or(String::new(), |scheme| operation("get_others", scheme));
    let schemes = schemes.iter().map(|name| {
        let (_, header) = headers.iter().find(|(known, _)| known == name).unwrap();
        format!("    {name}: {{ type: apiKey, in: header, name: {header} }}\n")
    });
    let schemes: String = schemes.collect();
    format!(
        "openapi: 3.0.3
info: {{ title: Names, version: 0.1.0 }}
servers: [{{ url: https://api.example.com }}]
security: [{{ {main}: [] }}]
paths:
{}{list}components:
  securitySchemes:
{schemes}",
        operation("get_names", get)
    )
}

#[test]
fn changes_of_security_schemes_are_as_reviewed() {
    let one = spec("Key", None, "Key", &["Key"]);
    let two = spec("Key", Some("Other"), "Key", &["Key", "Other"]);
    let moved = spec("Key", Some("Key"), "Key", &["Key"]);
    let renamed = spec("Key", Some("Another"), "Key", &["Key", "Another"]);
    let other_main = spec("Other", Some("Other"), "Key", &["Key", "Other"]);
    let edits = [
        ("an operation with a scheme of its own is added", &one, &two),
        ("the operation and its scheme are removed", &two, &one),
        ("the operation requires the main scheme", &two, &moved),
        ("the operation requires another scheme", &moved, &two),
        ("the second scheme is renamed", &two, &renamed),
        (
            "the second scheme becomes the main scheme",
            &two,
            &other_main,
        ),
        ("a new scheme becomes the main scheme", &one, &other_main),
    ];
    let reports = edits.map(|(name, base, head)| {
        let api = |text: &str| api_of_spec(Source::new("spec.yaml", text));
        format!("--- {name}\n{}", lines(&api(base), &api(head)).join("\n"))
    });
    insta::assert_snapshot!(reports.join("\n"), @r"
    --- an operation with a scheme of its own is added
    compatible added Client::get_others: fn get_others(&self) -> GetOthers<'_>
    compatible added ClientBuilder::other: fn other(self, token: impl Into<Secret>) -> Self
    compatible added spec::GetOthers: struct GetOthers<'a>
    compatible added spec::GetOthersResponse: struct GetOthersResponse
    --- the operation and its scheme are removed
    breaking removed Client::get_others: was fn get_others(&self) -> GetOthers<'_>
    breaking removed ClientBuilder::other: was fn other(self, token: impl Into<Secret>) -> Self
    breaking removed spec::GetOthers: was struct GetOthers<'a>
    breaking removed spec::GetOthersResponse: was struct GetOthersResponse
    --- the operation requires the main scheme
    breaking removed ClientBuilder::other: was fn other(self, token: impl Into<Secret>) -> Self
    --- the operation requires another scheme
    compatible added ClientBuilder::other: fn other(self, token: impl Into<Secret>) -> Self
    --- the second scheme is renamed
    breaking removed ClientBuilder::other: was fn other(self, token: impl Into<Secret>) -> Self
    compatible added ClientBuilder::another: fn another(self, token: impl Into<Secret>) -> Self
    --- the second scheme becomes the main scheme

    --- a new scheme becomes the main scheme
    compatible added Client::get_others: fn get_others(&self) -> GetOthers<'_>
    compatible added ClientBuilder::other: fn other(self, token: impl Into<Secret>) -> Self
    compatible added spec::GetOthers: struct GetOthers<'a>
    compatible added spec::GetOthersResponse: struct GetOthersResponse
    ");
}
