//! The header `Retry-After`.

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

/// Returns the wait that `Retry-After` asks for: a number of seconds, or the time until a date. Other
/// values are ignored.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // The maximum is longer than anybody waits, and can still be added to any time.
        let seconds = value.parse().unwrap_or(u32::MAX);
        return Some(Duration::from_secs(seconds.into()));
    }
    let until = httpdate::parse_http_date(value).ok()?;
    // The service's own clock counts, if it sends the time.
    let now = date(headers, &DATE).unwrap_or_else(SystemTime::now);
    Some(until.duration_since(now).unwrap_or_default())
}

fn date(headers: &HeaderMap, name: &HeaderName) -> Option<SystemTime> {
    let value = headers.get(name)?.to_str().ok()?;
    httpdate::parse_http_date(value).ok()
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn asked(value: &'static str) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static(value));
        let date = HeaderValue::from_static("Tue, 24 Nov 2026 08:00:00 GMT");
        headers.insert(DATE, date);
        retry_after(&headers).map(|wait| wait.as_secs())
    }

    #[test]
    fn retry_after_in_seconds_or_as_a_date_is_read() {
        assert_eq!(asked("0"), Some(0));
        assert_eq!(asked(" 120 "), Some(120));
        assert_eq!(asked("99999999999999999999"), Some(u32::MAX.into()));
        assert_eq!(asked("Tue, 24 Nov 2026 08:01:30 GMT"), Some(90));
        assert_eq!(asked("Tuesday, 24-Nov-26 08:01:30 GMT"), Some(90));
        assert_eq!(asked("Tue, 24 Nov 2026 07:00:00 GMT"), Some(0), "past");
    }

    #[test]
    fn retry_after_of_another_form_is_ignored() {
        for garbage in [
            "",
            "-1",
            "1.5",
            "soon",
            "12s",
            "Tue, 99 Nov 2026 08:00:00 GMT",
        ] {
            assert_eq!(asked(garbage), None, "{garbage}");
        }
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }

    #[test]
    fn retry_after_without_a_date_header_uses_the_local_clock() {
        let mut headers = HeaderMap::new();
        let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(60));
        headers.extend(HeaderValue::from_str(&date).map(|date| (RETRY_AFTER, date)));
        let wait = retry_after(&headers).map(|wait| wait.as_secs());
        assert!(
            wait.is_some_and(|wait| (55..=60).contains(&wait)),
            "{wait:?}"
        );
    }
}
