//! The names that progenitor and typify give in Rust. For inline schemas, see `rules/type_names.rs`.

use heck::{ToPascalCase, ToSnakeCase};
use unicode_ident::{is_xid_continue, is_xid_start};

/// The names of Rust's prelude that generated code uses, each with its module in `std`.
#[rustfmt::skip] // a list
pub(crate) const PRELUDE: [(&str, &str); 11] = [
    ("boxed", "Box"), ("clone", "Clone"), ("convert", "From"), ("convert", "TryFrom"),
    ("convert", "TryInto"), ("default", "Default"), ("ops", "FnOnce"), ("option", "Option"),
    ("result", "Result"), ("string", "String"), ("vec", "Vec"),
];

/// Returns `true` if Rust's prelude has a type or trait of this name.
pub(crate) fn is_in_prelude(name: &str) -> bool {
    PRELUDE.iter().any(|(_, known)| *known == name)
}

/// Returns the name of the type of a schema, or of the request builder of an operation.
pub(crate) fn type_name(name: &str) -> String {
    identifier(name, str::to_pascal_case, "X")
}

/// Returns the name of the method that sets a parameter.
pub(crate) fn parameter_name(name: &str) -> String {
    identifier(name, str::to_snake_case, "_")
}

/// Returns an identifier for a name of the spec. Apostrophes are dropped, and other characters that
/// no identifier has separate words. `prefix` precedes a first digit, and `_` follows a keyword.
fn identifier(name: &str, to_case: impl Fn(&str) -> String, prefix: &str) -> String {
    let name = match name {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => to_case(&name.replace('\'', "").replace(|c| !is_xid_continue(c), "-")),
    };
    let name = match name.chars().next() {
        Some(first) if is_xid_start(first) => name,
        Some(_) => format!("{prefix}{name}"),
        None => to_case("x"),
    };
    match typify::accept_as_ident(&name) {
        true => name,
        false => format!("{name}_"),
    }
}

/// Returns the name of the module for a page, whose file has this name without its extension.
pub(crate) fn module_name(stem: &str) -> String {
    identifier(stem, str::to_snake_case, "_")
}

/// Returns the name of the Cargo feature for a page. Cargo allows fewer characters than files have.
pub(crate) fn feature_name(stem: &str) -> String {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    stem.replace(|c| !is_allowed(c), "-")
}
