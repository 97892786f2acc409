//! The words that the formats have in common.

use super::{Report, ClientChanges, Side};
use crate::change::{Direction, Level, ClientChange, WireChange};
use crate::semver::{Bump, Verdict};

/// How many operations or items are named before the rest is counted.
const NAMED: usize = 3;

impl Report {
    /// The verdict in one line.
    pub(super) fn headline(&self) -> String {
        match self.verdict {
            Verdict::Unchanged => self.unchanged(),
            Verdict::Declared => format!("Declared: {}", self.bumps()),
            Verdict::Undeclared => match self.next_version() {
                Some(next) => format!("Undeclared: {}; raise it to {next}", self.bumps()),
                None => format!("Undeclared: {}", self.bumps()),
            },
        }
    }

    fn unchanged(&self) -> String {
        let name = |side: &Side| one_line(&side.name);
        let (base, head) = (name(&self.base), name(&self.head));
        match &self.rust {
            ClientChanges::Compared(_) => format!("Unchanged: {base} and {head} say the same"),
            ClientChanges::NotCompared(why) => format!(
                "Unchanged: {base} and {head} say the same on the wire; Rust is not compared, for {}",
                one_line(why)
            ),
        }
    }

    /// Which bump is required and which one is made.
    fn bumps(&self) -> String {
        let required = match self.required {
            Bump::None => "no bump".to_owned(),
            bump => format!("{bump} bump"),
        };
        let made = match self.made {
            Some(bump) => format!("{bump} made"),
            None => "none known to be made".to_owned(),
        };
        format!("{required} required, {made}: {}", self.versions())
    }

    /// The versions of both sides.
    fn versions(&self) -> String {
        match (&self.base.version, &self.head.version) {
            (Some(base), Some(head)) if base == head => format!("the version stays {base}"),
            (Some(base), Some(head)) => format!("the version goes from {base} to {head}"),
            (Some(base), None) => {
                format!("the version was {base}, and that of the newer side is not known")
            }
            (None, _) => "the version of the older side is not known, so that the rules are those \
                          for 1.0.0"
                .to_owned(),
        }
    }

    /// How many changes of which level there are.
    pub(super) fn counts(&self) -> String {
        let wire = [Level::Breaking, Level::Additive, Level::Documentation]
            .map(|level| format!("{} {level}", self.wire_of(level).len()));
        let rust = match &self.rust {
            ClientChanges::Compared(_) => format!(
                "in Rust: {} breaking, {} compatible",
                self.rust_where(true).len(),
                self.rust_where(false).len()
            ),
            ClientChanges::NotCompared(_) => "Rust is not compared".to_owned(),
        };
        format!("on the wire: {}; {rust}", wire.join(", "))
    }
}

/// Whom a change on the wire reaches; `show` writes an operation.
pub(super) fn reach(change: &WireChange, show: impl Fn(&str) -> String) -> String {
    let operations = match &change.operations[..] {
        [] => "the API as a whole".to_owned(),
        operations => some_of(operations, |operation| show(operation)),
    };
    let direction = match change.direction {
        Direction::Both => "request and response".to_owned(),
        direction => direction.to_string(),
    };
    format!("{direction}: {operations}")
}

/// The first few of a list, and how many more there are.
pub(super) fn some_of<T>(items: &[T], show: impl Fn(&T) -> String) -> String {
    let named: Vec<String> = items.iter().take(NAMED).map(show).collect();
    let named = named.join(", ");
    match items.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

/// What became of an item, with what was and what is where that is said.
pub(super) fn fate(change: &ClientChange) -> String {
    match one_line(&change.message) {
        message if message.is_empty() => change.kind.to_string(),
        message => format!("{}: {message}", change.kind),
    }
}

/// `1 change`, `2 changes`.
pub(super) fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        many => format!("{many} {noun}s"),
    }
}

/// The text on one line, its control characters made visible, and those that turn the direction
/// of writing: what a spec says is to look in a terminal as it is.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_active = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let mut line = String::new();
    for c in words.join(" ").chars() {
        match is_active(c) {
            true => line.extend(c.escape_unicode()),
            false => line.push(c),
        }
    }
    line
}

/// The text on one line of at most so many characters.
pub(super) fn shortened(text: &str, characters: usize) -> String {
    let line = one_line(text);
    match line.char_indices().nth(characters) {
        None => line,
        Some(_) => {
            let kept: String = line.chars().take(characters.saturating_sub(1)).collect();
            kept + "…"
        }
    }
}
