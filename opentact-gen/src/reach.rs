//! The component schemas that a part of a spec refers to.

use std::collections::BTreeSet;

use serde_json::Value;

/// The reference to a component schema, without its name.
pub(crate) const SCHEMAS: &str = "#/components/schemas/";

/// The names of component schemas.
pub(crate) type Names = BTreeSet<String>;

/// The component schemas that are sent, and those that are received.
#[derive(Debug, Default)]
pub(crate) struct Directions {
    pub(crate) sent: Names,
    pub(crate) received: Names,
}

/// Adds the names of the component schemas that are reachable from a value.
pub(crate) fn reach(value: &Value, components: &Value, names: &mut Names) {
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(object) => {
                if let Some(Value::String(target)) = object.get("$ref") {
                    let name = target.strip_prefix(SCHEMAS);
                    let is_new = name.is_none_or(|name| names.insert(name.to_owned()));
                    if is_new && let Some(pointer) = target.strip_prefix("#/components") {
                        waiting.extend(components.pointer(pointer));
                    }
                }
                waiting.extend(object.values());
            }
            Value::Array(items) => waiting.extend(items),
            _ => {}
        }
    }
}
