//! The features of the pages in the manifest of the client.

use crate::ir::{Ir, Page};
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
    for page in pages {
        let title = page.title.as_ref().unwrap_or(&page.stem);
        let title = title.trim_end_matches('.').replace(['\n', '\r'], " ");
        features += &format!("## {title}.\n{} = []\n", feature_name(&page.stem));
    }
    features
}
