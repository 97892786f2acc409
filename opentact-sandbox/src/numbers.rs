//! Telephone numbers: search, orders, and the leases that an order makes.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::input::Input;
use crate::page::Page;
use crate::resources::fits_mask;
use crate::resources::table::{LEASES, ORDERS, kind, referred_kind};
use crate::response::{ErrorResponse, Result};
use crate::state::State;
use crate::time::timestamp;

/// The time for which a number is leased.
pub(crate) const LEASE: TimeDelta = TimeDelta::days(30);

/// The body of an order of either kind.
#[derive(Deserialize)]
struct Order {
    items: Vec<Map<String, Value>>,
}

/// The leases to assign and to take away.
#[derive(Deserialize)]
struct Assignment {
    #[serde(default)]
    add: Vec<Uuid>,
    #[serde(default)]
    remove: Vec<Uuid>,
}

impl State {
    /// Carries out an operation of an account user on telephone numbers.
    pub(crate) fn number_operation(&mut self, operation: &str, input: &Input) -> Option<Result> {
        let leases = kind(LEASES)?;
        let number = || Value::from(input.last_parameter().parse::<i64>().unwrap_or_default());
        Some(match operation {
            "Search" => Ok(self.search_numbers(input)),
            "CreateOrder" | "CreateTNOrder" => {
                input.body().and_then(|order| self.order(order, input))
            }
            "GetTNLeaseByTN" => match self.resources.find(LEASES, "tn", &number()) {
                Some((key, _)) => Ok(self.show(leases, key)),
                None => Err(ErrorResponse::not_found("there is no lease of this number")),
            },
            // A path with a number in place of the UUID of a lease.
            "RemoveTNLeaseByUUID" => {
                let by_number = self.resources.find(LEASES, "tn", &number());
                let key = by_number.map_or(input.last_parameter(), |(key, _)| key);
                let key = key.to_owned();
                self.resources
                    .existing(leases, &key)
                    .map(|_| ())
                    .and_then(|()| {
                        let released = self.show(leases, &key);
                        self.delete(leases, &key)?;
                        Ok(released)
                    })
            }
            "AssignTNLeasesToSIPConnection" => {
                let assigned = self.assign("sip_connection", input);
                assigned.map(Value::from)
            }
            "AssignTNLeasesToSIPControlApp" => self.assign("sip_control_app", input).map(|_| {
                let app = Value::from(input.first_parameter());
                self.list(leases, |lease| lease.get("sip_control_app") == Some(&app))
            }),
            _ => return None,
        })
    }

    /// Returns a page of the numbers that can be ordered.
    fn search_numbers(&self, input: &Input) -> Value {
        let pattern = input.body["pattern"].as_str().unwrap_or("*");
        let found = self.numbers.iter();
        // A pattern is about the ten digits after the country code.
        let found: Vec<i64> = found
            .copied()
            .filter(|tn| !self.is_leased(*tn))
            .filter(|tn| fits_mask(tn.to_string().get(1..).unwrap_or_default(), pattern))
            .collect();
        let found = found.into_iter();
        Page::of(&input.query).payload(found.map(|tn| json!({ "tn": tn, "registered": false })))
    }

    /// Leases the numbers of an order that are free.
    fn order(&mut self, order: Order, input: &Input) -> Result {
        let missing = || ErrorResponse::not_found("there are no orders");
        let (orders, leases) = kind(ORDERS).zip(kind(LEASES)).ok_or_else(missing)?;
        let now = Utc::now();
        let uuid = Uuid::new_v4().to_string();
        let (mut leased, mut errors) = (Vec::new(), Vec::new());
        for item in &order.items {
            let number = item.get("tn").and_then(Value::as_i64).unwrap_or_default();
            let is_free = self.numbers.contains(&number) && !self.is_leased(number);
            if is_free && leased.iter().all(|(known, _)| *known != number) {
                let autorenew = item.get("autorenew").cloned();
                leased.push((number, autorenew.unwrap_or(true.into())));
            } else {
                errors.push(json!({
                    "item": { "tn": number },
                    "reason": "unavailable",
                    "description": "The number does not exist or is leased.",
                }));
            }
        }
        let total = order.items.len();
        let items = order.items.into_iter().map(|mut item| {
            item.remove("features");
            item
        });
        let order = json!({
            "uuid": uuid,
            "state": if leased.is_empty() && total > 0 { "failed" } else { "success" },
            "total": total,
            "success": leased.len(),
            "processing": 0,
            "failed": errors.len(),
            "items": items.collect::<Vec<_>>(),
            "errors": errors,
        });
        let order = order.as_object().cloned().unwrap_or_default();
        let key = self.create(orders, order, input)?;
        for (number, autorenew) in leased {
            let lease = json!({
                "tn": number,
                "tnorder": uuid,
                "expired_on": expiry(now),
                "autorenew": autorenew,
                "sip_connection": null,
                "sip_control_app": null,
                "messaging_profile": null,
            });
            let lease = lease.as_object().cloned().unwrap_or_default();
            self.create(leases, lease, input)?;
        }
        Ok(self.show(orders, &key))
    }

    /// Returns `true` if a number is leased.
    pub(crate) fn is_leased(&self, tn: i64) -> bool {
        self.resources.find(LEASES, "tn", &tn.into()).is_some()
    }

    /// Assigns leases to the resource in the path, and takes others away. Returns the UUIDs of both.
    fn assign(&mut self, property: &'static str, input: &Input) -> Result<Vec<String>> {
        let missing = || ErrorResponse::not_found("there are no leases");
        let leases = kind(LEASES).ok_or_else(missing)?;
        let owner = input.first_parameter();
        if let Some(kind) = referred_kind(property) {
            self.resources.existing(kind, owner)?;
        }
        let Assignment { add, remove } = input.body()?;
        let named = add.iter().chain(&remove).map(Uuid::to_string);
        let named: Vec<String> = named.collect();
        // First, so that an unknown lease changes nothing.
        for key in &named {
            self.resources.existing(leases, key)?;
        }
        let user = input.caller.account_user();
        for (keys, value) in [(add, owner.into()), (remove, Value::Null)] {
            for key in keys {
                let changes = Map::from_iter([(property.to_owned(), Value::clone(&value))]);
                self.change(leases, &key.to_string(), changes, &user)?;
            }
        }
        Ok(named)
    }
}

/// Returns the end of a lease that begins now.
pub(crate) fn expiry(now: DateTime<Utc>) -> String {
    timestamp(now + LEASE)
}
