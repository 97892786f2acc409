//! The findings of each rule: rule, message, place and help.
//!
//! Most mistakes are one edit of a spec as long as the real one. So the snapshots show that a mistake
//! causes one finding and no avalanche. The spec is a copy, because the snapshots show its lines.

mod operations;
mod pages;
mod security_schemes;
mod tokens_and_pages;

use crate::support::findings::findings;

const FILE: &str = "openapi/groups.yaml";
const SPEC: &str = include_str!("../fixtures/groups.yaml");

/// Replaces the first `from` in the spec.
#[track_caller]
fn edited(from: &str, to: &str) -> String {
    assert!(SPEC.contains(from), "the spec does not contain `{from}`");
    SPEC.replacen(from, to, 1)
}

/// Replaces every `from` in the spec.
#[track_caller]
fn edited_everywhere(from: &str, to: &str) -> String {
    assert!(SPEC.contains(from), "the spec does not contain `{from}`");
    SPEC.replace(from, to)
}

/// Adds a line below the first `line` of the spec.
#[track_caller]
fn with_line(line: &str, added: &str) -> String {
    edited(&format!("{line}\n"), &format!("{line}\n{added}\n"))
}

/// Adds a link to the response that creates a group.
fn with_link(link: &str) -> String {
    with_line(
        "          description: The new group.",
        &format!("          links: {{ next: {{ {link} }} }}"),
    )
}

#[test]
fn invalid_openapi_is_reported() {
    assert_findings! { FILE;
        version_2: "swagger: \"2.0\"\ninfo: { title: T, version: 1.0.0 }\npaths: {}\n";
        version_3_1: edited("openapi: 3.0.3", "openapi: 3.1.0");
        version_number: edited("openapi: 3.0.3", "openapi: 3.0");
        openapi_not_a_mapping: "To be written.\n";
        openapi_unknown_keyword: edited("summary: Create a group", "sumary: Create a group");
        openapi_unknown_keyword_of_schema: edited("minLength: 3", "minLenght: 3");
        openapi_unknown_keyword_of_parameter: edited("      name: uuid", "      nmae: uuid");
        openapi_missing_keyword: edited(
            "          description: The new group.\n",
            "",
        );
        openapi_missing_responses: edited("      responses:\n", "      x-responses:\n");
        openapi_wrong_type: edited("maxLength: 80", "maxLength: many");
        openapi_unknown_type: edited("type: array", "type: list");
    }
}

#[test]
fn broken_reference_is_reported() {
    assert_findings! { FILE;
        ref_unknown: edited(
            "items: { $ref: \"#/components/schemas/SIPUserGroup\" }",
            "items: { $ref: \"#/components/schemas/SIPUserGruop\" }",
        );
        ref_unlike_all: edited(
            "items: { $ref: \"#/components/schemas/SIPUserGroup\" }",
            "items: { $ref: \"#/components/schemas/Team\" }",
        );
        ref_external: edited(
            "items: { $ref: \"#/components/schemas/SIPUserGroup\" }",
            "items: { $ref: \"other.yaml#/components/schemas/SIPUserGroup\" }",
        );
        ref_wrong_kind: edited(
            "items: { $ref: \"#/components/schemas/SIPUserGroup\" }",
            "items: { $ref: \"#/component/schema/SIPUserGroup\" }",
        );
        ref_elsewhere: edited(
            "items: { $ref: \"#/components/schemas/SIPUserGroup\" }",
            "items: { $ref: \"#/definitions/Team\" }",
        );
        ref_loop: edited(NAME, LOOP);
        component_unused: edited(
            "    GroupName:\n",
            "    TeamName:\n      type: string\n\n    GroupName:\n",
        );
    }
}

/// A schema that others use.
const NAME: &str = "    GroupName:
      description: The name of a group, 3 to 80 characters long.
      type: string
      minLength: 3
      maxLength: 80
";
/// The same schema as two references to each other.
const LOOP: &str = "    GroupName: { $ref: \"#/components/schemas/Nickname\" }
    Nickname: { $ref: \"#/components/schemas/GroupName\" }
";

#[test]
fn bad_name_is_reported() {
    assert_findings! { FILE;
        operation_id_missing: edited("      operationId: CreateSIPUserGroupApp\n", "");
        operation_id_duplicate: edited(
            "operationId: AddSIPUserToSIPUserGroupApp",
            "operationId: AddSIPUsersToSIPUserGroupApp",
        );
        rust_name_missing: edited("      x-rust-name: create_group\n", "");
        rust_name_not_a_string: edited("x-rust-name: create_group", "x-rust-name: [create_group]");
        rust_name_duplicate: edited("x-rust-name: list_group_users", "x-rust-name: list_groups");
        rust_name_camel_case: edited("x-rust-name: create_group", "x-rust-name: createGroup");
        rust_name_keyword: edited("x-rust-name: create_group", "x-rust-name: move");
        rust_name_number: edited("x-rust-name: create_group", "x-rust-name: 2nd_group");
        rust_name_empty: edited("x-rust-name: create_group", "x-rust-name: \"\"");
        rust_name_of_client: edited("x-rust-name: create_group", "x-rust-name: builder");
        rust_name_underscore: edited("x-rust-name: create_group", "x-rust-name: create_group_");
        rust_name_of_the_prelude: edited("x-rust-name: create_group", "x-rust-name: option");
        rust_name_of_an_import: edited("x-rust-name: create_group", "x-rust-name: client");
        rust_name_same_builder: edited("x-rust-name: list_groups", "x-rust-name: list_groups2")
            .replacen("x-rust-name: list_group_users", "x-rust-name: list_groups_2", 1);
        schema_like_a_request_builder: edited_everywhere("UpdateGroupRequest", "UpdateGroup");
        schema_constructor: edited_everywhere("UpdateGroupRequest", "Ok");
        schema_digit: edited_everywhere("UpdateGroupRequest", "2ndRequest");
        schema_keyword: edited_everywhere("UpdateGroupRequest", "self");
        schema_same_type: edited_everywhere("UpdateGroupRequest", "create_group_request");
        schema_prelude: edited_everywhere("UpdateGroupRequest", "Option");
    }
}

#[test]
fn bad_link_is_reported() {
    assert_findings! { FILE;
        link_of_unknown_operation: with_link("operationId: ModifySIPUserGroup");
        link_of_no_operation: with_link("description: Somewhere.");
        link_of_unknown_parameter: with_link(
            "operationId: RemoveSIPUserGroupApp, parameters: { uid: $response.body#/payload/uuid }",
        );
        link_of_parameter_where_there_are_none: with_link(
            "operationId: GetSIPGroupsListApp, parameters: { uuid: $response.body#/payload/uuid }",
        );
    }
}

#[test]
fn missing_idempotency_is_reported() {
    assert_findings! { FILE;
        idempotent_missing: edited("x-source: page\n      x-idempotent: false", "x-source: page");
        idempotent_not_a_boolean: edited("x-idempotent: false", "x-idempotent: sometimes");
    }
}

#[test]
fn bad_path_or_parameter_name_is_reported() {
    assert_findings! { FILE;
        path_parameter_missing: edited(
            "      - $ref: \"#/components/parameters/SIPUserUuid\"\n",
            "",
        );
        path_without_parameter: edited("/app/group/{uuid}/users/{sip_user_uuid}:", "/app/group/{uuid}/user:");
        path_brace_not_closed: edited("/app/group/{uuid}:", "/app/group/{uuid:");
        path_brace_not_opened: edited("/app/group/{uuid}:", "/app/group/uuid}:");
        path_braces_empty: edited("/app/group/{uuid}:", "/app/group/{}:");
        path_parameter_twice: edited("/app/group/{uuid}:", "/app/group/{uuid}/{uuid}:");
        parameter_name_of_builder: query("name: send, in: query, schema: { type: string }");
        parameter_name_of_call_options: query("name: timeout, in: query, schema: { type: integer }");
        parameter_name_twice: edited(
            "      - $ref: \"#/components/parameters/SIPUserUuid\"\n",
            "      - $ref: \"#/components/parameters/SIPUserUuid\"\n      \
             - { name: sipUserUuid, in: query, schema: { type: string } }\n",
        );
    }
}

/// Adds a parameter to the first operation.
#[track_caller]
fn query(parameter: &str) -> String {
    with_line(
        "      operationId: GetSIPGroupsListApp",
        &format!("      parameters:\n        - {{ {parameter} }}"),
    )
}

#[test]
fn bad_security_requirement_or_server_is_reported() {
    assert_findings! { FILE;
        server_without_tls: edited("- url: https:", "- url: http:");
        server_missing: edited("servers:\n  - url: https://api.opentact.org/rest\n    description: The service. Plain HTTP is redirected to HTTPS.\n", "");
        header_name: edited("name: X-Auth-HA1B-Token", "name: X Auth Token");
        security_undefined: with_line("      operationId: CreateSIPUserGroupApp", "      security: [{ Basic: [] }]");
        security_unused: with_line(
            "  securitySchemes:",
            "    Key: { type: apiKey, in: header, name: X-Key }",
        );
        security_nowhere: edited("security:\n  - HA1BToken: []\n", "");
        security_digest: edited(
            "      type: apiKey\n      in: header\n      name: X-Auth-HA1B-Token\n",
            "      type: http\n      scheme: digest\n",
        );
        security_query: edited("      in: header\n", "      in: query\n");
    }
}

#[test]
fn missing_envelope_is_reported() {
    assert_findings! { FILE;
        envelope_other_property: edited(
            "        success: { type: boolean, enum: [true] }\n        payload: {",
            "        success: { type: boolean, enum: [true] }\n        data: {",
        );
        envelope_of_payload: edited(
            "schema: { $ref: \"#/components/schemas/SIPUserGroupEnvelope\" }",
            "schema: { $ref: \"#/components/schemas/SIPUserGroup\" }",
        );
        envelope_not_required: edited(
            "      description: The envelope around a list of groups.\n      type: object\n      \
             required: [success, payload]\n",
            "      description: The envelope around a list of groups.\n      type: object\n",
        );
        envelope_of_error: edited(
            "schema: { $ref: \"#/components/schemas/ErrorEnvelope\" }",
            "schema: { type: string }",
        );
        envelope_of_error_with_more: edited(ERROR_STATUS, &format!("{ERROR_STATUS}        code: {{ type: string }}\n"));
        envelope_of_error_requires_fields: edited(ERROR_STATUS, &format!("{ERROR_STATUS}        fields: {{ type: object }}\n"))
            .replacen("required: [success, message, status]", "required: [success, message, status, fields]", 1);
    }
}

/// The last property of the error envelope.
const ERROR_STATUS: &str =
    "          description: The HTTP status, repeated.\n          type: integer\n";

#[test]
fn unexpected_status_is_reported() {
    assert_findings! { FILE;
        response_default: edited("        5XX: {", "        default: {");
        response_second_success: with_line(
            "      responses:",
            "        \"201\":\n          description: Made.\n          content:\n            \
             application/json:\n              \
             schema: { $ref: \"#/components/schemas/SIPUserListEnvelope\" }",
        );
        response_no_success: edited(OK, "        x-later:\n          description: The groups,");
        response_302: edited("        5XX: {", "        \"302\": {");
        response_2xx: edited(OK, &OK.replace("\"200\"", "2XX"));
        response_number: edited(OK, &OK.replace("\"200\"", "\"299999\""));
    }
}

/// The first success response.
const OK: &str = "        \"200\":\n          description: The groups,";
/// The first success response without its schema.
const RESPONSE: &str = "          description: The groups, or an empty list.\n          content:\n";
/// The media type of the first request body.
const BODY: &str = "        required: true\n        content:\n          application/json:\n";

#[test]
fn body_without_json_schema_is_reported() {
    assert_findings! { FILE;
        response_empty: edited(OK, "        \"204\":\n          description: Nothing.\n        x-later:\n          description: The groups,");
        response_without_schema: edited(
            "              schema: { $ref: \"#/components/schemas/SIPUserGroupEnvelope\" }\n",
            "",
        );
        response_text: edited(RESPONSE, &format!("{RESPONSE}            text/plain: {{ schema: {{ type: string }} }}\n"));
        body_form: edited(BODY, &BODY.replace("application/json", "multipart/form-data"));
        body_encoding: edited(BODY, &format!("{BODY}            encoding: {{ users: {{ explode: true }} }}\n"));
    }
}

#[test]
fn bad_request_body_is_reported() {
    assert_findings! { FILE;
        body_optional: edited(BODY, &BODY.replace("        required: true\n", ""));
        body_of_get: with_line("      operationId: GetSIPGroupsListApp", SEARCH);
        body_of_delete: with_line("      operationId: RemoveSIPUserGroupApp", SEARCH);
    }
}

/// A request body.
const SEARCH: &str = "      requestBody:\n        required: true\n        content:\n          \
                      application/json: { schema: { type: object } }";

#[test]
fn unsupported_parameter_is_reported() {
    assert_findings! { FILE;
        parameter_cookie: query("name: session, in: cookie, schema: { type: string }");
        parameter_content: query(
            "name: filter, in: query, content: { application/json: { schema: { type: object } } }",
        );
        parameter_style: query(
            "name: ids, in: query, style: pipeDelimited, schema: { type: array, items: { type: string } }",
        );
        path_item_ref: with_line("  /app/group:", "    $ref: \"#/paths/~1app~1group~1{uuid}\"");
    }
}

#[test]
fn unsupported_schema_is_reported() {
    assert_findings! { FILE;
        schema_not: with_line("      maxLength: 80", "      not: { enum: [All] }");
        pattern: edited("      minLength: 3\n", "      pattern: ^[A-Z]\n      minLength: 3\n");
        format_without_type: edited("      type: string\n      format: uuid\n", "      format: uuid\n");
        nullable_beside_ref: edited("        name: { $ref: \"#/components/schemas/GroupName\" }", "        name: { $ref: \"#/components/schemas/GroupName\", nullable: true }");
        nullable_without_type: edited("      type: string\n      minLength: 3\n", "      nullable: true\n      minLength: 3\n");
    }
}

#[test]
fn bad_example_is_reported() {
    assert_findings! { FILE;
        example_of_request: edited("name: Sales EMEA }", "name: \"\" }");
        example_of_response: edited("    success: true\n        payload:\n          - created_on: \"2026-03-02T09:15:27.114Z\"", "    success: true\n        payload:\n          - created_on: last Monday");
        example_of_error: edited("status: 503", "status: unavailable");
        example_of_parameter: edited("      example: 0b6c3f5e", "      example: 0B6C3F5E");
        example_of_schema: with_line("      maxLength: 80", "      example: ab");
        example_of_joined_schemas: with_line("          description: The SIP user who owns the group.", "          example: Ada");
        example_property_missing: edited("            uuid: 0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41\n            name: Sales\n", "            name: Sales\n");
    }
}

#[test]
fn several_mistakes_are_reported_in_the_order_of_the_file() {
    let spec = edited(
        "#/components/schemas/SIPUserGroup\" }",
        "#/components/schemas/Team\" }",
    )
    .replacen("required: [users]", "requried: [users]", 1)
    .replacen("x-rust-name: create_group", "x-rust-name: move", 1)
    .replacen("/app/group/{uuid}:", "/app/group/{id}:", 1)
    .replacen("  title: OpenTACT", "  titel: OpenTACT", 1);
    let findings = findings(FILE, &spec);
    insta::assert_snapshot!(findings);
    let starts: Vec<u32> = findings.iter().map(|finding| finding.span.start).collect();
    assert!(starts.is_sorted(), "{starts:?}");
    let rules: std::collections::BTreeSet<_> =
        findings.iter().map(|finding| finding.rule).collect();
    let expected = ["openapi", "path-parameters", "rust-name", "unknown-ref"];
    assert!(rules.into_iter().eq(expected));
}
