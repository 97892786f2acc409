//! Documents with random schemas.

use serde_json::{Map, Value, json};

use super::{Choose, pick};

/// Puts random schemas into a valid document, with the components `A`, `B` and `C`. Every mistake in
/// the result is a mistake in its schemas.
pub(crate) fn fill(document: &mut Value, choose: &mut Choose<'_>) {
    let places = [
        "/paths/~1things~1{id}/put/requestBody/content/application~1json/schema",
        "/paths/~1things~1{id}/put/responses/200/content/application~1json/schema/properties/payload",
        "/components/schemas/A",
        "/components/schemas/B",
        "/components/schemas/C",
    ];
    document["components"]["schemas"] = json!({ "A": {}, "B": {}, "C": {} });
    for place in places {
        if let Some(place) = document.pointer_mut(place) {
            *place = schema(choose, 3);
        }
    }
    // All are referred to.
    let used = json!({ "type": "array", "items": { "oneOf": [
        { "$ref": "#/components/schemas/A" },
        { "$ref": "#/components/schemas/B" },
        { "$ref": "#/components/schemas/C" },
    ]}});
    if let Some(body) = document.pointer_mut(places[0]) {
        let own = body.take();
        *body = json!({ "type": "object", "properties": { "own": own, "used": used } });
    }
}

/// Returns a random schema.
fn schema(choose: &mut Choose<'_>, depth: usize) -> Value {
    let mut drawn = match choose(if depth == 0 { 7 } else { 12 }) {
        0 => setting(&[json!({ "type": "string" })], STRINGS, choose),
        1 => setting(
            &[json!({ "type": "integer" }), json!({ "type": "number" })],
            NUMBERS,
            choose,
        ),
        2 => json!({ "type": "boolean" }),
        3 => json!({}),
        4..=6 => {
            let name = *pick(&["A", "B", "C"], choose);
            return json!({ "$ref": format!("#/components/schemas/{name}") });
        }
        7 | 8 => object(choose, depth),
        9 => {
            let list = json!({ "type": "array", "items": schema(choose, depth - 1) });
            setting(&[list], LISTS, choose)
        }
        _ => {
            let keyword = *pick(&["allOf", "anyOf", "oneOf"], choose);
            let parts: Vec<Value> = (0..=choose(3)).map(|_| schema(choose, depth - 1)).collect();
            let mut joined = match choose(4) {
                0 => object(choose, 0),
                _ => json!({}),
            };
            joined[keyword] = parts.into();
            joined
        }
    };
    if drawn.get("type").is_some() && choose(5) == 0 {
        drawn["nullable"] = json!(true);
    }
    if choose(12) == 0 {
        drawn["title"] = json!(pick(&["T", "Thing body", "İ"], choose));
    }
    drawn
}

fn object(choose: &mut Choose<'_>, depth: usize) -> Value {
    let names = ["a", "b", "c", "child", "extra", "a-b", "a_b", "type", "2fa"];
    let mut properties = Map::new();
    for _ in 0..choose(4) {
        let name = *pick(&names, choose);
        let inside = schema(choose, depth.saturating_sub(1));
        properties.insert(name.to_owned(), inside);
    }
    let required: Vec<&str> = names.into_iter().filter(|_| choose(5) == 0).collect();
    let mut object = json!({ "type": "object" });
    if !properties.is_empty() {
        object["properties"] = properties.into();
    }
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    match choose(6) {
        0 => object["additionalProperties"] = json!(false),
        1 => object["additionalProperties"] = schema(choose, depth.saturating_sub(1)),
        _ => {}
    }
    object
}

const STRINGS: &[&str] = &[
    "{}",
    "{}",
    r#"{ "minLength": 2 }"#,
    r#"{ "maxLength": 9 }"#,
    r#"{ "format": "uuid" }"#,
    r#"{ "format": "date-time" }"#,
    r#"{ "format": "password" }"#,
    r#"{ "enum": ["a", "b"] }"#,
    r#"{ "enum": ["a"] }"#,
    r#"{ "enum": ["c", null] }"#,
];
const NUMBERS: &[&str] = &[
    "{}",
    r#"{ "minimum": 1 }"#,
    r#"{ "minimum": 0, "maximum": 255 }"#,
    r#"{ "format": "int32" }"#,
    r#"{ "enum": [1, 2] }"#,
    r#"{ "multipleOf": 2 }"#,
    r#"{ "minimum": 1, "exclusiveMinimum": true }"#,
];
const LISTS: &[&str] = &[
    "{}",
    r#"{ "uniqueItems": true }"#,
    r#"{ "minItems": 2, "maxItems": 2 }"#,
    r#"{ "minItems": 3, "maxItems": 1 }"#,
];

/// Returns a random schema with a random setting.
fn setting(among: &[Value], settings: &[&str], choose: &mut Choose<'_>) -> Value {
    let mut schema = pick(among, choose).clone();
    let setting = pick(settings, choose);
    let setting = serde_json::from_str(setting).unwrap_or_default();
    if let (Value::Object(schema), Value::Object(setting)) = (&mut schema, setting) {
        schema.extend(setting);
    }
    schema
}
