//! Every operation has examples for its request, success and errors, and each fits its schema,
//! by the validator of the `jsonschema` crate.
#![allow(clippy::unwrap_used)] // helpers of tests

mod support;

use opentact_gen::{Schemas, load};
use serde_json::{Map, Value};
use support::Spec;

struct Examples {
    spec: Value,
    schemas: Schemas,
}

impl Examples {
    fn resolve<'a>(&'a self, value: &'a Value, pointer: &str) -> (&'a Value, String) {
        match value["$ref"].as_str() {
            Some(target) => {
                let pointer = target.trim_start_matches('#');
                self.resolve(self.spec.pointer(pointer).unwrap(), pointer)
            }
            None => (value, pointer.to_owned()),
        }
    }

    /// Checks the examples of a request body or an answer, and that there are some.
    fn check(&self, body: &Value, pointer: &str) -> usize {
        let (body, pointer) = self.resolve(body, pointer);
        let media_type = &body["content"]["application/json"];
        let examples = media_type["examples"].as_object().unwrap();
        assert!(!examples.is_empty(), "{pointer} has no example");
        for (name, example) in examples {
            let (example, _) = self.resolve(example, "");
            let schema = format!("{pointer}/content/application~1json/schema");
            let errors = self.schemas.errors(&schema, &example["value"]);
            assert!(errors.is_empty(), "{pointer}, {name}: {errors:?}");
        }
        examples.len()
    }
}

#[test]
fn every_operation_has_examples_that_fit() {
    let root = load(Spec::of_today().sources()).unwrap().root;
    let examples = Examples {
        spec: root.to_json(),
        schemas: Schemas::new(&root),
    };
    let mut checked = 0;
    for (path, item) in examples.spec["paths"].as_object().unwrap() {
        let operations = item.as_object().unwrap().iter();
        for (method, operation) in operations.filter(|(key, _)| *key != "parameters") {
            let pointer = format!("/paths/{}/{method}", path.replace('/', "~1"));
            if let Some(body) = operation.get("requestBody") {
                checked += examples.check(body, &format!("{pointer}/requestBody"));
            }
            let responses: &Map<String, Value> = operation["responses"].as_object().unwrap();
            for status in ["200", "4XX", "5XX"] {
                let place = format!("{pointer}/responses/{status}");
                checked += examples.check(&responses[status], &place);
            }
        }
    }
    // Of the groups alone: 4 of requests, 8 of successes, 3 of errors at each of 8 operations.
    assert!(checked >= 4 + 8 + 3 * 8, "{checked} examples");
}
