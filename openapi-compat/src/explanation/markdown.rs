//! Explanations as Markdown.

use super::Explanation;

impl Explanation {
    /// Returns the explanation as Markdown, without a heading.
    pub fn to_markdown(&self) -> String {
        let effects = self.effects.iter().map(|effect| {
            let (direction, level) = (effect.direction, effect.level);
            format!("| {direction} | {level} | {} |\n", effect.reason)
        });
        let example = self.example.iter().map(|line| format!("{line}\n"));
        format!(
            "{}\n\n| Direction | Level of the example | Reason |\n|---|---|---|\n{}\n- **Author of the \
             API:** {}\n- **Author of a client:** {}\n\nExample, in {}:\n\n```diff\n{}```\n",
            self.meaning,
            effects.collect::<String>(),
            self.author,
            self.client,
            self.place_in_words(),
            example.collect::<String>(),
        )
    }
}
