//! The selection of an operation: by its name, or by a method and a path.

use percent_encoding::percent_decode_str;

use super::spec::{Operation, Spec};
use crate::resolve::suggest::suggestion;

/// An operation, with the parameters that the path has already.
pub(crate) struct Selected<'a> {
    pub(crate) operation: Operation<'a>,
    pub(crate) path: Vec<(String, String)>,
    pub(crate) query: Vec<(String, String)>,
}

const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// Returns the operation that the words name: `list_groups`, `GetSIPGroupsListApp`, `GET /app/group` or
/// `DELETE /app/group/<uuid>`.
///
/// # Errors
/// Returns a message with the nearest operation.
pub(crate) fn select<'a>(spec: &'a Spec, words: &[String]) -> Result<Selected<'a>, String> {
    let words: Vec<&str> = words
        .iter()
        .flat_map(|word| word.split_whitespace())
        .collect();
    match words[..] {
        [name] if name.starts_with('/') => by_path(spec, "GET", name),
        [name] => by_name(spec, name),
        [method, path] if METHODS.contains(&method.to_uppercase().as_str()) => {
            by_path(spec, &method.to_uppercase(), path)
        }
        _ => Err("expected the name of an operation, or a method and a path".to_owned()),
    }
}

fn by_name<'a>(spec: &'a Spec, name: &str) -> Result<Selected<'a>, String> {
    let snake = name.replace('-', "_");
    let is_named = |operation: &Operation| {
        [operation.name(), operation.id()]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(&snake))
    };
    match spec.operations().find(is_named) {
        Some(operation) => Ok(Selected {
            operation,
            path: Vec::new(),
            query: Vec::new(),
        }),
        None => {
            let known = spec.operations().map(|operation| operation.name());
            Err(format!(
                "there is no operation `{name}`{}",
                suggestion(&snake, known)
            ))
        }
    }
}

fn by_path<'a>(spec: &'a Spec, method: &str, typed: &str) -> Result<Selected<'a>, String> {
    let (path, query) = typed.split_once('?').unwrap_or((typed, ""));
    let path = format!("/{}", path.trim_matches('/'));
    let fitting = |operation: &Operation| parameters_of(operation.path(), &path).is_some();
    let fitting: Vec<Operation> = spec.operations().filter(fitting).collect();
    let operation = fitting
        .iter()
        .filter(|operation| operation.method() == method);
    // A path without parameters goes before one with them.
    let operation = operation.min_by_key(|operation| operation.path().matches('{').count());
    let Some(operation) = operation else {
        let methods: Vec<String> = fitting.iter().map(Operation::method).collect();
        return Err(match methods.is_empty() {
            true => {
                let known = spec.operations().map(|operation| operation.path());
                format!("there is no path `{path}`{}", suggestion(&path, known))
            }
            false => format!("`{path}` has no {method}, but {}", methods.join(", ")),
        });
    };
    let query = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(&value.replace('+', " ")))
        });
    Ok(Selected {
        operation: *operation,
        path: parameters_of(operation.path(), &path).unwrap_or_default(),
        query: query.collect(),
    })
}

/// Returns the parameters that a path has in the places of a template. A place that still has the text of
/// the template is no value.
fn parameters_of(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let template: Vec<&str> = template.split('/').collect();
    let path: Vec<&str> = path.split('/').collect();
    if template.len() != path.len() {
        return None;
    }
    let mut parameters = Vec::new();
    for (part, segment) in template.into_iter().zip(path) {
        let name = part
            .strip_prefix('{')
            .and_then(|part| part.strip_suffix('}'));
        match name {
            _ if part == segment => {}
            Some(name) if !segment.is_empty() => {
                parameters.push((name.to_owned(), decoded(segment)));
            }
            _ => return None,
        }
    }
    Some(parameters)
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::spec::tests::spec;

    fn selected(words: &[&str]) -> Result<String, String> {
        let spec = spec();
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let selected = select(spec, &words)?;
        let name = selected.operation.name();
        Ok(format!("{name} {:?} {:?}", selected.path, selected.query))
    }

    #[test]
    fn operation_is_selected_by_name_or_by_method_and_path() {
        for (words, expected) in [
            (&["list_groups"][..], "list_groups [] []"),
            (&["list-groups"], "list_groups [] []"),
            (&["GetSIPGroupsListApp"], "list_groups [] []"),
            (&["GET", "/app/group"], "list_groups [] []"),
            (&["get app/group/"], "list_groups [] []"),
            (&["/app/group"], "list_groups [] []"),
            (&["DELETE", "/app/group/{uuid}"], "delete_group [] []"),
            (
                &["DELETE", "/app/group/a%20b"],
                r#"delete_group [("uuid", "a b")] []"#,
            ),
            (&["DELETE", "/token/all"], "delete_all_tokens [] []"),
            (
                &["POST", "/tn/search?size=5&page=2"],
                r#"search_telephone_numbers [] [("size", "5"), ("page", "2")]"#,
            ),
        ] {
            assert_eq!(selected(words).as_deref(), Ok(expected), "{words:?}");
        }
    }

    #[test]
    fn unknown_operation_is_refused_with_the_nearest_one() {
        for (words, expected) in [
            (
                &["list_group"][..],
                "there is no operation `list_group` (did you mean `list_groups`?)",
            ),
            (&["xyz"], "there is no operation `xyz`"),
            (
                &["PUT", "/app/group"],
                "`/app/group` has no PUT, but GET, POST",
            ),
            (
                &["GET", "/app/groups"],
                "there is no path `/app/groups` (did you mean `/app/group`?)",
            ),
            (
                &["list_groups", "x"],
                "expected the name of an operation, or a method and a path",
            ),
        ] {
            assert_eq!(selected(words).unwrap_err(), expected, "{words:?}");
        }
    }
}
