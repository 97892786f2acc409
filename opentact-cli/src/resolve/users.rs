//! SIP users, each from a UUID, the start of one, a login or an e-mail address.

use std::collections::HashSet;

use opentact_api::sip_domains::SipUserDetails;
use opentact_api::{Client, Warning};
use uuid::Uuid;

use crate::failure::Failure;
use crate::resolve::{suggest, uuids};
use crate::response;

/// A user that an argument names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct ResolvedUser {
    pub(crate) uuid: Uuid,
    /// The argument, for results and messages.
    pub(crate) typed: String,
    /// The login, unless a whole UUID was typed.
    pub(crate) login: Option<String>,
}

/// The SIP users of the domain of the current user.
pub(crate) struct Directory {
    users: Vec<KnownUser>,
    scope: Scope,
}

/// The users that a directory has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Scope {
    /// All of the domain.
    Domain,
    /// Those in the groups of the current user, because the service does not list the others.
    Groups,
}

#[derive(Clone, Debug)]
struct KnownUser {
    uuid: Uuid,
    login: Option<String>,
    email: Option<String>,
}

/// A test of a user.
type Test<'a> = &'a dyn Fn(&KnownUser) -> bool;

/// The reason why an argument names no single user.
enum Miss {
    /// No user fits. The text is a suggestion.
    Unknown(Option<String>),
    /// Several users fit in the named property.
    Ambiguous(&'static str, Vec<String>),
}

/// Resolves users in the order of the arguments. A user that several arguments name comes once. If all
/// arguments are UUIDs, no request is sent.
pub(crate) async fn users(client: &Client, typed: &[String]) -> Result<Vec<ResolvedUser>, Failure> {
    let directory = match typed.iter().all(|typed| uuids::parse(typed).is_some()) {
        true => Directory::of(&[]),
        false => Directory::load(client).await?,
    };
    directory.users(typed)
}

impl Directory {
    /// Loads the users of the domain. A service without this operation is asked for the users in the
    /// groups of the current user instead.
    pub(crate) async fn load(client: &Client) -> Result<Self, Failure> {
        let users = match client.list_same_domain_users().send().await {
            Ok(users) => users,
            Err(error)
                if matches!(
                    error.status().map(|status| status.as_u16()),
                    Some(404 | 405 | 501)
                ) =>
            {
                return Self::load_from_groups(client).await;
            }
            Err(error) => return Err(error.into()),
        };
        let (users, parts) = users.into_parts();
        report(&parts.warnings, &["login", "email"])?;
        Ok(Self::of(&users))
    }

    /// Returns the directory of these users.
    pub(crate) fn of(users: &[SipUserDetails]) -> Self {
        let users = users.iter().map(|user| KnownUser {
            uuid: user.uuid,
            login: user.login.clone(),
            email: user.email.clone(),
        });
        Self {
            users: users.collect(),
            scope: Scope::Domain,
        }
    }

    async fn load_from_groups(client: &Client) -> Result<Self, Failure> {
        let (groups, parts) = client.list_groups().send().await?.into_parts();
        report(
            &parts.warnings,
            &["users", "owner", "login", "email", "uuid"],
        )?;
        let mut seen = HashSet::new();
        let users = groups
            .into_iter()
            .flat_map(|group| group.users.into_iter().chain(group.owner));
        let users = users.filter_map(|user| {
            Some(KnownUser {
                uuid: user.uuid.filter(|uuid| seen.insert(*uuid))?,
                login: user.login,
                email: user.email,
            })
        });
        Ok(Self {
            users: users.collect(),
            scope: Scope::Groups,
        })
    }

    /// Resolves a user. A whole UUID is taken as it is, although the domain might not have the user.
    pub(crate) fn user(&self, typed: &str) -> Result<ResolvedUser, Failure> {
        self.matching(typed)
            .map_err(|miss| miss.failure(typed, self.scope))
    }

    /// Resolves users in the order of the arguments. A user that several arguments name comes once.
    ///
    /// # Errors
    /// Fails if an argument names no single user. The failure names all such arguments.
    pub(crate) fn users(&self, typed: &[String]) -> Result<Vec<ResolvedUser>, Failure> {
        let mut seen = HashSet::new();
        let mut resolved = Vec::new();
        let mut unknown = Vec::new();
        for typed in typed {
            match self.matching(typed) {
                Ok(user) if seen.insert(user.uuid) => resolved.push(user),
                Ok(_) => {}
                Err(Miss::Unknown(suggestion)) => unknown.push((typed, suggestion)),
                Err(miss) => return Err(miss.failure(typed, self.scope)),
            }
        }
        match unknown.as_mut_slice() {
            [] => Ok(resolved),
            [(typed, suggestion)] => {
                Err(Miss::Unknown(suggestion.take()).failure(typed, self.scope))
            }
            unknown => {
                let names = unknown
                    .iter()
                    .take(MOST)
                    .map(|(typed, suggestion)| match suggestion {
                        Some(suggestion) => format!("`{typed}` ({suggestion})"),
                        None => format!("`{typed}`"),
                    });
                let mut names: Vec<_> = names.collect();
                if let Some(more) = unknown.len().checked_sub(MOST).filter(|more| *more > 0) {
                    names.push(format!("and {more} more"));
                }
                let message = format!(
                    "{} of the SIP users are not in your {}: {}",
                    unknown.len(),
                    self.scope.name(),
                    names.join(", ")
                );
                Err(Failure::not_found(message).with_hint(self.scope.hint()))
            }
        }
    }

    /// Returns the login of a user, or `None` if it is not known.
    pub(crate) fn login(&self, uuid: Uuid) -> Option<&str> {
        let user = self.users.iter().find(|user| user.uuid == uuid)?;
        user.login.as_deref()
    }

    /// Returns the user whom the text names. A login goes before an e-mail address, and both before
    /// the start of a UUID: a login can look like one.
    fn matching(&self, typed: &str) -> Result<ResolvedUser, Miss> {
        if let Some(uuid) = uuids::parse(typed) {
            return Ok(ResolvedUser {
                uuid,
                typed: typed.to_owned(),
                login: self.login(uuid).map(str::to_owned),
            });
        }
        let is_email = |email: &str| email.eq_ignore_ascii_case(typed);
        let is_prefix = uuids::is_prefix(typed);
        let attempts: [(&str, Test<'_>); 3] = [
            ("have the login", &|user| {
                user.login.as_deref() == Some(typed)
            }),
            ("have the e-mail address", &|user| {
                user.email.as_deref().is_some_and(is_email)
            }),
            ("have a UUID that starts with", &|user| {
                is_prefix && uuids::starts_with(user.uuid, typed)
            }),
        ];
        for (what, is_match) in attempts {
            let found: Vec<_> = self.users.iter().filter(|user| is_match(user)).collect();
            match found.as_slice() {
                [] => {}
                [user] => {
                    return Ok(ResolvedUser {
                        uuid: user.uuid,
                        typed: typed.to_owned(),
                        login: user.login.clone(),
                    });
                }
                users => {
                    let users = users.iter().map(|user| match &user.login {
                        Some(login) if login != typed => format!("{} ({login})", user.uuid),
                        _ => user.uuid.to_string(),
                    });
                    return Err(Miss::Ambiguous(what, users.collect()));
                }
            }
        }
        let names = self.users.iter();
        let names = names.flat_map(|user| [&user.login, &user.email]);
        let names = names.filter_map(Option::as_deref);
        Err(Miss::Unknown(suggest::question(typed, names)))
    }
}

/// The most unknown users that a failure names.
const MOST: usize = 10;

impl Scope {
    fn name(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Groups => "groups",
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Self::Domain => "`opentact user list` shows the users of your domain",
            Self::Groups => {
                "use a UUID instead: the service does not list the users of your domain"
            }
        }
    }
}

impl Miss {
    fn failure(self, typed: &str, scope: Scope) -> Failure {
        match self {
            Self::Unknown(suggestion) => {
                let message = format!("there is no SIP user `{typed}` in your {}", scope.name());
                let hint = suggestion.unwrap_or_else(|| scope.hint().to_owned());
                Failure::not_found(message).with_hint(hint)
            }
            Self::Ambiguous(what, users) => Failure::usage(format!(
                "{} SIP users {what} `{typed}`: {}",
                users.len(),
                users.join(", ")
            ))
            .with_hint("use a UUID instead"),
        }
    }
}

/// Prints a warning for each of these properties that could not be read. Names depend on the first, so
/// it fails for that one.
fn report(warnings: &[Warning], names: &[&str]) -> Result<(), Failure> {
    let of_names = warnings.iter().filter(|warning| {
        let name = warning.path().rsplit('.').next();
        name.is_some_and(|name| names.contains(&name))
    });
    response::report(of_names, &["users", "owner", "login", "uuid"])
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALICE: &str = "5f0c9b1e-2d47-4c1a-8f6b-93c7e0a4b812";
    const OTHER: &str = "5f0c9b1e-2d47-4c1a-8f6b-93c7e0a4b813";
    const BOB: &str = "c2d1a7f4-6b3e-4f0d-9a55-1e8b7d90c6a3";

    fn directory() -> Directory {
        let user = |uuid: &str, login: &str, email: Option<&str>| KnownUser {
            uuid: Uuid::try_parse(uuid).unwrap_or_default(),
            login: Some(login.to_owned()),
            email: email.map(str::to_owned),
        };
        let users = vec![
            user(ALICE, "alice", Some("Alice@example.com")),
            user(OTHER, "20250001", Some("desk@example.com")),
            user(BOB, "bob", Some("desk@example.com")),
            user("a0000000-0000-4000-8000-000000000001", "twin", None),
            user("b0000000-0000-4000-8000-000000000001", "twin", None),
            user("20250001-0000-4000-8000-000000000001", "c2d1a7f4", None),
        ];
        Directory {
            users,
            scope: Scope::Domain,
        }
    }

    fn resolve(typed: &str) -> String {
        match directory().user(typed) {
            Ok(user) => user.uuid.to_string(),
            Err(failure) => match failure.hint() {
                Some(hint) => format!("{}; {hint}", failure.message()),
                None => failure.message().to_owned(),
            },
        }
    }

    #[test]
    fn user_is_resolved_from_each_kind_of_name() {
        for (typed, uuid) in [
            (ALICE, ALICE),
            ("alice", ALICE),
            ("alice@EXAMPLE.com", ALICE),
            ("c2d1a7f4-", BOB),
            ("C2D1A7F4-6B3E", BOB),
            // A login goes before the start of a UUID.
            ("20250001", OTHER),
            ("c2d1a7f4", "20250001-0000-4000-8000-000000000001"),
        ] {
            assert_eq!(resolve(typed), uuid, "{typed}");
        }
    }

    #[test]
    fn user_who_is_not_the_only_one_is_refused() {
        assert_eq!(
            resolve("5f0c9b1e"),
            format!(
                "2 SIP users have a UUID that starts with `5f0c9b1e`: {ALICE} (alice), {OTHER} \
                 (20250001); use a UUID instead"
            )
        );
        assert_eq!(
            resolve("twin"),
            "2 SIP users have the login `twin`: a0000000-0000-4000-8000-000000000001, \
             b0000000-0000-4000-8000-000000000001; use a UUID instead"
        );
        assert!(resolve("desk@example.com").starts_with("2 SIP users have the e-mail address"));
    }

    #[test]
    fn user_who_is_unknown_gets_suggestions() {
        assert_eq!(
            resolve("Alice"),
            "there is no SIP user `Alice` in your domain; did you mean `alice`?"
        );
        assert_eq!(
            resolve("zoltan"),
            "there is no SIP user `zoltan` in your domain; `opentact user list` shows the users of \
             your domain"
        );
        // Too short for the start of a UUID.
        assert!(resolve("5f0c9b1").starts_with("there is no SIP user"));
    }

    #[test]
    fn users_come_once_and_all_unknown_ones_are_named() {
        let typed = |names: &[&str]| {
            names
                .iter()
                .map(|&name| name.to_owned())
                .collect::<Vec<_>>()
        };
        let users = directory().users(&typed(&["bob", ALICE, "alice", BOB]));
        let users = users.unwrap_or_default();
        let shown: Vec<_> = users.iter().map(|user| user.typed.as_str()).collect();
        assert_eq!(shown, ["bob", ALICE]);
        let failure = directory().users(&typed(&["alice", "bobb", "zoltan"]));
        let message = failure.map_err(|failure| failure.message().to_owned());
        assert_eq!(
            message,
            Err(
                "2 of the SIP users are not in your domain: `bobb` (did you mean `bob`?), `zoltan`"
                    .to_owned()
            )
        );
    }
}
