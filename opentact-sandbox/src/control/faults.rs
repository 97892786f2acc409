//! The JSON form of faults.

use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::fault::{Fault, FaultKind};

/// A fault in a request, checked against the document already.
#[derive(Deserialize)]
struct Parts {
    status: Option<u16>,
    retry_after: Option<u32>,
    delay_ms: Option<u32>,
    drop: Option<bool>,
    raw: Option<String>,
    raw_base64: Option<String>,
    times: Option<u32>,
    operation: Option<String>,
}

/// Reads a fault, or returns the mistake in it.
pub(super) fn from_json(json: &Value) -> Result<Fault, String> {
    let parts = Parts::deserialize(json).map_err(|error| error.to_string())?;
    let has_status = parts.status.is_some();
    let raw = parts.raw_base64.map(|text| {
        let bytes = BASE64_STANDARD.decode(text);
        bytes.map_err(|error| format!("`raw_base64` is not Base64: {error}"))
    });
    let kinds = [
        parts.status.map(Fault::status),
        parts
            .delay_ms
            .map(|time| Fault::delay(Duration::from_millis(time.into()))),
        parts.drop.map(|_| Fault::drop_connection()),
        parts.raw.map(Fault::raw),
        raw.transpose()?.map(Fault::raw),
    ];
    let mut kinds = kinds.into_iter().flatten();
    let (Some(mut fault), None) = (kinds.next(), kinds.next()) else {
        return Err(
            "a fault has exactly one of `status`, `delay_ms`, `drop`, `raw` and `raw_base64`"
                .to_owned(),
        );
    };
    if let Some(seconds) = parts.retry_after {
        if !has_status {
            return Err("`retry_after` needs `status`".to_owned());
        }
        fault = fault.retry_after(Duration::from_secs(seconds.into()));
    }
    fault.operation = parts.operation;
    Ok(fault.times(parts.times.unwrap_or(1)))
}

pub(super) fn to_json(fault: &Fault) -> Value {
    let mut json = Map::new();
    let mut set = |name: &str, value: Value| drop(json.insert(name.to_owned(), value));
    match &fault.kind {
        FaultKind::Status(status, retry_after) => {
            set("status", status.as_u16().into());
            if let Some(time) = retry_after {
                set("retry_after", time.as_secs().into());
            }
        }
        FaultKind::Delay(time) => {
            let milliseconds = u64::try_from(time.as_millis());
            set("delay_ms", milliseconds.unwrap_or(u64::MAX).into());
        }
        FaultKind::Raw(bytes) if bytes.is_empty() => set("drop", true.into()),
        FaultKind::Raw(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => set("raw", text.into()),
            Err(_) => set("raw_base64", BASE64_STANDARD.encode(bytes).into()),
        },
    }
    set("times", fault.times.into());
    if let Some(operation) = &fault.operation {
        set("operation", operation.as_str().into());
    }
    json.into()
}
