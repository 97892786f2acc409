//! The names that a shell offers: those that the service, the spec and the profiles know.
//!
//! Nothing here asks the user or reports an error: a shell that completes has no place for it.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::time::Duration;

use clap::{ArgAction, Args as _, Command, FromArgMatches as _};
use clap_complete::CompletionCandidate;
use opentact_api::{Client, Error};

use super::matching::matching;
use crate::options::GlobalOptions;
use crate::{api, client, identity};

/// The longest time for which a shell waits.
const PATIENCE: Duration = Duration::from_secs(3);

/// Returns the names of the user's groups.
pub(crate) fn groups(typed: &OsStr) -> Vec<CompletionCandidate> {
    let groups = ask(async |client| client.list_groups().send().await);
    let groups = groups.map(opentact_api::ResponseValue::into_inner);
    let named = groups.into_iter().flatten().map(|group| {
        let count = match group.users.len() {
            1 => "1 user".to_owned(),
            count => format!("{count} users"),
        };
        (group.name, count)
    });
    matching(typed, named)
}

/// Returns the logins of the SIP users of the domain.
pub(crate) fn users(typed: &OsStr) -> Vec<CompletionCandidate> {
    let users = ask(async |client| client.list_same_domain_users().send().await);
    let users = users.map(opentact_api::ResponseValue::into_inner);
    let named = users.into_iter().flatten().filter_map(|user| {
        let names = [user.first_name, user.last_name].into_iter().flatten();
        Some((user.login?, names.collect::<Vec<_>>().join(" ")))
    });
    matching(typed, named)
}

/// Returns the SIP domains of the account.
pub(crate) fn domains(typed: &OsStr) -> Vec<CompletionCandidate> {
    let domains = ask(async |client| client.list_sip_domains().send().await);
    let domains = domains.map(opentact_api::ResponseValue::into_inner);
    let named = domains.into_iter().flatten();
    matching(typed, named.map(|domain| (domain.domain, String::new())))
}

/// Returns the profiles of the user.
pub(crate) fn profiles(typed: &OsStr) -> Vec<CompletionCandidate> {
    let profiles = identity::profile::names().unwrap_or_default();
    matching(typed, profiles)
}

/// Returns the operations of the spec.
pub(crate) fn operations(typed: &OsStr) -> Vec<CompletionCandidate> {
    matching(typed, api::operations().unwrap_or_default())
}

/// Returns the keys of the fields of the operation that is typed.
pub(crate) fn keys(typed: &OsStr) -> Vec<CompletionCandidate> {
    let words = std::env::args_os().skip_while(|word| word != "api").skip(1);
    let words = words.map(|word| word.to_string_lossy().into_owned());
    let operation: Vec<String> = words.take_while(|word| !word.starts_with('-')).collect();
    matching(typed, api::keys(&operation).unwrap_or_default())
}

/// Returns the result of a call, or `None` if there is none in time.
fn ask<T>(call: impl AsyncFnOnce(Client) -> Result<T, Error>) -> Option<T> {
    let mut options = options(std::env::args_os());
    options.timeout = Some(PATIENCE);
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().ok()?;
    let client = client::without_questions(&options).ok()?;
    runtime.block_on(call(client)).ok()
}

/// Returns the global options of a command line that is being typed, behind `--`. The rest of it may be
/// incomplete.
fn options(arguments: impl Iterator<Item = OsString>) -> GlobalOptions {
    let command = GlobalOptions::augment_args(Command::new("opentact"));
    let takes_value = |word: &str| {
        let mut known = command.get_arguments();
        let known = known.find(|known| {
            known
                .get_long()
                .is_some_and(|long| word == format!("--{long}"))
        });
        known.map(|known| !matches!(known.get_action(), ArgAction::SetTrue))
    };
    let mut words = arguments.skip_while(|word| word != "--").skip(1);
    let mut kept = vec![OsString::from("opentact")];
    while let Some(word) = words.next() {
        let text = word.to_string_lossy();
        let name = text.split_once('=').map_or(&*text, |(name, _)| name);
        match takes_value(name) {
            None => {}
            Some(true) if !text.contains('=') => {
                if let Some(value) = words.next() {
                    kept.extend([word, value]);
                }
            }
            Some(_) => kept.push(word),
        }
    }
    let matches = command.ignore_errors(true).try_get_matches_from(kept).ok();
    let options = matches.and_then(|matches| GlobalOptions::from_arg_matches(&matches).ok());
    let mut options = options.unwrap_or_default();
    // Standard input is that of the shell.
    options.token_file = options.token_file.filter(|file| file != Path::new("-"));
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_of_an_incomplete_command_line_are_read() {
        let options_of = |line: &str| {
            let words = line.split(' ').map(OsString::from);
            options(words)
        };
        let options = options_of("/bin/opentact -- opentact --profile work group add --yes Sa");
        assert_eq!(options.profile.as_deref(), Some("work"));
        let options =
            options_of("x -- opentact group show --base-url=http://a.example --token-file - ");
        assert_eq!(options.base_url.as_deref(), Some("http://a.example"));
        assert_eq!(options.token_file, None);
        assert_eq!(
            options_of("x -- opentact group show --profile").profile,
            None
        );
    }
}
