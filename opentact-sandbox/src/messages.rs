//! SMS messages in both directions.

use serde_json::{Value, json};

use crate::input::Input;
use crate::page::Page;
use crate::resources::table::{INBOUND_MESSAGES, Kind, LEASES, MESSAGES, kind};
use crate::resources::{Object, digits, fits, sort};
use crate::response::{ErrorResponse, Result};
use crate::state::State;

impl State {
    /// Carries out an operation of an account user on messages.
    pub(crate) fn message_operation(&mut self, operation: &str, input: &Input) -> Option<Result> {
        let body = &input.body;
        Some(match operation {
            "SendSMS" => self.send(&body["from"], &body["to"], &body["message"], input),
            "SendSMSO" => self.send(&body["from"], &body["to"], &body["text"], input),
            "SearchSMSISMS" => Ok(self.search_messages(input)),
            _ => return None,
        })
    }

    /// Sends a message. It is `created` in this response. In later ones, it has the state that the
    /// last digits of the recipient select.
    fn send(&mut self, from: &Value, to: &Value, message: &Value, input: &Input) -> Result {
        let missing = || ErrorResponse::not_found("there are no messages");
        let outbound = kind(MESSAGES).ok_or_else(missing)?;
        let (from, recipient) = (digits(from), digits(to));
        let number = from.parse::<i64>().unwrap_or_default();
        let lease = self.resources.find(LEASES, "tn", &number.into());
        let Some((lease, _)) = lease else {
            return Err(ErrorResponse::not_found("`from` is not a leased number"));
        };
        let lease = lease.to_owned();
        let (state, delivered) = outcome(&recipient);
        let object = json!({
            "type": "smso",
            "state": state,
            "from": from,
            "tn": number,
            "tn_lease": lease,
            "to": to,
            "thread": thread(&from, &recipient),
            "message": message,
            "reference_id": null,
            "delivered": delivered,
            "automated": false,
            "custom_callback_url": input.body.get("custom_callback_url"),
        });
        let object = object.as_object().cloned().unwrap_or_default();
        let key = self.create(outbound, object, input)?;
        if state != "failed" {
            self.receive(&from, &recipient, message, delivered, input)?;
        }
        let mut shown = self.show(outbound, &key);
        shown["state"] = "created".into();
        shown["delivered"] = false.into();
        Ok(shown)
    }

    /// Adds an inbound message if the recipient is a leased number, too.
    fn receive(
        &mut self,
        from: &str,
        to: &str,
        message: &Value,
        delivered: bool,
        input: &Input,
    ) -> Result<()> {
        let number = to.parse::<i64>().unwrap_or_default();
        let lease = self.resources.find(LEASES, "tn", &number.into());
        let (Some((lease, _)), Some(inbound)) = (lease, kind(INBOUND_MESSAGES)) else {
            return Ok(());
        };
        let object = json!({
            "tn": number,
            "tnlease": lease,
            "from": from,
            "to": to,
            "thread": thread(from, to),
            "message": message,
            "state": "success",
            "delivered": delivered,
            "readed": false,
        });
        let object = object.as_object().cloned().unwrap_or_default();
        self.create(inbound, object, input).map(|_| ())
    }

    /// Adds the properties that a message of a seed lacks.
    pub(crate) fn complete_message(&self, kind: &Kind, object: &mut Object) {
        let (own, state) = match kind.section {
            MESSAGES => ("from", "sent"),
            INBOUND_MESSAGES => ("to", "success"),
            _ => return,
        };
        // In YAML, a number without quotes is no text.
        let from = object.get("from").map(digits);
        object.extend(from.map(|from| ("from".to_owned(), Value::from(from))));
        let [from, to] =
            ["from", "to"].map(|name| object.get(name).map(digits).unwrap_or_default());
        let number = object.get(own).map(digits).unwrap_or_default();
        for (name, value) in [
            ("tn", number.parse::<i64>().ok().into()),
            ("thread", thread(&from, &to).into()),
            ("state", state.into()),
            ("delivered", true.into()),
        ] {
            object.entry(name).or_insert(value);
        }
    }

    /// Returns a page of the messages of both directions, the newest first.
    fn search_messages(&self, input: &Input) -> Value {
        let conditions = input.properties();
        let both = [MESSAGES, INBOUND_MESSAGES].into_iter().filter_map(kind);
        let mut found: Vec<_> = both
            .flat_map(|kind| {
                let all = self.resources.all(kind.section);
                all.map(move |(key, object)| (kind, key, object))
            })
            .filter(|(_, _, object)| fits(object, &conditions))
            .collect();
        found.sort_by_key(|(_, _, object)| object.get("created_on").and_then(Value::as_str));
        found.reverse();
        sort(&mut found, conditions.get("order"), |(_, _, object)| object);
        let found = found.into_iter();
        let show = |kind, key| self.shapes.show(&self.resources, kind, key, "SMS");
        Page::of(&input.query).payload(found.map(|(kind, key, _)| show(kind, key)))
    }
}

/// Returns the state of a sent message, and `true` if it is delivered. The last digits of the
/// recipient select them.
fn outcome(recipient: &str) -> (&'static str, bool) {
    match recipient.get(recipient.len().saturating_sub(4)..) {
        Some("0001") => ("sending", false),
        Some("0002") => ("sent", false),
        Some("0003") => ("failed", false),
        _ => ("sent", true),
    }
}

/// Returns the name of the conversation of two numbers: 32 hexadecimal digits, the same in both
/// directions.
fn thread(from: &str, to: &str) -> String {
    let number = |digits: &str| -> u64 {
        let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
        digits.parse().unwrap_or_default()
    };
    let (from, to) = (number(from), number(to));
    format!("{:016x}{:016x}", from.min(to), from.max(to))
}
