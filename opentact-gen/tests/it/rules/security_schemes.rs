//! The findings about several security schemes, and about names that hand-written methods have.

use super::{FILE, edited, query, with_line};
use crate::support::findings::findings;

/// Adds a second security scheme, which the operation that creates a group requires.
#[track_caller]
fn with_scheme(scheme: &str) -> String {
    let name = scheme.split(':').next().expect("a name");
    with_line("  securitySchemes:", &format!("    {scheme}")).replacen(
        "      x-idempotent: false",
        &format!("      x-idempotent: false\n      security: [{{ {name}: [] }}]"),
        1,
    )
}

#[test]
fn bad_security_scheme_is_reported() {
    assert_findings! { FILE;
        optional: edited("  - HA1BToken: []", "  - HA1BToken: []\n  - {}");
        together: with_scheme("Key: { type: apiKey, in: header, name: X-Key }")
            .replacen("security: [{ Key: [] }]", "security: [{ Key: [], HA1BToken: [] }]", 1);
        same_header: with_scheme("Key: { type: apiKey, in: header, name: x-auth-ha1b-token }");
        header_of_http: with_scheme("Key: { type: apiKey, in: header, name: Content-type }");
        header_parameter: query("name: x-auth-ha1b-token, in: header, schema: { type: string }");
    }
}

#[test]
fn bad_name_of_a_security_scheme_is_reported() {
    assert_findings! { FILE;
        name_of_builder: with_scheme("Timeout: { type: apiKey, in: header, name: X-Key }");
        name_number: with_scheme("2ndToken: { type: apiKey, in: header, name: X-Key }");
        name_keyword: with_scheme("Key: { type: apiKey, in: header, name: X-Key, x-rust-name: move }");
        name_camel_case: with_scheme("Key: { type: apiKey, in: header, name: X-Key, x-rust-name: keyToken }");
        name_not_a_string: with_scheme("Key: { type: apiKey, in: header, name: X-Key, x-rust-name: 1 }");
        name_twice: with_scheme("HA1B-Token: { type: apiKey, in: header, name: X-Key }");
    }
}

/// The lists of taken names are complete.
#[test]
fn name_of_a_hand_written_method_is_reported() {
    let sources = [
        include_str!("../../../../opentact-api/src/client.rs"),
        include_str!("../../../../opentact-api/src/client_builder.rs"),
    ];
    let taken = |owner: &str| -> Vec<String> {
        let files = sources.map(|source| syn::parse_file(source).expect("Rust"));
        let items = files.into_iter().flat_map(|file| file.items);
        let implementations = items.filter_map(|item| match item {
            syn::Item::Impl(item) if item.trait_.is_none() => Some(item),
            _ => None,
        });
        let of_owner = implementations.filter(|item| match &*item.self_ty {
            syn::Type::Path(ty) => ty.path.is_ident(owner),
            _ => false,
        });
        let functions = of_owner.flat_map(|item| item.items);
        functions
            .filter_map(|item| match item {
                syn::ImplItem::Fn(function) => Some(function.sig.ident.to_string()),
                _ => None,
            })
            .chain(["clone".to_owned()])
            .collect()
    };
    for name in taken("Client") {
        let spec = edited("x-rust-name: create_group", &format!("x-rust-name: {name}"));
        let message = format!("`Client` already has a method `{name}`");
        assert!(
            findings(FILE, &spec)
                .iter()
                .any(|found| found.message == message),
            "{name}"
        );
    }
    for name in taken("ClientBuilder") {
        let scheme =
            format!("Key: {{ type: apiKey, in: header, name: X-Key, x-rust-name: {name} }}");
        let message = format!("`ClientBuilder` already has a method `{name}`");
        let found = findings(FILE, &with_scheme(&scheme));
        assert!(found.iter().any(|found| found.message == message), "{name}");
    }
}
