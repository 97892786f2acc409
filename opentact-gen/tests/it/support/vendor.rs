//! A comparison of the spec with the vendor's page.

use openapi_tree::{Sources, load};
use serde_json::{Map, Value, json};

macro_rules! sample {
    ($id:literal) => {
        (
            $id,
            include_str!(concat!("../../../../openapi/vendor/", $id, ".json")),
        )
    };
}

/// The vendor's sample responses by operation id.
const SAMPLES: [(&str, &str); 8] = [
    sample!("GetSIPGroupsListApp"),
    sample!("CreateSIPUserGroupApp"),
    sample!("ModifySIPUserGroupApp"),
    sample!("RemoveSIPUserGroupApp"),
    sample!("GetSIPUserGroupUsersApp"),
    sample!("AddSIPUsersToSIPUserGroupApp"),
    sample!("AddSIPUserToSIPUserGroupApp"),
    sample!("RemoveSIPUserFromSIPUserGroupApp"),
];

/// The vendor's documented commands, each below a comment with its operation id.
const COMMANDS: &str = include_str!("../../../../openapi/vendor/commands.sh");
/// The tag of the operations on the page.
const TAG: &str = "SIP user groups";
/// The server of the commands.
const SERVER: &str = "https://api.opentact.org/rest";
/// The documented pattern of every UUID in a path.
const UUID: &str = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";
/// The placeholder for a point in time in the samples.
const TIME: &str = "2019-08-24T14:15:22Z";

/// Returns every difference between a spec and the vendor's page.
pub(crate) fn differences(spec: Sources) -> Vec<String> {
    let document = load(spec).unwrap();
    let mut comparison = Comparison {
        spec: document.root.to_json(),
        differences: Vec::new(),
    };
    comparison.run();
    comparison.differences
}

struct Comparison {
    spec: Value,
    differences: Vec<String>,
}

impl Comparison {
    fn expect(&mut self, what: &str, spec: &Value, vendor: &Value) {
        if spec != vendor {
            self.differences
                .push(format!("{what}: the spec has {spec}, the vendor {vendor}"));
        }
    }

    fn run(&mut self) {
        let servers = self.spec["servers"].clone();
        self.expect("server", &servers[0]["url"], &json!(SERVER));
        let operations: usize = self
            .paths()
            .values()
            .flat_map(methods)
            .filter(|operation| operation["tags"] == json!([TAG]))
            .count();
        self.expect(
            "number of operations",
            &json!(operations),
            &json!(SAMPLES.len()),
        );
        self.error_envelope();
        for block in COMMANDS.split("\n\n") {
            self.command(block.trim().trim_start_matches("# "));
        }
    }

    fn paths(&self) -> Map<String, Value> {
        self.spec["paths"].as_object().unwrap().clone()
    }

    fn resolve(&self, value: &Value) -> Value {
        match value["$ref"].as_str() {
            Some(target) => {
                let target = self.spec.pointer(target.trim_start_matches('#'));
                self.resolve(target.unwrap_or(&Value::Null))
            }
            None => value.clone(),
        }
    }

    /// Compares a documented command with its operation.
    fn command(&mut self, block: &str) {
        let (id, command) = block.split_once('\n').unwrap();
        let method = between(command, "-X ", " ").to_lowercase();
        let path = between(command, SERVER, "\"");
        let item = self.paths().get(path).cloned().unwrap_or_default();
        let operation = item[&method].clone();
        self.expect(
            &format!("{method} {path}"),
            &operation["operationId"],
            &json!(id),
        );
        self.parameters(id, path, &item);

        let header = self.spec["components"]["securitySchemes"]["HA1BToken"]["name"].clone();
        let documented = between(command, "-H \"X-", ": HA1B_TOKEN");
        self.expect("token header", &header, &json!(format!("X-{documented}")));
        let security = operation.get("security").unwrap_or(&self.spec["security"]);
        let security = security.clone();
        self.expect(
            &format!("token of {id}"),
            &security,
            &json!([{ "HA1BToken": [] }]),
        );

        let body = self.resolve(&operation["requestBody"]);
        let schema = self.resolve(&body["content"]["application/json"]["schema"]);
        let documented: Value = match command.split_once("-d \"") {
            Some((_, body)) => {
                let body = body.trim_end().trim_end_matches('"').replace("\\\"", "\"");
                serde_json::from_str(&body).unwrap()
            }
            None => json!({}),
        };
        self.expect(
            &format!("body of {id}"),
            &names(&schema["properties"]),
            &names(&documented),
        );
        self.limits(id, &schema["properties"]);
        self.responses(id, &operation["responses"]);
    }

    /// Compares the parameters of a documented path.
    fn parameters(&mut self, id: &str, path: &str, item: &Value) {
        let parameters = item["parameters"].as_array().cloned().unwrap_or_default();
        let mut found: Vec<String> = Vec::new();
        for parameter in &parameters {
            let parameter = self.resolve(parameter);
            let schema = self.resolve(&parameter["schema"]);
            let name = parameter["name"].as_str().unwrap_or_default().to_owned();
            self.expect(
                &format!("pattern of {name}"),
                &schema["pattern"],
                &json!(UUID),
            );
            self.expect(
                &format!("format of {name}"),
                &schema["format"],
                &json!("uuid"),
            );
            found.push(format!("{{{name}}}"));
        }
        found.sort();
        let mut documented: Vec<&str> = path
            .split('/')
            .filter(|part| part.starts_with('{'))
            .collect();
        documented.sort_unstable();
        self.expect(
            &format!("parameters of {id}"),
            &json!(found),
            &json!(documented),
        );
    }

    /// Compares the documented limits: `[ 3 .. 80 ] characters` for a name, UUIDs for users.
    fn limits(&mut self, id: &str, properties: &Value) {
        if !properties["name"].is_null() {
            let name = self.resolve(&properties["name"]);
            let limits = json!([name["type"], name["minLength"], name["maxLength"]]);
            self.expect(&format!("name in {id}"), &limits, &json!(["string", 3, 80]));
        }
        if !properties["users"].is_null() {
            let items = self.resolve(&properties["users"]["items"]);
            let users = json!([properties["users"]["type"], items["type"], items["pattern"]]);
            self.expect(
                &format!("users in {id}"),
                &users,
                &json!(["array", "string", UUID]),
            );
        }
    }

    fn error_envelope(&mut self) {
        let schema = &self.spec["components"]["schemas"]["ErrorEnvelope"];
        let (envelope, required) = (schema["properties"].clone(), schema["required"].clone());
        self.expect("error", &required, &json!(["success", "message", "status"]));
        let types = json!([envelope["message"]["type"], envelope["status"]["type"]]);
        self.expect("error", &types, &json!(["string", "integer"]));
    }

    fn responses(&mut self, id: &str, responses: &Value) {
        self.expect(
            &format!("statuses of {id}"),
            &names(responses),
            &json!(["200", "4XX", "5XX"]),
        );
        let schema = &responses["200"]["content"]["application/json"]["schema"];
        let (_, sample) = SAMPLES.iter().find(|(known, _)| *known == id).unwrap();
        self.value(id, &serde_json::from_str(sample).unwrap(), schema);
    }

    /// Compares optional properties: the vendor omits absent values, or sends `null`.
    fn absent_or_null(&mut self, place: &str, name: &str, property: &Value, required: &Value) {
        if place.ends_with(".payload") || place.ends_with(".success") {
            return;
        }
        let required = required
            .as_array()
            .is_some_and(|names| names.contains(&json!(name)));
        let may_be_null = property["nullable"] == true || property["anyOf"][1]["nullable"] == true;
        self.expect(
            &format!("null in {place}"),
            &json!(may_be_null),
            &json!(!required),
        );
    }

    /// Compares a value of a sample with its schema. `{}` and `[]` mark truncated values, of which
    /// only the type is known.
    fn value(&mut self, place: &str, sample: &Value, schema: &Value) {
        let mut schema = self.resolve(schema);
        if let Some(alternative) = schema["anyOf"].get(0) {
            schema = self.resolve(alternative);
        }
        let kind = match sample {
            Value::Object(_) => "object",
            Value::Array(_) => "array",
            Value::Bool(_) => "boolean",
            _ => "string",
        };
        self.expect(&format!("type of {place}"), &schema["type"], &json!(kind));
        match sample {
            Value::Object(object) if !object.is_empty() => {
                self.expect(place, &names(&schema["properties"]), &names(sample));
                for (name, value) in object {
                    let place = format!("{place}.{name}");
                    let property = &schema["properties"][name];
                    self.absent_or_null(&place, name, property, &schema["required"]);
                    self.value(&place, value, property);
                }
            }
            Value::Array(items) if !items.is_empty() => {
                self.value(&format!("{place}[]"), &items[0], &schema["items"]);
            }
            Value::Bool(value) => self.expect(place, &schema["enum"], &json!([value])),
            Value::String(text) => {
                let limits = ["minLength", "maxLength", "pattern", "enum"];
                let limit = limits.iter().find(|limit| !schema[**limit].is_null());
                self.expect(&format!("limit of {place}"), &json!(limit), &Value::Null);
                let format = match place.rsplit('.').next() {
                    _ if text == TIME => json!("date-time"),
                    Some("uuid") => json!("uuid"),
                    Some("ha1" | "ha1b") => json!("password"), // SIP digests replace the password
                    _ => Value::Null,
                };
                self.expect(&format!("format of {place}"), &schema["format"], &format);
            }
            _ => {}
        }
    }
}

fn methods(item: &Value) -> impl Iterator<Item = &Value> {
    let keywords = item.as_object().into_iter().flatten();
    keywords
        .filter(|(keyword, _)| *keyword != "parameters")
        .map(|(_, operation)| operation)
}

/// Returns the names of an object, in order.
fn names(object: &Value) -> Value {
    object
        .as_object()
        .into_iter()
        .flat_map(Map::keys)
        .cloned()
        .collect()
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap();
    rest.split_once(after).unwrap().0
}
