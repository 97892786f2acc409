//! The public API of the generated code, short enough for a review: types with their fields,
//! operations with their parameters, bodies and results.

use openapi_tree::Source;
use opentact_gen::{Generated, generate};

use crate::support::public_api::public_api;
use crate::support::single_file::single_file;
use crate::support::spec::Spec;

/// A spec with shapes that the real one lacks: keywords as names, inline schemas, defaults, limits on
/// received values, free-form values of every kind, a second security scheme. `.ci/run` checks that
/// its code compiles and sends each token to the right operations.
const SHAPES: &str = include_str!("../fixtures/shapes.yaml");
/// A spec with one operation.
const THINGS: &str = include_str!("../fixtures/things.yaml");

/// Returns the code of `THINGS` with an edit.
#[track_caller]
fn edited(from: &str, to: &str) -> String {
    assert!(THINGS.contains(from), "the spec does not contain `{from}`");
    let spec = THINGS.replacen(from, to, 1);
    single_file(&generate(Source::new("things.yaml", &spec)).unwrap())
}

/// Compares the public API of each file with a snapshot of its own.
fn assert_public_api(generated: &Generated, name: &str) {
    for module in &generated.modules {
        let file = module.name.trim_end_matches(".rs");
        insta::assert_snapshot!(format!("{name}_{file}"), public_api(&module.code));
    }
}

#[test]
fn public_api_of_every_page_is_as_reviewed() {
    let generated = generate(Spec::of_today().sources()).unwrap();
    assert_public_api(&generated, "public_api_of");
}

#[test]
fn public_api_of_every_shape_is_as_reviewed() {
    let generated = generate(Source::new("shapes.yaml", SHAPES)).unwrap();
    assert_public_api(&generated, "public_api_with_shapes_of");
}

#[test]
fn debug_hides_free_form_fields() {
    let code = single_file(&generate(Source::new("shapes.yaml", SHAPES)).unwrap());
    let code: String = code.split_whitespace().collect();
    for field in ["anything", "objects", "by_name"] {
        let hidden = format!(r#".field("{field}",&format_args!(".."))"#);
        assert!(code.contains(&hidden), "{field} is shown by Debug");
    }
}

#[test]
fn second_security_scheme_is_documented() {
    let code = single_file(&generate(Source::new("shapes.yaml", SHAPES)).unwrap());
    let item = |start: &str, end: &str| {
        let code = &code[code.find(start).expect(start)..];
        code[..code.find(end).expect(end)].trim_end()
    };
    let setter = item(
        "    /// Sets the token for the header `X-Account-Token`",
        "        self.with_token",
    );
    let method = item("    /// All labels.", "        ListShapes::new");
    insta::assert_snapshot!(format!("{setter}\n\n{method}"));
}

#[test]
fn schema_called_client_is_not_taken_for_the_client() {
    let code = single_file(&generate(Source::new("shapes.yaml", SHAPES)).unwrap());
    assert!(code.contains("impl TryFrom<Client> for super::Client"));
    assert!(code.contains("client: &'a crate::Client,"));
}

#[test]
fn header_parameter_called_api_version_is_sent() {
    let parameters =
        "parameters:\n        - { name: api-version, in: header, schema: { type: string } }";
    let code = edited("parameters:", parameters);
    assert_eq!(code.matches(r#""api-version""#).count(), 1);
    assert!(!code.contains("Client::api_version()"));
}

#[test]
fn enum_value_like_a_message_is_kept() {
    let schema = "schema: { type: string, enum: [Device was not initialized] }";
    let code = edited("schema: { type: object }", schema);
    assert!(code.contains(r#" = "Device was not initialized""#));
}

#[test]
fn required_list_about_a_default_refuses_null() {
    let list = "{ description: The default list., type: array, items: { type: string } }";
    let schema = format!("{{ type: object, required: [list], properties: {{ list: {list} }} }}");
    let code = edited("schema: { type: object }", &format!("schema: {schema}"));
    assert!(!code.contains("as_default"));
}
