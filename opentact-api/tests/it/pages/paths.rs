//! Texts that mean something else in a URL, as values of path parameters.

use opentact_api::ErrorKind;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::operation::Arguments;
use super::{all, client, server};
use crate::support::spec::{self, Parameter};

const TEXTS: [&str; 17] = [
    "..", ".", "", "a/b", "%2e%2e", "?", "#", "\n", "../..", "..;", "a\\b", "%2f", "a?b#c", " ",
    "\t", "@", "é",
];

#[tokio::test]
async fn path_values_are_sent_as_one_segment_or_refused() {
    let server = server().await;
    let client = client(&server);
    let (mut sent, mut refused) = (0, 0);
    for operation in all() {
        let of_spec = operation.spec();
        let parameters = of_spec.parameters().into_iter();
        // Types of UUIDs and enumerations have no such values.
        let texts = |parameter: &Parameter| {
            let schema = parameter.schema;
            let is_text = schema["type"] == "string" && schema.get("enum").is_none();
            parameter.is_in_path && is_text && schema["format"] != "uuid"
        };
        for parameter in parameters.filter(texts) {
            for text in TEXTS {
                let mut arguments = Arguments::examples(of_spec);
                arguments
                    .parameters
                    .insert(parameter.name.to_owned(), Value::from(text));
                let result = (operation.request)(&client, &arguments).send.await;
                let requests = server.requests();
                let place = format!("{} {}: {text:?}", operation.name, parameter.name);
                match (result, requests.as_slice()) {
                    (_, [request]) => {
                        let path = request.path.strip_prefix("/rest").unwrap();
                        let segments: Vec<&str> = path.split('/').collect();
                        let template: Vec<&str> = of_spec.path.split('/').collect();
                        assert_eq!(segments.len(), template.len(), "{place}: {path}");
                        for (segment, template) in segments.iter().zip(template) {
                            let name = template.trim_matches(['{', '}']);
                            let value = arguments.parameters.get(name).filter(|_| name != template);
                            let expected = value.map_or(name.to_owned(), spec::text);
                            let decoded = percent_decode_str(segment).decode_utf8().unwrap();
                            assert_eq!(decoded, expected, "{place}: {path}");
                        }
                        sent += 1;
                    }
                    (Err(error), []) => {
                        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{place}: {error}");
                        refused += 1;
                    }
                    (result, requests) => panic!("{place}: {result:?}, {requests:?}"),
                }
            }
        }
    }
    assert!(sent > 100 && refused > 30, "sent {sent}, refused {refused}");
}
