//! The request of an operation, made from fields and a body, and checked against the spec.

use serde_json::{Map, Value};

use super::field::{Field, typed};
use super::schema::BODY;
use super::select::Selected;
use super::spec::{Operation, Parameter, Place};
use crate::resolve::suggest::suggestion;

/// A request that fits the spec.
pub(crate) struct Request<'a> {
    pub(crate) operation: Operation<'a>,
    /// The parameters as text.
    pub(crate) parameters: Vec<(Place, String, String)>,
    pub(crate) body: Option<Value>,
    /// The values that the spec marks as secrets.
    pub(crate) secrets: Vec<String>,
}

/// Returns the request of an operation with these fields. `input` is a body in JSON, which fields complete.
///
/// # Errors
/// Returns everything that does not fit the spec, in one message.
pub(crate) fn prepare<'a>(
    selected: Selected<'a>,
    fields: &[Field],
    input: Option<Value>,
) -> Result<Request<'a>, String> {
    let mut draft = Draft::new(selected.operation, input)?;
    for (place, pairs) in [(Place::Path, selected.path), (Place::Query, selected.query)] {
        for (name, text) in pairs {
            draft.parameter(place, &name, &text);
        }
    }
    for field in fields {
        draft.field(field);
    }
    draft.finish()
}

/// A request that is being made.
struct Draft<'a> {
    operation: Operation<'a>,
    known: Vec<Parameter<'a>>,
    /// The values of the known parameters.
    given: Vec<Option<Value>>,
    body: Value,
    errors: Vec<String>,
}

impl<'a> Draft<'a> {
    fn new(operation: Operation<'a>, input: Option<Value>) -> Result<Self, String> {
        if input.is_some() && operation.body().is_none() {
            return Err("the operation takes no body".to_owned());
        }
        let known = operation.parameters();
        Ok(Self {
            operation,
            given: known.iter().map(|_| None).collect(),
            known,
            body: input.unwrap_or_else(|| Map::new().into()),
            errors: Vec::new(),
        })
    }

    /// Takes a parameter from the path that was typed.
    fn parameter(&mut self, place: Place, name: &str, text: &str) {
        let is_it = |known: &Parameter| known.place == place && known.name == name;
        match self.known.iter().position(is_it) {
            Some(index) => {
                let value = typed(text, Some(self.known[index].schema));
                self.give(index, value);
            }
            None => self.unknown(name),
        }
    }

    fn field(&mut self, field: &Field) {
        let index = self.known.iter().position(|known| known.name == field.name);
        if let (Some(index), Some(text), false) = (index, &field.text, field.has_steps()) {
            let value = field.value(text, Some(self.known[index].schema));
            return self.give(index, value);
        }
        let schema = self.operation.body();
        let schema = schema.and_then(|body| body.property(&field.name));
        let (Some(schema), None) = (schema, index) else {
            return match index {
                Some(_) => self
                    .errors
                    .push(format!("`{}` is a single value", field.name)),
                None => self.unknown(&field.name),
            };
        };
        let result = match &mut self.body {
            Value::Object(body) => field.set(body, Some(schema)),
            _ => Err("a body that is no object cannot have fields".to_owned()),
        };
        self.errors.extend(result.err());
    }

    fn give(&mut self, index: usize, value: Value) {
        if self.given[index].replace(value).is_some() {
            self.errors
                .push(format!("`{}` is set twice", self.known[index].name));
        }
    }

    fn unknown(&mut self, name: &str) {
        let properties = self.operation.body().map(|body| body.properties());
        let properties = properties.unwrap_or_default();
        let properties = properties.iter().map(|property| property.name);
        let known = self.known.iter().map(|known| known.name).chain(properties);
        let near = suggestion(name, known);
        self.errors.push(format!(
            "`{name}` is not a known parameter or property{near}"
        ));
    }

    fn finish(mut self) -> Result<Request<'a>, String> {
        let mut parameters = Vec::new();
        let mut secrets = Vec::new();
        for (known, value) in self.known.iter().zip(self.given) {
            let Some(value) = value else {
                if known.is_required {
                    self.errors.push(format!("`{}` is missing", known.name));
                }
                continue;
            };
            self.errors.extend(known.schema.errors(known.name, &value));
            let text = match &value {
                Value::String(text) => text.clone(),
                value => value.to_string(),
            };
            if known.schema.is_secret() {
                secrets.push(text.clone());
            }
            parameters.push((known.place, known.name.to_owned(), text));
        }
        let body = self.operation.body().map(|schema| {
            // Parts of the body are named by their path, and missing ones are reported once.
            self.errors.extend(schema.errors(BODY, &self.body));
            let found = schema.secrets(&self.body).into_iter();
            secrets.extend(found.map(str::to_owned));
            self.body
        });
        match self.errors.is_empty() {
            true => Ok(Request {
                operation: self.operation,
                parameters,
                body,
                secrets,
            }),
            false => Err(self.errors.join("; ")),
        }
    }
}

impl Request<'_> {
    /// Returns the path with its parameters and the query.
    pub(crate) fn target(&self) -> String {
        let mut target = self.operation.path().to_owned();
        let mut query = Vec::new();
        for (place, name, text) in &self.parameters {
            let text = match self.secrets.contains(text) {
                true => "********",
                false => text,
            };
            match place {
                Place::Path => target = target.replace(&format!("{{{name}}}"), text),
                Place::Query => query.push(format!("{name}={text}")),
                Place::Header => {}
            }
        }
        match query.is_empty() {
            true => target,
            false => format!("{target}?{}", query.join("&")),
        }
    }

    /// Replaces a parameter.
    pub(crate) fn set_parameter(&mut self, place: Place, name: &str, text: String) {
        self.parameters.retain(|(_, known, _)| known != name);
        self.parameters.push((place, name.to_owned(), text));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::api::select::select;
    use crate::api::spec::tests::spec;

    const UUID: &str = "0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41";

    fn prepared(
        words: &str,
        fields: &[&str],
        input: Option<Value>,
    ) -> Result<(String, Value), String> {
        let spec = spec();
        let selected = select(spec, &[words.to_owned()])?;
        let fields: Result<Vec<Field>, String> = fields
            .iter()
            .map(|field| Field::parse(field, true))
            .collect();
        let request = prepare(selected, &fields?, input)?;
        Ok((request.target(), request.body.unwrap_or_default()))
    }

    #[test]
    fn fields_go_to_the_places_of_the_spec() {
        let uuid = format!("uuid={UUID}");
        let (target, body) = prepared("update_group", &[&uuid, "name=Sales"], None).unwrap();
        assert_eq!(target, format!("/app/group/{UUID}"));
        assert_eq!(body, json!({"name": "Sales"}));
        let (target, body) =
            prepared("search_telephone_numbers", &["size=5", "city=Austin"], None).unwrap();
        assert_eq!(target, "/tn/search?size=5");
        assert_eq!(body, json!({"city": "Austin"}));
        let words = format!("PATCH /app/group/{}", UUID.to_uppercase());
        let (target, body) = prepared(&words, &["users[]"], Some(json!({"name": "Ops"}))).unwrap();
        assert_eq!(target, format!("/app/group/{UUID}"));
        assert_eq!(body, json!({"name": "Ops", "users": []}));
        let (target, _) = prepared("delete_token", &["token=secret"], None).unwrap();
        assert_eq!(target, "/token/********");
    }

    #[test]
    fn request_that_does_not_fit_the_spec_is_refused_with_every_reason() {
        for (words, fields, expected) in [
            (
                "update_group",
                &["nam=x"][..],
                "`nam` is not a known parameter or property (did you mean `name`?); `uuid` is missing",
            ),
            (
                "update_group",
                &["uuid=7", "name=ab"],
                "`uuid` is not a valid value: expected UUID; `name` is shorter than 3 characters",
            ),
            ("create_group", &[], "`name` is missing"),
            (
                "list_groups",
                &["size=1"],
                "`size` is not a known parameter or property",
            ),
            (
                "/app/group?size=1",
                &[],
                "`size` is not a known parameter or property",
            ),
            (
                "search_telephone_numbers",
                &["size=0"],
                "`size` is less than the minimum of 1",
            ),
            (
                "search_telephone_numbers",
                &["size=many"],
                "`size` is not a valid value: expected integer",
            ),
            (
                "create_group",
                &["name=Sales", "users=x"],
                "`users` is not a valid value: expected list of UUID",
            ),
            (
                "create_group",
                &["name=Sales", "users[]=x"],
                "`users.0` is not a valid value: expected UUID",
            ),
            (
                "create_tn_order",
                &["items[][tn]=1"],
                "`items.0.features` is missing; `items.0.autorenew` is missing",
            ),
            (
                "create_tn_order",
                &["items[][number]=1"],
                "`items.number` is not a known property",
            ),
        ] {
            let error = prepared(words, fields, None).unwrap_err();
            assert_eq!(error, expected, "{words} {fields:?}");
        }
        let error = prepared("list_groups", &[], Some(json!({}))).unwrap_err();
        assert_eq!(error, "the operation takes no body");
        let error = prepared("create_group", &[], Some(json!([]))).unwrap_err();
        assert_eq!(error, "`the body` is not a valid value: expected object");
    }

    #[test]
    fn every_operation_is_prepared_from_the_examples_of_the_spec() {
        for operation in spec().operations() {
            let parameters = operation.parameters().into_iter();
            let fields = parameters.map(|it| {
                let example = it.example().unwrap();
                let text = example.as_str().map_or(example.to_string(), str::to_owned);
                Field::parse(&format!("{}={text}", it.name), true).unwrap()
            });
            let fields: Vec<Field> = fields.collect();
            let count = fields.len();
            let selected = Selected {
                operation,
                path: Vec::new(),
                query: Vec::new(),
            };
            let request = prepare(selected, &fields, operation.example());
            let request = request.unwrap_or_else(|error| panic!("{}: {error}", operation.name()));
            assert_eq!(request.parameters.len(), count, "{}", operation.name());
            assert_eq!(request.body, operation.example(), "{}", operation.name());
            assert!(!request.target().contains('{'), "{}", operation.name());
        }
    }
}
