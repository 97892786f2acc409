//! Parameters of operations.

use super::endpoint::Endpoint;
use super::serialized_value;
use crate::change_id::{ChangeId, FlagIds};
use crate::context::{Compared, Context};
use crate::difference::Difference;
use crate::element::{Element, Pair};
use crate::graph::ElementKind;
use crate::revision::IndexedDocument;

/// The headers that are no parameters, because other parts of a document describe them.
const NO_PARAMETERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// The identity of a parameter: its location, and its name as requests contain it. The name of a
/// path parameter is not in a request, so that its position in the path stands for it.
type Identity = (String, String);

/// The ids for `required` of a parameter.
const REQUIRED: FlagIds = (
    ChangeId::ParameterBecameRequired,
    ChangeId::ParameterBecameOptional,
);

/// Compares the parameters of two operations.
pub(super) fn of_operation<'a>(
    context: &mut Context<'a>,
    operation: &Compared<'a>,
    base: &Endpoint<'a>,
    head: &Endpoint<'a>,
) {
    let older = parameters(&context.base, base);
    let newer = parameters(&context.head, head);
    for (identity, head) in &newer {
        if let Some((_, base)) = older.iter().find(|(known, _)| known == identity) {
            let (base, head, title) = (base.clone(), head.clone(), title(head));
            let pair = Pair { base, head };
            if let Some(inside) = context.enter(operation, ElementKind::Parameter, pair, title) {
                context.keyword(&inside, ChangeId::ParameterRenamed, "name");
                serialized_value::compare(context, &inside, REQUIRED);
            }
            continue;
        }
        let id = match head.flag("required") {
            true => ChangeId::RequiredParameterAdded,
            false => ChangeId::ParameterAdded,
        };
        let added = Difference::added(id, &base.operation, head).of(&title(head));
        context.graph.record(operation.vertex, added);
    }
    for (identity, parameter) in &older {
        if !newer.iter().any(|(known, _)| known == identity) {
            let id = ChangeId::ParameterRemoved;
            let removed = Difference::removed(id, parameter, &head.operation);
            context
                .graph
                .record(operation.vertex, removed.of(&title(parameter)));
        }
    }
}

/// Returns the parameters of an operation and of its path item. A parameter of the operation
/// replaces one of the path item.
fn parameters<'a>(
    document: &IndexedDocument<'a>,
    endpoint: &Endpoint<'a>,
) -> Vec<(Identity, Element<'a>)> {
    let path = endpoint.path_parameters();
    let own = endpoint.operation.items("parameters").into_iter();
    let mut parameters: Vec<(Identity, Element<'a>)> = Vec::new();
    for parameter in own.chain(endpoint.path_item.items("parameters")) {
        let parameter = document.resolve(parameter);
        let name = parameter.str_at("name").unwrap_or_default();
        let location = parameter.str_at("in").unwrap_or_default();
        let name = match location {
            "header" => name.to_lowercase(),
            "path" => match path.iter().position(|known| *known == name) {
                Some(position) => position.to_string(),
                None => name.to_owned(),
            },
            _ => name.to_owned(),
        };
        let identity = (location.to_owned(), name);
        let is_ignored = location == "header" && NO_PARAMETERS.contains(&identity.1.as_str());
        if !is_ignored && !parameters.iter().any(|(known, _)| *known == identity) {
            parameters.push((identity, parameter));
        }
    }
    parameters
}

/// Returns the name in a sentence: ``the query parameter `limit` ``.
fn title(parameter: &Element<'_>) -> String {
    format!(
        "the {} parameter `{}`",
        parameter.str_at("in").unwrap_or_default(),
        parameter.str_at("name").unwrap_or_default()
    )
}
