//! Parameters of operations.

use super::endpoint::Endpoint;
use super::serialized_value;
use crate::change_id::{ChangeId, FlagIds};
use crate::context::{Compared, Context};
use crate::difference::Difference;
use crate::element::{Element, Matched, Pair};
use crate::graph::ElementKind;
use crate::revision::ElementTree;

/// The headers that are no parameters, because other parts of a document describe them.
const NO_PARAMETERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// The identity of a parameter: its location, and its name as requests contain it. The name of a
/// path parameter is not in a request, so that its position in the path stands for it.
type Identity<'a> = (&'a str, String);

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
    let matched = Matched::new(older, newer);
    for (_, base, head) in matched.both {
        let title = title(&head);
        let pair = Pair { base, head };
        if let Some(inside) = context.enter(operation, ElementKind::Parameter, pair, title) {
            context.keyword(&inside, ChangeId::ParameterRenamed, "name");
            serialized_value::compare(context, &inside, REQUIRED);
        }
    }
    for (_, parameter) in matched.added {
        let id = match parameter.flag("required") {
            true => ChangeId::RequiredParameterAdded,
            false => ChangeId::ParameterAdded,
        };
        let added = Difference::added(id, &base.operation, &parameter);
        context
            .graph
            .record(operation.vertex, added.of(&title(&parameter)));
    }
    for (_, parameter) in matched.removed {
        let id = ChangeId::ParameterRemoved;
        let removed = Difference::removed(id, &parameter, &head.operation);
        context
            .graph
            .record(operation.vertex, removed.of(&title(&parameter)));
    }
}

/// Returns the parameters of an operation, and then those of its path item, which the former replace.
fn parameters<'a>(
    document: &ElementTree<'a>,
    endpoint: &Endpoint<'a>,
) -> Vec<(Identity<'a>, Element<'a>)> {
    let path = endpoint.path_parameters();
    let own = endpoint.operation.items("parameters").into_iter();
    let all = own.chain(endpoint.path_item.items("parameters"));
    let identified = all.map(|parameter| {
        let parameter = document.resolve(parameter);
        let name = parameter.str_at("name").unwrap_or_default();
        let location = parameter.str_at("in").unwrap_or_default();
        let position = path.iter().position(|known| *known == name);
        let name = match (location, position) {
            ("header", _) => name.to_lowercase(),
            ("path", Some(position)) => position.to_string(),
            _ => name.to_owned(),
        };
        ((location, name), parameter)
    });
    let is_parameter = |((location, name), _): &(Identity<'a>, _)| {
        *location != "header" || !NO_PARAMETERS.contains(&name.as_str())
    };
    identified.filter(is_parameter).collect()
}

/// Returns the name in a sentence: ``the query parameter `limit` ``.
fn title(parameter: &Element<'_>) -> String {
    format!(
        "the {} parameter `{}`",
        parameter.str_at("in").unwrap_or_default(),
        parameter.str_at("name").unwrap_or_default()
    )
}
