//! A SIP user that arguments name.

use clap::Args;
use opentact_api::Client;
use opentact_api::sip_domains::SipUserDetails;

use crate::failure::{Failure, NOT_FOUND};
use crate::output::Output;
use crate::resolve::Directory;
use crate::response;
use crate::terminal::waiting;

/// A SIP user of a domain.
#[derive(Args, Debug)]
pub(crate) struct Named {
    /// The name of the domain, as `opentact domain list` shows it.
    pub(super) domain: String,
    /// The SIP user: login, e-mail address, UUID, or the first 8 or more characters of a UUID.
    pub(super) user: String,
}

impl Named {
    /// Returns the user.
    ///
    /// # Errors
    /// Fails unless the domain has a single user of this name.
    pub(super) async fn find(
        &self,
        client: &Client,
        output: &Output,
    ) -> Result<SipUserDetails, Failure> {
        let mut users = load(client, &self.domain, &["login", "email"], output).await?;
        let wanted = Directory::of(&users).user(&self.user);
        let wanted = wanted.map_err(|failure| match failure.exit_code() {
            NOT_FOUND => match failure.hint().filter(|hint| hint.ends_with('?')) {
                Some(question) => self.unknown().with_hint(question),
                None => self.unknown(),
            },
            _ => failure,
        })?;
        let position = users.iter().position(|user| user.uuid == wanted.uuid);
        let found = position.map(|position| users.swap_remove(position));
        found.ok_or_else(|| self.unknown())
    }

    /// Returns the command that shows the user.
    pub(super) fn show(&self) -> String {
        format!("opentact domain user show {} {}", self.domain, self.user)
    }

    fn unknown(&self) -> Failure {
        let Self { domain, user } = self;
        let hint = format!("`opentact domain user list {domain}` lists the users");
        Failure::not_found(format!("there is no SIP user `{user}` in {domain}")).with_hint(hint)
    }
}

/// Returns the SIP users of a domain.
pub(super) async fn load(
    client: &Client,
    domain: &str,
    needed: &[&str],
    output: &Output,
) -> Result<Vec<SipUserDetails>, Failure> {
    let request = client.list_sip_domain_users().domain(domain).send();
    response::payload(waiting(output, "Loading the users", request).await?, needed)
}
