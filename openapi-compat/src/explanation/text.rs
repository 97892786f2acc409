//! Explanations for a terminal.

use std::fmt::Display;

use anstyle::{AnsiColor, Style as Colour};
use openapi_tree::Style;

use super::Explanation;

const HEADING: Colour = Colour::new().bold();
const OLD: Colour = AnsiColor::Red.on_default();
const NEW: Colour = AnsiColor::Green.on_default();

impl Explanation {
    /// Returns the explanation for a terminal.
    pub fn to_text(&self, style: Style) -> String {
        let paint = |colour: Colour, text: &dyn Display| match style {
            Style::Plain => text.to_string(),
            Style::Ansi => format!("{colour}{text}{colour:#}"),
        };
        let heading = |text: &str| paint(HEADING, &text);
        let effects = self.effects.iter().map(|effect| {
            let (direction, level) = (effect.direction, effect.level);
            format!("  {direction:<8}  {level:<13}  {}\n", effect.reason)
        });
        let example = self.example.iter().map(|line| {
            let colour = match line.chars().next() {
                Some('-') => OLD,
                Some('+') => NEW,
                _ => Colour::new(),
            };
            format!("  {}\n", paint(colour, line))
        });
        format!(
            "{}\n\n  {}\n\n{}\n\n{}\n{}\n\n  {}\n\n{}\n\n  {}\n\n{} ({})\n\n{}",
            heading(self.id.as_str()),
            self.meaning,
            heading("Levels of the example"),
            effects.collect::<String>(),
            heading("Advice for the author of the API"),
            self.author,
            heading("Advice for the author of a client"),
            self.client,
            heading("Example"),
            self.place_in_words(),
            example.collect::<String>(),
        )
    }
}
