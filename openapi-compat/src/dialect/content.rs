//! Binary strings: formats in OpenAPI 3.0, and `contentEncoding` and `contentMediaType` in 3.1.

use openapi_tree::{Entry, Node, Value};

const FORMAT: &str = "format";

const ENCODING: &str = "contentEncoding";

/// The keyword and value of OpenAPI 3.1 for each format of OpenAPI 3.0. The encodings without a
/// format of another name are formats themselves.
const FORMATS: [(&str, &str, &str); 6] = [
    (ENCODING, "base64", "byte"),
    (ENCODING, "binary", "binary"),
    ("contentMediaType", "application/octet-stream", "binary"),
    (ENCODING, "base64url", "base64url"),
    (ENCODING, "base32", "base32"),
    (ENCODING, "base16", "base16"),
];

/// Returns the value of `contentEncoding` for a format.
pub(crate) fn encoding_of(format: &str) -> Option<&'static str> {
    let mut known = FORMATS.iter();
    let known = known.find(|(keyword, _, known)| *keyword == ENCODING && *known == format);
    known.map(|(_, value, _)| *value)
}

/// Writes binary strings with the formats of OpenAPI 3.0.
pub(super) fn rewrite(schema: &mut Node) {
    for (keyword, value, format) in FORMATS {
        let is_said = schema.get(FORMAT).is_none() || schema.str_at(FORMAT) == Some(format);
        if schema.str_at(keyword) == Some(value)
            && is_said
            && let Some(entry) = schema.remove(keyword)
            && schema.get(FORMAT).is_none()
        {
            schema.add(Entry {
                key: FORMAT.into(),
                key_span: entry.key_span,
                node: Node {
                    span: entry.node.span,
                    value: Value::String(format.into()),
                },
            });
        }
    }
}

/// Returns `true` if a schema says only that the value is binary. OpenAPI 3.1 leaves such a schema
/// out of a media type.
pub(crate) fn is_binary(schema: &Node) -> bool {
    let is_known = |keyword: &str| matches!(keyword, "type" | FORMAT | "title" | "description");
    schema.str_at("type") == Some("string")
        && schema.str_at(FORMAT) == Some("binary")
        && schema.entries().iter().all(|entry| is_known(&entry.key))
}
