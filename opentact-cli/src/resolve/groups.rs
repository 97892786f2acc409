//! Groups, each from a UUID, the start of one or a name.

use opentact_api::Client;
use opentact_api::groups::SipUserGroup;
use uuid::Uuid;

use crate::failure::Failure;
use crate::resolve::{suggest, uuids};
use crate::response;

/// A group that an argument names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct ResolvedGroup {
    pub(crate) uuid: Uuid,
    /// The argument, for results and messages.
    pub(crate) typed: String,
}

/// Resolves a group. For a whole UUID, no request is sent.
pub(crate) async fn group(client: &Client, typed: &str) -> Result<ResolvedGroup, Failure> {
    let uuid = match uuids::parse(typed) {
        Some(uuid) => uuid,
        None => listed_group(client, typed, &[]).await?.uuid,
    };
    Ok(ResolvedGroup {
        uuid,
        typed: typed.to_owned(),
    })
}

/// Returns the group from the list of the current user. Fails if one of the `needed` properties of the
/// group could not be read.
pub(crate) async fn listed_group(
    client: &Client,
    typed: &str,
    needed: &[&str],
) -> Result<SipUserGroup, Failure> {
    let (mut groups, parts) = client.list_groups().send().await?.into_parts();
    let position = position(&groups, typed)?;
    let place = format!("payload[{position}].");
    let warnings = parts.warnings.iter();
    let of_group = warnings.filter(|warning| warning.path().starts_with(&place));
    response::report(of_group, needed)?;
    Ok(groups.swap_remove(position))
}

/// A test of a group.
type Test<'a> = &'a dyn Fn(&SipUserGroup) -> bool;

/// Returns the position of the group that the text names. A name goes before the same name without
/// case, and both before the start of a UUID.
pub(crate) fn position(groups: &[SipUserGroup], typed: &str) -> Result<usize, Failure> {
    let uuid = uuids::parse(typed);
    let lower_case = typed.to_lowercase();
    let is_prefix = uuids::is_prefix(typed);
    let attempts: [(&str, &str, Test<'_>); 4] = [
        ("have the UUID", "", &|group| Some(group.uuid) == uuid),
        ("have the name", "", &|group| group.name == typed),
        ("have the name", ", if case is ignored", &|group| {
            group.name.to_lowercase() == lower_case
        }),
        ("have a UUID that starts with", "", &|group| {
            is_prefix && uuids::starts_with(group.uuid, typed)
        }),
    ];
    for (before, after, is_match) in attempts {
        let found = groups.iter().enumerate();
        let found: Vec<_> = found.filter(|(_, group)| is_match(group)).collect();
        match found.as_slice() {
            [] => {}
            [(position, _)] => return Ok(*position),
            groups => {
                let candidates: Vec<_> = groups.iter().map(|(_, group)| candidate(group)).collect();
                let message = format!(
                    "{} groups {before} `{typed}`{after}: {}",
                    groups.len(),
                    candidates.join(", ")
                );
                return Err(Failure::usage(message).with_hint("use a UUID instead"));
            }
        }
    }
    let names = groups.iter().map(|group| group.name.as_str());
    let hint = suggest::question(typed, names);
    let hint = hint.unwrap_or_else(|| "`opentact group list` shows your groups".to_owned());
    Err(Failure::not_found(format!("you have no group `{typed}`")).with_hint(hint))
}

fn candidate(group: &SipUserGroup) -> String {
    let owner = group.owner.as_ref();
    let login = owner.and_then(|owner| owner.login.clone());
    let uuid = owner
        .and_then(|owner| owner.uuid)
        .map(|uuid| uuid.to_string());
    let owner = login.or(uuid).unwrap_or_default();
    let users = group.users.len();
    format!(
        "{} {} (owner {owner}, users {users})",
        group.uuid, group.name
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups() -> Vec<SipUserGroup> {
        let groups = serde_json::json!([
            { "uuid": "11111111-0000-4000-8000-000000000001", "name": "Sales" },
            { "uuid": "11111111-0000-4000-8000-000000000002", "name": "sales" },
            { "uuid": "22222222-0000-4000-8000-000000000003", "name": "Support", "owner": { "login": "alice" } },
            { "uuid": "33333333-0000-4000-8000-000000000004", "name": "Night" },
            { "uuid": "44444444-0000-4000-8000-000000000005", "name": "Night" },
            { "uuid": "55555555-0000-4000-8000-000000000006", "name": "33333333" },
        ]);
        serde_json::from_value(groups).unwrap_or_default()
    }

    fn resolve(typed: &str) -> Result<usize, String> {
        position(&groups(), typed).map_err(|failure| failure.message().to_owned())
    }

    #[test]
    fn group_is_resolved_from_each_kind_of_name() {
        for (typed, expected) in [
            ("22222222-0000-4000-8000-000000000003", 2),
            ("Sales", 0),
            ("sales", 1),
            ("support", 2),
            ("22222222", 2),
            ("33333333", 5),
            ("33333333-", 3),
        ] {
            assert_eq!(resolve(typed), Ok(expected), "{typed}");
        }
    }

    #[test]
    fn group_that_is_not_the_only_one_is_refused() {
        assert_eq!(
            resolve("SALES"),
            Err("2 groups have the name `SALES`, if case is ignored: \
                 11111111-0000-4000-8000-000000000001 Sales (owner , users 0), \
                 11111111-0000-4000-8000-000000000002 sales (owner , users 0)"
                .to_owned())
        );
        assert!(
            resolve("Night")
                .is_err_and(|message| message.starts_with("2 groups have the name `Night`"))
        );
        assert!(resolve("11111111").is_err());
    }

    #[test]
    fn group_that_is_unknown_gets_suggestions() {
        let hint = |typed| {
            let failure = position(&groups(), typed).err();
            failure.and_then(|failure| failure.hint().map(str::to_owned))
        };
        assert_eq!(
            resolve("Sapport"),
            Err("you have no group `Sapport`".to_owned())
        );
        assert_eq!(hint("Sapport").as_deref(), Some("did you mean `Support`?"));
        assert_eq!(
            hint("Finance").as_deref(),
            Some("`opentact group list` shows your groups")
        );
    }
}
