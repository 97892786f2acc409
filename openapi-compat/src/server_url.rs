//! The URLs that a server stands for.

use std::collections::BTreeSet;

/// The number of URLs up to which the values of variables are multiplied.
const MOST: usize = 1000;
/// The sign for any value of a variable. It cannot be in a URL.
const ANY: &str = "{}";

/// The URLs that a server stands for, with the values of its variables.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct ServerUrls {
    /// The URL with the default of each variable, which is used if nothing else is said.
    pub(crate) default: String,
    /// The URLs with the values of each variable. A variable without listed values, or with too
    /// many of them, can have any.
    all: BTreeSet<String>,
}

/// A variable of a server.
pub(crate) struct Variable<'a> {
    pub(crate) name: &'a str,
    pub(crate) default: &'a str,
    /// The values. Any value is allowed if there are none.
    pub(crate) values: Vec<&'a str>,
}

impl ServerUrls {
    /// Substitutes the variables of a URL.
    pub(crate) fn new(url: &str, variables: &[Variable<'_>]) -> Self {
        let mut default = String::new();
        let mut all = vec![String::new()];
        for (literal, name) in pieces(url) {
            default += literal;
            all.iter_mut().for_each(|url| url.push_str(literal));
            let Some(name) = name else { continue };
            let variable = variables.iter().find(|variable| variable.name == name);
            default += variable.map_or(ANY, |variable| variable.default);
            let values = variable.map_or(&[][..], |variable| &variable.values);
            let values = match values.is_empty() || all.len() * values.len() > MOST {
                true => &[ANY][..],
                false => values,
            };
            let longer = all
                .iter()
                .flat_map(|url| values.iter().map(move |value| format!("{url}{value}")));
            all = longer.collect();
        }
        Self {
            default: normalized(&default),
            all: all.iter().map(|url| normalized(url)).collect(),
        }
    }

    /// Returns the URLs that none of some servers stands for.
    pub(crate) fn beyond(&self, servers: &[Self]) -> Vec<&str> {
        let is_known = |url: &str| {
            let mut patterns = servers.iter().flat_map(|server| &server.all);
            patterns.any(|pattern| matches(pattern, url))
        };
        let all = self.all.iter().map(String::as_str);
        all.filter(|url| !is_known(url)).collect()
    }

    /// Returns `true` if a URL can be the default of both servers. A variable without a description
    /// has no known default.
    pub(crate) fn has_default_of(&self, other: &Self) -> bool {
        let (own, other) = (&self.default, &other.default);
        matches(own, other) || matches(other, own)
    }

    /// Returns `true` if one of these servers stands for a URL of the other one.
    pub(crate) fn has_part_of(&self, other: &Self) -> bool {
        let has_part = |wide: &Self, narrow: &Self| {
            let known = narrow.beyond(std::slice::from_ref(wide));
            known.len() < narrow.all.len()
        };
        has_part(self, other) || has_part(other, self)
    }
}

/// Returns the parts of a URL: each literal text, and the name of the variable after it.
fn pieces(url: &str) -> Vec<(&str, Option<&str>)> {
    let mut pieces = Vec::new();
    let mut rest = url;
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        pieces.push((literal, Some(name)));
        rest = after;
    }
    pieces.push((rest, None));
    pieces
}

/// Returns the form that all spellings of a URL have in common: scheme and host in lower case,
/// without the default port (RFC 9110, section 4.2.3), and without a slash at the end, because paths
/// start with one.
fn normalized(url: &str) -> String {
    let url = url.trim_end_matches('/');
    let Some((scheme, rest)) = url.split_once("://") else {
        return match url.is_empty() {
            true => "/".to_owned(),
            false => url.to_owned(),
        };
    };
    let scheme = scheme.to_ascii_lowercase();
    let (authority, path) = match rest.find('/') {
        Some(end) => rest.split_at(end),
        None => (rest, ""),
    };
    let authority = authority.to_ascii_lowercase();
    let port = match scheme.as_str() {
        "https" | "wss" => ":443",
        "http" | "ws" => ":80",
        _ => "",
    };
    let authority = authority.strip_suffix(port).unwrap_or(&authority);
    format!("{scheme}://{authority}{path}")
}

/// Returns `true` if a URL is a pattern with values for its variables.
fn matches(pattern: &str, url: &str) -> bool {
    let Some((first, others)) = pattern.split_once(ANY) else {
        return pattern == url;
    };
    let (inner, last) = others.rsplit_once(ANY).unwrap_or(("", others));
    let rest = url.strip_prefix(first);
    let Some(rest) = rest.and_then(|rest| rest.strip_suffix(last)) else {
        return false;
    };
    let mut rest = Some(rest);
    for literal in inner.split(ANY) {
        let found = rest.and_then(|rest| rest.split_once(literal));
        rest = found.map(|(_, after)| after);
    }
    rest.is_some()
}
