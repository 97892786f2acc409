//! The features of the pages in the manifest of the client.

use std::collections::BTreeSet;

use crate::ir::{Ir, Page, SchemeKind, SecurityScheme};
use crate::names::feature_name;

/// Returns the features of the pages that have operations, with their documentation, and `full`, which
/// enables all of them.
pub(crate) fn features(ir: &Ir) -> String {
    let has_operations = |page: &&Page| {
        ir.operations
            .iter()
            .any(|operation| operation.page == page.stem)
    };
    let pages: Vec<&Page> = ir.pages.iter().filter(has_operations).collect();
    let names = pages.iter().map(|page| feature_name(&page.stem));
    let quoted: Vec<String> = names.map(|name| format!("    \"{name}\",\n")).collect();
    let mut features = format!("## All pages.\nfull = [\n{}]\n", quoted.concat());
    let signing_in = pages_with_sign_in(ir);
    for page in pages {
        let title = page.title.as_ref().unwrap_or(&page.stem);
        let title = title.trim_end_matches('.').replace(['\n', '\r'], " ");
        let enabled = match signing_in.contains(page.stem.as_str()) {
            true => "\"sign-in\"",
            false => "",
        };
        features += &format!("## {title}.\n{} = [{enabled}]\n", feature_name(&page.stem));
    }
    features
}

/// Returns the pages with an operation that accepts the token of the sign-in, or the e-mail address and the
/// password themselves. The feature `sign-in` compiles the sign-in of the client.
fn pages_with_sign_in(ir: &Ir) -> BTreeSet<&str> {
    let of_sign_in = |name: &String| {
        let basic =
            |scheme: &SecurityScheme| scheme.name == *name && scheme.kind == SchemeKind::Basic;
        let is_token = ir.sign_in.iter().any(|sign_in| sign_in.scheme == *name);
        is_token || ir.security_schemes.iter().any(basic)
    };
    let operations = ir.operations.iter();
    let operations = operations.filter(|it| it.security_schemes.iter().any(of_sign_in));
    operations.map(|it| it.page.as_str()).collect()
}
