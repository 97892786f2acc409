//! The byte at which a character starts. The YAML parser counts characters.

/// The number of characters between two known positions.
const STEP: usize = 64;

/// The positions of the characters of a text.
pub(super) struct Characters<'text> {
    text: &'text str,
    /// The byte of every 64th character. Empty if each character has one byte.
    known: Vec<usize>,
}

impl<'text> Characters<'text> {
    pub(super) fn new(text: &'text str) -> Self {
        let known = match text.is_ascii() {
            true => Vec::new(),
            false => text
                .char_indices()
                .step_by(STEP)
                .map(|(byte, _)| byte)
                .collect(),
        };
        Self { text, known }
    }

    /// Returns the byte at which a character starts, or the end of the text.
    pub(super) fn byte(&self, character: usize) -> usize {
        if self.known.is_empty() {
            return character.min(self.text.len());
        }
        let Some(start) = self.known.get(character / STEP) else {
            return self.text.len();
        };
        let mut rest = self.text[*start..].char_indices();
        let found = rest.nth(character % STEP);
        found.map_or(self.text.len(), |(byte, _)| start + byte)
    }
}
