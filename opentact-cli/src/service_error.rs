//! The errors of the SDK as failures of a command, in words for people who know no Rust.

use std::collections::HashMap;
use std::sync::OnceLock;

use opentact_api::{BuildError, Error, ErrorKind};

use crate::api::operations;
use crate::failure::{Failure, GENERAL, NOT_ALLOWED, NOT_FOUND, USAGE};
use crate::options::{BASE_URL, source_of_base_url};
use crate::text::one_line;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let action = action(error.operation());
        let operation = format!("{} {}", error.method(), error.path_template());
        let status = error.status().map(|status| status.as_u16());
        let message = format!("cannot {action}: {}", reason(&error, true));
        let failure = Self::new(exit_code(&error), error.kind().as_str(), message)
            .with_reason(reason(&error, false))
            .with_operation(operation, status);
        match hint(&error) {
            Some(hint) => failure.with_hint(hint),
            None => failure,
        }
    }
}

impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        Self::usage(error.to_string())
    }
}

/// Returns the words for an operation: its summary in the spec, such as `list the groups`.
fn action(operation: &str) -> String {
    static SUMMARIES: OnceLock<HashMap<String, String>> = OnceLock::new();
    let read = || operations().unwrap_or_default().into_iter().collect();
    let summary = SUMMARIES.get_or_init(read).get(operation);
    let summary = summary.map(String::as_str).unwrap_or_default();
    let mut characters = summary.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => operation.replace('_', " "),
    }
}

fn exit_code(error: &Error) -> u8 {
    match error.kind() {
        ErrorKind::InvalidRequest | ErrorKind::MissingToken => USAGE,
        // The service always has a list, though it may be empty.
        ErrorKind::NotFound if is_about_nothing(error) => GENERAL,
        ErrorKind::NotFound => NOT_FOUND,
        ErrorKind::Unauthorized | ErrorKind::Forbidden => NOT_ALLOWED,
        ErrorKind::SignIn => match error.status().map(|status| status.as_u16()) {
            Some(401 | 403) => NOT_ALLOWED,
            _ => GENERAL,
        },
        _ => GENERAL,
    }
}

/// Returns `true` for an operation whose path names nothing that may be missing.
fn is_about_nothing(error: &Error) -> bool {
    error.method() == "GET" && !error.path_template().contains('{')
}

/// Returns the reason in one line: the words of the service, its status and, in a message of its own,
/// its address.
fn reason(error: &Error, is_whole: bool) -> String {
    let server = &match source() {
        Some(source) => format!("{} (set by {source})", server(error)),
        None => server(error),
    };
    let message = error.message().map(shown).filter(|text| !text.is_empty());
    let cause = innermost(error);
    let told = || message.clone().or_else(|| cause.clone());
    let after = |text: &str, detail: Option<String>| match detail {
        Some(detail) => format!("{text}: {detail}"),
        None => text.to_owned(),
    };
    let mut reason = match error.kind() {
        ErrorKind::InvalidRequest => match told() {
            // The rest names a method of the SDK.
            Some(text) => match text.split_once(": set it with `") {
                Some((header, _)) => format!("{header}, {TOKEN_SOURCES}"),
                None => text,
            },
            None => "an argument is invalid".to_owned(),
        },
        ErrorKind::MissingToken => missing_token(error),
        ErrorKind::Connect => after(&format!("cannot reach {server}"), told()),
        ErrorKind::Tls => after(&format!("no secure connection to {server}"), told()),
        ErrorKind::Timeout => after(&format!("{server} did not respond in time"), told()),
        ErrorKind::ConnectionLost => after(&format!("the connection to {server} broke"), told()),
        ErrorKind::SignIn => after(&format!("cannot sign in at {server}"), told()),
        ErrorKind::Redirect => after(&format!("{server} redirects"), message),
        ErrorKind::BodyTooLarge => {
            after(&format!("the response of {server} is too large"), message)
        }
        ErrorKind::UndecodableResponse => after(
            &format!("the response of {server} is not as expected"),
            message,
        ),
        _ => {
            let status = error.status().map(|status| status.to_string());
            let status = status.unwrap_or_default();
            let origin = match (is_whole, source()) {
                (true, Some(source)) => {
                    format!("{status} from {}, set by {source}", self::server(error))
                }
                (true, None) => format!("{status} from {server}"),
                (false, _) => status,
            };
            match message {
                Some(message) => format!("{message} ({origin})"),
                None => origin,
            }
        }
    };
    for (position, field) in error.fields().iter().take(3).enumerate() {
        let separator = if position == 0 { ": " } else { "; " };
        reason.push_str(&format!("{separator}{field}"));
    }
    if error.attempts() > 1 {
        reason.push_str(&format!(", after {} attempts", error.attempts()));
    }
    reason
}

/// Returns the advice, if there is any.
fn hint(error: &Error) -> Option<String> {
    if error.may_have_been_done() {
        let hint = "the service may have done it all the same: check before you repeat it";
        return Some(hint.to_owned());
    }
    if let Some(wait) = error.retry_after() {
        return Some(format!(
            "wait {} s before the next request",
            wait.as_secs().max(1)
        ));
    }
    match error.kind() {
        ErrorKind::UndecodableResponse if !is_page(error) => {
            Some("update opentact, which may be older than the service".to_owned())
        }
        ErrorKind::Connect | ErrorKind::Redirect | ErrorKind::UndecodableResponse => {
            Some(check_address(error))
        }
        ErrorKind::Tls => Some(format!(
            "{}; --ca-file names further certificates to trust",
            check_address(error)
        )),
        ErrorKind::NotFound if is_about_nothing(error) => Some(check_address(error)),
        ErrorKind::MissingToken => Some(way_to_a_token(error)),
        ErrorKind::Unauthorized => {
            Some("check the token: `opentact whoami -v` shows where it comes from".to_owned())
        }
        ErrorKind::RateLimited => Some("wait before the next request".to_owned()),
        ErrorKind::Timeout => Some("--timeout allows more time".to_owned()),
        _ => None,
    }
}

/// Returns `true` for a response that is no JSON: that of another server.
fn is_page(error: &Error) -> bool {
    let message = error.message().unwrap_or_default();
    message.starts_with("it is not JSON") || message.starts_with("it is empty")
}

/// Returns the advice to check the base URL, which names the source of it.
fn check_address(error: &Error) -> String {
    match source_of_base_url() {
        None if error.base_url().is_some() => {
            "check the network, and the proxy if there is one".to_owned()
        }
        None => "check the base URL".to_owned(),
        Some(source) => format!("check the base URL, which {source} sets"),
    }
}

/// Returns the variable that sets the base URL. What the user has just typed needs no word.
fn source() -> Option<&'static str> {
    source_of_base_url().filter(|source| *source == BASE_URL)
}

/// Returns scheme, host and port.
fn server(error: &Error) -> String {
    let Some(url) = error.base_url() else {
        return "the service".to_owned();
    };
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    let host = rest.split('/').next().unwrap_or_default();
    format!("{scheme}://{host}")
}

/// Returns a message of the SDK without a page of HTML in it.
fn shown(message: &str) -> String {
    let lower = message.to_ascii_lowercase();
    let page = ["<!doctype", "<html", "<head", "<body", "<?xml"];
    let Some(start) = page.iter().filter_map(|tag| lower.find(tag)).min() else {
        return one_line(message);
    };
    let before = one_line(message.get(..start).unwrap_or_default());
    let title = lower.find("<title>").zip(lower.find("</title>"));
    let title = title.and_then(|(start, end)| message.get(start + "<title>".len()..end));
    let title = title.map(one_line).filter(|title| !title.is_empty());
    let page = match title {
        Some(title) => format!("a page of HTML with the title `{title}`"),
        None => "a page of HTML".to_owned(),
    };
    match before.is_empty() {
        true => page,
        false => format!("{before} {page}"),
    }
}

/// Returns the last text of the chain of sources, such as `Connection refused`.
fn innermost(error: &Error) -> Option<String> {
    let mut source = std::error::Error::source(error)?;
    while let Some(next) = source.source() {
        source = next;
    }
    Some(one_line(&source.to_string()))
}

/// Returns the tokens that would help, which the SDK names by its methods.
fn missing_token(error: &Error) -> String {
    let kinds = [
        (HA1B_SETTER, "the token of a SIP user"),
        (BEARER_SETTER, "the token of an account user"),
        (JWT_SETTER, "a sign-in with e-mail and password"),
    ];
    let kinds = kinds.iter().filter(|(setter, _)| names(error, setter));
    let kinds: Vec<_> = kinds.map(|(_, words)| *words).collect();
    format!("it needs {}", kinds.join(" or "))
}

/// Returns the advice to get a token that the operation accepts.
fn way_to_a_token(error: &Error) -> String {
    let is_for_accounts = names(error, BEARER_SETTER) || names(error, JWT_SETTER);
    let hint = match (names(error, HA1B_SETTER), is_for_accounts) {
        _ if error.operation() == "sign_in" => "`opentact login` does this",
        (true, false) => "sign in with `opentact login --sip`, or set OPENTACT_HA1B_TOKEN",
        (false, true) => "sign in with `opentact login`, or set OPENTACT_BEARER_TOKEN",
        _ => "`opentact login --help` shows how to get one",
    };
    hint.to_owned()
}

const TOKEN_SOURCES: &str = "and the token comes from --token-file, the environment or a profile";

const HA1B_SETTER: &str = "::ha1b_token`";
const BEARER_SETTER: &str = "::bearer_token`";
const JWT_SETTER: &str = "::jwt`";

/// Returns `true` if the message of the SDK names this method.
fn names(error: &Error, setter: &str) -> bool {
    error.message().unwrap_or_default().contains(setter)
}
