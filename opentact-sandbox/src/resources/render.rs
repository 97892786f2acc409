//! The form of a resource in a response: the properties that the spec has, with other resources in
//! place of their keys.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::resources::collections::{Collections, Object};
use crate::resources::table::{BACK_REFERENCES, Kind, USERS, WRAPPED, kind, referred_kind};
use crate::spec::Spec;

/// The schemas of the spec, as forms of resources.
#[derive(Clone, Debug)]
pub(crate) struct Shapes(pub(crate) Arc<Spec>);

impl Shapes {
    /// Returns the properties of a schema of the spec with their schemas.
    pub(crate) fn properties(&self, schema: &str) -> Option<&Map<String, Value>> {
        let schema = &self.0.document["components"]["schemas"][schema];
        self.resolve(schema).get("properties")?.as_object()
    }

    /// Returns a resource as a schema of the spec shows it.
    pub(crate) fn show(&self, all: &Collections, kind: &Kind, key: &str, schema: &str) -> Value {
        let Some(object) = all.get(kind.section, key) else {
            return Value::Null;
        };
        let schema = &self.0.document["components"]["schemas"][schema];
        self.render(all, kind, key, object, schema)
    }

    /// Returns a SIP user as a schema of the spec shows it, with all other properties that
    /// the user has.
    pub(crate) fn show_user(&self, all: &Collections, key: &str, schema: &str) -> Value {
        let Some((kind, object)) = kind(USERS).zip(all.get(USERS, key)) else {
            return Value::Null;
        };
        let mut shown = self.show(all, kind, key, schema);
        for (name, value) in object {
            let is_hidden = kind.hidden.contains(&name.as_str()) || referred_kind(name).is_some();
            if shown.get(name).is_none() && !is_hidden {
                shown[name] = value.clone();
            }
        }
        shown
    }

    fn render(
        &self,
        all: &Collections,
        kind: &Kind,
        key: &str,
        object: &Object,
        schema: &Value,
    ) -> Value {
        let properties = self.resolve(schema).get("properties");
        let properties = properties.and_then(Value::as_object).into_iter().flatten();
        let mut shown = Map::new();
        for (name, schema) in properties {
            if kind.hidden.contains(&name.as_str()) {
                continue;
            }
            let value = match object.get(name) {
                Some(value) => Some(self.value(all, name, value, schema)),
                None => self.referring(all, kind, key, name, schema),
            };
            shown.extend(value.map(|value| (name.clone(), value)));
        }
        shown.into()
    }

    fn value(&self, all: &Collections, name: &str, value: &Value, schema: &Value) -> Value {
        if value.is_null() || value.is_object() || self.resolve(schema)["type"] != "object" {
            return value.clone();
        }
        if let (Some(kind), Some(key)) = (referred_kind(name), value.as_str()) {
            return match all.get(kind.section, key) {
                Some(object) => self.render(all, kind, key, object, schema),
                None => Value::Null, // deleted since
            };
        }
        match WRAPPED.iter().find(|(wrapped, _)| *wrapped == name) {
            Some((_, inner)) => json!({ *inner: value }),
            None => value.clone(),
        }
    }

    /// Returns the list of the resources that refer to one.
    fn referring(
        &self,
        all: &Collections,
        kind: &Kind,
        key: &str,
        name: &str,
        schema: &Value,
    ) -> Option<Value> {
        let (_, _, section, property) = BACK_REFERENCES
            .iter()
            .find(|(section, listed, _, _)| *section == kind.section && *listed == name)?;
        let other = self::kind(section)?;
        let items = self.resolve(schema).get("items")?;
        let referring = all
            .all(section)
            .filter(|(_, object)| object.get(*property).and_then(Value::as_str) == Some(key));
        Some(
            referring
                .map(|(key, object)| self.render(all, other, key, object, items))
                .collect(),
        )
    }

    /// Follows references, and takes the first alternative of a schema with alternatives.
    fn resolve<'a>(&'a self, mut schema: &'a Value) -> &'a Value {
        loop {
            let target = schema.get("$ref").and_then(Value::as_str);
            let target = target.and_then(|target| target.strip_prefix('#'));
            let alternative = ["anyOf", "allOf", "oneOf"]
                .iter()
                .find_map(|keyword| schema.get(keyword)?.get(0));
            schema = match target.and_then(|pointer| self.0.document.pointer(pointer)) {
                Some(target) => target,
                None => match alternative {
                    Some(alternative) => alternative,
                    None => return schema,
                },
            };
        }
    }
}

/// Returns `true` if a kind of resource has a property with this name.
pub(crate) fn is_known(shapes: &Shapes, kind: &Kind, name: &str) -> bool {
    let properties = shapes.properties(kind.schema);
    properties.is_some_and(|properties| properties.contains_key(name))
        || kind.hidden.contains(&name)
}
