//! The changes of the features that enable an item.

use opentact_gen::public_api::PublicApi;

use super::lines;

/// Returns the API of a page that is compiled under a condition, with a type and a method of the client,
/// each under a condition of its own.
fn api(page: &str, ty: &str, method: &str) -> PublicApi {
    let files = [
        ("mod.rs", format!("#[cfg({page})] pub mod page;")),
        (
            "page.rs",
            format!(
                "#[cfg({method})] impl crate::Client {{ pub fn get_name(&self) {{}} }}
                 #[cfg({ty})] pub struct Name {{ pub text: String }}
                 pub mod builder {{ #[cfg({ty})] pub struct Name {{}} }}"
            ),
        ),
    ];
    let files = files.map(|(name, code)| (name.to_owned(), syn::parse_file(&code).unwrap()));
    PublicApi::new(&files)
}

#[test]
fn changes_of_features_are_found() {
    const A: &str = r#"feature = "a""#;
    const B: &str = r#"feature = "b""#;
    const BOTH: &str = r#"any(feature = "a", feature = "b")"#;
    let both = api(BOTH, BOTH, A);
    let one = api(BOTH, A, A);
    assert_eq!(lines(&both, &both), Vec::<String>::new());
    assert_eq!(
        lines(&both, &one),
        ["breaking changed page::Name: enabled by `a`, was `a` or `b`"]
    );
    assert_eq!(
        lines(&one, &both),
        ["compatible changed page::Name: enabled by `a` or `b`, was `a`"]
    );
    assert_eq!(
        lines(&both, &api(BOTH, BOTH, B)),
        ["breaking changed Client::get_name: enabled by `b`, was `a`"]
    );
}

#[test]
fn macro_of_an_enumeration_is_read_as_its_items() {
    let api = |code: &str| {
        let file = syn::parse_file(code).unwrap();
        PublicApi::new(&[("page.rs".to_owned(), file)])
    };
    let plain = api("#[non_exhaustive] pub enum Kind { A, Unknown(String) }");
    let open = api(r#"#[non_exhaustive] pub enum Kind { A, Unknown(String) }
           open_enum!(Kind { A = "a" });"#);
    let found = lines(&open, &plain);
    for part in [
        "page::Kind::as_str",
        "impl Display",
        "impl FromStr",
        "impl TryFrom<&str>",
    ] {
        assert!(
            found.iter().any(|line| line.contains(part)),
            "{part}: {found:#?}"
        );
    }
    assert!(
        found
            .iter()
            .all(|line| line.starts_with("breaking removed ")),
        "{found:#?}"
    );
}
