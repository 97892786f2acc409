//! A schema with what it takes over by `allOf`.

use std::collections::BTreeMap;

use crate::revision::{At, Side};
use openapi_tree::{Node, Pointer};

/// What properties that are not named may be.
#[derive(Clone, Debug)]
pub(crate) enum Additional<'a> {
    /// Anything.
    Open,
    /// Nothing: there are none.
    Closed,
    /// What a schema allows.
    Schema(At<'a>),
}

/// The parts of a schema.
#[derive(Clone, Debug)]
pub(crate) struct View<'a> {
    /// Facets, texts and what else is not a schema, by keyword.
    keywords: BTreeMap<&'a str, At<'a>>,
    pub(crate) properties: Vec<(&'a str, At<'a>)>,
    /// The names of the required properties, where each stands.
    pub(crate) required: BTreeMap<&'a str, At<'a>>,
    pub(crate) items: Option<At<'a>>,
    pub(crate) additional: Additional<'a>,
    /// What could not be taken over.
    pub(crate) all_of: Vec<At<'a>>,
    pub(crate) any_of: Vec<At<'a>>,
    pub(crate) one_of: Vec<At<'a>>,
    pub(crate) not: Option<At<'a>>,
    /// Whether it says `nullable` where that says nothing.
    pub(crate) nullable_in_vain: bool,
}

/// The keywords that do not change what a schema allows: of two, the outer one stands.
fn is_text(keyword: &str) -> bool {
    let texts = [
        "title",
        "description",
        "example",
        "externalDocs",
        "default",
        "deprecated",
        "readOnly",
        "writeOnly",
        "xml",
    ];
    texts.contains(&keyword) || keyword.starts_with("x-")
}

impl<'a> View<'a> {
    /// The view of a schema that is no reference.
    pub(crate) fn of(side: &Side<'a>, at: &At<'a>) -> Self {
        let mut within = vec![at.pointer.clone()];
        Self::read(side, at, &mut within)
    }

    fn read(side: &Side<'a>, at: &At<'a>, within: &mut Vec<Pointer>) -> Self {
        let mut view = Self::alone(side, at);
        let parts = std::mem::take(&mut view.all_of);
        for part in parts {
            let target = side.resolve(part.clone());
            if within.contains(&target.pointer) {
                continue; // it is a part of itself, which says nothing
            }
            within.push(target.pointer.clone());
            let inner = Self::read(side, &target, within);
            within.pop();
            view = match view.clone().with(inner) {
                Some(merged) => merged,
                None => {
                    view.all_of.push(part);
                    view
                }
            };
        }
        view
    }

    /// The view of a schema without looking into what it takes over.
    fn alone(side: &Side<'a>, at: &At<'a>) -> Self {
        let typed = at.node.get("type").is_some();
        let is_own = |keyword: &str| {
            let inner = [
                "properties",
                "required",
                "items",
                "additionalProperties",
                "allOf",
                "anyOf",
                "oneOf",
                "not",
            ];
            // `nullable` without `type` in the same schema says nothing (OpenAPI 3.0.3).
            !inner.contains(&keyword) && (keyword != "nullable" || typed)
        };
        let mut any_of = at.items("anyOf");
        let mut one_of = at.items("oneOf");
        let mut all_of = at.items("allOf");
        // One alternative is none.
        for alternatives in [&mut any_of, &mut one_of] {
            if alternatives.len() == 1 {
                all_of.append(alternatives);
            }
        }
        let additional = match at.get("additionalProperties") {
            None => Additional::Open,
            Some(schema) => match schema.node.as_bool() {
                Some(true) => Additional::Open,
                Some(false) => Additional::Closed,
                None if side.resolve(schema.clone()).node.entries().is_empty() => Additional::Open,
                None => Additional::Schema(schema),
            },
        };
        Self {
            keywords: at
                .entries()
                .filter(|(keyword, _)| is_own(keyword))
                .collect(),
            properties: at
                .get("properties")
                .map(|properties| properties.entries().collect())
                .unwrap_or_default(),
            required: at
                .items("required")
                .into_iter()
                .filter_map(|name| Some((name.node.as_str()?, name)))
                .collect(),
            items: at.get("items"),
            additional,
            all_of,
            any_of,
            one_of,
            not: at.get("not"),
            nullable_in_vain: !typed && at.flag("nullable"),
        }
    }

    /// What allows what both allow; nothing where that takes more than one schema of this form.
    fn with(mut self, other: Self) -> Option<Self> {
        let typed = |view: &Self| view.keyword("type").is_some();
        let nullable = |view: &Self| !typed(view) || view.flag("nullable");
        if !(nullable(&self) && nullable(&other)) {
            self.keywords.remove("nullable");
        }
        let not_null = self.keyword("type").is_some() && !self.flag("nullable");
        for (keyword, at) in other.keywords {
            match self.keywords.get(keyword) {
                None if keyword == "nullable" && not_null => {}
                None => {
                    self.keywords.insert(keyword, at);
                }
                Some(own) if is_text(keyword) || own.node.same(at.node) => {}
                Some(_) => return None,
            }
        }
        for (name, at) in other.properties {
            match self.properties.iter().find(|(known, _)| *known == name) {
                None => self.properties.push((name, at)),
                Some((_, known)) if known.node.same(at.node) => {}
                Some(_) => return None,
            }
        }
        for (name, at) in other.required {
            self.required.entry(name).or_insert(at);
        }
        match (&self.additional, &other.additional) {
            (Additional::Open, Additional::Open) => {}
            _ => return None,
        }
        for (own, other) in [(&mut self.items, other.items), (&mut self.not, other.not)] {
            match (&own, other) {
                (None, other) => *own = other,
                (Some(_), None) => {}
                (Some(known), Some(other)) if known.node.same(other.node) => {}
                (Some(_), Some(_)) => return None,
            }
        }
        self.all_of.extend(other.all_of);
        for (own, other) in [
            (&mut self.any_of, other.any_of),
            (&mut self.one_of, other.one_of),
        ] {
            match (own.is_empty(), other.is_empty()) {
                (_, true) => {}
                (true, false) => *own = other,
                (false, false) => return None,
            }
        }
        Some(self)
    }

    pub(crate) fn keyword(&self, keyword: &str) -> Option<&At<'a>> {
        self.keywords.get(keyword)
    }

    /// The keywords that hold no schemas.
    pub(crate) fn keywords(&self) -> impl Iterator<Item = &'a str> + use<'_, 'a> {
        self.keywords.keys().copied()
    }

    pub(crate) fn flag(&self, keyword: &str) -> bool {
        self.keyword(keyword).and_then(|at| at.node.as_bool()) == Some(true)
    }

    pub(crate) fn property(&self, name: &str) -> Option<&At<'a>> {
        let property = self.properties.iter().find(|(known, _)| *known == name);
        property.map(|(_, at)| at)
    }

    /// Of which lists of schemas it is made: `allOf`, `anyOf`, `oneOf`.
    pub(crate) fn shape(&self) -> [bool; 3] {
        let lists = [&self.all_of, &self.any_of, &self.one_of];
        lists.map(|list| !list.is_empty())
    }

    /// Whether what it allows is more than the conjunction of its facets and of its parts.
    pub(crate) fn is_composed(&self) -> bool {
        self.shape() != [false; 3] || self.not.is_some()
    }

    /// The value of a keyword.
    pub(crate) fn value(&self, keyword: &str) -> Option<&'a Node> {
        self.keyword(keyword).map(|at| at.node)
    }
}
