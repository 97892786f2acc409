//! Binary strings: formats in OpenAPI 3.0, and `contentEncoding` and `contentMediaType` in 3.1.

use openapi_tree::{Entry, Node, Value};

const FORMAT: &str = "format";

/// The keyword and value of OpenAPI 3.1 for each format of OpenAPI 3.0.
const FORMATS: [(&str, &str, &str); 2] = [
    ("contentEncoding", "base64", "byte"),
    ("contentMediaType", "application/octet-stream", "binary"),
];

/// Writes binary strings with the formats of OpenAPI 3.0.
pub(super) fn rewrite(schema: &mut Node) {
    for (keyword, value, format) in FORMATS {
        if schema.str_at(keyword) == Some(value)
            && schema.get(FORMAT).is_none()
            && let Some(entry) = schema.remove(keyword)
        {
            schema.add(Entry {
                key: FORMAT.to_owned(),
                key_span: entry.key_span,
                node: Node {
                    span: entry.node.span,
                    value: Value::String(format.to_owned()),
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
