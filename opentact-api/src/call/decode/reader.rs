//! A deserializer that knows the place of a fault, and leaves out optional properties that cannot be
//! read. It shows nothing that the server sent.

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Expected, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

use crate::call::decode::depth::Depth;
use crate::call::decode::expectation::Expectation;
use crate::call::decode::fault::{Fault, Problem};
use crate::call::decode::kind::Kind;
use crate::call::decode::path::{Path, Step};
use crate::call::decode::scanner::Scanner;
use crate::decimal::json::RAW_VALUE;
use crate::response_value::warning::Warning;
use crate::support::optional::OPTIONAL;

/// The most warnings that are kept.
const MAX_WARNINGS: usize = 1000;

/// A deserializer of JSON.
pub(super) struct Reader<'de> {
    pub(super) scanner: Scanner<'de>,
    depth: Depth,
    /// The path to the current value. After a fault, the path to its value.
    pub(super) path: Path,
    pub(super) warnings: Vec<Warning>,
}

impl<'de> Reader<'de> {
    pub(super) fn new(json: &'de [u8]) -> Self {
        Self {
            scanner: Scanner::new(json),
            depth: Depth::default(),
            path: Path::default(),
            warnings: Vec::new(),
        }
    }

    /// Reads a value of a kind, or of any kind. `fields` are the names of a struct's properties.
    fn visit<V: Visitor<'de>>(
        &mut self,
        wanted: Option<Kind>,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let found = self.scanner.found()?;
        if wanted.is_some_and(|kind| kind != found.kind) {
            let expected = Expectation::of::<V::Value>(wanted);
            return Err(Fault::at(found.at, Problem::Mismatch(expected, found.kind)));
        }
        let value = match found.kind {
            Kind::Null => self.scanner.literal().and_then(|_| visitor.visit_unit()),
            Kind::Boolean => {
                let value = self.scanner.literal();
                value.and_then(|value| visitor.visit_bool(value))
            }
            Kind::Number => self.number(wanted.is_some(), visitor),
            Kind::Text => self.text(visitor),
            Kind::List => self.list(visitor),
            Kind::Object => self.object(fields, visitor),
        };
        value.map_err(|fault| fault.in_value::<V::Value>(found))
    }

    fn number<V: Visitor<'de>>(&mut self, typed: bool, visitor: V) -> Result<V::Value, Fault> {
        let text = self.scanner.number()?;
        let out_of_range = || Fault::new(Problem::OutOfRange);
        let number: Number = serde_json::from_slice(text).map_err(|_| out_of_range())?;
        if !typed {
            // With its feature `arbitrary_precision`, serde_json keeps all digits as they are.
            let value = serde_json::Deserializer::from_slice(text).deserialize_any(visitor);
            return value.map_err(|_| Fault::new(Problem::Refused));
        }
        if let Some(number) = number.as_u64() {
            visitor.visit_u64(number)
        } else if let Some(number) = number.as_i64() {
            visitor.visit_i64(number)
        } else {
            let number = number.as_f64().filter(|number| number.is_finite());
            visitor.visit_f64(number.ok_or_else(out_of_range)?)
        }
    }

    fn text<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Fault> {
        let quoted = self.scanner.string()?;
        if let [b'"', plain @ .., b'"'] = quoted
            && plain.iter().all(|byte| *byte >= b' ' && *byte != b'\\')
            && let Ok(text) = str::from_utf8(plain)
        {
            return visitor.visit_borrowed_str(text);
        }
        let text = serde_json::from_slice(quoted);
        visitor.visit_string(text.map_err(|_| Fault::new(Problem::InvalidText))?)
    }

    fn list<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Fault> {
        self.open(b'[')?;
        let mut items = Items {
            reader: self,
            next: 0,
            has_ended: false,
        };
        let value = visitor.visit_seq(&mut items)?;
        let Items {
            next, has_ended, ..
        } = items;
        self.close(b']', next == 0, has_ended)?;
        Ok(value)
    }

    fn object<V: Visitor<'de>>(
        &mut self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.open(b'{')?;
        let mut entries = Entries {
            reader: self,
            fields,
            next: 0,
            step: Step::Entry(0),
            has_ended: false,
        };
        let value = visitor.visit_map(&mut entries)?;
        let Entries {
            next, has_ended, ..
        } = entries;
        self.close(b'}', next == 0, has_ended)?;
        Ok(value)
    }

    fn open(&mut self, byte: u8) -> Result<(), Fault> {
        self.depth.enter()?;
        self.scanner.consume(byte)
    }

    /// Ends a list or object. A type may read fewer items than there are.
    fn close(&mut self, byte: u8, is_empty: bool, has_ended: bool) -> Result<(), Fault> {
        if !has_ended && self.scanner.next_item(byte, is_empty)? {
            return Err(Fault::new(Problem::Refused));
        }
        self.depth.leave();
        Ok(())
    }

    /// Reads a value within the current one.
    fn inner<T>(&mut self, step: Step, seed: T) -> Result<T::Value, Fault>
    where
        T: DeserializeSeed<'de>,
    {
        self.path.push(step);
        let found = self.scanner.found()?;
        let value = seed.deserialize(&mut *self);
        let value = value.map_err(|fault| fault.in_value::<T::Value>(found))?;
        self.path.pop();
        Ok(value)
    }

    /// Reads an optional property. Returns `None` if it is `null` or cannot be read.
    fn optional<T>(&mut self, seed: T) -> Result<Option<T::Value>, Fault>
    where
        T: DeserializeSeed<'de>,
    {
        let found = self.scanner.found()?;
        if found.kind == Kind::Null {
            self.scanner.literal()?;
            return Ok(None);
        }
        let (depth, steps, warnings) = (self.depth, self.path.len(), self.warnings.len());
        let value = seed.deserialize(&mut *self);
        let fault = match value.map_err(|fault| fault.in_value::<T::Value>(found)) {
            Ok(value) => return Ok(Some(value)),
            Err(fault) if fault.is_syntax() => return Err(fault),
            Err(fault) => fault,
        };
        let place = match self.path.len() {
            len if len > steps => self.path.prefix(),
            _ => String::new(),
        };
        self.depth = depth;
        self.path.truncate(steps);
        self.scanner.go_back(found);
        self.scanner.value()?;
        // The values within are absent as well.
        self.warnings.truncate(warnings);
        if warnings < MAX_WARNINGS {
            let path = self.path.to_string();
            self.warnings
                .push(Warning::new(path, format!("{place}{fault}")));
        }
        Ok(None)
    }
}

/// Methods that read a value of one kind, or of any kind.
macro_rules! of_kind {
    ($($method:ident: $kind:expr,)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
                self.visit($kind, &[], visitor)
            }
        )*
    };
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Fault;

    of_kind! {
        deserialize_any: None,
        deserialize_bytes: None,
        deserialize_byte_buf: None,
        deserialize_bool: Some(Kind::Boolean),
        deserialize_i8: Some(Kind::Number),
        deserialize_i16: Some(Kind::Number),
        deserialize_i32: Some(Kind::Number),
        deserialize_i64: Some(Kind::Number),
        deserialize_i128: Some(Kind::Number),
        deserialize_u8: Some(Kind::Number),
        deserialize_u16: Some(Kind::Number),
        deserialize_u32: Some(Kind::Number),
        deserialize_u64: Some(Kind::Number),
        deserialize_u128: Some(Kind::Number),
        deserialize_f32: Some(Kind::Number),
        deserialize_f64: Some(Kind::Number),
        deserialize_char: Some(Kind::Text),
        deserialize_str: Some(Kind::Text),
        deserialize_string: Some(Kind::Text),
        deserialize_identifier: Some(Kind::Text),
        deserialize_unit: Some(Kind::Null),
        deserialize_seq: Some(Kind::List),
        deserialize_map: Some(Kind::Object),
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let expected: &dyn Expected = &visitor;
        if expected.to_string() == OPTIONAL {
            return visitor.visit_seq(OptionalProperty(self));
        }
        match self.scanner.found()?.kind {
            Kind::Null => self.scanner.literal().and_then(|_| visitor.visit_none()),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if name != RAW_VALUE {
            return visitor.visit_newtype_struct(self);
        }
        let mut text = serde_json::Deserializer::from_slice(self.scanner.value()?);
        let value = text.deserialize_newtype_struct(name, visitor);
        value.map_err(|_| Fault::new(Problem::Refused))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.depth.enter_struct()?;
        let value = self.visit(Some(Kind::Object), fields, visitor)?;
        self.depth.leave_struct();
        Ok(value)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let found = self.scanner.found()?;
        let value = Value::deserialize(self)?;
        let value = value.deserialize_enum(name, variants, visitor);
        value.map_err(|_| Fault::new(Problem::Refused).in_value::<V::Value>(found))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.scanner.value()?;
        visitor.visit_unit()
    }
}

/// The items of a list.
struct Items<'a, 'de> {
    reader: &'a mut Reader<'de>,
    next: usize,
    has_ended: bool,
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Fault;

    fn next_element_seed<T>(&mut self, seed: T) -> Result<Option<T::Value>, Fault>
    where
        T: DeserializeSeed<'de>,
    {
        self.has_ended = !self.reader.scanner.next_item(b']', self.next == 0)?;
        if self.has_ended {
            return Ok(None);
        }
        let step = Step::Item(self.next);
        self.next += 1;
        self.reader.inner(step, seed).map(Some)
    }
}

/// The entries of an object.
struct Entries<'a, 'de> {
    reader: &'a mut Reader<'de>,
    /// The names of a struct's properties.
    fields: &'static [&'static str],
    next: usize,
    /// The step to the value whose name was read last.
    step: Step,
    has_ended: bool,
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = Fault;

    fn next_key_seed<K>(&mut self, seed: K) -> Result<Option<K::Value>, Fault>
    where
        K: DeserializeSeed<'de>,
    {
        let scanner = &mut self.reader.scanner;
        self.has_ended = !scanner.next_item(b'}', self.next == 0)?;
        if self.has_ended {
            return Ok(None);
        }
        let found = scanner.found()?;
        let quoted = scanner.string()?;
        scanner.go_back(found);
        let is_name = |field: &&&str| {
            let name = quoted.strip_prefix(b"\"");
            name.and_then(|name| name.strip_suffix(b"\"")) == Some(field.as_bytes())
        };
        let field = self.fields.iter().find(is_name);
        self.step = field.map_or(Step::Entry(self.next), |field| Step::Property(field));
        self.next += 1;
        let name = seed.deserialize(&mut *self.reader);
        let name = name.map_err(|fault| fault.in_value::<K::Value>(found))?;
        self.reader.scanner.consume(b':')?;
        Ok(Some(name))
    }

    fn next_value_seed<T>(&mut self, seed: T) -> Result<T::Value, Fault>
    where
        T: DeserializeSeed<'de>,
    {
        self.reader.inner(self.step, seed)
    }
}

/// An optional property as a list, which is empty if the property is absent.
struct OptionalProperty<'a, 'de>(&'a mut Reader<'de>);

impl<'de> SeqAccess<'de> for OptionalProperty<'_, 'de> {
    type Error = Fault;

    fn next_element_seed<T>(&mut self, seed: T) -> Result<Option<T::Value>, Fault>
    where
        T: DeserializeSeed<'de>,
    {
        self.0.optional(seed)
    }
}
