//! The explanations of the types of changes. The texts are Markdown files, each with the ids of an area.

mod markdown;
mod text;

use std::sync::LazyLock;

use crate::change_id::ChangeId;
use crate::level::{Direction, Level};

/// The texts. Each starts with the title of the area.
const TEXTS: [&str; 7] = [
    include_str!("explanation/operations.md"),
    include_str!("explanation/servers.md"),
    include_str!("explanation/messages.md"),
    include_str!("explanation/content.md"),
    include_str!("explanation/schemas.md"),
    include_str!("explanation/compositions.md"),
    include_str!("explanation/documentation.md"),
];

/// The explanation of a type of change, with an example.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Explanation {
    /// The type of the change.
    pub id: ChangeId,
    /// The title of the area to which it belongs.
    pub area: &'static str,
    /// The meaning, on one line.
    pub meaning: &'static str,
    /// The levels of the example, each with its direction and its reason.
    pub effects: Vec<ExplainedEffect>,
    /// The advice for the author of the API.
    pub author: &'static str,
    /// The advice for the author of a client.
    pub client: &'static str,
    /// The other types of changes that are reported with the example.
    pub with: Vec<ChangeId>,
    /// The part of a document in which the example stands: `document`, `operation`, `schemas` for
    /// `components.schemas`, or `schema` for a schema that is both sent and received. The version of
    /// OpenAPI follows if it is not 3.0.
    pub place: &'static str,
    /// The lines of the example. They start with `- ` in the base, with `+ ` in the head, and with
    /// two spaces in both.
    pub example: Vec<&'static str>,
}

/// The level of the example of an [`Explanation`] in one direction.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ExplainedEffect {
    /// The direction.
    pub direction: Direction,
    /// The level.
    pub level: Level,
    /// The reason for the level, and the conditions for another one.
    pub reason: &'static str,
}

impl ChangeId {
    /// Returns the explanation of such changes.
    ///
    /// ```
    /// use openapi_compat::{ChangeId, Level};
    ///
    /// let explanation = ChangeId::PropertyBecameRequired.explanation();
    /// assert_eq!(explanation.meaning, "An optional property is now required.");
    /// assert_eq!(explanation.effects[0].level, Level::Breaking);
    /// ```
    pub fn explanation(self) -> Explanation {
        let mut known = EXPLANATIONS.iter();
        let known = known.find(|explanation| explanation.id == self);
        known.cloned().unwrap_or_else(|| Explanation::new(self, ""))
    }
}

/// The explanations of all texts.
static EXPLANATIONS: LazyLock<Vec<Explanation>> =
    LazyLock::new(|| TEXTS.into_iter().flat_map(of_text).collect());

fn of_text(text: &'static str) -> Vec<Explanation> {
    let title = text.lines().next().and_then(|line| line.strip_prefix("# "));
    let area = title.unwrap_or_default();
    let mut explanations: Vec<Explanation> = Vec::new();
    let mut in_example = false;
    for line in text.lines() {
        let id = line.strip_prefix("## ").and_then(|id| id.parse().ok());
        explanations.extend(id.map(|id| Explanation::new(id, area)));
        match explanations.last_mut() {
            Some(explanation) if id.is_none() => explanation.read(line, &mut in_example),
            _ => {}
        }
    }
    explanations
}

impl Explanation {
    fn new(id: ChangeId, area: &'static str) -> Self {
        Self {
            id,
            area,
            meaning: "",
            effects: Vec::new(),
            author: "",
            client: "",
            with: Vec::new(),
            place: "",
            example: Vec::new(),
        }
    }

    /// Reads a line of the section.
    fn read(&mut self, line: &'static str, in_example: &mut bool) {
        if let Some(place) = line.strip_prefix("```diff ") {
            self.place = place;
            *in_example = true;
        } else if line == "```" {
            *in_example = false;
        } else if *in_example {
            self.example.push(line);
        } else if let Some(advice) = line.strip_prefix("- Author: ") {
            self.author = advice;
        } else if let Some(advice) = line.strip_prefix("- Client: ") {
            self.client = advice;
        } else if let Some(ids) = line.strip_prefix("- With: ") {
            self.with = ids.split(", ").filter_map(|id| id.parse().ok()).collect();
        } else if let Some(item) = line.strip_prefix("- ") {
            self.effects.extend(effect(item));
        } else if self.meaning.is_empty() {
            self.meaning = line;
        }
    }

    /// Returns the place of the example in words, with the other changes that belong to it.
    fn place_in_words(&self) -> String {
        let place = match self.place.split(' ').next().unwrap_or_default() {
            "schema" => "a schema that is both sent and received",
            "schemas" => "`components.schemas`; `Request` and `Response` are sent and received",
            "operation" => "an operation",
            _ => "the document",
        };
        match &self.with[..] {
            [] => place.to_owned(),
            with => {
                let with: Vec<String> = with.iter().map(|id| format!("`{id}`")).collect();
                format!("{place}, reported together with {}", with.join(", "))
            }
        }
    }
}

fn effect(item: &'static str) -> Option<ExplainedEffect> {
    let (direction, rest) = item.split_once(": ")?;
    let (level, reason) = rest.split_once(". ")?;
    Some(ExplainedEffect {
        direction: direction.to_lowercase().parse().ok()?,
        level: level.parse().ok()?,
        reason,
    })
}
