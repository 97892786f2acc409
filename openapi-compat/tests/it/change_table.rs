//! What changes to a spec do: on the wire, and to the version.
//!
//! One row for each change and its reverse: what is expected of taking the edit, and of taking it
//! back. `breaking request: create, update` is a level, a direction, and the operations reached;
//! several stand in the order of the report. Behind each stands the bump that is required.
#![allow(clippy::expect_used)] // helpers of tests

mod support;

use opentact_gen::diff::{Direction, Report, Side, review};
use opentact_gen::{Node, Source, load};
use support::mutations::{MUTATIONS, Mutation, mutation};

/// The spec as it was once: what an operation that is added reaches is no matter of this table.
const GROUPS: &str = include_str!("fixtures/groups.yaml");
/// What SIP user groups do not need.
const ORDERS: &str = include_str!("fixtures/orders.yaml");

/// A change and what is expected of it.
struct Row {
    name: &'static str,
    edit: Option<Mutation>,
    forth: (&'static str, &'static str),
    back: (&'static str, &'static str),
}

/// A change of [`MUTATIONS`].
const fn known(
    name: &'static str,
    forth: &'static str,
    bump: &'static str,
    back: &'static str,
    bump_back: &'static str,
) -> Row {
    Row {
        name,
        edit: None,
        forth: (forth, bump),
        back: (back, bump_back),
    }
}

/// A change of [`ORDERS`]: behind `after`, `from` becomes `to`.
#[allow(clippy::too_many_arguments)] // a row of a table
const fn row(
    name: &'static str,
    after: &'static str,
    from: &'static str,
    to: &'static str,
    forth: &'static str,
    bump: &'static str,
    back: &'static str,
    bump_back: &'static str,
) -> Row {
    Row {
        name,
        edit: Some(mutation(name, after, from, to, &[])),
        forth: (forth, bump),
        back: (back, bump_back),
    }
}

#[rustfmt::skip] // a table
const OF_GROUPS: &[Row] = &[
    known("server moved", "breaking request; additive request", "minor", "breaking request; additive request", "minor"),
    known("token header renamed", "breaking request: all", "minor", "breaking request: all", "minor"),
    known("token in a query", "breaking request: all", "minor", "breaking request: all", "minor"),
    known("authentication dropped", "additive request: all", "patch", "breaking request: all", "minor"),
    known("authentication dropped for one operation", "additive request: list", "patch", "breaking request: list", "minor"),
    known("path renamed", "breaking request: list; breaking request: create", "minor", "breaking request: list; breaking request: create", "minor"),
    known("path parameter renamed in the path", "breaking request: update; breaking request: delete; documentation: update, delete", "minor", "breaking request: update; breaking request: delete; documentation: update, delete", "minor"),
    known("path parameter renamed in the parameter", "breaking request: add_user; breaking request: remove_user", "minor", "breaking request: add_user; breaking request: remove_user", "minor"),
    known("path parameter dropped from an operation", "breaking request: users; breaking request: add_users; documentation: users, add_users", "minor", "breaking request: users; breaking request: add_users; documentation: users, add_users", "minor"),
    known("method changed", "breaking request: update", "minor", "breaking request: update", "minor"),
    known("operation dropped", "breaking request: delete; documentation: update", "minor", "additive request: delete; documentation: update", "patch"),
    known("operation id changed", "documentation: list", "none", "documentation: list", "none"),
    known("operation ids swapped", "documentation: add_user", "none", "documentation: add_user", "none"),
    known("method in Rust renamed", "documentation: list", "minor", "documentation: list", "minor"),
    known("operation no longer safe to repeat", "additive request: list", "patch", "additive request: list", "patch"),
    known("operation said to be safe to repeat", "additive request: create", "patch", "additive request: create", "patch"),
    known("operation of which that is not said", "additive request: list", "patch", "additive request: list", "patch"),
    known("request body dropped", "breaking request: create; documentation: create", "minor", "breaking request: create; documentation: create", "minor"),
    known("request body made optional", "additive request: create", "patch", "breaking request: create", "minor"),
    known("request body of another operation", "breaking request: update; documentation: update", "minor", "additive request: update; documentation: update", "patch"),
    known("media type of a request", "breaking request: create; additive request: create", "minor", "breaking request: create; additive request: create", "minor"),
    known("status of success", "breaking response: create", "minor", "breaking response: create", "minor"),
    known("status of success dropped", "breaking response: create; documentation: create", "minor", "breaking response: create; documentation: create", "minor"),
    known("statuses of errors", "breaking response: create", "minor", "additive response: create", "patch"),
    known("errors as default", "additive response: create", "patch", "breaking response: create", "minor"),
    known("payload of another kind", "breaking response: users; documentation: users", "minor", "breaking response: users; documentation: users", "minor"),
    known("payload a list no more", "breaking response: users, add_users; additive response: users, add_users; documentation: users, add_users", "minor", "breaking response: users, add_users; additive response: users, add_users; documentation: users, add_users", "minor"),
    known("envelope's payload renamed", "breaking response: create, update, delete, add_user, remove_user; additive response: create, update, delete, add_user, remove_user", "minor", "breaking response: create, update, delete, add_user, remove_user; additive response: create, update, delete, add_user, remove_user", "minor"),
    known("envelope's success dropped", "breaking response: create, update, delete, add_user, remove_user", "minor", "additive response: create, update, delete, add_user, remove_user", "patch"),
    known("envelope's payload optional", "breaking response: create, update, delete, add_user, remove_user", "minor", "additive response: create, update, delete, add_user, remove_user", "patch"),
    known("error's message renamed", "breaking response: all; additive response: all", "minor", "breaking response: all; additive response: all", "minor"),
    known("error's status retyped", "breaking response: all", "minor", "breaking response: all", "minor"),
    known("name may be longer", "additive request: create, update", "patch", "breaking request: create, update", "minor"),
    known("name may be shorter", "additive request: create, update", "patch", "breaking request: create, update", "minor"),
    known("name without a limit", "additive request: create, update", "patch", "breaking request: create, update", "minor"),
    known("name retyped", "breaking request: create, update; documentation: create, update", "minor", "breaking request: create, update; documentation: create, update", "minor"),
    known("name no longer required to create", "additive request: create", "minor", "breaking request: create", "minor"),
    known("users required to create", "breaking request: create", "minor", "additive request: create", "minor"),
    known("name required to update", "breaking request: update", "minor", "additive request: update", "patch"),
    known("users no longer required to add", "additive request: add_users", "minor", "breaking request: add_users", "minor"),
    known("a property of a request renamed", "breaking request: update; additive request: update", "minor", "breaking request: update; additive request: update", "minor"),
    known("a property of a request dropped", "breaking request: create; additive request: create", "minor", "breaking request: create", "minor"),
    known("users by another kind of id", "additive request: add_users; documentation: add_users", "minor", "breaking request: add_users; documentation: add_users", "minor"),
    known("pattern of UUIDs", "breaking request: create, update, delete, users, add_users, add_user, remove_user", "minor", "breaking request: create, update, delete, users, add_users, add_user, remove_user", "minor"),
    known("format of UUIDs", "additive request: create, update, delete, users, add_users, add_user, remove_user", "patch", "breaking request: create, update, delete, users, add_users, add_user, remove_user", "minor"),
    known("a property of an answer renamed", "breaking response: all; additive response: all", "minor", "breaking response: all; additive response: all", "minor"),
    known("a property of an answer retyped", "breaking response: all", "minor", "breaking response: all", "minor"),
    known("a property of an answer added", "additive response: all", "patch", "breaking response: all", "minor"),
    known("a property of an answer dropped", "breaking response: all", "minor", "additive response: all", "patch"),
    known("a property of an answer required", "additive response: all", "minor", "breaking response: all", "minor"),
    known("a property of an answer required that was null", "additive response: all", "patch", "breaking response: all", "minor"),
    known("a property of an answer never null", "additive response: all", "patch", "breaking response: all", "minor"),
    known("a group's name may be missing", "breaking response: all", "minor", "additive response: all", "minor"),
    known("a group's owner a list", "breaking response: all", "minor", "breaking response: all", "minor"),
    known("a group's owner perhaps null, as it is often written", "additive response: all; documentation: all", "patch", "breaking response: all; documentation: all", "minor"),
    known("a time a string", "breaking response: all", "minor", "additive response: all", "minor"),
    known("a secret no longer a secret", "documentation: all", "minor", "documentation: all", "minor"),
    known("a free-form object closed", "additive response: all", "patch", "breaking response: all", "minor"),
    known("an open string closed", "additive response: all", "patch", "breaking response: all", "minor"),
    known("a limit imposed on an answer", "additive response: all", "patch", "breaking response: all", "minor"),
    known("properties in another order", "", "none", "", "none"),
];

#[rustfmt::skip] // a table
const OF_ORDERS: &[Row] = &[
    row("server gone", "", "\n  - url: https://eu.example.com/v1", "", "breaking request", "major", "additive request", "minor"),
    row("server with another order", "", "- url: https://api.example.com/v1\n  - url: https://eu.example.com/v1", "- url: https://eu.example.com/v1\n  - url: https://api.example.com/v1", "breaking request", "major", "breaking request", "major"),
    row("title", "", "title: Orders", "title: Order", "documentation", "none", "documentation", "none"),
    row("a tag described otherwise", "", "What is ordered.", "What people order.", "documentation", "none", "documentation", "none"),
    row("summary of an operation", "", "summary: List orders.", "summary: All orders.", "documentation: list", "none", "documentation: list", "none"),
    row("operation deprecated", "createOrder", "requestBody:", "deprecated: true\n      requestBody:", "documentation: create", "none", "documentation: create", "none"),
    row("operation added", "/orders/{id}:", "\n    get:", "\n    put:\n      responses: { \"204\": { description: Replaced. } }\n    get:", "additive request: replace", "minor", "breaking request: replace", "major"),
    row("path written otherwise", "", "/orders/{id}:\n    get:\n      operationId: getOrder\n      deprecated: true\n      security: [{ Login: [read] }, { Key: [] }]\n      parameters:\n        - { name: id,", "/orders/{order}:\n    get:\n      operationId: getOrder\n      deprecated: true\n      security: [{ Login: [read] }, { Key: [] }]\n      parameters:\n        - { name: order,", "documentation: get", "none", "documentation: get", "none"),
    row("operation moved", "", "/orders/{id}:", "/order/{id}:", "breaking request: get", "major", "breaking request: get", "major"),
    row("method of an operation that keeps its id", "", "post:\n      operationId: createOrder", "put:\n      operationId: createOrder", "breaking request: create", "major", "breaking request: create", "major"),
    row("another way to be let in", "", "security: [{ Login: [read] }, { Key: [] }]", "security: [{ Login: [read] }, { Key: [] }, { Login: [write] }]", "additive request: get", "minor", "breaking request: get", "major"),
    row("one way less to be let in", "", "security: [{ Login: [read] }, { Key: [] }]", "security: [{ Login: [read] }]", "breaking request: get", "major", "additive request: get", "minor"),
    row("another scope asked for", "", "security: [{ Login: [read] }, { Key: [] }]", "security: [{ Login: [read, write] }, { Key: [] }]", "breaking request: get", "major", "additive request: get", "minor"),
    row("two things asked for at once", "", "security: [{ Login: [read] }, { Key: [] }]", "security: [{ Login: [read], Key: [] }]", "breaking request: get", "major", "additive request: get", "minor"),
    row("another scheme asked for", "createOrder", "requestBody:", "security: [{ Login: [write] }]\n      requestBody:", "breaking request: create", "major", "breaking request: create", "major"),
    row("the same scheme asked for by the operation itself", "createOrder", "requestBody:", "security: [{ Key: [] }]\n      requestBody:", "", "none", "", "none"),
    row("scheme added that nothing asks for", "", "    Login:", "    Other: { type: apiKey, in: header, name: X-Other }\n    Login:", "", "none", "", "none"),
    row("operation added with a scheme of its own", "/orders/{id}:", "\n    get:", "\n    put:\n      security: [{ Login: [write] }]\n      responses: { \"204\": { description: Replaced. } }\n    get:", "additive request: replace", "minor", "breaking request: replace", "major"),
    row("nothing asked for", "", "security:\n  - Key: []", "security: []", "additive request: list, create", "minor", "breaking request: list, create", "major"),
    row("key in a query", "", "Key: { type: apiKey, in: header", "Key: { type: apiKey, in: query", "breaking request: all", "major", "breaking request: all", "major"),
    row("header of the key in lower case", "", "name: X-Key", "name: x-key", "", "none", "", "none"),
    row("address of the login", "", "login.example.com", "auth.example.com", "breaking request: get", "major", "breaking request: get", "major"),
    row("parameter added", "", "- { name: X-Trace", "- { name: before, in: query, schema: { type: string } }\n        - { name: X-Trace", "additive request: list", "minor", "breaking request: list", "major"),
    row("required parameter added", "", "- { name: X-Trace", "- { name: before, in: query, required: true, schema: { type: string } }\n        - { name: X-Trace", "breaking request: list", "major", "breaking request: list", "major"),
    row("parameter required", "", "name: limit, in: query", "name: limit, in: query, required: true", "breaking request: list", "major", "additive request: list", "minor"),
    row("parameter in a header", "", "name: limit, in: query", "name: limit, in: header", "breaking request: list; additive request: list", "major", "breaking request: list; additive request: list", "major"),
    row("parameter's style", "", "name: ids, in: query", "name: ids, in: query, style: pipeDelimited, explode: false", "breaking request: list", "major", "breaking request: list", "major"),
    row("parameter not exploded", "", "name: ids, in: query", "name: ids, in: query, explode: false", "breaking request: list", "major", "breaking request: list", "major"),
    row("parameter's usual style said", "", "name: ids, in: query", "name: ids, in: query, style: form, explode: true", "", "none", "", "none"),
    row("parameter may be empty", "", "name: after, in: query", "name: after, in: query, allowEmptyValue: true", "additive request: list", "minor", "breaking request: list", "major"),
    row("parameter with reserved characters", "", "name: after, in: query", "name: after, in: query, allowReserved: true", "breaking request: list", "major", "breaking request: list", "major"),
    row("parameter as JSON", "", "name: after, in: query, schema: { type: string, format: date-time }", "name: after, in: query, content: { application/json: { schema: { type: string } } }", "breaking request: list", "major", "breaking request: list", "major"),
    row("parameter described", "", "name: theme,", "name: theme, description: Dark or light.,", "documentation: list", "none", "documentation: list", "none"),
    row("header parameter in another case", "", "name: X-Trace, in: header", "name: x-trace, in: header", "documentation: list", "none", "documentation: list", "none"),
    row("limit of a parameter raised", "", "maximum: 100", "maximum: 1000", "additive request: list", "minor", "breaking request: list", "major"),
    row("limit of a parameter no longer included", "", "maximum: 100", "maximum: 100, exclusiveMaximum: true", "breaking request: list", "major", "additive request: list", "minor"),
    row("limit said in other words", "", "minimum: 1, maximum: 100", "minimum: 0, exclusiveMinimum: true, maximum: 100", "documentation: list", "none", "documentation: list", "none"),
    row("larger numbers", "", "format: int32", "format: int64", "additive request: list", "minor", "breaking request: list", "major"),
    row("any format", "", "type: string, format: date-time } }", "type: string } }", "additive request: list", "minor", "breaking request: list", "major"),
    row("another format", "", "type: string, format: date-time } }", "type: string, format: date } }", "breaking request: list", "major", "breaking request: list", "major"),
    row("more items", "name: ids", "maxItems: 10", "maxItems: 20", "additive request: list", "minor", "breaking request: list", "major"),
    row("another order of sorting", "", "enum: [asc, desc]", "enum: [asc, desc, random]", "additive request: list", "minor", "breaking request: list", "major"),
    row("listed values in another order", "", "enum: [asc, desc]", "enum: [desc, asc]", "", "none", "", "none"),
    row("default", "", "default: asc", "default: desc", "breaking request: list", "major", "breaking request: list", "major"),
    row("no list of values", "", "type: string, enum: [asc, desc],", "type: string,", "additive request: list", "minor", "breaking request: list", "major"),
    row("pattern of a path parameter", "", "^[0-9a-f]+$", "^[0-9a-z]+$", "breaking request: get", "major", "breaking request: get", "major"),
    row("no pattern", "", "type: string, pattern: \"^[0-9a-f]+$\"", "type: string", "additive request: get", "minor", "breaking request: get", "major"),
    row("request body required", "createOrder", "requestBody:\n", "requestBody:\n        required: true\n", "breaking request: create", "major", "additive request: create", "minor"),
    row("request body gone", "createOrder", "requestBody:", "x-requestBody:", "breaking request: create; documentation: create", "major", "additive request: create; documentation: create", "minor"),
    row("media type of a request added", "createOrder", "application/json:", "application/xml: { schema: { $ref: \"#/components/schemas/Order\" } }\n          application/json:", "additive request: create", "minor", "breaking request: create", "major"),
    row("encoding of a part", "", "contentType: image/png", "contentType: image/jpeg", "breaking request: create", "major", "breaking request: create", "major"),
    row("media type of an answer gone", "", "\n            text/csv:\n              schema: { type: string }", "", "breaking response: list", "major", "additive response: list", "minor"),
    row("header of an answer gone", "", "\n            X-Next: { schema: { type: string } }", "", "breaking response: list", "major", "additive response: list", "minor"),
    row("header of an answer perhaps missing", "", "X-Total: { required: true,", "X-Total: {", "breaking response: list", "major", "additive response: list", "minor"),
    row("another success", "", "\"404\": { description: Nothing is there. }", "\"202\": { description: Later. }\n        \"404\": { description: Nothing is there. }", "breaking response: list", "major", "breaking response: list", "major"),
    row("status of an error within what is said", "", "\"404\": { description: Nothing is there. }", "\"404\": { description: Nothing is there. }\n        \"409\":\n          description: Something else.\n          content:\n            application/json: { schema: { $ref: \"#/components/schemas/Problem\" } }", "", "none", "", "none"),
    row("errors of another class", "getOrder", "4XX:", "5XX:", "breaking response: get; additive response: get", "major", "breaking response: get; additive response: get", "major"),
    row("an error with a body of its own", "", "\"404\": { description: Nothing is there. }", "\"404\": { description: Nothing is there., content: { text/plain: { schema: { type: string } } } }", "additive response: list", "minor", "breaking response: list", "major"),
    row("callback gone", "", "callbacks:", "x-callbacks:", "breaking request: create; documentation: create", "major", "additive request: create; documentation: create", "minor"),
    row("what is called back with has more", "", "carrier: { type: string }", "carrier: { type: string }\n            weight: { type: integer }", "additive response: create", "minor", "breaking response: create", "major"),
    row("what is called back with has less", "", "at: { type: string, format: date-time }", "at: { type: string }", "breaking response: create", "major", "additive response: create", "minor"),
    row("read-only property", "", "item: { type: string,", "item: { type: string, readOnly: true,", "breaking request: create", "major", "breaking request: create", "major"),
    row("read-only property that may be sent", "", "id: { type: string, readOnly: true }", "id: { type: string }", "additive request: create", "minor", "breaking request: create", "major"),
    row("write-only property that comes back", "", "secret: { type: string, writeOnly: true }", "secret: { type: string }", "additive response: all", "minor", "breaking response: all", "major"),
    row("length", "item: {", "maxLength: 40", "maxLength: 30", "breaking request: create; additive response: all", "major", "breaking response: all; additive request: create", "major"),
    row("multiple", "", "multipleOf: 2", "multipleOf: 4", "breaking request: create; additive response: all", "major", "breaking response: all; additive request: create", "major"),
    row("whole numbers only", "", "price: { type: number", "price: { type: integer", "breaking request: create; additive response: all", "major", "breaking response: all; additive request: create", "major"),
    row("zero allowed", "", ", exclusiveMinimum: true", "", "breaking response: all; additive request: create", "major", "breaking request: create; additive response: all", "major"),
    row("items unique no more", "", "minItems: 1, uniqueItems: true", "minItems: 1", "breaking response: all; additive request: create", "major", "breaking request: create; additive response: all", "major"),
    row("items of another type", "", "uniqueItems: true, items: { type: string }", "uniqueItems: true, items: { type: integer }", "breaking both: all", "major", "breaking both: all", "major"),
    row("items of any kind", "", "uniqueItems: true, items: { type: string }", "uniqueItems: true, items: {}", "breaking response: all; additive request: create", "major", "breaking request: create; additive response: all", "major"),
    row("an empty list allowed", "", "minItems: 1,", "", "breaking response: all; additive request: create", "major", "breaking request: create; additive response: all", "major"),
    row("more notes", "", "maxProperties: 5", "maxProperties: 6", "breaking response: all; additive request: create", "major", "breaking request: create; additive response: all", "major"),
    row("notes of any kind", "", "additionalProperties: { type: string }", "additionalProperties: true", "breaking response: all; additive request: create", "major", "breaking request: create; additive response: all", "major"),
    row("notes that are numbers", "", "additionalProperties: { type: string }", "additionalProperties: { type: integer }", "breaking both: all", "major", "breaking both: all", "major"),
    row("another state", "", "enum: [open, closed]", "enum: [open, closed, lost]", "breaking response: all; additive request: create", "major", "breaking request: create; additive response: all", "major"),
    row("one state less", "", "enum: [open, closed]", "enum: [open]", "breaking request: create; additive response: all", "major", "breaking response: all; additive request: create", "major"),
    row("a constant", "", "enum: [order]", "enum: [Order]", "breaking both: all", "major", "breaking both: all", "major"),
    row("another way to pay", "", "- $ref: \"#/components/schemas/Invoice\"", "- $ref: \"#/components/schemas/Invoice\"\n        - { type: object, required: [by], properties: { by: { type: string, enum: [Cash] } } }", "breaking response: all; additive request: create", "major", "breaking request: create; additive response: all", "major"),
    row("alternatives of which more than one may fit", "", "Paying:\n      oneOf:", "Paying:\n      anyOf:", "", "none", "", "none"),
    row("an alternative that has more", "", "number: { type: string }", "number: { type: string }\n        holder: { type: string }", "additive both: all", "minor", "breaking both: all", "major"),
    row("discriminator", "", "propertyName: by", "propertyName: kind", "breaking both: all", "major", "breaking both: all", "major"),
    row("parts of another kind", "", "parts: { type: array, items: { $ref: \"#/components/schemas/Order\" } }", "parts: { type: array, items: { $ref: \"#/components/schemas/Event\" } }", "breaking both: all", "major", "breaking both: all", "major"),
    row("null", "", "comment: { type: string, nullable: true,", "comment: { type: string,", "breaking request: create; additive response: all", "major", "breaking response: all; additive request: create", "major"),
    row("description of a property", "", "What the customer says.", "What the customer has to say.", "documentation: all", "none", "documentation: all", "none"),
    row("example", "", "example: Soon", "example: Later", "documentation: all", "none", "documentation: all", "none"),
    row("what is excluded", "", "not: { type: string, maxLength: 3 }", "not: { type: string, maxLength: 2 }", "breaking response: all; additive request: create", "major", "breaking request: create; additive response: all", "major"),
    row("nothing excluded", "", "not_a_name: { not: { type: string, maxLength: 3 } }", "not_a_name: {}", "breaking response: all; additive request: create", "major", "breaking request: create; additive response: all", "major"),
    row("another alternative", "", "anyOf: [{ type: string }, { type: integer }]", "anyOf: [{ type: string }, { type: integer }, { type: boolean }]", "breaking response: all; additive request: create", "major", "breaking request: create; additive response: all", "major"),
    row("an alternative that is within another", "", "anyOf: [{ type: string }, { type: integer }]", "anyOf: [{ type: string }, { type: integer }, { type: string, maxLength: 3 }]", "", "none", "", "none"),
    row("a property required", "", "required: [item, amount]", "required: [item, amount, state]", "breaking request: create; additive response: all", "major", "breaking response: all; additive request: create", "major"),
    row("a property with a default", "", "labels: { type: array,", "labels: { type: array, default: [a],", "breaking request: create", "major", "breaking request: create", "major"),
    row("a property gone", "", "        kind: { type: string, enum: [order] }\n", "", "breaking both: all", "major", "additive both: all", "minor"),
    row("a property added to what is open", "", "kind: { type: string", "color: { type: string }\n        kind: { type: string", "additive both: all", "minor", "breaking both: all", "major"),
    row("a required property added", "", "required: [item, amount]\n      properties:", "required: [item, amount, color]\n      properties:\n        color: { type: string }", "breaking request: create; additive response: all", "major", "breaking both: all", "major"),
    row("a property added to what is closed", "", "code: { type: integer }", "code: { type: integer }\n        place: { type: string }", "breaking response: list, get", "major", "breaking response: list, get", "major"),
    row("a closed object opened", "", "additionalProperties: false", "additionalProperties: true", "breaking response: list, get", "major", "additive response: list, get", "minor"),
    row("an open object closed", "", "required: [at]\n      additionalProperties: true", "required: [at]\n      additionalProperties: false", "additive response: create", "minor", "breaking response: create", "major"),
    row("a reference inlined", "", "parts: { type: array, items: { $ref: \"#/components/schemas/Order\" } }", "parts: { type: array, items: { allOf: [{ $ref: \"#/components/schemas/Order\" }] } }", "", "none", "", "none"),
    row("type left out", "", "kind: { type: string, enum: [order] }", "kind: { enum: [order] }", "documentation: all", "none", "documentation: all", "none"),
    row("header of an answer with a name like that of an extension", "", "X-Next: { schema: { type: string } }", "x-next: { schema: { type: string } }", "documentation: list", "none", "documentation: list", "none"),
    row("scope with a name like that of an extension", "", "write: Write }", "write: Write, x-all: All }", "additive request: get", "minor", "breaking request: get", "major"),
    row("a required read-only property that may be sent", "", "required: [item, amount]\n      properties:\n        id: { type: string, readOnly: true }", "required: [item, amount, id]\n      properties:\n        id: { type: string }", "breaking request: create; additive response: all", "major", "breaking response: all; breaking request: create", "major"),
    row("a read-only property of fewer values", "", "id: { type: string, readOnly: true }", "id: { type: string, readOnly: true, maxLength: 9 }", "additive response: all", "minor", "breaking response: all", "major"),
    row("a mapping that was implied", "", "{ propertyName: by }", "{ propertyName: by, mapping: { Card: Card } }", "", "none", "", "none"),
    row("another name for an alternative", "", "{ propertyName: by }", "{ propertyName: by, mapping: { card: Card } }", "breaking response: all; breaking request: create; additive request: create; additive response: all", "major", "breaking response: all; breaking request: create; additive request: create; additive response: all", "major"),
    row("nothing left of a body", "createOrder", "schemas/Order", "schemas/Event", "breaking request: create", "major", "breaking request: create", "major"),
    row("a number that floating point does not tell from another", "", "maximum: 100 }", "maximum: 9007199254740993 }", "additive request: list", "minor", "breaking request: list", "major"),
    row("a server where OpenAPI has one anyway", "", "\nservers:\n  - url: https://api.example.com/v1\n  - url: https://eu.example.com/v1", "", "breaking request; additive request", "major", "breaking request; additive request", "major"),
    row("property deprecated", "", "kind: { type: string,", "kind: { type: string, deprecated: true,", "documentation: all", "none", "documentation: all", "none"),
];

/// The operations by short names; all of them together are `all`.
const OPERATIONS: [(&str, &str); 17] = [
    ("GET /app/group", "list"),
    ("GET /app/groups", "list"),
    ("POST /app/group", "create"),
    ("POST /app/groups", "create"),
    ("PATCH /app/group/{uuid}", "update"),
    ("PATCH /app/group/{id}", "update"),
    ("PUT /app/group/{uuid}", "update"),
    ("DELETE /app/group/{uuid}", "delete"),
    ("DELETE /app/group/{id}", "delete"),
    ("GET /app/group/{uuid}/users", "users"),
    ("POST /app/group/{uuid}/users", "add_users"),
    ("PATCH /app/group/{uuid}/users/{sip_user_uuid}", "add_user"),
    (
        "DELETE /app/group/{uuid}/users/{sip_user_uuid}",
        "remove_user",
    ),
    ("GET /orders", "list"),
    ("POST /orders", "create"),
    ("PUT /orders", "create"),
    ("PUT /orders/{id}", "replace"),
];
const ALL: [&str; 2] = [
    "list, create, update, delete, users, add_users, add_user, remove_user",
    "list, create, get",
];

fn compared(base: &str, head: &str) -> Report {
    let side = |text: &str| {
        let source = Source::new("spec.yaml", text);
        let document = load(source.clone()).expect("YAML");
        let version = document
            .root
            .pointer("/info/version")
            .and_then(Node::as_str);
        Side {
            sources: source.into(),
            name: "spec.yaml".to_owned(),
            version: version.and_then(|version| version.parse().ok()),
            link: None,
        }
    };
    review(side(base), side(head)).expect("OpenAPI 3.0")
}

/// The changes as the table has them, each once.
fn said(report: &Report) -> (String, String) {
    let mut lines: Vec<String> = Vec::new();
    for change in &report.wire {
        let short = |title: &String| {
            let known = OPERATIONS.iter().find(|(known, _)| known == title);
            known.map_or("get", |(_, short)| short)
        };
        let operations: Vec<&str> = change.operations.iter().map(short).collect();
        let mut operations = operations.join(", ");
        if ALL.contains(&operations.as_str()) {
            operations = "all".to_owned();
        }
        let direction = match change.direction {
            Direction::Metadata => String::new(),
            direction => format!(" {direction}"),
        };
        let line = match operations.is_empty() {
            true => format!("{}{direction}", change.level),
            false => format!("{}{direction}: {operations}", change.level),
        };
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    (lines.join("; "), report.required.to_string())
}

#[test]
fn every_change_has_the_level_that_is_expected() {
    let of_groups = OF_GROUPS.iter().map(|row| (GROUPS, row));
    let of_orders = OF_ORDERS.iter().map(|row| (ORDERS, row));
    let mut wrong = Vec::new();
    for (spec, row) in of_groups.chain(of_orders) {
        let known = MUTATIONS.iter().find(|mutation| mutation.name == row.name);
        let edit = row.edit.as_ref().or(known).expect(row.name);
        let edited = edit.of(spec).expect(row.name);
        for (what, base, head, expected) in [
            ("forth", spec, edited.as_str(), row.forth),
            ("back", edited.as_str(), spec, row.back),
        ] {
            let (changes, bump) = said(&compared(base, head));
            if (changes.as_str(), bump.as_str()) != expected {
                wrong.push(format!("{}, {what}: {changes:?}, {bump:?}", row.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_has_every_known_change() {
    let known = MUTATIONS
        .iter()
        .filter(|mutation| mutation.of(GROUPS).is_some());
    let missing: Vec<&str> = known
        .map(|mutation| mutation.name)
        .filter(|name| !OF_GROUPS.iter().any(|row| row.name == *name))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(OF_GROUPS.len() + OF_ORDERS.len() >= 80);
}

/// Without a mapping, the name of an alternative is what its discriminator says.
#[test]
fn alternatives_may_not_have_other_names() {
    let renamed = ORDERS
        .replace("schemas/Card", "schemas/Cash")
        .replace("    Card:", "    Cash:");
    for (base, head) in [(ORDERS, renamed.as_str()), (&renamed, ORDERS)] {
        assert_eq!(compared(base, head).required.to_string(), "major");
    }
}

/// Two paths may be the same path item, and a callback may be one that is said elsewhere.
#[test]
fn path_items_by_reference_are_looked_into() {
    let alias = ORDERS.replace(
        "components:\n",
        "  /order/{id}: { $ref: \"#/paths/~1orders~1{id}\" }\ncomponents:\n",
    );
    let (added, gone) = (compared(ORDERS, &alias), compared(&alias, ORDERS));
    assert_eq!(said(&added).1, "minor", "{:?}", added.wire);
    assert_eq!(said(&gone).1, "major", "{:?}", gone.wire);
}

/// An example that several operations refer to is one change of each.
#[test]
fn what_is_referred_to_is_looked_into() {
    for (from, to) in [
        ("name: Sales EMEA", "name: Sales APAC"),
        ("Sales", "Support"),
    ] {
        let edited = GROUPS.replace(from, to);
        assert_ne!(edited, GROUPS);
        let report = compared(GROUPS, &edited);
        let texts = report
            .wire
            .iter()
            .filter(|change| change.message.contains("example"));
        assert!(texts.count() > 0, "{from}: {:?}", report.wire);
        assert_eq!(report.required.to_string(), "none", "{from}");
    }
}

/// Names of components and security schemes are on no wire.
#[test]
fn components_may_have_other_names() {
    for (from, to) in [("Event", "Happening"), (" Key:", " ApiKey:")] {
        let renamed = ORDERS.replace(from, to);
        assert_ne!(renamed, ORDERS);
        for (base, head) in [(ORDERS, renamed.as_str()), (&renamed, ORDERS)] {
            let report = compared(base, head);
            assert!(report.wire.is_empty(), "{from}: {:?}", report.wire);
        }
    }
}
