//! YAML, with the aliases and merge keys that JSON does not have.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use saphyr::Scalar;
use saphyr_parser::{Event, Parser, ScalarStyle, StrInput, Tag};
use serde_json::Number;

use super::characters::Characters;
use super::input::Input;
use crate::finding::Finding;
use crate::node::{Entry, Mapping, Node, Value};
use crate::source::Span;
use crate::text::{Text, Texts};

/// The number of values that aliases may repeat in any document. Large documents may repeat more.
const MIN_REPEATED: usize = 100_000;
/// The help for aliases and merge keys.
const SHARE: &str = "move the shared part to `components` and refer to it with `$ref`";

/// Parses the text of a file. Adds mistakes that have a reading to `findings`.
///
/// # Errors
/// Returns the mistake that makes the rest of the file unreadable.
pub(super) fn parse(
    input: Input<'_>,
    texts: &mut Texts,
    findings: &mut Vec<Finding>,
) -> Result<Node, Error> {
    let text = input.text;
    let mut parser = FileParser {
        input,
        texts,
        parser: Parser::new_from_str(text),
        characters: Characters::new(text),
        anchors: HashMap::new(),
        may_repeat: MIN_REPEATED.max(text.len() / 10),
        findings,
    };
    parser.document()
}

/// A mistake that ends the parsing of a file, because findings about the rest would mislead.
#[derive(Debug)]
pub(super) enum Error {
    /// Text that is not YAML, with the bytes at which this shows and the reason.
    Syntax(Range<usize>, String),
    /// YAML that cannot be read as a document.
    Finding(Box<Finding>),
}

impl Error {
    /// Returns the finding about the text.
    pub(super) fn finding(self, input: Input<'_>) -> Finding {
        match self {
            Self::Syntax(at, reason) => Finding::new(
                "yaml",
                &input.span(at),
                format!("invalid YAML: {reason}"),
                "check the indentation, the quotes and the brackets here and on the line before",
            ),
            Self::Finding(finding) => *finding,
        }
    }

    /// Returns `true` if the indentation is wrong.
    pub(super) fn is_indentation(&self) -> bool {
        matches!(self, Self::Syntax(_, reason) if reason.contains("invalid indentation"))
    }

    /// Returns the byte of the text at which the mistake shows.
    pub(super) fn at(&self) -> usize {
        match self {
            Self::Syntax(at, _) => at.start,
            Self::Finding(_) => 0,
        }
    }
}

/// A value with an anchor.
struct Anchored {
    node: Node,
    /// The number of values in it.
    size: usize,
    /// The number of levels below it.
    height: usize,
}

struct FileParser<'text, 'f> {
    input: Input<'text>,
    texts: &'f mut Texts,
    parser: Parser<'text, StrInput<'text>>,
    characters: Characters<'text>,
    anchors: HashMap<usize, Anchored>,
    /// The number of values that aliases may still repeat. Aliases of aliases grow exponentially.
    may_repeat: usize,
    findings: &'f mut Vec<Finding>,
}

impl<'text> FileParser<'text, '_> {
    fn document(&mut self) -> Result<Node, Error> {
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
                    self.report(
                        &span,
                        "a second YAML document starts here",
                        "put each document into a file of its own",
                    );
                    break;
                }
                event => root = Some(self.node(event, span, 0)?),
            }
        }
        root.ok_or_else(|| {
            Error::Finding(Box::new(Finding::new(
                "yaml",
                &self.input.span(0..0),
                "the file is empty",
                "start with `openapi: 3.0.3`",
            )))
        })
    }

    fn next(&mut self) -> Result<(Event<'text>, Span), Error> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                let (start, end) = (span.start.index(), span.end.index());
                let bytes = self.characters.byte(start)..self.characters.byte(end);
                let bytes = match event {
                    Event::Scalar(_, ScalarStyle::DoubleQuoted, ..) => self.quoted(bytes, '"'),
                    Event::Scalar(_, ScalarStyle::SingleQuoted, ..) => self.quoted(bytes, '\''),
                    _ => bytes,
                };
                Ok((event, self.input.span(bytes)))
            }
            Some(Err(error)) => {
                let index = error.marker().index();
                let at = self.characters.byte(index)..self.characters.byte(index + 1);
                Err(Error::Syntax(at, error.info().to_owned()))
            }
            None => Ok((Event::StreamEnd, self.end())),
        }
    }

    /// Returns the bytes of a quoted scalar up to its closing quote. The YAML parser's span may go on
    /// to the end of the line, with a comment in it.
    fn quoted(&self, bytes: Range<usize>, quote: char) -> Range<usize> {
        let text = &self.input.text[bytes.clone()];
        let Some(open) = text.find(quote) else {
            return bytes; // behind a tag or anchor
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
                return bytes.start..bytes.start + at + 1;
            }
        }
        bytes
    }

    fn end(&self) -> Span {
        let end = self.input.text.len();
        self.input.span(end..end)
    }

    fn report(&mut self, span: &Span, message: &str, help: &str) {
        let finding = Finding::new("yaml", span, message, help);
        self.findings.push(finding);
    }

    fn node(&mut self, event: Event<'text>, span: Span, depth: usize) -> Result<Node, Error> {
        if depth > self.input.max_depth {
            return Err(self.too_deep(&span));
        }
        let (value, anchor) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                (self.scalar(&text, style, tag.as_ref(), &span), anchor)
            }
            Event::SequenceStart(anchor, _) => (self.sequence(depth)?, anchor),
            Event::MappingStart(anchor, _) => (self.mapping(depth)?, anchor),
            Event::Alias(anchor) => return self.alias(anchor, &span, depth),
            _ => (Value::Null, 0),
        };
        let node = Node { span, value };
        if anchor != 0 {
            let (size, height) = measure(&node);
            let anchored = Anchored {
                node: node.clone(),
                size,
                height,
            };
            self.anchors.insert(anchor, anchored);
        }
        Ok(node)
    }

    fn too_deep(&self, span: &Span) -> Error {
        Error::Finding(Box::new(Finding::new(
            "yaml",
            span,
            format!("nested more than {} levels deep", self.input.max_depth),
            "move the inner parts to `components` and refer to them with `$ref`",
        )))
    }

    /// Repeats the value of an anchor. Its places are those of the anchored text, which is the text
    /// that an author edits.
    fn alias(&mut self, anchor: usize, span: &Span, depth: usize) -> Result<Node, Error> {
        self.report(
            span,
            "an alias, which OpenAPI tools read in different ways",
            SHARE,
        );
        let Some(anchored) = self.anchors.get(&anchor) else {
            self.report(
                span,
                "an alias within its own anchor; it is left out",
                SHARE,
            );
            return Ok(Node {
                span: span.clone(),
                value: Value::Null,
            });
        };
        if depth + anchored.height > self.input.max_depth {
            return Err(self.too_deep(span));
        }
        match self.may_repeat.checked_sub(anchored.size) {
            Some(rest) => self.may_repeat = rest,
            None => {
                return Err(Error::Finding(Box::new(Finding::new(
                    "yaml",
                    span,
                    "the aliases up to here repeat too many values",
                    SHARE,
                ))));
            }
        }
        Ok(anchored.node.clone())
    }

    fn sequence(&mut self, depth: usize) -> Result<Value, Error> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => break,
                (event, span) => items.push(self.node(event, span, depth + 1)?),
            }
        }
        Ok(Value::Sequence(items.into()))
    }

    fn mapping(&mut self, depth: usize) -> Result<Value, Error> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut merged: Vec<Node> = Vec::new();
        loop {
            let (key, key_span, is_plain) = match self.next()? {
                (Event::MappingEnd, _) => break,
                (Event::Scalar(text, style, ..), span) => {
                    (self.texts.shared(&text), span, style == ScalarStyle::Plain)
                }
                (event, span) => {
                    self.report(
                        &span,
                        "a key that is not plain text",
                        "write the key as a word or a quoted string",
                    );
                    self.node(event, span, depth + 1)?;
                    let (event, span) = self.next()?;
                    self.node(event, span, depth + 1)?;
                    continue;
                }
            };
            let (event, span) = self.next()?;
            let node = self.node(event, span, depth + 1)?;
            if is_plain && key == "<<" && is_mergeable(&node) {
                self.report(
                    &key_span,
                    "a merge key, which OpenAPI tools read in different ways",
                    SHARE,
                );
                merged.push(node);
                continue;
            }
            entries.push(Entry {
                key,
                key_span,
                node,
            });
        }
        merge(&mut entries, &merged);
        Ok(Value::Mapping(Mapping::unique(entries, self.findings)))
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Cow<'text, Tag>>,
        span: &Span,
    ) -> Value {
        let value = match Scalar::parse_from_cow_and_metadata(Cow::Borrowed(text), style, tag) {
            Some(Scalar::Null) => Some(Value::Null),
            Some(Scalar::Boolean(value)) => Some(Value::Bool(value)),
            Some(Scalar::Integer(value)) => Some(Value::Number(value.into())),
            Some(Scalar::String(text)) => Some(Value::String(self.texts.shared(&text))),
            Some(Scalar::FloatingPoint(value)) => {
                Number::from_f64(value.into_inner()).map(Value::Number)
            }
            None => None,
        };
        value.unwrap_or_else(|| {
            self.report(
                span,
                "a value that JSON cannot represent",
                "write a string, a finite number, `true`, `false` or `null`, without a tag",
            );
            Value::String(self.texts.shared(text))
        })
    }
}

/// Returns the number of values in a node, and the number of levels below it.
fn measure(node: &Node) -> (usize, usize) {
    let entries = node.entries().iter().map(|entry| &entry.node);
    let parts = entries.chain(node.items()).map(measure);
    parts.fold((1, 0), |(size, height), (of_part, below)| {
        (size + of_part, height.max(below + 1))
    })
}

/// Returns `true` if a merge key can have this value: a mapping, or a list of mappings.
fn is_mergeable(node: &Node) -> bool {
    let is_mapping = |node: &Node| matches!(node.value, Value::Mapping(_));
    is_mapping(node) || (!node.items().is_empty() && node.items().iter().all(is_mapping))
}

/// Adds the entries of merge keys. The entries of the mapping come first, and then those of earlier
/// mappings.
fn merge(entries: &mut Vec<Entry>, merged: &[Node]) {
    if merged.is_empty() {
        return;
    }
    let mut known: HashSet<Text> = entries.iter().map(|entry| entry.key.clone()).collect();
    for node in merged {
        let mappings = match node.items() {
            [] => std::slice::from_ref(node),
            items => items,
        };
        for entry in mappings.iter().flat_map(Node::entries) {
            if known.insert(entry.key.clone()) {
                entries.push(entry.clone());
            }
        }
    }
}
