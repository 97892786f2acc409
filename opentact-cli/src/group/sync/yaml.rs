//! YAML with the place of every value. Scalars stay text, so that the login `0042` keeps its zeros.

use std::fmt;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput};

/// The limit for the nesting of mappings and lists. A file of groups has three levels.
const MAX_DEPTH: usize = 16;

/// A place in a file. Both numbers count from 1.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// A fault of a file.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Fault {
    pub(super) place: Place,
    pub(super) message: String,
}

#[derive(Debug)]
pub(super) struct Node {
    pub(super) place: Place,
    pub(super) value: Value,
}

#[derive(Debug)]
pub(super) enum Value {
    /// No value, `null` or `~`.
    Null,
    Text(String),
    List(Vec<Node>),
    Mapping(Vec<Entry>),
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) place: Place,
    pub(super) node: Node,
}

impl Fault {
    pub(super) fn new(place: Place, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { place, message }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

impl Value {
    /// Returns the kind of the value, with its article.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Mapping(_) => "a mapping",
        }
    }
}

/// Parses a file of one YAML document. Returns `None` if it has none.
pub(super) fn parse(text: &str) -> Result<Option<Node>, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut parser = Reader(Parser::new_from_str(text));
    let mut root = None;
    loop {
        let (event, place) = parser.next()?;
        match event {
            Event::StreamEnd => return Ok(root),
            Event::Nothing | Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd => {}
            _ if root.is_some() => {
                return Err(Fault::new(place, "a second YAML document starts here"));
            }
            event => root = Some(parser.node(event, place, 0)?),
        }
    }
}

struct Reader<'text>(Parser<'text, StrInput<'text>>);

impl<'text> Reader<'text> {
    fn next(&mut self) -> Result<(Event<'text>, Place), Fault> {
        match self.0.next_event() {
            Some(Ok((event, span))) => Ok((event, start(&span))),
            Some(Err(error)) => {
                let place = place(error.marker().line(), error.marker().col());
                Err(Fault::new(place, format!("invalid YAML: {}", error.info())))
            }
            None => Ok((Event::StreamEnd, place(1, 0))),
        }
    }

    fn node(&mut self, event: Event<'text>, place: Place, depth: usize) -> Result<Node, Fault> {
        if depth > MAX_DEPTH {
            let message = format!("nested more than {MAX_DEPTH} levels deep");
            return Err(Fault::new(place, message));
        }
        let value = match event {
            Event::Scalar(text, ScalarStyle::Plain, ..)
                if ["", "~", "null", "Null", "NULL"].contains(&&*text) =>
            {
                Value::Null
            }
            Event::Scalar(text, ..) => Value::Text(text.into_owned()),
            Event::SequenceStart(..) => self.list(depth)?,
            Event::MappingStart(..) => self.mapping(depth)?,
            Event::Alias(_) => {
                let message = "aliases (`*name`) are not supported; write the value out";
                return Err(Fault::new(place, message));
            }
            _ => Value::Null,
        };
        Ok(Node { place, value })
    }

    fn list(&mut self, depth: usize) -> Result<Value, Fault> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(Value::List(items)),
                (event, place) => items.push(self.node(event, place, depth + 1)?),
            }
        }
    }

    fn mapping(&mut self, depth: usize) -> Result<Value, Fault> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let (key, place) = match self.next()? {
                (Event::MappingEnd, _) => return Ok(Value::Mapping(entries)),
                (Event::Scalar(text, ..), place) => (text.into_owned(), place),
                (_, place) => return Err(Fault::new(place, "a key must be a word")),
            };
            if let Some(first) = entries.iter().find(|entry| entry.key == key) {
                let message = format!(
                    "`{key}` is set twice, the first time in line {}",
                    first.place.line
                );
                return Err(Fault::new(place, message));
            }
            let (event, value_place) = self.next()?;
            let node = self.node(event, value_place, depth + 1)?;
            entries.push(Entry { key, place, node });
        }
    }
}

fn start(span: &Span) -> Place {
    place(span.start.line(), span.start.col())
}

/// Returns the place of a line that counts from 1 and a column that counts from 0.
fn place(line: usize, column: usize) -> Place {
    let column = column + 1;
    Place { line, column }
}
