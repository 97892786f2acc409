//! The telephone numbers of the sandbox: search, orders, leases, and the SIP connection to which
//! leases are assigned.

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::page::Page;
use crate::response::{ErrorResponse, Result};
use crate::store::timestamp;

/// The telephone numbers that can be ordered. They are reserved for fiction.
const NUMBERS: std::ops::RangeInclusive<i64> = 12_025_550_160..=12_025_550_199;

/// The time for which a number is leased.
const LEASE: TimeDelta = TimeDelta::days(30);

/// The UUID of the only SIP connection.
const CONNECTION: Uuid = Uuid::from_u128(0xa7d0_c1e2_5b94_4f3d_8e61_2c9f_04b7_d835);

/// The leases of telephone numbers, in the order of their creation.
#[derive(Default)]
pub(crate) struct Numbers {
    leases: Vec<Lease>,
}

struct Lease {
    uuid: Uuid,
    tn: i64,
    autorenew: bool,
    is_assigned: bool,
    created_on: DateTime<Utc>,
    modified_on: DateTime<Utc>,
}

/// The conditions of a search for numbers.
#[derive(Deserialize)]
pub(crate) struct NumberSearch {
    pattern: Option<String>,
}

/// The body of an order.
#[derive(Deserialize)]
pub(crate) struct Order {
    items: Vec<OrderItem>,
}

#[derive(Deserialize)]
struct OrderItem {
    tn: i64,
    autorenew: bool,
}

/// The conditions of a search for leases.
#[derive(Deserialize)]
pub(crate) struct LeaseSearch {
    tn: Option<String>,
    autorenew: Option<bool>,
    sip_connection: Option<Uuid>,
    #[serde(default)]
    sip_connections_skip: Vec<Uuid>,
}

/// The leases to assign and to take away.
#[derive(Deserialize)]
pub(crate) struct Assignment {
    #[serde(default)]
    add: Vec<Uuid>,
    #[serde(default)]
    remove: Vec<Uuid>,
}

impl Numbers {
    /// Returns a page of the numbers that can be ordered.
    pub(crate) fn search(&self, search: &NumberSearch, page: Page) -> Value {
        let pattern = search.pattern.as_deref().unwrap_or("*");
        let found = NUMBERS.filter(|tn| !self.is_leased(*tn));
        // A pattern is about the ten digits after the country code.
        let found: Vec<i64> = found
            .filter(|tn| fits(&tn.to_string()[1..], pattern))
            .collect();
        page.payload(
            found
                .into_iter()
                .map(|tn| json!({ "tn": tn, "registered": false })),
        )
    }

    /// Leases the numbers of an order that are free.
    pub(crate) fn order(&mut self, order: Order, now: DateTime<Utc>) -> Value {
        let total = order.items.len();
        let before = self.leases.len();
        for item in order.items {
            if NUMBERS.contains(&item.tn) && !self.is_leased(item.tn) {
                self.leases.push(Lease {
                    uuid: Uuid::new_v4(),
                    tn: item.tn,
                    autorenew: item.autorenew,
                    is_assigned: false,
                    created_on: now,
                    modified_on: now,
                });
            }
        }
        let success = self.leases.len() - before;
        json!({
            "uuid": Uuid::new_v4(),
            "state": if success > 0 || total == 0 { "success" } else { "failed" },
            "created_on": timestamp(now),
            "modified_on": timestamp(now),
            "total": total,
            "success": success,
            "processing": 0,
            "failed": total - success,
        })
    }

    /// Returns a page of the leases that fit all conditions.
    pub(crate) fn search_leases(&self, search: &LeaseSearch, page: Page) -> Value {
        let fits = |lease: &&Lease| {
            let tn = search.tn.as_deref();
            let skips = search.sip_connections_skip.contains(&CONNECTION);
            tn.is_none_or(|mask| fits(&lease.tn.to_string(), mask))
                && search
                    .autorenew
                    .is_none_or(|autorenew| lease.autorenew == autorenew)
                && search
                    .sip_connection
                    .is_none_or(|uuid| lease.is_assigned && uuid == CONNECTION)
                && !(lease.is_assigned && skips)
        };
        let leases: Vec<&Lease> = self.leases.iter().filter(fits).collect();
        page.payload(leases.into_iter().map(Lease::json))
    }

    pub(crate) fn show_lease(&self, uuid: Uuid) -> Result {
        let lease = self.leases.iter().find(|lease| lease.uuid == uuid);
        lease.map(Lease::json).ok_or_else(no_such_lease)
    }

    /// Ends a lease.
    pub(crate) fn release(&mut self, uuid: Uuid) -> Result {
        let lease = self.show_lease(uuid)?;
        self.leases.retain(|lease| lease.uuid != uuid);
        Ok(lease)
    }

    /// Returns `true` if a number is leased.
    pub(crate) fn is_leased(&self, tn: i64) -> bool {
        self.leases.iter().any(|lease| lease.tn == tn)
    }

    pub(crate) fn list_connections(&self) -> Value {
        json!([connection()])
    }

    pub(crate) fn list_connection_leases(&self, uuid: Uuid) -> Result {
        is_connection(uuid)?;
        let leases = self.leases.iter().filter(|lease| lease.is_assigned);
        Ok(leases.map(Lease::json).collect())
    }

    /// Assigns leases to the SIP connection, and takes others away. Returns the UUIDs of both.
    pub(crate) fn assign(
        &mut self,
        uuid: Uuid,
        assignment: &Assignment,
        now: DateTime<Utc>,
    ) -> Result {
        is_connection(uuid)?;
        let Assignment { add, remove } = assignment;
        // First, so that an unknown lease changes nothing.
        for uuid in add.iter().chain(remove) {
            self.show_lease(*uuid)?;
        }
        for lease in &mut self.leases {
            let is_assigned =
                (lease.is_assigned || add.contains(&lease.uuid)) && !remove.contains(&lease.uuid);
            if is_assigned != lease.is_assigned {
                lease.is_assigned = is_assigned;
                lease.modified_on = now;
            }
        }
        Ok(add.iter().chain(remove).map(Uuid::to_string).collect())
    }
}

impl Lease {
    fn json(&self) -> Value {
        json!({
            "created_on": timestamp(self.created_on),
            "modified_on": timestamp(self.modified_on),
            "uuid": self.uuid,
            "tn": { "tn": self.tn, "registered": true, "deleted_on": null },
            "expired_on": timestamp(self.created_on + LEASE),
            "autorenew": self.autorenew,
            "sip_connection": self.is_assigned.then(connection),
        })
    }
}

fn connection() -> Value {
    json!({ "uuid": CONNECTION, "name": "Head office", "is_active": true })
}

fn is_connection(uuid: Uuid) -> Result<()> {
    match uuid == CONNECTION {
        true => Ok(()),
        false => Err(ErrorResponse::not_found("there is no such SIP connection")),
    }
}

fn no_such_lease() -> ErrorResponse {
    ErrorResponse::new(StatusCode::NOT_FOUND, "there is no such lease")
}

/// Returns `true` if digits fit a pattern, in which `%` is any digit and `*` any number of digits.
fn fits(digits: &str, pattern: &str) -> bool {
    // The prefixes of the digits that the pattern so far fits.
    let mut fits = vec![false; digits.len() + 1];
    fits[0] = true;
    for wanted in pattern.bytes() {
        if wanted == b'*' {
            let mut any = false;
            for fit in &mut fits {
                any |= *fit;
                *fit = any;
            }
        } else {
            for (nth, digit) in digits.bytes().enumerate().rev() {
                fits[nth + 1] = fits[nth] && (wanted == b'%' || wanted == digit);
            }
            fits[0] = false;
        }
    }
    fits[digits.len()]
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn pattern_with_wildcards_fits_digits_in_their_places() {
        for (pattern, expected) in [
            ("*", true),
            ("2025550160", true),
            ("202555%16%", true),
            ("202555016%", true),
            ("202*60", true),
            ("*0160", true),
            ("*5*5*", true),
            ("202*61", false),
            ("%", false),
            ("", false),
            ("é*", false),
        ] {
            assert_eq!(fits("2025550160", pattern), expected, "{pattern}");
        }
    }
}
