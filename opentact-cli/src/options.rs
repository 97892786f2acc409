//! The global options. Doc comments are the texts of `--help`.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::failure::Failure;

/// The variable with the base URL.
pub(crate) const BASE_URL: &str = "OPENTACT_BASE_URL";
/// The variable with the file of certificates.
pub(crate) const CA_FILE: &str = "OPENTACT_CA_FILE";
/// The variable with the name of the profile.
pub(crate) const PROFILE: &str = "OPENTACT_PROFILE";
/// The variable with the hosts that are reached by plain HTTP.
pub(crate) const ALLOW_HTTP: &str = "OPENTACT_ALLOW_HTTP";

/// The options that every command accepts to which they mean something: see
/// [`arguments`](crate::arguments).
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct GlobalOptions {
    /// The format of results: table (the default), json, jsonl, csv or yaml.
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "FORMAT",
        hide_possible_values = true
    )]
    pub(crate) output: Option<Format>,
    /// Short for `--output json`.
    #[arg(long, global = true, conflicts_with = "output")]
    pub(crate) json: bool,
    /// The columns to show, in this order.
    #[arg(long, global = true, value_name = "NAME,...", value_delimiter = ',')]
    pub(crate) columns: Option<Vec<String>>,
    /// The column to sort by. A `-` before its name reverses the order.
    #[arg(long, global = true, value_name = "NAME", allow_hyphen_values = true)]
    pub(crate) sort: Option<String>,
    /// Do not fit tables to the terminal: whole UUIDs, all columns, exact times.
    #[arg(long, global = true)]
    pub(crate) wide: bool,
    /// Print only the first column (most often the UUID), and no notes.
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Show passwords, tokens and digests (ha1, ha1b).
    #[arg(long, global = true)]
    pub(crate) show_secrets: bool,
    /// The profile whose token is used [env: OPENTACT_PROFILE].
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// A file that contains the token. `-` is standard input.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,
    /// The base URL, if it is not the default one of the service [env: OPENTACT_BASE_URL].
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// A host of your own network that may be reached by plain HTTP, without encryption
    /// [env: OPENTACT_ALLOW_HTTP].
    #[arg(long, global = true, value_name = "HOST")]
    pub(crate) allow_http: Option<String>,
    /// A PEM file of certificates to trust beside those of this machine, such as the authority of a
    /// proxy that inspects TLS [env: OPENTACT_CA_FILE].
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) ca_file: Option<PathBuf>,
    /// The time for each operation, such as `10s` or `2m`. The default is 2 minutes.
    #[arg(long, global = true, value_name = "TIME", value_parser = duration)]
    pub(crate) timeout: Option<Duration>,
    /// Log each request to stderr: method, URL, status and duration.
    #[arg(long, short, global = true)]
    pub(crate) verbose: bool,
    /// Print no colours. The variable NO_COLOR does the same.
    #[arg(long, global = true)]
    pub(crate) no_color: bool,
}

/// The format of results.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum Format {
    /// Tables for people (the default).
    #[default]
    Table,
    /// One JSON document.
    Json,
    /// One JSON document a line, one for each item.
    Jsonl,
    /// Comma-separated values (RFC 4180), with a header.
    Csv,
    /// One YAML document.
    Yaml,
}

impl GlobalOptions {
    /// Returns the format of results.
    pub(crate) fn format(&self) -> Format {
        match self.json {
            true => Format::Json,
            false => self.output.unwrap_or_default(),
        }
    }

    /// Returns the base URL and its source: `--base-url` or the name of the variable. `None` is the
    /// default one of the service.
    pub(crate) fn base_url(&self) -> Result<Option<(String, &'static str)>, Failure> {
        let url = match &self.base_url {
            Some(url) => Some((url.clone(), "--base-url")),
            None => variable(BASE_URL)?.map(|url| (url, BASE_URL)),
        };
        if let Some((_, source)) = &url {
            // The source is the same for the whole process.
            let _ = BASE_URL_SOURCE.set(source);
        }
        Ok(url)
    }

    /// Returns the hosts that are reached by plain HTTP. Commas separate them. Empty ones are skipped,
    /// because Compose and CI set variables without a value.
    pub(crate) fn allow_http(&self) -> Result<Vec<String>, Failure> {
        let hosts = match &self.allow_http {
            Some(hosts) => Some(hosts.clone()),
            None => variable(ALLOW_HTTP)?,
        };
        let hosts = hosts.iter().flat_map(|hosts| hosts.split(','));
        let hosts = hosts.map(str::trim).filter(|host| !host.is_empty());
        Ok(hosts.map(str::to_owned).collect())
    }
}

/// The source of the base URL, for messages about errors.
static BASE_URL_SOURCE: OnceLock<&'static str> = OnceLock::new();

/// Returns `--base-url` or the name of the variable that set the base URL, or `None` if it is the
/// default one.
pub(crate) fn source_of_base_url() -> Option<&'static str> {
    BASE_URL_SOURCE.get().copied()
}

/// Returns the value of an environment variable, or `None` if it is not set.
pub(crate) fn variable(name: &str) -> Result<Option<String>, Failure> {
    match std::env::var(name) {
        Ok(value) => Ok(Some(value)),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => {
            Err(Failure::usage(format!("{name} is not Unicode")))
        }
    }
}

/// Parses a time: a number, with `ms`, `s`, `m` or `h` after it. Without a unit, it is in seconds.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let start_of_unit = text.find(|c: char| c.is_ascii_alphabetic());
    let (number, unit) = text.split_at(start_of_unit.unwrap_or(text.len()));
    let seconds = match unit {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return Err("the unit is none of `ms`, `s`, `m` and `h`".to_owned()),
    };
    let number: f64 = number
        .parse()
        .map_err(|_| "it is not a number with a unit, such as `10s`".to_owned())?;
    match Duration::try_from_secs_f64(number * seconds) {
        Ok(Duration::ZERO) => Err("it is zero".to_owned()),
        Ok(time) => Ok(time),
        Err(_) => Err("it is out of range".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duration_has_a_unit_or_is_in_seconds() {
        for (text, expected) in [
            ("10", Some(10_000)),
            ("1.5s", Some(1_500)),
            ("250ms", Some(250)),
            ("2m", Some(120_000)),
            ("1h", Some(3_600_000)),
            ("0", None),
            ("", None),
            ("s", None),
            ("-1s", None),
            ("1d", None),
            ("1e999", None),
            ("inf", None),
        ] {
            let parsed = duration(text).ok().map(|time| time.as_millis());
            assert_eq!(parsed, expected, "{text}");
        }
    }
}
