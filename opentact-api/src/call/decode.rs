//! The decoding of JSON: serde_json reads it, and a second, careful reading follows if that fails.

mod depth;
mod expectation;
mod fault;
mod kind;
mod path;
mod reader;
pub(crate) mod scanner;

use serde::de::DeserializeOwned;

use crate::call::decode::reader::Reader;
use crate::response_value::warning::Warning;

/// Decodes JSON that has no fault. Returns `None` for any other.
pub(crate) fn quickly<T: DeserializeOwned>(json: &[u8]) -> Option<T> {
    // Checking all bytes at once takes a tenth less time than checking each string.
    serde_json::from_str(str::from_utf8(json).ok()?).ok()
}

/// Decodes JSON without the optional properties that cannot be read.
///
/// # Errors
/// Returns the place of the first other fault and the expectation there. Nothing in the text is from
/// the JSON.
pub(crate) fn carefully<T: DeserializeOwned>(json: &[u8]) -> Result<(T, Vec<Warning>), String> {
    let mut reader = Reader::new(json);
    let value = T::deserialize(&mut reader);
    match value.and_then(|value| reader.scanner.end().map(|()| value)) {
        Ok(value) => Ok((value, reader.warnings)),
        Err(fault) => {
            let (line, column) = place(json, fault.offset());
            let path = reader.path.prefix();
            Err(format!("{path}{fault}, at line {line}, column {column}"))
        }
    }
}

/// Returns the line and the column of an offset, both from 1. A column is a byte.
fn place(json: &[u8], offset: usize) -> (usize, usize) {
    let before = json.get(..offset).unwrap_or(json);
    let is_end = |byte: &u8| *byte == b'\n';
    let line = before.iter().filter(|byte| is_end(byte)).count();
    let start = before.iter().rposition(is_end);
    let column = before.len() - start.map_or(0, |end| end + 1);
    (line + 1, column + 1)
}

#[cfg(test)]
mod tests {
    use proptest::collection::{btree_map, vec};
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;
    use crate::groups::{SipUser, SipUserGroup};

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            any::<u128>().prop_map(|uuid| uuid::Uuid::from_u128(uuid).to_string().into()),
            Just(Value::from("2024-01-16T14:15:48.540Z")),
        ];
        let name = prop_oneof![
            "[a-z\"\\\\]{0,3}",
            "uuid|name|users|owner|dob|account|groups"
        ];
        leaf.prop_recursive(5, 64, 5, move |inner| {
            prop_oneof![
                vec(inner.clone(), 0..5).prop_map(Value::from),
                btree_map(name.clone(), inner, 0..5)
                    .prop_map(|object| Value::Object(object.into_iter().collect())),
            ]
        })
    }

    /// Text that is JSON or a damaged form of it.
    fn text() -> impl Strategy<Value = Vec<u8>> {
        let whole = (json(), any::<bool>()).prop_map(|(json, pretty)| match pretty {
            true => format!("{json:#}").into_bytes(),
            false => json.to_string().into_bytes(),
        });
        let whole = whole.boxed();
        let damage = (any::<prop::sample::Index>(), any::<u8>());
        let damaged = (whole.clone(), damage).prop_map(|(mut text, (place, byte))| {
            *place.get_mut(&mut text) = byte;
            text
        });
        let cut = (whole.clone(), any::<prop::sample::Index>()).prop_map(|(mut text, place)| {
            text.truncate(place.index(text.len()));
            text
        });
        prop_oneof![whole, damaged, cut]
    }

    /// Both ways agree on everything that serde_json reads, except that it also takes a list for an
    /// object without names.
    fn agrees<T: DeserializeOwned + PartialEq + std::fmt::Debug>(text: &[u8]) {
        let careful = carefully::<T>(text);
        let takes_list = |problem: &str| problem.contains("expected an object, found a list");
        if let Some(quick) = quickly::<T>(text)
            && !careful.as_ref().is_err_and(|problem| takes_list(problem))
            && !careful.as_ref().is_ok_and(|(_, left_out)| {
                left_out.iter().any(|warning| takes_list(warning.problem()))
            })
        {
            assert_eq!(careful, Ok((quick, Vec::new())));
        }
    }

    /// With serde_json's feature `arbitrary_precision`, numbers are equal only if their texts are.
    #[test]
    fn carefully_reads_numbers_as_they_are_written() {
        for text in [
            "0.000003361730921296607",
            "1E2",
            "-0.0",
            "1.50",
            "18446744073709551616",
        ] {
            agrees::<Value>(text.as_bytes());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

        #[test]
        fn carefully_reads_what_serde_json_reads(text in text()) {
            let careful = carefully::<Value>(&text).ok().map(|(value, _)| value);
            prop_assert_eq!(quickly::<Value>(&text), careful);
            agrees::<SipUserGroup>(&text);
            agrees::<Vec<SipUser>>(&text);
            agrees::<Vec<Option<u8>>>(&text);
            agrees::<(f64, bool)>(&text);
        }
    }
}
