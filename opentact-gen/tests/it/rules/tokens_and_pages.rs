//! The findings about signing in, alternatives of security schemes, and paging.

use openapi_tree::Source;
use opentact_gen::{check, generate};

const FILE: &str = "desks.yaml";
const SPEC: &str = include_str!("../../fixtures/desks.yaml");

#[track_caller]
fn edited(from: &str, to: &str) -> String {
    assert!(SPEC.contains(from), "the spec does not contain `{from}`");
    SPEC.replacen(from, to, 1)
}

#[test]
fn spec_with_tokens_and_pages_has_no_finding() {
    let document = openapi_tree::load(Source::new(FILE, SPEC)).unwrap();
    if let Err(findings) = check(&document) {
        unreachable!("{findings}");
    }
    assert!(generate(Source::new(FILE, SPEC)).is_ok());
}

#[test]
fn bad_sign_in_is_reported() {
    let sign_in = "x-sign-in: { operationId: Auth, token: token, lifetime: 86400 }";
    assert_findings! { FILE;
        operation_unknown: edited("operationId: Auth, token", "operationId: Login, token");
        operation_that_takes_no_password: edited("operationId: Auth, token", "operationId: CreateUser, token");
        operation_with_a_parameter: edited("      x-rust-name: sign_in\n", "      x-rust-name: sign_in\n      parameters: [{ name: realm, in: query, required: true, schema: { type: string } }]\n");
        token_unknown: edited("token: token", "token: jwt");
        token_missing: edited("token: token, ", "");
        lifetime_zero: edited("lifetime: 86400", "lifetime: 0");
        lifetime_in_words: edited("lifetime: 86400", "lifetime: a day");
        keyword_unknown: edited("lifetime: 86400", "lifetime: 86400, realm: x");
        for_basic: edited(sign_in, "description: A token.").replacen("{ type: http, scheme: Basic }", &format!("{{ type: http, scheme: Basic, {sign_in} }}"), 1);
        twice: edited("BearerToken: { type: http, scheme: bearer }", &format!("BearerToken: {{ type: http, scheme: bearer, {sign_in} }}"));
    }
}

#[test]
fn bad_alternative_of_security_schemes_is_reported() {
    assert_findings! { FILE;
        twice: edited("  - BearerToken: []", "  - BearerToken: []\n  - JWT: []");
        together: edited("  - JWT: []\n  - BearerToken: []", "  - JWT: []\n    BearerToken: []");
        optional: edited("  - BearerToken: []", "  - BearerToken: []\n  - {}");
        nowhere: edited("security:\n  - JWT: []\n  - BearerToken: []\n", "");
        second_bearer: edited("    Basic: {", "    Other: { type: http, scheme: Bearer }\n    Basic: {").replacen("  - BearerToken: []", "  - BearerToken: []\n  - Other: []", 1);
        key_in_authorization: edited("name: X-Auth-Token", "name: authorization");
        scheme_digest: edited("scheme: Basic", "scheme: digest");
        header_parameter: edited("- { name: size, in: query", "- { name: authorization, in: header, schema: { type: string } }\n        - { name: size, in: query");
        parameter_like_a_token: edited("name: order", "name: bearer_token");
    }
}

#[test]
fn bad_paging_is_reported() {
    assert_findings! { FILE;
        style_unknown: edited("style: offset", "style: cursor");
        style_missing: edited("style: offset, ", "");
        limit_unknown: edited("limit: take", "limit: most");
        limit_is_no_integer: edited("limit: size", "limit: order");
        limit_in_a_header: edited("name: take, in: query", "name: take, in: header");
        position_like_limit: edited("position: skip", "position: take");
        items_unknown: edited("items: data", "items: desks");
        items_are_no_list: edited("items: rooms", "items: name");
        total_is_no_integer: edited("total: count", "total: name");
        parameter_like_the_stream: edited("name: order", "name: stream");
        keyword_unknown: edited("style: page", "order: order, style: page");
        not_a_mapping: edited("x-paging: { style: page, limit: size, position: page, items: rooms, total: count }", "x-paging: true");
    }
}
