//! The tokens of JSON, by their places in the body.

use crate::call::decode::fault::{Fault, Problem};
use crate::call::decode::kind::{Found, Kind};

/// A reader of tokens. Nothing here recurses.
pub(crate) struct Scanner<'de> {
    json: &'de [u8],
    at: usize,
}

impl<'de> Scanner<'de> {
    pub(crate) fn new(json: &'de [u8]) -> Self {
        Self { json, at: 0 }
    }

    /// Returns the kind of the next value, and its place after any white space.
    pub(super) fn found(&mut self) -> Result<Found, Fault> {
        let first = self.peek()?;
        let kind = Kind::of(first).ok_or_else(|| self.fault(Problem::NotJson))?;
        Ok(Found { at: self.at, kind })
    }

    /// Goes back to the start of a value.
    pub(super) fn go_back(&mut self, found: Found) {
        self.at = found.at;
    }

    /// Checks that nothing but white space is left.
    pub(crate) fn end(&mut self) -> Result<(), Fault> {
        match self.peek() {
            Ok(_) => Err(self.fault(Problem::TextAfterTheEnd)),
            Err(_) => Ok(()),
        }
    }

    /// Takes a byte, after any white space.
    pub(crate) fn consume(&mut self, byte: u8) -> Result<(), Fault> {
        match self.next_is(byte)? {
            true => Ok(()),
            false => Err(self.fault(Problem::NotJson)),
        }
    }

    /// Goes to the next item of a list or object. Returns `false` and takes the closing byte if there
    /// is none.
    pub(crate) fn next_item(&mut self, close: u8, is_first: bool) -> Result<bool, Fault> {
        if self.next_is(close)? {
            return Ok(false);
        }
        if !is_first {
            self.consume(b',')?;
        }
        Ok(true)
    }

    /// Takes a string, and returns it with its quotes and escapes.
    pub(super) fn string(&mut self) -> Result<&'de [u8], Fault> {
        self.consume(b'"')?;
        let start = self.at - 1;
        loop {
            match self.json.get(self.at) {
                None => return Err(self.fault(Problem::EndsTooEarly)),
                Some(b'"') => break,
                Some(b'\\') => self.at += 2,
                Some(_) => self.at += 1,
            }
        }
        self.at += 1;
        Ok(self.taken(start))
    }

    /// Takes the name of an entry of an object, and the colon after it. Returns the name with its quotes
    /// and escapes.
    pub(crate) fn name(&mut self) -> Result<&'de [u8], Fault> {
        let name = self.string()?;
        self.consume(b':')?;
        Ok(name)
    }

    /// Takes a number and returns its text.
    pub(super) fn number(&mut self) -> Result<&'de [u8], Fault> {
        let start = self.at;
        self.take(b"-");
        if !self.take(b"0") {
            self.digits()?;
        }
        if self.take(b".") {
            self.digits()?;
        }
        if self.take(b"eE") {
            self.take(b"+-");
            self.digits()?;
        }
        Ok(self.taken(start))
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let start = self.at;
        while self.take(b"0123456789") {}
        match self.at {
            at if at > start => Ok(()),
            at if at >= self.json.len() => Err(self.fault(Problem::EndsTooEarly)),
            _ => Err(self.fault(Problem::NotJson)),
        }
    }

    /// Takes `true`, `false` or `null`. Returns `true` for `true`.
    pub(super) fn literal(&mut self) -> Result<bool, Fault> {
        let rest = self.json.get(self.at..).unwrap_or_default();
        for word in ["true", "false", "null"] {
            if rest.starts_with(word.as_bytes()) {
                self.at += word.len();
                return Ok(word == "true");
            }
            if word.as_bytes().starts_with(rest) {
                return Err(self.fault(Problem::EndsTooEarly));
            }
        }
        Err(self.fault(Problem::NotJson))
    }

    /// Takes a value of any depth, and returns its text.
    pub(crate) fn value(&mut self) -> Result<&'de [u8], Fault> {
        let start = self.found()?.at;
        let mut open = Vec::new(); // the bytes that close the lists and objects around the place
        loop {
            let opened = match self.found()?.kind {
                Kind::List => Some(b']'),
                Kind::Object => Some(b'}'),
                Kind::Text => self.string().map(|_| None)?,
                Kind::Number => self.number().map(|_| None)?,
                Kind::Null | Kind::Boolean => self.literal().map(|_| None)?,
            };
            let mut is_first = opened.is_some();
            if let Some(close) = opened {
                self.at += 1;
                open.push(close);
            }
            loop {
                let Some(&close) = open.last() else {
                    return Ok(self.taken(start));
                };
                if self.next_item(close, is_first)? {
                    if close == b'}' {
                        self.name()?;
                    }
                    break;
                }
                open.pop();
                is_first = false;
            }
        }
    }

    /// Returns a fault at this place.
    pub(super) fn fault(&self, problem: Problem) -> Fault {
        Fault::at(self.at.min(self.json.len()), problem)
    }

    /// Returns `true` and takes the next byte after white space if it is this one.
    fn next_is(&mut self, byte: u8) -> Result<bool, Fault> {
        let is_next = self.peek()? == byte;
        self.at += usize::from(is_next);
        Ok(is_next)
    }

    /// Skips white space and returns the next byte.
    fn peek(&mut self) -> Result<u8, Fault> {
        loop {
            match self.json.get(self.at) {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                Some(byte) => return Ok(*byte),
                None => return Err(self.fault(Problem::EndsTooEarly)),
            }
        }
    }

    /// Takes the next byte if it is one of these.
    fn take(&mut self, bytes: &[u8]) -> bool {
        let is_next = self
            .json
            .get(self.at)
            .is_some_and(|byte| bytes.contains(byte));
        self.at += usize::from(is_next);
        is_next
    }

    fn taken(&self, start: usize) -> &'de [u8] {
        self.json.get(start..self.at).unwrap_or_default()
    }
}
