//! The types of generated code: directions, enumerations, `null`, limits, secrets and pages. `.ci/run`
//! sends each of them.

use std::sync::LazyLock;

use openapi_tree::Source;
use opentact_gen::generate;

/// The code of `shapes.yaml` without white space.
static CODE: LazyLock<String> = LazyLock::new(|| {
    let spec = include_str!("../fixtures/shapes.yaml");
    let generated = generate(Source::new("shapes.yaml", spec)).unwrap();
    let modules = generated.modules.iter();
    let code: String = modules.map(|module| module.code.as_str()).collect();
    packed(&code)
});

/// Returns a text without white space, and without the commas that a formatter adds.
fn packed(code: &str) -> String {
    let code: String = code.split_whitespace().collect();
    code.replace(",)", ")")
}

#[track_caller]
fn contains(code: &str) {
    assert!(CODE.contains(&packed(code)), "the code lacks `{code}`");
}

#[track_caller]
fn lacks(code: &str) {
    assert!(!CODE.contains(&packed(code)), "the code has `{code}`");
}

#[test]
fn received_type_has_no_builder() {
    contains("pub struct KindPage {");
    lacks("pub fn builder() -> builder::KindPage");
    lacks("for super::KindPage");
    for sent in ["SearchKindsRequest", "Options", "UpdateShapesBodyInner"] {
        contains(&format!("pub fn builder() -> builder::{sent}"));
        contains(&format!("impl TryFrom<{sent}> for super::{sent}"));
    }
}

#[test]
fn sent_type_implements_deserialize_with_the_feature_only() {
    let with_feature =
        r#"#[cfg_attr(feature = "deserialize-requests", derive(::serde::Deserialize))]"#;
    let json_schema = r#"#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]"#;
    let attributes = |name: &str| {
        let end = CODE.find(&packed(&format!("pub struct {name}"))).unwrap();
        let start = CODE[..end].rfind("#[derive(").unwrap();
        CODE[start..end].to_owned()
    };
    let sent = attributes("SearchKindsRequest");
    assert!(sent.contains(&packed(with_feature)), "{sent}");
    assert!(!sent.starts_with("#[derive(::serde::Deserialize"), "{sent}");
    lacks("object!(SearchKindsRequest {");
    for received in ["Kind {", "Options {"] {
        contains(&format!("crate::support::object::object!({received}"));
        let received = attributes(&packed(received));
        assert!(!received.contains("Deserialize"), "{received}");
        assert!(received.contains(&packed(json_schema)), "{received}");
    }
    contains(
        r#"#[cfg(feature = "deserialize-requests")] impl<'de> ::serde::Deserialize<'de> for Label"#,
    );
}

#[test]
fn object_is_read_by_a_macro_that_knows_each_property() {
    contains(r#"object!(KindPage { data: list("data"), total: lenient("total") })"#);
    contains(r#"object!(Options { colour: required("colour"), depth: lenient("depth") })"#);
}

#[test]
fn enumeration_is_open_and_its_own_value_called_unknown_is_another_variant() {
    contains(
        r#"open_enum!(Colour { Red = "red", DarkBlue = "dark-blue", UnknownValue = "unknown" })"#,
    );
    contains("Unknown(String)");
    lacks("impl ::std::str::FromStr for Colour");
    contains(
        r#"parameter("colour", value).and_then(|value| crate::support::open_enum::known_parameter("colour", value))"#,
    );
}

#[test]
fn property_of_a_request_that_can_be_null_is_nullable() {
    contains("pub parent: Option<crate::Nullable<::uuid::Uuid>>");
    contains("pub owner: crate::Nullable<::uuid::Uuid>");
    contains(
        "pub fn parent<V, Kind>(mut self, value: V) -> Self where V: crate::IntoNullable<::uuid::Uuid, Kind>",
    );
    contains("pub port: Option<i64>");
    // In a response, `null` is the same as an absent property.
    contains("pub price: Option<crate::Decimal>");
    contains("pub number: Option<crate::StringOrInteger>");
}

#[test]
fn number_of_a_request_is_checked_and_one_of_a_response_is_not() {
    contains(r#"crate::support::request::in_range("port", value, Some(1), Some(65535))"#);
    contains(r#"crate::support::request::in_range("skip", value, Some(0), None)"#);
    contains("pub weight: Option<i64>");
    lacks("NonZero");
}

#[test]
fn secret_parameter_is_taken_as_a_secret_and_recorded() {
    contains("pub fn code(mut self, value: impl Into<crate::Secret>) -> Self");
    contains("self.call_options.add_secret(&value);");
    contains("encode_path(code.expose_secret())");
}

#[test]
fn paged_operation_has_a_stream() {
    assert_eq!(CODE.matches("pubfnstream(self)").count(), 2);
    contains("crate::paging::Style::Page");
    contains("crate::paging::Style::Offset");
    contains("crate::paging::position(&self.skip)");
}
