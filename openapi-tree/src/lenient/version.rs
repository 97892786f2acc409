//! The version of OpenAPI.

use crate::finding::Finding;
use crate::node::{Node, Value};
use crate::source::Sources;

const RULE: &str = "openapi-version";

/// Checks the version of a file, and makes it a text.
///
/// # Errors
/// Returns the reason why the file is no OpenAPI 3.
pub(super) fn check(
    root: &mut Node,
    sources: &Sources,
    warnings: &mut Vec<Finding>,
) -> Result<(), Box<Finding>> {
    let refuse = |node: &Node, message: &str, help: &str| {
        Err(Box::new(Finding::new(RULE, &node.span, message, help)))
    };
    if let Some(swagger) = root.get("swagger")
        && root.get("openapi").is_none()
    {
        let file = sources.locate(swagger.span.start);
        let name = file.map_or("swagger.yaml", |(file, _)| file.name());
        let help = format!(
            "convert it to OpenAPI 3 first: `npx swagger2openapi {name} --outfile openapi.yaml`"
        );
        return refuse(swagger, "this is Swagger 2.0, which is not compared", &help);
    }
    let Some(version) = root.get_mut("openapi") else {
        let help = "start with `openapi: 3.0.3`";
        return refuse(root, "no OpenAPI document: `openapi` is missing", help);
    };
    if let Value::Number(_) = version.value {
        warnings.push(Finding::new(
            RULE,
            &version.span,
            "the version is a number",
            "write it in quotes",
        ));
        version.value = Value::String(sources.text(&version.span).into());
    }
    let text = version.as_str().unwrap_or_default().trim().to_owned();
    let mut parts = text.split('.');
    match (parts.next(), parts.next()) {
        (Some("3"), Some("0" | "1")) => {}
        (Some("3"), _) => warnings.push(Finding::new(
            RULE,
            &version.span,
            format!("OpenAPI {text} is read as OpenAPI 3.1"),
            "write `openapi: 3.1.1`",
        )),
        _ => {
            let help = "write OpenAPI 3.0 or 3.1, with `openapi: 3.0.3` at the top";
            return refuse(version, "an unsupported version of OpenAPI", help);
        }
    }
    Ok(())
}
