//! The sentences about changes: the fact first, and then the clients that are affected.

mod contrast;
mod ineffective;
mod limits;
mod media_types;
mod shown;

use indexmap::IndexSet;
use serde_json::{Map, Value};

use self::contrast::{codes, list, transition, transition_by};
use self::ineffective::ineffective;
use self::limits::{exclusive_limit, limit};
use self::media_types::{media_type_added, media_type_widened};
use self::shown::{code, composition, requirements, schemas, statuses, types};
use crate::change::Change;
use crate::change_id::Audience;
use crate::level::{ChangeKind, Direction, Level};

impl Change {
    /// Returns one sentence without a full stop: the fact, and then the consequence.
    pub fn message(&self) -> String {
        match self.consequence() {
            Some(consequence) => format!("{}: {consequence}", self.fact()),
            None => self.fact(),
        }
    }

    /// Returns what changed, without the consequence. It is the same in both directions.
    pub fn fact(&self) -> String {
        let (fact, _) = self.id.sentence();
        // Literals and placeholders take turns. Arguments are not searched: a path has braces.
        let parts = fact.split(['{', '}']).enumerate();
        let parts = parts.map(|(number, part)| match number % 2 {
            0 => part.to_owned(),
            _ => argument(self, part),
        });
        parts.collect()
    }

    /// Returns the clients that are affected, or `None` if the fact says everything. It is the same
    /// if the caller set another level.
    pub fn consequence(&self) -> Option<&'static str> {
        let (_, audience) = self.id.sentence();
        let consequence = clients(audience, self)?;
        let without_level = consequence.strip_suffix(", so it counts as breaking");
        match self.found_level {
            Some(_) => Some(without_level.unwrap_or(consequence)),
            None => Some(consequence),
        }
    }
}

/// Returns the text that a placeholder stands for.
fn argument(change: &Change, placeholder: &str) -> String {
    let (old, new) = (change.old.as_ref(), change.new.as_ref());
    match placeholder {
        "name" => change.name.clone().unwrap_or_default(),
        "old" | "new" => {
            let [older, newer] = match (old, new) {
                (Some(old), Some(new)) => codes(old, new),
                _ => [old, new].map(|value| value.map_or_else(|| "unset".to_owned(), code)),
            };
            if placeholder == "old" { older } else { newer }
        }
        "overlap" => match change.kind {
            ChangeKind::Removed => "no value matches several of them any more".to_owned(),
            _ => "a value may now match several of them".to_owned(),
        },
        "media type added" => media_type_added(change),
        "media type widened" => media_type_widened(change),
        "old composition" => composition(old),
        "new composition" => composition(new),
        "old list" => list(old, new),
        "new list" => list(new, old),
        "old requirements" => requirements(old),
        "new requirements" => requirements(new),
        "added or removed" if new.is_some() => "added".to_owned(),
        "added or removed" => "removed".to_owned(),
        "changed" => transition(old, new),
        "ineffective" => {
            let keyword = change.name.as_deref().unwrap_or_default();
            ineffective(keyword, &change.subject, old, new)
        }
        "keywords" => keywords(&change.subject, old, new),
        "statuses" => statuses(new),
        "schemas" => no_longer_and_now("includes", old, new, |names, _| schemas(names)),
        "values" if change.name.as_deref() == Some("const") => {
            let only = |values: Option<&Value>| values?.get(0).cloned();
            transition(only(old).as_ref(), only(new).as_ref())
        }
        "values" => match (old, new) {
            (None, new) => format!("now allows only {}", list(new, None)),
            (old, None) => format!("is now unset (was {})", list(old, None)),
            (old, new) => no_longer_and_now("allows", old, new, list),
        },
        "subject" => change.subject.clone(),
        unknown => format!("{{{unknown}}}"),
    }
}

/// Returns the changes of keywords that form one assertion.
fn keywords(subject: &str, old: Option<&Value>, new: Option<&Value>) -> String {
    let objects = [old, new].into_iter().flatten();
    let objects = objects.filter_map(Value::as_object);
    let keywords: IndexSet<&String> = objects.flat_map(Map::keys).collect();
    if let Some(limit) = exclusive_limit(subject, old, new) {
        return limit;
    }
    let clauses = keywords.into_iter().map(|keyword| {
        let (old, new) = (
            old.and_then(|old| old.get(keyword)),
            new.and_then(|new| new.get(keyword)),
        );
        let change = match keyword.as_str() {
            "type" => transition_by(types, old, new),
            "format" | "pattern" => transition(old, new),
            _ => transition_by(limit, old, new),
        };
        format!("`{keyword}` of {subject} {change}")
    });
    clauses.collect::<Vec<_>>().join(", and ")
}

/// Returns the items that a list lost, and those that it gained.
fn no_longer_and_now(
    verb: &str,
    old: Option<&Value>,
    new: Option<&Value>,
    show: fn(Option<&Value>, Option<&Value>) -> String,
) -> String {
    let has_items = |list: &&Value| list.as_array().is_some_and(|list| !list.is_empty());
    let shown = |adverb, list: Option<&Value>, other: Option<&Value>| {
        let list = list.filter(has_items);
        list.map(|list| format!("{adverb} {verb} {}", show(Some(list), other)))
    };
    let removed = shown("no longer", old, new);
    let clauses = removed.into_iter().chain(shown("now", new, old));
    clauses.collect::<Vec<_>>().join(" and ")
}

/// Returns the clients that are affected, or `None` if the fact says it all.
fn clients(audience: Audience, change: &Change) -> Option<&'static str> {
    use Audience::{Added, Fixed, Optional, Removed, Required, Unnamed};
    use Direction::{Request, Response};
    use Level::{Additive, Breaking, Documentation};
    let level = change.found_level.unwrap_or(change.level);
    Some(match (audience, level, change.direction) {
        (Unnamed, ..) => return None,
        (Fixed(clients), ..) => clients,
        (_, Documentation, _) => return None,

        (Added, Additive, Request) => "clients need not send it",
        (Added, Additive, Response) => "clients ignore unknown properties",
        (Added, Additive, _) => "clients need not send it and ignore unknown properties",
        (Required, Additive, _) => "clients can rely on it",
        (Optional, Additive, _) => "clients can omit it",
        (_, Additive, Request) => "all previously valid requests remain valid",
        (_, Additive, Response) => "clients receive only values that they already expect",
        (_, Additive, _) => "all previously valid values remain valid",

        (_, Breaking, Request) if !change.proven => {
            "there is no proof that all previously valid requests remain valid, so it counts as \
             breaking"
        }
        (_, Breaking, Response) if !change.proven => {
            "there is no proof that clients receive only values that they expect, so it counts as \
             breaking"
        }
        (_, Breaking, _) if !change.proven => {
            "there is no proof that all previously valid values remain valid, so it counts as \
             breaking"
        }

        (Removed, Breaking, Request) => "clients that send it are no longer understood",
        (Removed, Breaking, Response) => "clients that read it can no longer rely on it",
        (Removed, Breaking, _) => "clients that send or read it can no longer rely on it",
        (Required, Breaking, _) => "requests without it are rejected",
        (Optional, Breaking, _) => "clients may receive responses without it",
        (_, Breaking, Request) => "previously valid requests may be rejected",
        (_, Breaking, Response) => "clients may receive values that they do not expect",
        (_, Breaking, _) => {
            "previously valid requests may be rejected, and clients may receive values that they \
             do not expect"
        }
    })
}
