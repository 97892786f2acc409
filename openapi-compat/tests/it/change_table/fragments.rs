//! Rows of the table for fragments of a small document: one place, and two values of it.
//!
//! Each row names the text of OpenAPI or HTTP that decides it, if the level is not obvious.

use Place::{Document, Operation, Parameters, Request, Response, Responses, Schema};

/// The part of the document that a row replaces.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Place {
    /// Keywords of the document.
    Document,
    /// Keywords of the operation.
    Operation,
    /// The items of `parameters`.
    Parameters,
    /// The members of `content` of the request body.
    Request,
    /// The members of `responses`.
    Responses,
    /// The members of `content` of the response.
    Response,
    /// The members of a schema in the request and in the response.
    Schema,
}

/// A row of the table.
pub(crate) struct Fragments {
    pub(crate) name: &'static str,
    pub(crate) place: Place,
    pub(crate) base: &'static str,
    pub(crate) head: &'static str,
    /// The changes from `base` to `head`.
    pub(crate) forward: &'static str,
    /// The changes from `head` to `base`.
    pub(crate) backward: &'static str,
}

/// Returns the document with a fragment at a place.
pub(crate) fn document(place: Place, fragment: &str) -> String {
    let part = |own: Place, default: &'static str| match own == place {
        true => fragment.to_owned(),
        false => default.to_owned(),
    };
    let schema = part(Schema, "type: object");
    let json = format!("application/json: {{ schema: {{ {schema} }} }}");
    let content = |own: Place| match own == place {
        true => fragment.to_owned(),
        false => json.clone(),
    };
    let response = format!(
        "\"200\": {{ description: Done., content: {{ {} }} }}",
        content(Response)
    );
    let responses = match place {
        Responses => fragment.to_owned(),
        _ => response,
    };
    let parameters = part(Parameters, "");
    let operation = part(Operation, "tags: [parcels]");
    let request = content(Request);
    let root = part(Document, "tags: []");
    format!(
        "openapi: 3.0.3
info: {{ title: Parcels, version: 1.0.0 }}
{root}
paths:
  /parcels:
    post:
      {operation}
      parameters: [{parameters}]
      requestBody: {{ required: true, content: {{ {request} }} }}
      responses: {{ {responses} }}
components:
  securitySchemes:
    token: {{ type: http, scheme: bearer }}
    key: {{ type: apiKey, in: header, name: X-Key }}
    login:
      type: oauth2
      flows: {{ clientCredentials: {{ tokenUrl: https://login.example/token, scopes: {{ read: Read, write: Write }} }} }}
"
    )
}

const fn row(
    name: &'static str,
    place: Place,
    [base, head]: [&'static str; 2],
    [forward, backward]: [&'static str; 2],
) -> Fragments {
    Fragments {
        name,
        place,
        base,
        head,
        forward,
        backward,
    }
}

const UNCHANGED: [&str; 2] = ["", ""];
const DOCUMENTATION: [&str; 2] = ["documentation: get", "documentation: get"];
const WIDER_REQUEST: [&str; 2] = ["additive request: get", "breaking request: get"];
const WIDER_RESPONSE: [&str; 2] = ["breaking response: get", "additive response: get"];

#[rustfmt::skip] // a table
pub(crate) const ROWS: &[Fragments] = &[
    // RFC 8259, section 11: JSON has no `charset`. RFC 9110, section 8.3.1: letter case, quoted values.
    row("charset of JSON in a response", Response, ["application/json: {}", "application/json; charset=utf-8: {}"], DOCUMENTATION),
    row("charset of JSON in a request", Request, ["application/json: {}", "'application/json;charset=\"UTF-8\"': {}"], DOCUMENTATION),
    row("charset of JSON with a suffix", Request, ["application/problem+json: {}", "application/problem+json; charset=utf-8: {}"], DOCUMENTATION),
    row("charset of a form", Request, ["application/x-www-form-urlencoded: {}", "application/x-www-form-urlencoded; charset=utf-8: {}"], DOCUMENTATION),
    row("letter case of a media type", Request, ["application/json: {}", "Application/JSON: {}"], DOCUMENTATION),
    row("letter case of a parameter's name and of a charset", Response, ["text/csv; charset=utf-8: {}", "text/csv;Charset=UTF-8: {}"], DOCUMENTATION),
    row("quoted value of a media type's parameter", Response, ["text/csv; header=present: {}", "'text/csv; header=\"present\"': {}"], DOCUMENTATION),
    row("letter case of the value of a media type's parameter", Response, ["text/csv; header=present: {}", "text/csv; header=Present: {}"], ["breaking response: get; additive response: get", "breaking response: get; additive response: get"]),
    row("charset of a text dropped", Request, ["text/plain; charset=utf-8: {}", "text/plain: {}"], WIDER_REQUEST),
    row("version of a media type added", Request, ["application/json: {}", "application/json; version=2: {}"], ["breaking request: get", "additive request: get"]),
    row("media type written twice", Request, ["application/json: {}", "application/json: {}, application/json; charset=utf-8: {}"], UNCHANGED),
    // A key is a media type or a range, and the most specific one applies (OpenAPI, Response Object).
    row("media type widened to a range in a request", Request, ["application/json: {}", "application/*: {}"], WIDER_REQUEST),
    row("media type widened to any in a request", Request, ["application/json: {}", "'*/*': {}"], WIDER_REQUEST),
    row("range narrowed in a request while another one covers it", Request, ["application/*: {}, '*/*': {}", "application/json: {}, '*/*': {}"], DOCUMENTATION),
    row("media type widened to a range in a response", Response, ["application/json: {}", "application/*: {}"], WIDER_RESPONSE),
    row("media type widened to any in a response", Response, ["application/json: {}", "'*/*': {}"], WIDER_RESPONSE),
    row("media type described beside its range in a request", Request, ["'*/*': {}", "'*/*': {}, application/json: {}"], DOCUMENTATION),
    row("media type described beside its range in a response", Response, ["'*/*': {}", "'*/*': {}, application/json: {}"], ["additive response: get", "breaking response: get"]),
    row("range added beside a media type in a response", Response, ["application/json: {}", "application/json: {}, text/*: {}"], ["additive response: get", "breaking response: get"]),
    row("structured suffix is no range", Request, ["application/json: {}", "application/problem+json: {}"], ["breaking request: get; additive request: get", "breaking request: get; additive request: get"]),
    row("schema of a media type and of its range", Request, ["application/json: { schema: { type: string, maxLength: 9 } }", "application/*: { schema: { type: string, maxLength: 5 } }"], ["breaking request: get; additive request: get", "breaking request: get; additive request: get"]),
    row("schema of a range and of a media type within it", Response, ["'*/*': { schema: { type: string, maxLength: 5 } }", "application/json: { schema: { type: string, maxLength: 9 } }"], ["breaking response: get; additive response: get", "breaking response: get; additive response: get"]),
    // Defaults of an encoding (OpenAPI 3.0.3, Encoding Object).
    row("default media type of a text part", Request, ["multipart/form-data: { schema: { type: object, properties: { a: { type: string } } } }", "multipart/form-data: { schema: { type: object, properties: { a: { type: string } } }, encoding: { a: { contentType: text/plain } } }"], UNCHANGED),
    row("default media type of an object part", Request, ["multipart/form-data: { schema: { type: object, properties: { a: { type: object } } } }", "multipart/form-data: { schema: { type: object, properties: { a: { type: object } } }, encoding: { a: { contentType: application/JSON } } }"], UNCHANGED),
    row("default media type of parts of a list", Request, ["multipart/form-data: { schema: { type: object, properties: { a: { type: array, items: { type: integer } } } } }", "multipart/form-data: { schema: { type: object, properties: { a: { type: array, items: { type: integer } } } }, encoding: { a: { contentType: text/plain } } }"], UNCHANGED),
    row("default media type of a binary part", Request, ["multipart/form-data: { schema: { type: object, properties: { a: { type: string, format: binary } } } }", "multipart/form-data: { schema: { type: object, properties: { a: { type: string, format: binary } } }, encoding: { a: { contentType: application/octet-stream } } }"], UNCHANGED),
    row("other media type of a text part", Request, ["multipart/form-data: { schema: { type: object, properties: { a: { type: string } } } }", "multipart/form-data: { schema: { type: object, properties: { a: { type: string } } }, encoding: { a: { contentType: text/html } } }"], ["breaking request: get", "breaking request: get"]),
    row("further media type of a part", Request, ["multipart/form-data: { schema: { type: object, properties: { a: { type: string, format: binary } } }, encoding: { a: { contentType: image/png } } }", "multipart/form-data: { schema: { type: object, properties: { a: { type: string, format: binary } } }, encoding: { a: { contentType: 'image/jpeg, image/png' } } }"], WIDER_REQUEST),
    row("media type of a part widened to a range", Request, ["multipart/form-data: { schema: { type: object, properties: { a: { type: string, format: binary } } }, encoding: { a: { contentType: image/png } } }", "multipart/form-data: { schema: { type: object, properties: { a: { type: string, format: binary } } }, encoding: { a: { contentType: image/* } } }"], WIDER_REQUEST),
    row("default style of a property of a form", Request, ["application/x-www-form-urlencoded: { schema: { type: object, properties: { a: { type: array, items: { type: string } } } } }", "application/x-www-form-urlencoded: { schema: { type: object, properties: { a: { type: array, items: { type: string } } } }, encoding: { a: { style: form, explode: true, allowReserved: false } } }"], UNCHANGED),
    row("explode of a property of a form", Request, ["application/x-www-form-urlencoded: { schema: { type: object, properties: { a: { type: array, items: { type: string } } } } }", "application/x-www-form-urlencoded: { schema: { type: object, properties: { a: { type: array, items: { type: string } } } }, encoding: { a: { explode: false } } }"], ["breaking request: get", "breaking request: get"]),
    row("encoded property removed", Request, ["application/x-www-form-urlencoded: { schema: { type: object, properties: { a: { type: array, items: { type: string } } } }, encoding: { a: { explode: false } } }", "application/x-www-form-urlencoded: { schema: { type: object, properties: { b: { type: string } } }, encoding: { a: { explode: false } } }"], ["breaking request: get; additive request: get", "breaking request: get; additive request: get"]),
    row("encoding of JSON has no meaning", Request, ["application/json: { schema: { type: object, properties: { a: { type: string } } } }", "application/json: { schema: { type: object, properties: { a: { type: string } } }, encoding: { a: { contentType: text/html } } }"], DOCUMENTATION),
    row("required header of a part", Request, ["multipart/form-data: { schema: { type: object, properties: { a: { type: string } } }, encoding: { a: {} } }", "multipart/form-data: { schema: { type: object, properties: { a: { type: string } } }, encoding: { a: { headers: { X-Id: { required: true, schema: { type: string } } } } } }"], ["breaking request: get", "breaking request: get"]),
    // Defaults of parameters and headers.
    row("defaults of a query parameter", Parameters, ["{ name: a, in: query, schema: { type: array, items: { type: string } } }", "{ name: a, in: query, required: false, deprecated: false, allowEmptyValue: false, allowReserved: false, style: form, explode: true, schema: { type: array, items: { type: string } } }"], UNCHANGED),
    row("defaults of a header parameter", Parameters, ["{ name: a, in: header, schema: { type: object } }", "{ name: a, in: header, required: false, style: simple, explode: false, schema: { type: object } }"], UNCHANGED),
    row("defaults of a response header", Responses, ["\"200\": { description: Done., headers: { X-A: { schema: { type: string } } } }", "\"200\": { description: Done., headers: { X-A: { required: false, deprecated: false, style: simple, explode: false, schema: { type: string } } } }"], UNCHANGED),
    // `explode` "has no effect" on primitive values, and the same one on arrays of the style `simple`.
    row("explode of a text", Parameters, ["{ name: a, in: query, schema: { type: string } }", "{ name: a, in: query, explode: false, schema: { type: string } }"], DOCUMENTATION),
    row("explode of a list in a header", Parameters, ["{ name: a, in: header, schema: { type: array, items: { type: string } } }", "{ name: a, in: header, explode: true, schema: { type: array, items: { type: string } } }"], DOCUMENTATION),
    row("explode of an object in a header", Parameters, ["{ name: a, in: header, schema: { type: object } }", "{ name: a, in: header, explode: true, schema: { type: object } }"], ["breaking request: get", "breaking request: get"]),
    row("explode of a deep object", Parameters, ["{ name: a, in: query, style: deepObject, schema: { type: object } }", "{ name: a, in: query, style: deepObject, explode: true, schema: { type: object } }"], DOCUMENTATION),
    row("reserved characters in a header", Parameters, ["{ name: a, in: header, schema: { type: string } }", "{ name: a, in: header, allowReserved: true, schema: { type: string } }"], UNCHANGED),
    // OpenAPI ignores these parameters, because other parts of a document describe them.
    row("ignored header parameters", Parameters, ["", "{ name: Accept, in: header, required: true, schema: { type: string } }, { name: content-type, in: header, required: true, schema: { type: string } }, { name: Authorization, in: header, required: true, schema: { type: string } }"], UNCHANGED),
    row("ignored response header", Responses, ["\"200\": { description: Done. }", "\"200\": { description: Done., headers: { Content-Type: { required: true, schema: { type: string } } } }"], UNCHANGED),
    // An exploded object of the style `form` is transmitted as its properties.
    row("exploded object separated", Parameters, ["{ name: filter, in: query, schema: { type: object, properties: { a: { type: string }, b: { type: integer } } } }", "{ name: a, in: query, schema: { type: string } }, { name: b, in: query, schema: { type: integer } }"], DOCUMENTATION),
    row("exploded object separated, with all required", Parameters, ["{ name: filter, in: query, required: true, schema: { type: object, required: [a], properties: { a: { type: string }, b: { type: integer } } } }", "{ name: a, in: query, required: true, schema: { type: string } }, { name: b, in: query, schema: { type: integer } }"], DOCUMENTATION),
    row("exploded object separated, with one required only beside others", Parameters, ["{ name: filter, in: query, schema: { type: object, required: [a], properties: { a: { type: string }, b: { type: integer } } } }", "{ name: a, in: query, required: true, schema: { type: string } }, { name: b, in: query, schema: { type: integer } }"], ["breaking request: get; documentation: get", "additive request: get; documentation: get"]),
    row("exploded object separated and narrowed", Parameters, ["{ name: filter, in: query, schema: { type: object, properties: { a: { type: string }, b: { type: integer } } } }", "{ name: a, in: query, schema: { type: string, maxLength: 3 } }"], ["breaking request: get; documentation: get", "additive request: get; documentation: get"]),
    row("exploded object renamed", Parameters, ["{ name: filter, in: query, schema: { type: object, properties: { a: { type: string } } } }", "{ name: search, in: query, schema: { type: object, properties: { a: { type: string } } } }"], DOCUMENTATION),
    row("exploded object no longer exploded", Parameters, ["{ name: filter, in: query, schema: { type: object, properties: { a: { type: string } } } }", "{ name: filter, in: query, explode: false, schema: { type: object, properties: { a: { type: string } } } }"], ["breaking request: get", "breaking request: get"]),
    row("deep object separated", Parameters, ["{ name: filter, in: query, style: deepObject, explode: true, schema: { type: object, properties: { a: { type: string } } } }", "{ name: a, in: query, schema: { type: string } }"], ["breaking request: get; additive request: get", "breaking request: get; additive request: get"]),
    row("exploded object with assertions separated", Parameters, ["{ name: filter, in: query, schema: { type: object, minProperties: 1, properties: { a: { type: string } } } }", "{ name: a, in: query, schema: { type: string } }"], ["breaking request: get; additive request: get", "breaking request: get; additive request: get"]),
    row("exploded object with other properties of a type separated", Parameters, ["{ name: filter, in: query, schema: { type: object, additionalProperties: { type: integer }, properties: { a: { type: string } } } }", "{ name: a, in: query, schema: { type: string } }"], ["breaking request: get; additive request: get", "breaking request: get; additive request: get"]),
    row("exploded object without other properties separated", Parameters, ["{ name: filter, in: query, schema: { type: object, additionalProperties: false, properties: { a: { type: string } } } }", "{ name: a, in: query, schema: { type: string } }"], DOCUMENTATION),
    // Servers are the URLs that they stand for.
    row("server variable renamed", Document, ["servers: [{ url: 'https://{shop}.example', variables: { shop: { default: corner } } }]", "servers: [{ url: 'https://{shop_name}.example', variables: { shop_name: { default: corner } } }]"], ["documentation", "documentation"]),
    row("server variable with the same value as the text", Document, ["servers: [{ url: https://desk.example/v1 }]", "servers: [{ url: 'https://{host}/v1', variables: { host: { default: desk.example, enum: [desk.example] } } }]"], ["documentation", "documentation"]),
    row("server variable with a further value than the text", Document, ["servers: [{ url: https://desk.example/v1 }]", "servers: [{ url: 'https://{host}/v1', variables: { host: { default: desk.example, enum: [desk.example, desk.test] } } }]"], ["additive request", "breaking request"]),
    row("server variable with any value instead of the text", Document, ["servers: [{ url: https://desk.example/v1 }]", "servers: [{ url: 'https://{host}/v1', variables: { host: { default: desk.example } } }]"], ["additive request", "breaking request"]),
    row("servers merged with a variable", Document, ["servers: [{ url: https://eu.example }, { url: https://us.example }]", "servers: [{ url: 'https://{region}.example', variables: { region: { default: eu, enum: [eu, us] } } }]"], ["documentation", "documentation"]),
    row("value of a server variable added", Document, ["servers: [{ url: 'https://{region}.example', variables: { region: { default: eu, enum: [eu] } } }]", "servers: [{ url: 'https://{region}.example', variables: { region: { default: eu, enum: [eu, us] } } }]"], ["additive request", "breaking request"]),
    row("values of a server variable listed", Document, ["servers: [{ url: 'https://{region}.example', variables: { region: { default: eu } } }]", "servers: [{ url: 'https://{region}.example', variables: { region: { default: eu, enum: [eu, us] } } }]"], ["breaking request", "additive request"]),
    row("default of the first server's variable", Document, ["servers: [{ url: 'https://{region}.example', variables: { region: { default: eu, enum: [eu, us] } } }]", "servers: [{ url: 'https://{region}.example', variables: { region: { default: us, enum: [eu, us] } } }]"], ["breaking request", "breaking request"]),
    row("default of another server's variable", Document, ["servers: [{ url: /v1 }, { url: 'https://{region}.example', variables: { region: { default: eu, enum: [eu, us] } } }]", "servers: [{ url: /v1 }, { url: 'https://{region}.example', variables: { region: { default: us, enum: [eu, us] } } }]"], ["breaking request", "breaking request"]),
    row("misspelled server variable corrected", Document, ["servers: [{ url: 'https://{shop-name}.example', variables: { shop: { default: corner } } }]", "servers: [{ url: 'https://{shop}.example', variables: { shop: { default: corner } } }]"], ["documentation", "documentation"]),
    row("server variable described", Document, ["servers: [{ url: 'https://{region}.example', variables: { region: { default: eu } } }]", "servers: [{ url: 'https://{region}.example', variables: { region: { default: eu, description: Where. } } }]"], ["documentation", "documentation"]),
    // RFC 9110, section 4.2.3: scheme and host ignore letter case, the default port can be omitted.
    row("form of a value in XML", Response, ["application/xml: { schema: { type: integer } }", "application/xml: { schema: { type: integer, xml: { name: grams } } }"], ["breaking response: get", "breaking response: get"]),
    row("server spelled in another way", Document, ["servers: [{ url: https://desk.example/v1 }]", "servers: [{ url: HTTPS://Desk.Example:443/v1/ }]"], ["documentation", "documentation"]),
    row("letter case of a server's path", Document, ["servers: [{ url: https://desk.example/v1 }]", "servers: [{ url: https://desk.example/V1 }]"], ["breaking request; additive request", "breaking request; additive request"]),
    row("default server", Document, ["tags: []", "servers: [{ url: / }]"], UNCHANGED),
    row("empty lists of the document", Document, ["externalDocs: { url: https://docs.example }", "externalDocs: { url: https://docs.example }\nservers: []\nsecurity: []\ntags: []"], UNCHANGED),
    row("servers repeated by the operation", Operation, ["tags: []", "servers: [{ url: / }]"], UNCHANGED),
    row("other servers of the operation", Operation, ["tags: []", "servers: [{ url: /v2 }]"], ["breaking request: get; additive request: get", "breaking request: get; additive request: get"]),
    // Defaults of an operation.
    row("defaults of an operation", Operation, ["operationId: send", "operationId: send\n      deprecated: false\n      tags: []\n      security: []\n      servers: []\n      callbacks: {}"], UNCHANGED),
    // "For other security scheme types, the array MUST be empty" (OpenAPI 3.0.3).
    row("scopes of a scheme without scopes", Operation, ["security: [{ token: [read] }]", "security: [{ token: [write] }]"], DOCUMENTATION),
    row("scopes of a scheme without scopes added", Operation, ["security: [{ key: [] }]", "security: [{ key: [read, write] }]"], DOCUMENTATION),
    row("scopes of oauth2", Operation, ["security: [{ login: [read] }]", "security: [{ login: [read, write] }]"], ["breaking request: get", "additive request: get"]),
    row("security made optional", Operation, ["security: [{ token: [] }]", "security: [{ token: [] }, {}]"], ["additive request: get", "breaking request: get"]),
    row("no security written out", Operation, ["tags: []", "security: [{}]"], UNCHANGED),
    // Names of callbacks are not transmitted.
    row("callback renamed", Operation, ["callbacks: { sent: { '{$request.query.url}': { post: { responses: { \"204\": { description: Read. } } } } } }", "callbacks: { onSent: { '{$request.query.url}': { post: { responses: { \"204\": { description: Read. } } } } } }"], DOCUMENTATION),
    row("address of a callback changed", Operation, ["callbacks: { sent: { '{$request.query.url}': { post: { responses: { \"204\": { description: Read. } } } } } }", "callbacks: { sent: { '{$request.query.target}': { post: { responses: { \"204\": { description: Read. } } } } } }"], ["breaking response: get; additive response: get", "breaking response: get; additive response: get"]),
    // Statuses and their classes.
    row("error described within its class", Responses, ["\"200\": { description: Done. }, 4XX: { description: Wrong. }", "\"200\": { description: Done. }, 4XX: { description: Wrong. }, \"404\": { description: Wrong. }"], UNCHANGED),
    row("class of errors narrowed", Responses, ["\"200\": { description: Done. }, 4XX: { description: Wrong. }", "\"200\": { description: Done. }, \"404\": { description: Wrong. }"], ["additive response: get", "additive response: get"]),
    row("success widened to its class", Responses, ["\"200\": { description: Done. }", "2XX: { description: Done. }"], WIDER_RESPONSE),
    row("default response split into classes of errors", Responses, ["\"200\": { description: Done. }, default: { description: Wrong. }", "\"200\": { description: Done. }, 4XX: { description: Wrong. }, 5XX: { description: Wrong. }"], ["additive response: get", "additive response: get"]),
    row("error described beside the default response", Responses, ["\"200\": { description: Done. }, default: { description: Wrong. }", "\"200\": { description: Done. }, \"404\": { description: Wrong. }, default: { description: Wrong. }"], UNCHANGED),
    row("success described beside a default response for everything", Responses, ["default: { description: Done. }", "\"200\": { description: Done. }, default: { description: Done. }"], UNCHANGED),
    row("required response header added", Responses, ["\"200\": { description: Done. }", "\"200\": { description: Done., headers: { X-A: { required: true, schema: { type: string } } } }"], ["additive response: get", "breaking response: get"]),
    // Defaults of a schema.
    row("defaults of an object schema", Schema, ["type: object", "type: object, additionalProperties: true, required: [], nullable: false, minProperties: 0, properties: {}, deprecated: false, readOnly: false, writeOnly: false"], UNCHANGED),
    row("defaults of an array schema", Schema, ["type: array, items: {}", "type: array, items: {}, uniqueItems: false, minItems: 0, nullable: false"], UNCHANGED),
    row("defaults of a string schema", Schema, ["type: string", "type: string, minLength: 0, nullable: false"], UNCHANGED),
    row("defaults of a number schema", Schema, ["type: number, minimum: 3, maximum: 5", "type: number, minimum: 3, maximum: 5, exclusiveMinimum: false, exclusiveMaximum: false"], UNCHANGED),
    row("additional properties of any value", Schema, ["type: object", "type: object, additionalProperties: {}"], UNCHANGED),
];
