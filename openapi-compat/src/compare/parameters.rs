//! Parameters of operations.

use super::endpoint::Endpoint;
use super::{exploded, serialized_value};
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
    let both = matched.both.into_iter();
    let mut pairs: Vec<Pair<'a>> = both.map(|(_, base, head)| Pair { base, head }).collect();
    let elements = |parameters: Vec<(Identity<'a>, Element<'a>)>| -> Vec<Element<'a>> {
        let parameters = parameters.into_iter();
        parameters.map(|(_, parameter)| parameter).collect()
    };
    let (mut removed, mut added) = (elements(matched.removed), elements(matched.added));
    pairs.extend(exploded::take_renamed(context, &mut removed, &mut added));
    exploded::take_regrouped(context, operation, &mut removed, &mut added);
    pairs.extend(take_same_name(&mut removed, &mut added));
    for pair in pairs {
        let title = title(&pair.head);
        if let Some(inside) = context.enter(operation, ElementKind::Parameter, pair, title) {
            context.keyword(&inside, ChangeId::ParameterRenamed, "name");
            serialized_value::compare(context, &inside, REQUIRED);
        }
    }
    for parameter in added {
        let id = match parameter.flag("required") {
            true => ChangeId::RequiredParameterAdded,
            false => ChangeId::ParameterAdded,
        };
        let added = Difference::added(id, &base.operation, &parameter);
        let added = added.of(&title(&parameter));
        context.graph.record(operation.vertex, added);
    }
    for parameter in removed {
        let id = ChangeId::ParameterRemoved;
        let removed = Difference::removed(id, &parameter, &head.operation);
        let removed = removed.of(&title(&parameter));
        context.graph.record(operation.vertex, removed);
    }
}

/// Removes the query parameters of the same name from both lists, and returns them in pairs. Only one
/// of each pair is exploded.
fn take_same_name<'a>(
    removed: &mut Vec<Element<'a>>,
    added: &mut Vec<Element<'a>>,
) -> Vec<Pair<'a>> {
    let is_query = |parameter: &Element<'a>| parameter.str_at("in") == Some("query");
    let mut pairs = Vec::new();
    removed.retain(|base| {
        let same = added.iter().position(|head| {
            is_query(base) && is_query(head) && base.str_at("name") == head.str_at("name")
        });
        pairs.extend(same.map(|same| Pair::new(base.clone(), added.remove(same))));
        same.is_none()
    });
    pairs
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
        let location = match exploded::is_exploded(document, &parameter) {
            true => "query, exploded",
            false => location,
        };
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
