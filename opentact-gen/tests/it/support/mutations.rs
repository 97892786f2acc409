//! Edits of the spec that change its meaning, and the checks that detect each.

/// A check that detects an edit.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Catcher {
    /// This rule refuses the spec.
    Check(&'static str),
    /// The checked-in code is stale, and its public API shows the edit to a reviewer.
    Code,
    /// The spec contradicts the vendor's page.
    Vendor,
}
use Catcher::{Check, Code, Vendor};

/// An edit of the spec.
pub(crate) struct Mutation {
    pub(crate) name: &'static str,
    /// The replaced text, at its first place behind `after`.
    from: &'static str,
    to: &'static str,
    after: &'static str,
    pub(crate) caught_by: &'static [Catcher],
}

/// Makes an edit of the text behind `after`.
pub(crate) const fn mutation(
    name: &'static str,
    after: &'static str,
    from: &'static str,
    to: &'static str,
    caught_by: &'static [Catcher],
) -> Mutation {
    Mutation {
        name,
        from,
        to,
        after,
        caught_by,
    }
}

const CREATE: &str = "\n    CreateGroupRequest:";
const UPDATE: &str = "\n    UpdateGroupRequest:";
const ADD: &str = "\n    AddGroupUsersRequest:";
const GROUP: &str = "\n    SIPUserGroup:";
const USER: &str = "\n    SIPUser:";
const UUID: &str = "\n    Uuid:";
const NAME: &str = "\n    GroupName:";
const GROUP_ENVELOPE: &str = "\n    SIPUserGroupEnvelope:";
const LIST_ENVELOPE: &str = "\n    SIPUserListEnvelope:";
const ERROR: &str = "\n    ErrorEnvelope:";
const CREATED_ON: &str = "        created_on:\n          description: The time of the user's creation.\n          type: string\n          format: date-time\n          nullable: true\n";

#[rustfmt::skip] // a table
/// All edits.
pub(crate) const MUTATIONS: &[Mutation] = &[
    // The service.
    mutation("server moved", "", "https://api.opentact.org/rest", "https://api.opentact.org/v2", &[Code, Vendor]),
    mutation("token header renamed", "", "name: X-Auth-HA1B-Token", "name: X-HA1B-Token", &[Code, Vendor]),
    mutation("token in a query", "", "in: header", "in: query", &[Check("security")]),
    mutation("authentication dropped", "", "security:\n  - HA1BToken: []", "security: []", &[Check("security")]),
    mutation("authentication dropped for one operation", "", "x-rust-name: list_groups", "x-rust-name: list_groups\n      security: []", &[Code, Vendor]),
    // Operations.
    mutation("link to an operation that is not there", "  links:\n    UpdateGroup:", "operationId: ModifySIPUserGroupApp", "operationId: ModifySIPUserGroup", &[Check("link")]),
    mutation("path renamed", "", "  /app/group:", "  /app/groups:", &[Code, Vendor]),
    mutation("path parameter renamed in the path", "", "/app/group/{uuid}:", "/app/group/{id}:", &[Check("path-parameters")]),
    mutation("path parameter renamed in the parameter", "", "name: sip_user_uuid", "name: user_uuid", &[Check("path-parameters"), Check("link")]),
    mutation("path parameter dropped from an operation", "/app/group/{uuid}/users:", "parameters:\n      - $ref: \"#/components/parameters/GroupUuid\"", "summary: Users", &[Check("path-parameters"), Check("link")]),
    mutation("method changed", "/app/group/{uuid}:", "patch:", "put:", &[Code, Vendor]),
    mutation("operation dropped", "/app/group/{uuid}:", "    delete:\n      operationId: RemoveSIPUserGroupApp", "    x-delete:\n      operationId: RemoveSIPUserGroupApp", &[Check("link")]),
    mutation("operation id changed", "", "operationId: GetSIPGroupsListApp", "operationId: ListSIPGroupsApp", &[Vendor]),
    mutation("operation ids swapped", "", "operationId: AddSIPUserToSIPUserGroupApp", "operationId: AddSIPUsersToSIPUserGroupApp", &[Check("duplicate-name"), Check("link")]),
    mutation("method in Rust renamed", "", "x-rust-name: list_groups", "x-rust-name: list_own_groups", &[Code]),
    mutation("operation no longer idempotent", "", "x-idempotent: true", "x-idempotent: false", &[Code]),
    mutation("operation declared idempotent", "operationId: CreateSIPUserGroupApp", "x-idempotent: false", "x-idempotent: true", &[Code]),
    mutation("operation without x-idempotent", "", "      x-idempotent: true\n", "", &[Check("idempotent")]),
    mutation("request body dropped", "operationId: CreateSIPUserGroupApp", "requestBody:", "x-requestBody:", &[Check("unused-component")]),
    mutation("request body made optional", "operationId: CreateSIPUserGroupApp", "required: true", "required: false", &[Check("request-body")]),
    mutation("request body of another operation", "operationId: ModifySIPUserGroupApp", "schemas/UpdateGroupRequest", "schemas/CreateGroupRequest", &[Check("unused-component"), Check("example")]),
    mutation("media type of a request", "operationId: CreateSIPUserGroupApp", "application/json", "application/x-www-form-urlencoded", &[Check("media-type")]),
    // Responses.
    mutation("status of success", "operationId: CreateSIPUserGroupApp", "\"200\":", "\"201\":", &[Vendor]),
    mutation("status of success dropped", "operationId: CreateSIPUserGroupApp", "\"200\":", "\"404\":", &[Check("status"), Check("envelope")]),
    mutation("statuses of errors", "operationId: CreateSIPUserGroupApp", "        4XX: {", "        x-4XX: {", &[Vendor]),
    mutation("errors as default", "operationId: CreateSIPUserGroupApp", "4XX:", "default:", &[Check("status")]),
    mutation("payload of another kind", "operationId: GetSIPUserGroupUsersApp", "SIPUserListEnvelope", "SIPUserGroupListEnvelope", &[Check("example")]),
    mutation("payload no longer a list", LIST_ENVELOPE, "payload:\n          type: array\n          items: { $ref: \"#/components/schemas/SIPUser\" }", "payload: { $ref: \"#/components/schemas/SIPUser\" }", &[Check("verb"), Check("example")]),
    mutation("envelope's payload renamed", GROUP_ENVELOPE, "        payload:", "        result:", &[Check("envelope")]),
    mutation("envelope's success dropped", GROUP_ENVELOPE, "        success: { type: boolean, enum: [true] }\n", "", &[Check("envelope")]),
    mutation("envelope's payload optional", GROUP_ENVELOPE, "required: [success, payload]", "required: [success]", &[Check("envelope")]),
    mutation("error's message renamed", ERROR, "        message:", "        error:", &[Check("envelope")]),
    mutation("error's status retyped", ERROR, "type: integer", "type: string", &[Check("example")]),
    // Schemas of requests.
    mutation("name may be longer", NAME, "maxLength: 80", "maxLength: 81", &[Code, Vendor]),
    mutation("name may be shorter", NAME, "minLength: 3", "minLength: 2", &[Code, Vendor]),
    mutation("name without a limit", NAME, "      maxLength: 80\n", "", &[Code, Vendor]),
    mutation("name retyped", NAME, "type: string\n      minLength: 3\n      maxLength: 80", "type: integer", &[Check("example")]),
    mutation("name no longer required to create", CREATE, "      required: [name]\n", "", &[Code]),
    mutation("users required to create", CREATE, "required: [name]", "required: [name, users]", &[Code]),
    mutation("name required to update", UPDATE, "type: object", "type: object\n      required: [name]", &[Check("example")]),
    mutation("users no longer required to add", ADD, "      required: [users]\n", "", &[Code]),
    mutation("a property of a request renamed", UPDATE, "        users:", "        sip_users:", &[Code, Vendor]),
    mutation("a property of a request dropped", CREATE, "        name: { $ref: \"#/components/schemas/GroupName\" }\n", "        title: { $ref: \"#/components/schemas/GroupName\" }\n", &[Code, Vendor]),
    mutation("users by another kind of id", ADD, "items: {", "items: { type: string }\n          x-was: {", &[Code, Vendor]),
    mutation("pattern of UUIDs", UUID, "[0-9a-f]{12}$", "[0-9a-z]{12}$", &[Vendor]),
    mutation("format of UUIDs", UUID, "      format: uuid\n", "", &[Check("schema")]),
    // Schemas of responses.
    mutation("a response property renamed", USER, "        phone_number:", "        phone:", &[Code, Vendor]),
    mutation("a response property retyped", USER, "description: The IP address that the user registers from.\n          type: string", "description: The IP address that the user registers from.\n          type: integer", &[Check("example")]),
    mutation("a response property added", USER, CREATED_ON, "        state:\n          description: New.\n          type: string\n          nullable: true\n        created_on:\n          description: The time of the user's creation.\n          type: string\n          format: date-time\n          nullable: true\n", &[Code, Vendor]),
    mutation("a response property dropped", USER, CREATED_ON, "", &[Code, Vendor]),
    mutation("a response property required", USER, "type: object", "type: object\n      required: [login]", &[Code, Vendor]),
    mutation("a response property required that an example has as null", USER, "type: object", "type: object\n      required: [created_by]", &[Check("example")]),
    mutation("a response property never null", USER, "that the user logs in with.\n          type: string\n          nullable: true", "that the user logs in with.\n          type: string", &[Vendor]),
    mutation("a group's name may be missing", GROUP, "required: [uuid, name]", "required: [uuid]", &[Code, Vendor]),
    mutation("a group's owner a list", GROUP, "anyOf:\n            - $ref: \"#/components/schemas/SIPUser\"\n            - { type: object, nullable: true, enum: [null] } # or null", "type: array\n          items: { $ref: \"#/components/schemas/SIPUser\" }", &[Check("example")]),
    mutation("a group's owner nullable beside a reference", GROUP, "anyOf:\n            - $ref: \"#/components/schemas/SIPUser\"\n            - { type: object, nullable: true, enum: [null] } # or null", "nullable: true\n          $ref: \"#/components/schemas/SIPUser\"", &[Check("ref-sibling"), Check("example")]),
    mutation("a time a string", USER, "          format: date-time\n", "", &[Code, Vendor]),
    mutation("a secret no longer a secret", USER, "          format: password\n", "", &[Code, Vendor]),
    mutation("a free-form object closed", USER, "additionalProperties: true", "additionalProperties: false", &[Check("example")]),
    mutation("an open string closed", USER, "been seen.\n          type: string", "been seen.\n          type: string\n          enum: [Female, Agender]", &[Code, Vendor]),
    mutation("a limit imposed on a response", GROUP, "description: The group's name.\n          type: string", "description: The group's name.\n          type: string\n          maxLength: 80", &[Vendor]),
    mutation("properties in another order", GROUP, "        uuid:\n          description: The group's UUID.\n          type: string\n          format: uuid\n        name:\n          description: The group's name.\n          type: string\n", "        name:\n          description: The group's name.\n          type: string\n        uuid:\n          description: The group's UUID.\n          type: string\n          format: uuid\n", &[Code, Vendor]),
];

impl Mutation {
    /// Returns a spec with the edit, or `None` if it lacks the replaced text.
    pub(crate) fn of(&self, spec: &str) -> Option<String> {
        let start = spec.find(self.after)?;
        let at = spec[start..].find(self.from)? + start;
        let (before, rest) = spec.split_at(at);
        Some(format!("{before}{}{}", self.to, &rest[self.from.len()..]))
    }
}
