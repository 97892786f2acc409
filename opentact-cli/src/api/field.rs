//! A field of the command line: `-F key=value` and `-f key=value`.

use serde_json::{Map, Number, Value};

use super::schema::Schema;

/// A field.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Field {
    /// The first name: a parameter, or a property of the body.
    pub(crate) name: String,
    /// The steps below it.
    steps: Vec<Step>,
    /// `None` for `key[]` without a value: the empty list.
    pub(crate) text: Option<String>,
    /// `true` if the value gets the type of the spec, `false` if it stays a string.
    is_typed: bool,
}

/// A step into a value.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Step {
    /// `[name]`: the property of an object.
    Property(String),
    /// `[]`: a new item of a list.
    Item,
}

impl Field {
    /// Reads `key=value`, `key[property]=value`, `key[]=value` or `key[]`.
    pub(crate) fn parse(argument: &str, is_typed: bool) -> Result<Self, String> {
        let (key, text) = match argument.split_once('=') {
            Some((key, text)) => (key, Some(text.to_owned())),
            None if argument.ends_with("[]") => (argument, None),
            None => return Err(format!("`{argument}` is not of the form key=value")),
        };
        let (name, mut rest) = key.split_at(key.find('[').unwrap_or(key.len()));
        let mut steps = Vec::new();
        while let Some((step, after)) = rest.strip_prefix('[').and_then(|it| it.split_once(']')) {
            steps.push(match step {
                "" => Step::Item,
                step => Step::Property(step.to_owned()),
            });
            rest = after;
        }
        if name.is_empty() || !rest.is_empty() {
            return Err(format!(
                "`{key}` is not a key: expected name, name[property] or name[]"
            ));
        }
        Ok(Self {
            name: name.to_owned(),
            steps,
            text,
            is_typed,
        })
    }

    /// Returns `true` if the field names a part of a value.
    pub(crate) fn has_steps(&self) -> bool {
        !self.steps.is_empty()
    }

    /// Sets the property of a body. `schema` is that of the property.
    pub(crate) fn set(
        &self,
        body: &mut Map<String, Value>,
        schema: Option<Schema>,
    ) -> Result<(), String> {
        let schema = self.steps.iter().fold(schema, |schema, step| match step {
            Step::Property(name) => schema?.property(name),
            Step::Item => schema?.items(),
        });
        let value = self.text.as_deref().map(|text| self.value(text, schema));
        let whole = body.entry(self.name.clone()).or_insert(Value::Null);
        insert(whole, &self.steps, value).map_err(|reason| format!("`{}` {reason}", self.name))
    }

    /// Returns the value of a field with this schema.
    pub(crate) fn value(&self, text: &str, schema: Option<Schema>) -> Value {
        match self.is_typed {
            true => typed(text, schema),
            false => normal(text, schema),
        }
    }
}

/// Returns a value of the type that the schema allows. Without a schema, `true`, `false`, `null` and integers
/// are not strings.
pub(crate) fn typed(text: &str, schema: Option<Schema>) -> Value {
    let allows = |kind: &str| schema.is_none_or(|it| it.allows(kind) || it.allows_anything());
    let number = || text.parse::<Number>().ok();
    let is_integer = !text.contains(['.', 'e', 'E']);
    let is_nested = text.starts_with(['{', '[']);
    let nested = || serde_json::from_str(text).ok().filter(|_| is_nested);
    match text {
        "null" if allows("null") => Value::Null,
        "true" | "false" if allows("boolean") => Value::Bool(text == "true"),
        _ if allows("integer") && is_integer && number().is_some() => number().into(),
        _ if allows("number") && number().is_some() => number().into(),
        _ if is_nested && (allows("object") || allows("array")) => {
            nested().unwrap_or_else(|| text.into())
        }
        _ => normal(text, schema),
    }
}

/// Returns a string. A UUID is written in the form of the spec, in lower case.
fn normal(text: &str, schema: Option<Schema>) -> Value {
    match schema
        .filter(|schema| schema.has_format("uuid"))
        .and_then(|_| uuid::Uuid::try_parse(text).ok())
    {
        Some(uuid) => uuid.to_string().into(),
        None => text.into(),
    }
}

/// Puts a value in its place. `None` is the empty list.
fn insert(place: &mut Value, steps: &[Step], value: Option<Value>) -> Result<(), &'static str> {
    match steps {
        [] if !place.is_null() => Err("is set twice"),
        [] => {
            *place = value.unwrap_or_else(|| Value::Array(Vec::new()));
            Ok(())
        }
        [Step::Property(name), rest @ ..] => {
            if place.is_null() {
                *place = Value::Object(Map::new());
            }
            let object = place.as_object_mut().ok_or("is not an object")?;
            insert(
                object.entry(name.clone()).or_insert(Value::Null),
                rest,
                value,
            )
        }
        [Step::Item, rest @ ..] => {
            if place.is_null() {
                *place = Value::Array(Vec::new());
            }
            let items = place.as_array_mut().ok_or("is not a list")?;
            if value.is_none() && rest.is_empty() {
                return Ok(());
            }
            // `items[][a]=1 items[][b]=2` is one item, and a second `items[][a]` starts the next one.
            let goes_on = match (rest.first(), items.last()) {
                (Some(Step::Property(name)), Some(Value::Object(last))) => {
                    let is_list = rest.get(1) == Some(&Step::Item);
                    is_list || !last.contains_key(name)
                }
                _ => false,
            };
            if !goes_on {
                items.push(Value::Null);
            }
            match items.last_mut() {
                Some(last) => insert(last, rest, value),
                None => Ok(()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::api::spec::tests::spec;

    fn body(operation: &str, fields: &[&str]) -> Result<Value, String> {
        let spec = spec();
        let operation = spec.operations().find(|it| it.name() == operation).unwrap();
        let mut body = Map::new();
        for field in fields {
            let field = Field::parse(field, true)?;
            let schema = operation.body().unwrap().property(&field.name);
            field.set(&mut body, schema)?;
        }
        Ok(body.into())
    }

    #[test]
    fn typed_field_has_the_type_of_the_spec() {
        // A telephone number is a string here and an integer there; a recipient is either.
        for (operation, fields, expected) in [
            (
                "create_sip_domain_user",
                &["phone_number=12025550143"][..],
                json!({"phone_number": "12025550143"}),
            ),
            (
                "send_sms",
                &["from=12025550143"],
                json!({"from": 12_025_550_143_u64}),
            ),
            (
                "send_sms",
                &["to=12025550143"],
                json!({"to": 12_025_550_143_u64}),
            ),
            ("send_sms", &["message=true"], json!({"message": "true"})),
            ("create_group", &["name=7"], json!({"name": "7"})),
            (
                "update_sip_domain_user",
                &["is_active=true"],
                json!({"is_active": true}),
            ),
            (
                "create_group",
                &["users[]=A11CE000-0000-0000-0000-000000000001", "users[]=x"],
                json!({"users": ["a11ce000-0000-0000-0000-000000000001", "x"]}),
            ),
            ("update_group", &["users[]"], json!({"users": []})),
            ("update_group", &[r#"users=["x"]"#], json!({"users": ["x"]})),
            (
                "create_tn_order",
                &[
                    "items[][tn]=1",
                    "items[][features][]=voice",
                    "items[][features][]=sms",
                    "items[][autorenew]=true",
                    "items[][tn]=2",
                ],
                json!({"items": [{"tn": 1, "features": ["voice", "sms"], "autorenew": true}, {"tn": 2}]}),
            ),
            (
                "search_sms",
                &["order[from]=ASC"],
                json!({"order": {"from": "ASC"}}),
            ),
        ] {
            assert_eq!(
                body(operation, fields),
                Ok(expected),
                "{operation} {fields:?}"
            );
        }
    }

    #[test]
    fn field_of_another_form_is_refused() {
        for (fields, expected) in [
            (&["name"][..], "`name` is not of the form key=value"),
            (
                &["=x"],
                "`` is not a key: expected name, name[property] or name[]",
            ),
            (
                &["a[b=x"],
                "`a[b` is not a key: expected name, name[property] or name[]",
            ),
            (&["name=a", "name=b"], "`name` is set twice"),
            (&["name=a", "name[]=b"], "`name` is not a list"),
        ] {
            assert_eq!(body("create_group", fields).unwrap_err(), expected);
        }
    }

    #[test]
    fn field_that_stays_a_string_has_no_type() {
        let field = Field::parse("n=1", false).unwrap();
        assert_eq!(field.value("1", None), json!("1"));
        assert_eq!(typed("1", None), json!(1));
        assert_eq!(typed("1.5", None), json!(1.5));
        assert_eq!(typed("null", None), Value::Null);
    }
}
