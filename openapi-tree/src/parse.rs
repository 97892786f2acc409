//! Parsing: the YAML text of one file to nodes with places.

use std::borrow::Cow;

use saphyr::Scalar;
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use serde_json::Number;

use crate::finding::Finding;
use crate::node::{Entry, Mapping, Node, Value};
use crate::source::{Source, Span};

/// The limit for the nesting of mappings and sequences. Real documents need about 15 levels.
const MAX_DEPTH: usize = 64;

/// Parses a file. `start` is its first byte in the count of all files. Adds to `findings`, and
/// returns `None` if a finding makes the rest of the file unreadable.
pub(crate) fn parse(source: &Source, start: usize, findings: &mut Vec<Finding>) -> Option<Node> {
    let mut parser = FileParser::new(source, start);
    let root = parser.document();
    findings.append(&mut parser.findings);
    root.map_err(|finding| findings.push(*finding)).ok()
}

/// A finding that ends the parsing of a file, because findings about the rest would mislead.
type Fatal = Box<Finding>;

struct FileParser<'text> {
    text: &'text str,
    /// The first byte of the text in the count of all files.
    start: usize,
    parser: Parser<'text, saphyr_parser::StrInput<'text>>,
    /// The byte at which each character starts. The YAML parser counts characters.
    bytes: Vec<usize>,
    findings: Vec<Finding>,
}

impl<'text> FileParser<'text> {
    fn new(source: &'text Source, start: usize) -> Self {
        let text = source.text();
        let starts = text.char_indices().map(|(byte, _)| byte);
        Self {
            text,
            start,
            parser: Parser::new_from_str(text),
            bytes: starts.chain([text.len()]).collect(),
            findings: Vec::new(),
        }
    }

    fn document(&mut self) -> Result<Node, Fatal> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::Nothing
                | Event::StreamStart
                | Event::DocumentStart(_)
                | Event::DocumentEnd => {}
                _ if root.is_some() => {
                    return Err(Box::new(Finding::new(
                        "yaml",
                        &span,
                        "a second YAML document starts here",
                        "put each document into a file of its own",
                    )));
                }
                event => root = Some(self.node(event, span, 0)?),
            }
        }
        root.ok_or_else(|| {
            Box::new(Finding::new(
                "yaml",
                &(self.start..self.start),
                "the file is empty",
                "start with `openapi: 3.0.3`",
            ))
        })
    }

    fn next(&mut self) -> Result<(Event<'text>, Span), Fatal> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                let span = self.byte(span.start.index())..self.byte(span.end.index());
                let span = match event {
                    Event::Scalar(_, ScalarStyle::DoubleQuoted, ..) => self.quoted(span, '"'),
                    Event::Scalar(_, ScalarStyle::SingleQuoted, ..) => self.quoted(span, '\''),
                    _ => span,
                };
                Ok((event, span))
            }
            Some(Err(error)) => {
                let index = error.marker().index();
                Err(Box::new(Finding::new(
                    "yaml",
                    &(self.byte(index)..self.byte(index + 1)),
                    format!("invalid YAML: {}", error.info()),
                    "check the indentation, the quotes and the brackets here and on the line before",
                )))
            }
            None => Ok((Event::StreamEnd, self.end())),
        }
    }

    /// Returns the span of a quoted scalar up to its closing quote. The YAML parser's span may go on
    /// to the end of the line, with a comment in it.
    fn quoted(&self, span: Span, quote: char) -> Span {
        let text = &self.text[span.start - self.start..span.end - self.start];
        let Some(open) = text.find(quote) else {
            return span; // behind a tag or anchor
        };
        let mut rest = text
            .char_indices()
            .skip_while(|(at, _)| *at <= open)
            .peekable();
        while let Some((at, character)) = rest.next() {
            let doubled = |(_, next): &(usize, char)| quote == '\'' && *next == quote;
            if character == '\\' && quote == '"' {
                rest.next();
            } else if character == quote && rest.next_if(doubled).is_none() {
                return span.start..span.start + at + 1;
            }
        }
        span
    }

    fn byte(&self, character: usize) -> usize {
        let byte = self.bytes.get(character).or(self.bytes.last());
        self.start + byte.copied().unwrap_or_default()
    }

    fn end(&self) -> Span {
        let end = self.byte(usize::MAX);
        end..end
    }

    fn node(&mut self, event: Event<'text>, span: Span, depth: usize) -> Result<Node, Fatal> {
        if depth > MAX_DEPTH {
            return Err(Box::new(Finding::new(
                "yaml",
                &span,
                format!("nested more than {MAX_DEPTH} levels deep"),
                "move the inner parts to `components` and refer to them with `$ref`",
            )));
        }
        let value = match event {
            Event::Scalar(text, style, _, tag) => self.scalar(text, style, tag.as_ref(), &span),
            Event::SequenceStart(..) => self.sequence(depth)?,
            Event::MappingStart(..) => self.mapping(depth)?,
            Event::Alias(_) => {
                self.findings.push(Finding::new(
                    "yaml",
                    &span,
                    "an alias, which OpenAPI tools read in different ways",
                    "move the shared part to `components` and refer to it with `$ref`",
                ));
                Value::Null
            }
            _ => Value::Null,
        };
        Ok(Node { span, value })
    }

    fn sequence(&mut self, depth: usize) -> Result<Value, Fatal> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(Value::Sequence(items)),
                (event, span) => items.push(self.node(event, span, depth + 1)?),
            }
        }
    }

    fn mapping(&mut self, depth: usize) -> Result<Value, Fatal> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let (key, key_span) = match self.next()? {
                (Event::MappingEnd, _) => break,
                (Event::Scalar(text, ..), span) => (text.into_owned(), span),
                (_, span) => {
                    return Err(Box::new(Finding::new(
                        "yaml",
                        &span,
                        "a key that is not plain text",
                        "write the key as a word or a quoted string",
                    )));
                }
            };
            let (event, span) = self.next()?;
            let node = self.node(event, span, depth + 1)?;
            entries.push(Entry {
                key,
                key_span,
                node,
            });
        }
        let mapping = Mapping::new(entries);
        for (first, again) in mapping.repeated() {
            self.findings.push(
                Finding::new(
                    "duplicate-key",
                    &again.key_span,
                    format!("the key `{}` is repeated in the same mapping", again.key),
                    "keep one of the two; the other would be ignored",
                )
                .with_related(&first.key_span, "first here"),
            );
        }
        Ok(Value::Mapping(mapping))
    }

    fn scalar(
        &mut self,
        text: Cow<'text, str>,
        style: ScalarStyle,
        tag: Option<&Cow<'text, Tag>>,
        span: &Span,
    ) -> Value {
        match Scalar::parse_from_cow_and_metadata(text, style, tag) {
            Some(Scalar::Null) => Value::Null,
            Some(Scalar::Boolean(value)) => Value::Bool(value),
            Some(Scalar::Integer(value)) => Value::Number(value.into()),
            Some(Scalar::String(text)) => Value::String(text.into_owned()),
            Some(Scalar::FloatingPoint(value)) => match Number::from_f64(value.into_inner()) {
                Some(number) => Value::Number(number),
                None => self.not_json(span),
            },
            None => self.not_json(span),
        }
    }

    fn not_json(&mut self, span: &Span) -> Value {
        self.findings.push(Finding::new(
            "yaml",
            span,
            "a value that JSON cannot represent",
            "write a string, a finite number, `true`, `false` or `null`, without a tag",
        ));
        Value::Null
    }
}
