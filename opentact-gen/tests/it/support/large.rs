//! A spec of any size, in the style of `openapi/groups.yaml`. It passes all rules. `benches/generation`
//! and the tests of `openapi-compat` use it, too.

use std::fmt::Write as _;

const HEAD: &str = "\
openapi: 3.0.3
info: { title: Large, version: 1.0.0, description: Things and their users. }
servers:
  - url: https://api.example.com/rest
security:
  - Token: []
paths:
";

const SHARED: &str = r##"components:
  securitySchemes:
    Token: { type: apiKey, in: header, name: X-Auth-Token }
  parameters:
    Uuid:
      name: uuid
      in: path
      required: true
      description: The thing's UUID.
      schema: { $ref: "#/components/schemas/Uuid" }
      example: 0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41
  responses:
    ClientError:
      description: The request was refused.
      content:
        application/json:
          schema: { $ref: "#/components/schemas/ErrorEnvelope" }
          examples:
            notFound: { $ref: "#/components/examples/NotFound" }
    ServerError:
      description: The server failed.
      content:
        application/json:
          schema: { $ref: "#/components/schemas/ErrorEnvelope" }
"##;

const SHARED_SCHEMAS: &str = r##"  schemas:
    Uuid:
      description: A UUID in the form in which it is sent, in lower case with hyphens.
      type: string
      format: uuid
      pattern: ^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$
    Name: { description: The name of a thing., type: string, minLength: 3, maxLength: 90 }
    ErrorEnvelope:
      description: The body of a failed response.
      type: object
      required: [success, message, status]
      properties:
        success: { type: boolean, enum: [false] }
        message: { description: The reason in words., type: string, maxLength: 500 }
        status: { description: The HTTP status code., type: integer }
"##;

/// A page of the API: five operations.
const OPERATIONS: &str = r##"  /app/thing@:
    get:
      operationId: listThings@
      x-rust-name: list_things_@
      x-source: page
      x-idempotent: true
      tags: [Things]
      summary: List things
      description: Lists the things of the account.
      responses:
        "200":
          description: The things.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Thing@ListEnvelope" }
              examples:
                success: { $ref: "#/components/examples/Things@" }
        4XX: { $ref: "#/components/responses/ClientError" }
        5XX: { $ref: "#/components/responses/ServerError" }
    post:
      operationId: createThing@
      x-rust-name: create_thing_@
      x-source: page
      x-idempotent: false
      tags: [Things]
      summary: Create a thing
      description: Creates a thing with a name and users.
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/CreateThing@Request" }
            examples:
              request: { $ref: "#/components/examples/Rename@" }
      responses:
        "200":
          description: The thing as it is now.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Thing@Envelope" }
              examples:
                success: { $ref: "#/components/examples/Thing@" }
        4XX: { $ref: "#/components/responses/ClientError" }
        5XX: { $ref: "#/components/responses/ServerError" }
  /app/thing@/{uuid}:
    parameters:
      - $ref: "#/components/parameters/Uuid"
    patch:
      operationId: updateThing@
      x-rust-name: update_thing_@
      x-source: page
      x-idempotent: true
      tags: [Things]
      summary: Change a thing
      description: Changes the given properties of a thing.
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/UpdateThing@Request" }
            examples:
              request: { $ref: "#/components/examples/Rename@" }
      responses:
        "200":
          description: The thing as it is now.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Thing@Envelope" }
              examples:
                success: { $ref: "#/components/examples/Thing@" }
        4XX: { $ref: "#/components/responses/ClientError" }
        5XX: { $ref: "#/components/responses/ServerError" }
    delete:
      operationId: deleteThing@
      x-rust-name: delete_thing_@
      x-source: page
      x-idempotent: true
      tags: [Things]
      summary: Delete a thing
      description: Deletes a thing and returns it.
      responses:
        "200":
          description: The thing as it is now.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Thing@Envelope" }
              examples:
                success: { $ref: "#/components/examples/Thing@" }
        4XX: { $ref: "#/components/responses/ClientError" }
        5XX: { $ref: "#/components/responses/ServerError" }
  /app/thing@/{uuid}/users:
    parameters:
      - $ref: "#/components/parameters/Uuid"
    get:
      operationId: listUsers@
      x-rust-name: list_users_@
      x-source: page
      x-idempotent: true
      tags: [Things]
      summary: List the users of a thing
      description: Lists the users of a thing.
      responses:
        "200":
          description: The users.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/User@ListEnvelope" }
              examples:
                success: { $ref: "#/components/examples/Users@" }
        4XX: { $ref: "#/components/responses/ClientError" }
        5XX: { $ref: "#/components/responses/ServerError" }
"##;

const SCHEMAS: &str = r##"    CreateThing@Request:
      description: The properties of a new thing.
      type: object
      required: [name]
      properties:
        name: { description: Its name., type: string, minLength: 3, maxLength: 80 }
        users:
          description: The UUIDs of its users.
          type: array
          items: { $ref: "#/components/schemas/Uuid" }
    UpdateThing@Request:
      description: The changes to a thing.
      type: object
      properties:
        name: { $ref: "#/components/schemas/Name" }
        users:
          description: The UUIDs of all of its users.
          type: array
          items: { $ref: "#/components/schemas/Uuid" }
    Thing@:
      description: A thing.
      type: object
      required: [uuid, name]
      properties:
        created_on: { description: The time of creation., type: string, format: date-time, nullable: true }
        modified_on: { description: The time of the last change., type: string, format: date-time, nullable: true }
        uuid: { description: The thing's UUID., type: string, format: uuid }
        name: { description: The thing's name., type: string }
        owner:
          description: The person that owns the thing.
          anyOf:
            - $ref: "#/components/schemas/User@"
            - { type: object, nullable: true, enum: [null] }
        users:
          description: Its users.
          type: array
          nullable: true
          items: { $ref: "#/components/schemas/User@" }
    User@:
      description: A person.
      type: object
      properties:
        created_on: { description: The time of creation., type: string, format: date-time, nullable: true }
        uuid: { description: The person's UUID., type: string, format: uuid, nullable: true }
        login: { description: The short name., type: string, nullable: true }
        ha1: { description: A digest that serves as a password., type: string, format: password, nullable: true }
        email: { description: The person's e-mail address., type: string, nullable: true }
        phone_number: { description: A telephone number., type: string, nullable: true }
        things:
          description: The things that the person uses.
          type: array
          nullable: true
          items: { $ref: "#/components/schemas/Thing@" }
        account:
          description: An account with undocumented properties.
          type: object
          nullable: true
          additionalProperties: true
    Thing@Envelope:
      description: The envelope around a successful response.
      type: object
      required: [success, payload]
      properties:
        success: { type: boolean, enum: [true] }
        payload: { $ref: "#/components/schemas/Thing@" }
    Thing@ListEnvelope:
      description: The envelope around a successful response.
      type: object
      required: [success, payload]
      properties:
        success: { type: boolean, enum: [true] }
        payload:
          type: array
          items: { $ref: "#/components/schemas/Thing@" }
    User@ListEnvelope:
      description: The envelope around a successful response.
      type: object
      required: [success, payload]
      properties:
        success: { type: boolean, enum: [true] }
        payload:
          type: array
          items: { $ref: "#/components/schemas/User@" }
"##;

const SHARED_EXAMPLES: &str = "  examples:
    NotFound:
      value: { success: false, message: no thing with this UUID, status: 404 }
";

const EXAMPLES: &str = r##"    Rename@:
      summary: Another name
      value: { name: Sales EMEA, users: [c2d1a7f4-6b3e-4f0d-9a55-1e8b7d90c6a3] }
    Thing@:
      summary: The thing under its new name
      value:
        success: true
        payload:
          created_on: "2026-03-02T09:15:27.114Z"
          uuid: 0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41
          name: Sales EMEA
          owner: { uuid: 5f0c9b1e-2d47-4c1a-8f6b-93c7e0a4b812, login: alice }
          users: [{ login: alice }, { login: bob, account: { name: Example } }]
    Things@:
      summary: One thing
      value:
        success: true
        payload:
          - created_on: "2026-03-02T09:15:27.114Z"
            uuid: 0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41
            name: Sales EMEA
            owner: { uuid: 5f0c9b1e-2d47-4c1a-8f6b-93c7e0a4b812, login: alice }
            users: [{ login: alice }, { login: bob, account: { name: Example } }]
    Users@:
      summary: Two people
      value: { success: true, payload: [{ login: alice }, { login: bob, email: bob-at-example.com }] }
"##;

/// The number of operations of a page.
pub(crate) const PAGE: usize = 5;

/// Returns a spec of several pages, each with its own schemas and examples. All share the envelope of
/// errors, a name, a parameter and a security scheme.
pub(crate) fn large(pages: usize) -> String {
    let mut text = HEAD.to_owned();
    repeat(&mut text, OPERATIONS, pages);
    text.push_str(SHARED);
    text.push_str(SHARED_SCHEMAS);
    repeat(&mut text, SCHEMAS, pages);
    text.push_str(SHARED_EXAMPLES);
    repeat(&mut text, EXAMPLES, pages);
    text
}

/// Appends a part once for each page, with the number of the page instead of `@`.
fn repeat(text: &mut String, part: &str, pages: usize) {
    for number in 0..pages {
        for (position, piece) in part.split('@').enumerate() {
            if position > 0 {
                // Writing to a string cannot fail.
                let _ = write!(text, "{number}");
            }
            text.push_str(piece);
        }
    }
}
