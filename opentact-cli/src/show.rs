//! Groups and users as tables and as JSON.

use opentact_api::groups::{SipUser, SipUserGroup};
use serde_json::Value;

use crate::failure::Failure;
use crate::output::{Output, table};
use crate::terminal::printable;

/// Writes groups, one per line.
pub(crate) fn groups(output: &Output, groups: &[SipUserGroup]) -> Result<(), Failure> {
    let uuids = groups.iter().map(|group| group.uuid);
    let groups_json: Value = groups.iter().map(group_json).collect::<Result<_, _>>()?;
    output.result(groups_json, uuids, || match groups {
        [] => String::new(),
        groups => groups_table(groups),
    })
}

/// Writes one group, in one line.
pub(crate) fn group(output: &Output, group: &SipUserGroup) -> Result<(), Failure> {
    output.result(group_json(group)?, [group.uuid], || {
        groups_table(std::slice::from_ref(group))
    })
}

/// Writes all properties of a group, and its users.
pub(crate) fn details(output: &Output, group: &SipUserGroup) -> Result<(), Failure> {
    output.result(group_json(group)?, [group.uuid], || {
        let rows = [
            ("UUID", group.uuid.to_string()),
            ("Name", group.name.clone()),
            ("Owner", owner(group)),
            ("Created", time(group.created_on)),
            ("Modified", time(group.modified_on)),
        ];
        let mut text: String = rows
            .iter()
            .map(|(name, value)| format!("{name:<10}{}\n", printable(value)))
            .collect();
        if group.users.is_empty() {
            text.push_str("Users     none\n");
        } else {
            text.push('\n');
            text.push_str(&users_table(&group.users, output.show_secrets));
        }
        text
    })
}

/// Writes users, one per line.
pub(crate) fn users(output: &Output, users: &[SipUser]) -> Result<(), Failure> {
    let uuids = users.iter().filter_map(|user| user.uuid);
    output.result(to_json(&users)?, uuids, || match users {
        [] => String::new(),
        users => users_table(users, output.show_secrets),
    })
}

/// Returns the login of a user, or else the UUID.
pub(crate) fn display_name(user: &SipUser) -> String {
    let uuid = user.uuid.map(|uuid| uuid.to_string());
    user.login.clone().or(uuid).unwrap_or_default()
}

fn groups_table(groups: &[SipUserGroup]) -> String {
    let rows = groups.iter().map(|group| {
        vec![
            group.uuid.to_string(),
            group.name.clone(),
            owner(group),
            group.users.len().to_string(),
            time(group.modified_on),
        ]
    });
    table(&["UUID", "NAME", "OWNER", "USERS", "MODIFIED"], rows)
}

fn users_table(users: &[SipUser], show_secrets: bool) -> String {
    let mut headings = vec!["UUID", "LOGIN", "NAME", "PHONE", "EMAIL"];
    if show_secrets {
        headings.extend(["HA1", "HA1B"]);
    }
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let rows = users.iter().map(|user| {
        let names = [&user.first_name, &user.last_name];
        let names: Vec<_> = names.into_iter().filter_map(Option::as_deref).collect();
        let mut row = vec![
            user.uuid.map(|uuid| uuid.to_string()).unwrap_or_default(),
            text(&user.login),
            names.join(" "),
            text(&user.phone_number),
            text(&user.email),
        ];
        if show_secrets {
            let digests = [&user.ha1, &user.ha1b].map(Option::as_ref);
            let shown =
                digests.map(|digest| digest.map(|digest| digest.expose_secret().to_owned()));
            row.extend(shown.map(Option::unwrap_or_default));
        }
        row
    });
    table(&headings, rows)
}

fn owner(group: &SipUserGroup) -> String {
    group.owner.as_ref().map(display_name).unwrap_or_default()
}

fn time<T: std::fmt::Display>(time: Option<T>) -> String {
    time.map(|time| time.to_string()).unwrap_or_default()
}

fn to_json(value: &impl serde::Serialize) -> Result<Value, Failure> {
    serde_json::to_value(value)
        .map_err(|error| Failure::general(format!("cannot write the result as JSON: {error}")))
}

/// Returns a group as JSON. A group without users has an empty list of users.
fn group_json(group: &SipUserGroup) -> Result<Value, Failure> {
    let mut json = to_json(group)?;
    if let Value::Object(properties) = &mut json {
        let users = properties.entry("users");
        users.or_insert_with(|| Value::Array(Vec::new()));
    }
    Ok(json)
}
