//! The keywords of JSON Schema 2020-12 that OpenAPI 3.0 lacks: schemas for some items, for some
//! properties, and for values that satisfy a condition.
//!
//! If the same schemas are there in both revisions, they are compared as schemas. Otherwise the
//! keyword is compared as a whole: its change counts as breaking unless a proof about the whole
//! schemas shows that no value is lost.

use std::cmp::Ordering;

use openapi_tree::Node;

use super::ineffective::is_ineffective;
use super::schema_pair::SchemaPair;
use crate::change_id::ChangeId;
use crate::compatibility::Compatibility;
use crate::context::Context;
use crate::element::Element;

/// The form in which a keyword is compared.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Form {
    /// The value has schemas inside. The fewer values they allow, the fewer the whole allows.
    Schemas(Inside),
    /// The value is compared as a whole.
    Whole,
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Inside {
    One,
    List,
    Named,
}

/// A keyword, its form, and `true` if a schema without it allows more values.
struct Keyword(&'static str, Form, bool);

const KEYWORDS: [Keyword; 17] = [
    Keyword("prefixItems", Form::Schemas(Inside::List), false),
    Keyword("contains", Form::Schemas(Inside::One), true),
    Keyword("minContains", Form::Whole, false),
    Keyword("maxContains", Form::Whole, true),
    Keyword("unevaluatedItems", Form::Whole, true),
    Keyword("patternProperties", Form::Schemas(Inside::Named), false),
    Keyword("propertyNames", Form::Schemas(Inside::One), true),
    Keyword("dependentRequired", Form::Whole, true),
    Keyword("dependentSchemas", Form::Schemas(Inside::Named), true),
    Keyword("unevaluatedProperties", Form::Whole, true),
    Keyword("if", Form::Whole, false),
    Keyword("then", Form::Schemas(Inside::One), true),
    Keyword("else", Form::Schemas(Inside::One), true),
    Keyword("contentEncoding", Form::Whole, false),
    Keyword("contentMediaType", Form::Whole, false),
    Keyword("contentSchema", Form::Schemas(Inside::One), false),
    Keyword("$dynamicRef", Form::Whole, false),
];

/// Compares the keywords that OpenAPI 3.0 lacks.
pub(super) fn compare<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    for Keyword(keyword, form, narrows) in KEYWORDS {
        let (base, head) = (schemas.base.keyword(keyword), schemas.head.keyword(keyword));
        let of_part = match (base, head) {
            (None, None) => continue,
            _ if is_ineffective(schemas, keyword) => continue,
            _ if matches!(keyword, "then" | "else") && is_conditional_in_one(schemas) => continue,
            (Some(_), Some(_)) if !is_compared(schemas, keyword) => continue,
            (base, head) if keyword == "minContains" && has_contains(schemas) => {
                match least_count(head).cmp(&least_count(base)) {
                    Ordering::Equal => continue,
                    Ordering::Greater => Compatibility::NARROWER,
                    Ordering::Less => Compatibility::WIDER,
                }
            }
            (Some(base), Some(head)) => {
                if let Form::Schemas(inside) = form
                    && !depends_on_others(context, schemas, keyword)
                    && enter(context, schemas, keyword, inside, (base, head))
                {
                    continue;
                }
                if context.are_same(base, head) {
                    continue;
                }
                of_counts(keyword, base, head).unwrap_or(Compatibility::UNPROVEN)
            }
            (None, Some(_)) if narrows => Compatibility::NARROWER,
            (Some(_), None) if narrows => Compatibility::WIDER,
            _ => Compatibility::UNPROVEN,
        };
        // Proofs are about JSON values and not their encoding, and about described properties only.
        let compatibility = match keyword {
            "contentEncoding" | "contentMediaType" | "contentSchema" | "unevaluatedProperties" => {
                of_part
            }
            _ => schemas.of_whole(context, of_part),
        };
        let (old, new) = schemas.values(keyword);
        let changed = schemas.difference(ChangeId::KeywordChanged, keyword);
        let changed = changed.named(keyword).values(old, new).with(compatibility);
        schemas.record(context, changed);
    }
}

/// Returns the compatibility of a limit on the number of items that `contains` describes.
fn of_counts(keyword: &str, base: &Element<'_>, head: &Element<'_>) -> Option<Compatibility> {
    let count = |limit: &Element<'_>| limit.node.as_number()?.as_u64();
    let is_raised = count(head)? > count(base)?;
    match (keyword, is_raised) {
        ("maxContains", false) => Some(Compatibility::NARROWER),
        ("maxContains", true) => Some(Compatibility::WIDER),
        _ => None,
    }
}

/// Returns `true` if only one revision has `if`, whose change says all.
fn is_conditional_in_one(schemas: &SchemaPair<'_, '_>) -> bool {
    let [base, head] = [&schemas.base, &schemas.head].map(|schema| schema.keyword("if").is_some());
    base != head && !is_ineffective(schemas, "if")
}

fn has_contains(schemas: &SchemaPair<'_, '_>) -> bool {
    let mut revisions = [&schemas.base, &schemas.head].into_iter();
    revisions.all(|schema| schema.keyword("contains").is_some())
}

/// Returns the value of `minContains`, which is 1 by default.
fn least_count(limit: Option<&Element<'_>>) -> u64 {
    let count = limit.and_then(|limit| limit.node.as_number()?.as_u64());
    count.unwrap_or(1)
}

/// Returns `true` if a keyword that both schemas have can mean something: `then` and `else` say
/// nothing without `if`.
fn is_compared(schemas: &SchemaPair<'_, '_>, keyword: &str) -> bool {
    let has_if = || schemas.base.keyword("if").is_some() || schemas.head.keyword("if").is_some();
    !matches!(keyword, "then" | "else") || has_if()
}

/// Returns `true` if the meaning of a keyword depends on another one that changed, or that turns
/// its meaning round.
fn depends_on_others<'a>(
    context: &Context<'a>,
    schemas: &SchemaPair<'_, 'a>,
    keyword: &str,
) -> bool {
    let has = |other: &str| {
        schemas.base.keyword(other).is_some() || schemas.head.keyword(other).is_some()
    };
    match keyword {
        "then" | "else" => match (schemas.base.keyword("if"), schemas.head.keyword("if")) {
            (Some(base), Some(head)) => !context.are_same(base, head),
            (base, head) => base.is_some() || head.is_some(),
        },
        "contains" => has("minContains") || has("maxContains"),
        _ => false,
    }
}

/// Schedules the comparison of the schemas of a keyword. Returns `false` if they do not correspond.
fn enter<'a>(
    context: &mut Context<'a>,
    schemas: &SchemaPair<'_, 'a>,
    keyword: &str,
    inside: Inside,
    (base, head): (&Element<'a>, &Element<'a>),
) -> bool {
    let parts = |element: &Element<'a>| -> Vec<(String, Element<'a>)> {
        match inside {
            Inside::One => vec![(keyword.to_owned(), element.clone())],
            Inside::List => {
                let items: &'a [Node] = element.node.items();
                let item = |(index, node): (usize, &'a Node)| {
                    let pointer = element.pointer.child(index);
                    (index.to_string(), Element::new(node, pointer))
                };
                items.iter().enumerate().map(item).collect()
            }
            Inside::Named => {
                let entries = element.entries();
                let mut named: Vec<_> = entries
                    .map(|(name, schema)| (format!("{keyword}: {name}"), schema))
                    .collect();
                named.sort_by(|(a, _), (b, _)| a.cmp(b));
                named
            }
        }
    };
    let (base, head) = (parts(base), parts(head));
    let names = |parts: &[(String, Element<'a>)]| -> Vec<String> {
        parts.iter().map(|(name, _)| name.clone()).collect()
    };
    if names(&base) != names(&head) {
        return false;
    }
    for ((name, base), (_, head)) in base.iter().zip(&head) {
        schemas.enter(context, base, head, schemas.path.part(name));
    }
    true
}
