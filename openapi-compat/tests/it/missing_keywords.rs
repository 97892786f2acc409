//! Documents that lack a keyword that OpenAPI requires.

use openapi_compat::{ChangeId, Level, Operations, Options, compare};

use crate::support::lenient;

#[test]
fn operation_without_responses_is_compared_as_one_with_none() {
    let document = |rest: &str| {
        let text = format!(
            "openapi: 3.0.3
info: {{title: T, version: '1.0.0'}}
paths:
  /a:
    get:
      operationId: a
{rest}"
        );
        lenient("api.yaml", &text).unwrap()
    };
    let some = document("      responses: {'200': {description: A.}, '404': {description: B.}}");
    let none = document("");
    let changes = |base, head| -> Vec<_> {
        let changes = compare(base, head, &Options::default()).into_iter();
        changes
            .map(|change| (change.id, change.level, change.operations))
            .collect()
    };
    let expected = |id, level| (id, level, Operations::from_iter(["GET /a"]));
    assert_eq!(
        changes(&some, &none),
        [
            expected(ChangeId::ResponseRemoved, Level::Breaking),
            expected(ChangeId::ResponseRemoved, Level::Breaking),
        ]
    );
    assert_eq!(
        changes(&none, &some),
        [
            expected(ChangeId::SuccessResponseAdded, Level::Breaking),
            expected(ChangeId::OtherResponseAdded, Level::Additive),
        ]
    );
    assert_eq!(changes(&none, &none), []);
}
