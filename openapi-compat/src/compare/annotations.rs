//! Texts, examples, extensions and deprecation.

use std::collections::BTreeSet;

use openapi_tree::is_extension;
use serde_json::Value;

use crate::change_id::{ChangeId, FlagIds};
use crate::context::{Compared, Context};
use crate::difference::Difference;
use crate::element::{Element, Pair};
use crate::revision::ElementTree;

const EXAMPLE: &str = "example";
const EXAMPLES: &str = "examples";

/// The ids for `deprecated`.
const DEPRECATED: FlagIds = (ChangeId::Deprecated, ChangeId::NoLongerDeprecated);

/// Compares annotations: some keywords, and all extensions.
pub(super) fn annotations(context: &mut Context<'_>, subject: &Compared<'_>, keywords: &[&str]) {
    let keywords = keywords.iter().copied();
    for keyword in keywords.chain(names_of_extensions(&subject.pair)) {
        context.keyword(subject, ChangeId::AnnotationChanged, keyword);
    }
}

/// Compares all extensions. The options say which of them concern clients.
pub(super) fn extensions(context: &mut Context<'_>, subject: &Compared<'_>) {
    use ChangeId::{ContractExtensionAdded, ContractExtensionRemoved};
    let pair = &subject.pair;
    for extension in names_of_extensions(pair) {
        let options = context.options;
        let is_in = |names: &[String]| names.iter().any(|name| name == extension);
        let id = match (pair.base.has(extension), pair.head.has(extension)) {
            _ if is_in(&options.behavioural_extensions) => ChangeId::BehaviouralExtensionChanged,
            _ if !is_in(&options.contract_extensions) => ChangeId::AnnotationChanged,
            (false, _) => ContractExtensionAdded,
            (true, true) => {
                members(context, subject, extension);
                continue;
            }
            (true, false) => ContractExtensionRemoved,
        };
        context.keyword(subject, id, extension);
    }
}

/// Compares the members of an extension that clients build requests with, each by its own name.
fn members(context: &mut Context<'_>, subject: &Compared<'_>, extension: &str) {
    let pair = &subject.pair;
    let id = ChangeId::ContractExtensionChanged;
    let (base, head) = (pair.base.json(extension), pair.head.json(extension));
    let (Some(Value::Object(base)), Some(Value::Object(head))) = (&base, &head) else {
        context.keyword(subject, id, extension);
        return;
    };
    let names: BTreeSet<&String> = base.keys().chain(head.keys()).collect();
    for name in names
        .into_iter()
        .filter(|name| base.get(*name) != head.get(*name))
    {
        let changed = Difference::of_keyword(id, pair, extension);
        let changed = changed.named(format!("{extension}.{name}"));
        context.record(
            subject,
            changed.values(base.get(name).cloned(), head.get(name).cloned()),
        );
    }
}

fn names_of_extensions<'a>(pair: &Pair<'a>) -> BTreeSet<&'a str> {
    let entries = pair.base.entries().chain(pair.head.entries());
    let names = entries.map(|(name, _)| name);
    names.filter(|name| is_extension(name)).collect()
}

/// Compares examples. The only example can be under either keyword.
pub(super) fn examples<'a>(context: &mut Context<'a>, subject: &Compared<'a>) {
    use ChangeId::{ExampleAdded, ExampleChanged, ExampleRemoved};
    let only = |document: &ElementTree<'a>, element: &Element<'a>| {
        let named = element.named(EXAMPLES);
        match (element.get(EXAMPLE), named.as_slice()) {
            (Some(example), []) => Some(example),
            (None, [(_, example)]) => document.resolve(example.clone()).get("value"),
            _ => None,
        }
    };
    let pair = &subject.pair;
    let (base, head) = (
        only(&context.base, &pair.base),
        only(&context.head, &pair.head),
    );
    if pair.base.has(EXAMPLE) != pair.head.has(EXAMPLE)
        && let (Some(base), Some(head)) = (base, head)
        && base.node.same(head.node)
    {
        return;
    }
    context.keyword(subject, ChangeId::AnnotationChanged, EXAMPLE);
    let ids = (ExampleAdded, ExampleRemoved, ExampleChanged);
    context.named_values(subject, ids, EXAMPLES);
}

/// Compares the deprecation of an element.
pub(super) fn deprecation(context: &mut Context<'_>, subject: &Compared<'_>) {
    context.flag(subject, DEPRECATED, "deprecated");
}

/// Compares the tags of an operation, or those of the API, which have descriptions.
pub(super) fn tags(context: &mut Context<'_>, subject: &Compared<'_>) {
    const KEYWORD: &str = "tags";
    let names = |element: &Element<'_>| -> Vec<String> {
        let tags = element.items(KEYWORD).into_iter();
        let names = tags.filter_map(|tag| tag.node.as_str().or_else(|| tag.str_at("name")));
        names.map(str::to_owned).collect()
    };
    let pair = &subject.pair;
    let (old, new) = (names(&pair.base), names(&pair.head));
    let id = match old == new {
        false => ChangeId::TagsChanged,
        true if old.is_empty() || !pair.differs(KEYWORD) => return,
        true => ChangeId::TagDescriptionsChanged,
    };
    let changed = Difference::of_keyword(id, pair, KEYWORD);
    context.record(subject, changed.values(Some(old), Some(new)));
}
