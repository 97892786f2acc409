//! JSON, with the comments and trailing commas that some editors allow.

use std::borrow::Cow;

use jsonc_parser::errors::ParseError;
use jsonc_parser::tokens::Token;
use jsonc_parser::{Scanner, ScannerOptions};

use super::input::Input;
use crate::finding::Finding;
use crate::node::{Entry, Mapping, Node, Value};
use crate::source::Span;
use crate::text::Texts;

const RULE: &str = "json";

/// Parses the text of a file. Adds mistakes that have one evident reading to `findings`.
///
/// # Errors
/// Returns the mistake that makes the file unreadable.
pub(super) fn parse(
    input: Input<'_>,
    texts: &mut Texts,
    findings: &mut Vec<Finding>,
) -> Result<Node, Box<Finding>> {
    let text = without_lone_surrogates(input, findings);
    let mut parser = JsonParser {
        scanner: Scanner::new(&text, &ScannerOptions::default()),
        input,
        texts,
        findings,
    };
    let first = parser.next()?;
    let root = parser.node(first, 0)?;
    match parser.next()? {
        None => Ok(root),
        Some(_) => Err(parser.error("text after the end of the document")),
    }
}

/// Replaces escapes of one half of a surrogate pair by those of U+FFFD, which have the same length.
fn without_lone_surrogates<'text>(
    input: Input<'text>,
    findings: &mut Vec<Finding>,
) -> Cow<'text, str> {
    let text = input.text;
    let mut lone = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = text[at..].find('\\').map(|found| at + found) {
        let unit = code_unit(bytes, next);
        at = match unit {
            Some(0xd800..0xdc00) => match code_unit(bytes, next + 6) {
                Some(0xdc00..0xe000) => next + 12,
                _ => {
                    lone.push(next);
                    next + 6
                }
            },
            Some(0xdc00..0xe000) => {
                lone.push(next);
                next + 6
            }
            Some(_) => next + 6,
            // The escaped character may have several bytes.
            None => {
                let escaped = text[next + 1..].chars().next();
                next + 1 + escaped.map_or(0, char::len_utf8)
            }
        };
    }
    if lone.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut replaced = text.to_owned();
    for at in lone {
        replaced.replace_range(at..at + 6, "\\ufffd");
        findings.push(Finding::new(
            RULE,
            &input.span(at..at + 6),
            "half of a surrogate pair; it is read as U+FFFD",
            "write the character itself, or both halves",
        ));
    }
    Cow::Owned(replaced)
}

/// Returns the code unit of an escape such as `\u00e9` at a byte.
fn code_unit(bytes: &[u8], at: usize) -> Option<u16> {
    let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    let digits = std::str::from_utf8(digits).ok()?;
    let is_hexadecimal = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    u16::from_str_radix(digits, 16)
        .ok()
        .filter(|_| is_hexadecimal)
}

struct JsonParser<'text, 'f> {
    scanner: Scanner<'text>,
    input: Input<'text>,
    texts: &'f mut Texts,
    findings: &'f mut Vec<Finding>,
}

impl<'text> JsonParser<'text, '_> {
    /// Returns the next token that is no comment.
    fn next(&mut self) -> Result<Option<Token<'text>>, Box<Finding>> {
        loop {
            let token = self.scanner.scan().map_err(|error| self.invalid(&error))?;
            if let Some(Token::CommentLine(_) | Token::CommentBlock(_)) = token {
                self.warn("a comment, which JSON does not have", "remove it");
                continue;
            }
            return Ok(token);
        }
    }

    fn node(&mut self, token: Option<Token<'text>>, depth: usize) -> Result<Node, Box<Finding>> {
        let span = self.span();
        if depth > self.input.max_depth {
            let message = format!("nested more than {} levels deep", self.input.max_depth);
            return Err(self.error(&message));
        }
        let value = match token {
            Some(Token::OpenBrace) => self.mapping(depth)?,
            Some(Token::OpenBracket) => self.sequence(depth)?,
            Some(Token::String(text)) => {
                self.check_string();
                Value::String(self.texts.shared(&text))
            }
            Some(Token::Boolean(value)) => Value::Bool(value),
            Some(Token::Null) => Value::Null,
            Some(Token::Number(text)) => match text.parse() {
                Ok(number) => Value::Number(number),
                Err(_) => {
                    self.warn("a number that JSON does not have", "write a finite number");
                    Value::String(text.into())
                }
            },
            _ => return Err(self.expected("a value")),
        };
        Ok(Node { span, value })
    }

    fn sequence(&mut self, depth: usize) -> Result<Value, Box<Finding>> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                Some(Token::CloseBracket) => {
                    if !items.is_empty() {
                        self.trailing_comma();
                    }
                    break;
                }
                token => items.push(self.node(token, depth + 1)?),
            }
            match self.next()? {
                Some(Token::Comma) => {}
                Some(Token::CloseBracket) => break,
                _ => return Err(self.expected("`,` or `]`")),
            }
        }
        Ok(Value::Sequence(items.into()))
    }

    fn mapping(&mut self, depth: usize) -> Result<Value, Box<Finding>> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let key = match self.next()? {
                Some(Token::String(key)) => self.texts.shared(&key),
                Some(Token::CloseBrace) => {
                    if !entries.is_empty() {
                        self.trailing_comma();
                    }
                    break;
                }
                _ => return Err(self.expected("a key in double quotes")),
            };
            let key_span = self.span();
            match self.next()? {
                Some(Token::Colon) => {}
                _ => return Err(self.expected("`:`")),
            }
            let token = self.next()?;
            let node = self.node(token, depth + 1)?;
            entries.push(Entry {
                key,
                key_span,
                node,
            });
            match self.next()? {
                Some(Token::Comma) => {}
                Some(Token::CloseBrace) => break,
                _ => return Err(self.expected("`,` or `}`")),
            }
        }
        Ok(Value::Mapping(Mapping::unique(entries, self.findings)))
    }

    /// Reports control characters, which JSON wants to be escaped.
    fn check_string(&mut self) {
        let raw = &self.scanner.file_text()[self.scanner.token_start()..self.scanner.token_end()];
        if raw.starts_with('\'') {
            self.warn("a string in single quotes", "write double quotes");
        } else if raw.bytes().any(|byte| byte < b' ') {
            self.warn(
                "a control character within a string",
                "write it as an escape, such as `\\t`",
            );
        }
    }

    fn trailing_comma(&mut self) {
        self.warn("a comma before this bracket", "remove the comma");
    }

    fn warn(&mut self, message: &str, help: &str) {
        let span = self.span();
        self.findings.push(Finding::new(RULE, &span, message, help));
    }

    fn span(&self) -> Span {
        self.input
            .span(self.scanner.token_start()..self.scanner.token_end())
    }

    fn expected(&self, what: &str) -> Box<Finding> {
        match self.scanner.token() {
            Some(_) => self.error(&format!("{what} is expected here")),
            None => self.error("the text ends before the document does"),
        }
    }

    fn error(&self, message: &str) -> Box<Finding> {
        self.unreadable(self.span(), message)
    }

    fn invalid(&self, error: &ParseError) -> Box<Finding> {
        let range = error.range();
        let span = self.input.span(range.start..range.end);
        let message = error.kind().to_string();
        self.unreadable(span, message.trim_end_matches('.'))
    }

    fn unreadable(&self, span: Span, message: &str) -> Box<Finding> {
        Box::new(Finding::new(
            RULE,
            &span,
            format!("invalid JSON: {message}"),
            "check the quotes, the commas and the brackets here and on the line before",
        ))
    }
}
