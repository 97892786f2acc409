//! Parameters and headers.

use crate::context::{Context, Named, Pair};
use super::content;
use super::document::Operation;
use crate::compatibility::{Effect, Way};
use crate::graph::{Kind, UnitId};
use super::operation::deprecation;
use crate::schema::Label;
use crate::revision::{At, Side};

/// What OpenAPI wants passed over: other parts of the spec say these.
const PASSED_OVER: [&str; 3] = ["accept", "content-type", "authorization"];

/// Where a parameter goes, and its name; of a path parameter, which one it is.
type Identity = (String, String);

/// Compares what can be set of an operation, its body apart.
pub(crate) fn of_operation<'a>(
    context: &mut Context<'a>,
    unit: UnitId,
    base: &Operation<'a>,
    head: &Operation<'a>,
) {
    let older = parameters(&context.base, base);
    let newer = parameters(&context.head, head);
    for (identity, parameter) in &newer {
        match older.iter().find(|(known, _)| known == identity) {
            Some((_, known)) => {
                let pair = Pair {
                    base: known.clone(),
                    head: parameter.clone(),
                };
                if let Some(inside) = context.inside(unit, Kind::Parameter, &pair, Way::Request)
                {
                    parameter_pair(context, inside, &pair);
                }
            }
            None => added(context, unit, base, parameter),
        }
    }
    let is_gone =
        |(identity, _): &&(Identity, At<'a>)| !newer.iter().any(|(known, _)| known == identity);
    for (_, parameter) in older.iter().filter(is_gone) {
        let what = format!(
            "{} is gone: clients that send it are not understood",
            title(parameter)
        );
        context.note_gone(unit, Effect::OTHER, parameter, &head.at, what);
    }
}

fn added(context: &mut Context<'_>, unit: UnitId, base: &Operation<'_>, parameter: &At<'_>) {
    let title = title(parameter);
    let (effect, what) = match parameter.flag("required") {
        true => (
            Effect::OTHER,
            format!("{title} is new and required: clients that do not send it are refused"),
        ),
        false => (
            Effect::ADDED,
            format!("{title} is new and need not be sent"),
        ),
    };
    context.note_added(unit, effect, &base.at, parameter, what);
}

/// The parameters of an operation and of its path item; the operation's stand first.
fn parameters<'a>(side: &Side<'a>, operation: &Operation<'a>) -> Vec<(Identity, At<'a>)> {
    let path = operation.path_parameters();
    let own = operation.at.items("parameters").into_iter();
    let mut parameters: Vec<(Identity, At<'a>)> = Vec::new();
    for parameter in own.chain(operation.path_item.items("parameters")) {
        let parameter = side.resolve(parameter);
        let name = parameter.str_at("name").unwrap_or_default();
        let place = parameter.str_at("in").unwrap_or_default();
        let name = match place {
            "header" => name.to_lowercase(),
            "path" => match path.iter().position(|known| *known == name) {
                Some(position) => position.to_string(),
                None => name.to_owned(),
            },
            _ => name.to_owned(),
        };
        let identity = (place.to_owned(), name);
        let passed_over = place == "header" && PASSED_OVER.contains(&identity.1.as_str());
        if !passed_over && !parameters.iter().any(|(known, _)| *known == identity) {
            parameters.push((identity, parameter));
        }
    }
    parameters
}

/// How people call a parameter: ``the query parameter `limit` ``.
fn title(parameter: &At<'_>) -> String {
    format!(
        "the {} parameter `{}`",
        parameter.str_at("in").unwrap_or_default(),
        parameter.str_at("name").unwrap_or_default()
    )
}

fn parameter_pair<'a>(context: &mut Context<'a>, unit: UnitId, pair: &Pair<'a>) {
    let title = title(&pair.head);
    if let Some(differs) = pair.differs("name") {
        let what =
            format!("the name of {title} {differs}: the same on the wire, another name in code");
        context.note(unit, Effect::DOCUMENTATION, pair, "name", what);
    }
    let missing = "whoever leaves it out is refused";
    value(context, unit, pair, &title, missing);
}

/// Compares the headers of a response or of a part of a body.
pub(crate) fn headers<'a>(
    context: &mut Context<'a>,
    unit: UnitId,
    pair: &Pair<'a>,
    of: &str,
) {
    let Named {
        mut both,
        mut gone,
        mut added,
    } = context.named(pair, "headers");
    // Their names are read without regard to case.
    gone.retain(|(older, base)| {
        let renamed = added
            .iter()
            .position(|(newer, _)| newer.eq_ignore_ascii_case(older));
        if let Some((newer, head)) = renamed.map(|index| added.remove(index)) {
            let what =
                format!("the header `{older}` of {of} is written `{newer}`: the same on the wire");
            context.note_added(unit, Effect::DOCUMENTATION, base, &head, what);
            let base = base.clone();
            both.push((newer, Pair { base, head }));
        }
        renamed.is_none()
    });
    let is_passed_over = |name: &str| name.eq_ignore_ascii_case("content-type");
    for (name, header) in gone.into_iter().filter(|(name, _)| !is_passed_over(name)) {
        let what =
            format!("the header `{name}` of {of} is gone: clients that read it find nothing");
        context.note_gone(unit, Effect::OTHER, &header, &pair.head, what);
    }
    for (name, header) in added.into_iter().filter(|(name, _)| !is_passed_over(name)) {
        let what = format!("{of} has a new header: `{name}`");
        context.note_added(unit, Effect::ADDED, &pair.base, &header, what);
    }
    for (name, header) in both {
        if let Some(inside) = context.inside(unit, Kind::Header, &header, Way::Request) {
            let title = format!("the header `{name}`");
            value(context, inside, &header, &title, "it is always there");
        }
    }
}

/// Compares what parameters and headers have in common.
fn value<'a>(
    context: &mut Context<'a>,
    unit: UnitId,
    pair: &Pair<'a>,
    title: &str,
    required: &str,
) {
    context.texts(unit, pair, &["description", "example"], title);
    context.named_texts(unit, pair, "examples", title);
    deprecation(context, unit, pair, title);
    match (pair.base.flag("required"), pair.head.flag("required")) {
        (false, true) => {
            let what = format!("{title} is required, and was not: {required}");
            context.note(unit, Effect::NARROWER, pair, "required", what);
        }
        (true, false) => {
            let what = format!("{title} is not required any more: it may be missing");
            context.note(unit, Effect::WIDER, pair, "required", what);
        }
        _ => {}
    }
    match (
        pair.base.flag("allowEmptyValue"),
        pair.head.flag("allowEmptyValue"),
    ) {
        (false, true) => {
            let what = format!("{title} may be empty, and could not be before");
            context.note(unit, Effect::WIDER, pair, "allowEmptyValue", what);
        }
        (true, false) => {
            let what = format!("{title} may not be empty any more");
            context.note(unit, Effect::NARROWER, pair, "allowEmptyValue", what);
        }
        _ => {}
    }
    serialization(context, unit, pair, title);
    let label = Label::of(title);
    match (pair.get("schema"), pair.get("content")) {
        (Some(schema), _) => context.schema(unit, schema, label),
        (None, Some(_)) => content::media_types(context, unit, pair, title),
        (None, None) => {
            let by = |at: &At<'_>| {
                if at.node.get("content").is_some() {
                    "content"
                } else {
                    "schema"
                }
            };
            if by(&pair.base) != by(&pair.head) {
                let what = format!(
                    "{title} was described by `{}` and is by `{}`: it may be written in another \
                         way",
                    by(&pair.base),
                    by(&pair.head)
                );
                context.note(unit, Effect::OTHER, pair, by(&pair.head), what);
            }
        }
    }
}

/// How a value is written: `style`, `explode`, `allowReserved`, with what they are where they are
/// not said.
fn serialization(context: &mut Context<'_>, unit: UnitId, pair: &Pair<'_>, title: &str) {
    let style = |at: &At<'_>| {
        let usual = match at.str_at("in") {
            Some("query" | "cookie") => "form",
            _ => "simple",
        };
        at.str_at("style").unwrap_or(usual).to_owned()
    };
    let explode = |at: &At<'_>| match at.node.get("explode") {
        Some(_) => at.flag("explode").to_string(),
        None => (style(at) == "form").to_string(),
    };
    let reserved = |at: &At<'_>| at.flag("allowReserved").to_string();
    let said = |at: &At<'_>| [style(at), explode(at), reserved(at)];
    let keys = ["style", "explode", "allowReserved"].into_iter();
    for (key, (base, head)) in keys.zip(said(&pair.base).into_iter().zip(said(&pair.head))) {
        if base != head {
            let what = format!(
                "`{key}` of {title} was `{base}` and is `{head}`: clients that write or read it as before fail"
            );
            context.note(unit, Effect::OTHER, pair, key, what);
        }
    }
}
