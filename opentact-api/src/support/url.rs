//! The values of parameters in a URL.
#![allow(dead_code)] // a spec may have no such parameters

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use reqwest::Url;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

/// The characters that a segment of a path cannot contain. A `\` would end it. See
/// <https://url.spec.whatwg.org/#url-path-segment-string>.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'/')
    .add(b';') // some servers ignore it and what follows, so that `..;` is `..`
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'`')
    .add(b'{')
    .add(b'}');

/// Returns the value of a path parameter for a URL.
pub(crate) fn encode_path(value: &str) -> String {
    utf8_percent_encode(value, PATH).to_string()
}

/// Returns `true` if each parameter of a path template fills its segment in a URL. One that is empty does
/// not, and neither does `.` or `..`, even if it is escaped.
pub(crate) fn fills_template(url: &Url, base_url: &str, template: &str) -> bool {
    let slashes = |text: &str| text.bytes().filter(|byte| *byte == b'/').count();
    let (path, segments) = (url.path(), slashes(template));
    let mut filled = path.rsplit('/').zip(template.rsplit('/')).take(segments);
    // The base URL has two slashes before its host.
    slashes(path) + 2 == slashes(base_url) + segments
        && filled.all(|(segment, wanted)| wanted.is_empty() || !segment.is_empty())
}

/// Returns `true` if a URL that fills a path template is that of another template, too, because a parameter
/// has the value of a fixed segment: the token `all` of `/token/{token}` would name `/token/all`.
pub(crate) fn names_other(url: &Url, template: &str, other: &str) -> bool {
    let slashes = |text: &str| text.bytes().filter(|byte| *byte == b'/').count();
    if slashes(template) != slashes(other) {
        return false;
    }
    let mut differs = false;
    let segments = url.path().rsplit('/').zip(template.rsplit('/'));
    let all = segments
        .zip(other.rsplit('/'))
        .all(|((segment, own), other)| {
            let is_parameter = own.starts_with('{');
            let is_fixed = !other.starts_with('{');
            differs |= is_parameter && is_fixed;
            match is_fixed {
                true => own == other || is_parameter && other.eq_ignore_ascii_case(segment),
                false => is_parameter,
            }
        });
    all && differs
}

/// A query parameter: `name=value` for a single value, one such pair for each item of a list, a pair for
/// each property of an object, and nothing for `null`.
pub(crate) struct QueryParam<'a, T> {
    name: &'a str,
    value: &'a T,
}

impl<'a, T> QueryParam<'a, T> {
    pub(crate) fn new(name: &'a str, value: &'a T) -> Self {
        Self { name, value }
    }
}

impl<T: Serialize> Serialize for QueryParam<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = serde_json::to_value(self.value).map_err(S::Error::custom)?;
        let mut pairs = Vec::new();
        add_pairs(self.name, &value, &mut pairs);
        pairs.serialize(serializer)
    }
}

fn add_pairs<'a>(name: &'a str, value: &'a Value, pairs: &mut Vec<(&'a str, String)>) {
    match value {
        Value::Null => {}
        Value::Bool(value) => pairs.push((name, value.to_string())),
        Value::Number(value) => pairs.push((name, value.to_string())),
        Value::String(value) => pairs.push((name, value.clone())),
        Value::Array(items) => items.iter().for_each(|item| add_pairs(name, item, pairs)),
        Value::Object(entries) => {
            let entries = entries.iter();
            entries.for_each(|(name, value)| add_pairs(name, value, pairs));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn query(value: &Value) -> String {
        let url = reqwest::Client::new().get("http://localhost/");
        let request = url.query(&QueryParam::new("a b", value)).build();
        let request = request.map(|request| request.url().query().unwrap_or_default().to_owned());
        request.unwrap_or_else(|error| error.to_string())
    }

    #[test]
    fn encode_path_keeps_a_value_in_its_segment() {
        assert_eq!(encode_path("a/b?c#d%e é"), "a%2Fb%3Fc%23d%25e%20%C3%A9");
        assert_eq!(encode_path(r"a\b\..\..\c"), "a%5Cb%5C..%5C..%5Cc");
        assert_eq!(encode_path("\t\n"), "%09%0A");
        assert_eq!(encode_path("0b6c3f5e-8f0a"), "0b6c3f5e-8f0a");
    }

    #[test]
    fn value_that_leaves_its_segment_does_not_fill_the_template() {
        for base in ["https://a.example", "https://a.example/b/rest"] {
            for template in [
                "/users/{}",
                "/users/{}/",
                "/users/{}/groups",
                "/users/{}/{}",
            ] {
                let url = |value: &str| {
                    let path = template.replacen("{}", &encode_path(value), 1);
                    let url = Url::parse(&format!("{base}{}", path.replace("{}", "x")));
                    url.is_ok_and(|url| fills_template(&url, base, template))
                };
                for value in ["", ".", ".."] {
                    assert!(!url(value), "{base} {template} {value}");
                }
                for value in [
                    "a",
                    "...",
                    "a/b",
                    "../..",
                    r"..\..",
                    "%2e",
                    "%2e%2e",
                    "%2E.",
                    "..%2f",
                    "?",
                    "#",
                    "\n",
                    ".\n.",
                    ".\t.",
                    "\r\n",
                    " ",
                    "a..",
                    "..;",
                    "a;b",
                    "\0",
                    "\u{ff0e}\u{ff0e}",
                    "@",
                    ":",
                    "//",
                    "a?b#c",
                    "é",
                ] {
                    assert!(url(value), "{base} {template} {value}");
                }
            }
        }
    }

    /// A parser ignores line breaks and tabs, resolves `..`, and ends a path at `?`.
    #[test]
    fn value_that_is_sent_arrives_as_it_is() {
        for value in [
            "a/b", "..;/b", "%2e%2e", "?a=b", "#", "\n", ".\n.", "\t", " a ", r"\", "\0", "é",
            "a+b", "{x}",
        ] {
            let url = format!("https://a.example/users/{}/groups", encode_path(value));
            let url = Url::parse(&url).ok();
            let path = url.as_ref().map(Url::path).unwrap_or_default();
            let segments: Vec<_> = path.split('/').collect();
            let [_, "users", segment, "groups"] = segments[..] else {
                unreachable!("{value}: {path}");
            };
            let decoded = percent_encoding::percent_decode_str(segment).decode_utf8();
            assert_eq!(decoded.as_deref(), Ok(value));
            assert_eq!(url.as_ref().and_then(Url::query), None);
        }
    }

    #[test]
    fn value_of_a_fixed_segment_names_the_other_template() {
        let names = |path: &str, template, other| {
            let url = Url::parse(&format!("https://a.example/rest{path}"));
            url.is_ok_and(|url| names_other(&url, template, other))
        };
        for (path, template, other, expected) in [
            ("/token/all", "/token/{token}", "/token/all", true),
            ("/token/ALL", "/token/{token}", "/token/all", true),
            ("/token/alla", "/token/{token}", "/token/all", false),
            ("/token/all", "/token/all", "/token/{token}", false),
            ("/token/x", "/token/{token}", "/token/{uuid}", false),
            ("/token/x", "/token/{token}", "/token/{token}", false),
            ("/a/b/c", "/a/{b}/c", "/a/{b}/{c}", false),
            ("/a/all/c", "/a/{b}/{c}", "/a/all/{c}", true),
            ("/a/all/c", "/a/{b}/{c}", "/a/all", false),
        ] {
            assert_eq!(
                names(path, template, other),
                expected,
                "{path} {template} {other}"
            );
        }
    }

    #[test]
    fn query_param_of_each_kind_is_written_in_the_style_form() {
        for (value, pairs) in [
            (json!("x&y"), "a+b=x%26y"),
            (json!(-1), "a+b=-1"),
            (json!(1.5), "a+b=1.5"),
            (json!(true), "a+b=true"),
            (json!(["x", "y"]), "a+b=x&a+b=y"),
            (json!({"x": 1}), "x=1"),
            (json!([]), ""),
            (json!(null), ""),
        ] {
            assert_eq!(query(&value), pairs);
        }
    }
}
