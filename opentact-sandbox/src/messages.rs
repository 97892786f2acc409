//! The SMS messages of the sandbox.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::page::Page;
use crate::response::{ErrorResponse, Result};
use crate::store::timestamp;

/// The messages that were sent, the newest last.
#[derive(Default)]
pub(crate) struct Messages(Vec<Message>);

struct Message {
    uuid: Uuid,
    from: i64,
    to: Value,
    text: String,
    created_on: DateTime<Utc>,
}

/// The body of a message.
#[derive(Deserialize)]
pub(crate) struct NewMessage {
    pub(crate) from: i64,
    to: Value,
    message: String,
}

/// The conditions of a search.
#[derive(Deserialize)]
pub(crate) struct MessageSearch {
    tn: Option<i64>,
    state: Option<String>,
    delivered: Option<bool>,
}

impl Messages {
    /// Sends a message. It is `created` in this response and `sent` in later ones.
    pub(crate) fn send(&mut self, message: NewMessage, now: DateTime<Utc>) -> Value {
        let message = Message {
            uuid: Uuid::new_v4(),
            from: message.from,
            to: message.to,
            text: message.message,
            created_on: now,
        };
        let json = message.json("created", false);
        self.0.push(message);
        json
    }

    pub(crate) fn show(&self, uuid: Uuid) -> Result {
        let message = self.0.iter().find(|message| message.uuid == uuid);
        let message = message.map(|message| message.json("sent", true));
        message.ok_or_else(|| ErrorResponse::not_found("there is no such message"))
    }

    /// Returns a page of the messages that fit all conditions, the newest first.
    pub(crate) fn search(&self, search: &MessageSearch, page: Page) -> Value {
        let fits = |message: &&Message| {
            search.tn.is_none_or(|tn| message.from == tn)
                && search.state.as_deref().is_none_or(|state| state == "sent")
                && search.delivered != Some(false)
        };
        let found: Vec<&Message> = self.0.iter().rev().filter(fits).collect();
        page.payload(found.into_iter().map(|message| message.json("sent", true)))
    }
}

impl Message {
    fn json(&self, state: &str, delivered: bool) -> Value {
        let time = timestamp(self.created_on);
        json!({
            "created_on": time,
            "modified_on": time,
            "uuid": self.uuid,
            "type": "smso",
            "state": state,
            "from": self.from.to_string(),
            "tn": { "tn": self.from, "deleted_on": null },
            "to": self.to,
            "thread": thread(self.from, &self.to),
            "message": self.text,
            "reference_id": null,
            "delivered": delivered,
            "automated": false,
        })
    }
}

/// Returns the name of the conversation of two numbers: 32 hexadecimal digits.
fn thread(from: i64, to: &Value) -> String {
    let to = to.as_str().map_or_else(|| to.to_string(), str::to_owned);
    let digits: String = to.chars().filter(char::is_ascii_digit).collect();
    format!(
        "{from:016x}{:016x}",
        digits.parse::<u64>().unwrap_or_default()
    )
}
