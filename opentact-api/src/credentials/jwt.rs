//! The life of a JSON Web Token.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::Value;

/// The claims about time, in seconds since 1970 by the clock of the service. Other claims, and values of
/// another type, are ignored.
#[derive(Default, Deserialize)]
struct Claims {
    #[serde(default)]
    exp: Value,
    #[serde(default)]
    iat: Value,
}

/// Returns the life of a token that the service has just issued, or `None` if the token does not tell it.
/// `now` is the time of the response.
///
/// The clock of this machine may be wrong, so the token's own time of issue has priority.
pub(crate) fn lifetime(token: &str, now: SystemTime) -> Option<Duration> {
    let claims = claims(token)?;
    let issued = claims.iat.as_f64().or_else(|| seconds(now))?;
    duration(claims.exp.as_f64()? - issued)
}

/// Returns the rest of the life of a token that may be old, or `None` if the token does not tell it.
pub(crate) fn rest(token: &str, now: SystemTime) -> Option<Duration> {
    duration(claims(token)?.exp.as_f64()? - seconds(now)?)
}

fn claims(token: &str) -> Option<Claims> {
    let mut parts = token.split('.');
    let (_, claims, _) = (parts.next()?, parts.next()?, parts.next()?);
    let claims = claims.trim_end_matches('=');
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
}

fn seconds(time: SystemTime) -> Option<f64> {
    let since = time.duration_since(UNIX_EPOCH).ok()?;
    Some(since.as_secs_f64())
}

/// Returns a number of seconds as a duration. A negative one is zero.
fn duration(seconds: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(seconds.max(0.0)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(claims: &str) -> String {
        format!(
            "eyJhbGciOiJub25lIn0.{}.c2ln",
            URL_SAFE_NO_PAD.encode(claims)
        )
    }

    #[test]
    fn lifetime_is_read_from_the_claims_whatever_the_local_clock() {
        let now = UNIX_EPOCH + Duration::from_secs(1000);
        for (claims, life) in [
            (r#"{"uuid": "a", "iat": 7, "exp": 86407}"#, Some(86_400)),
            (r#"{"exp": 1060}"#, Some(60)),
            (r#"{"iat": "x", "exp": 1060.0}"#, Some(60)),
            (r#"{"exp": 900}"#, Some(0)),
            (r#"{"iat": 7}"#, None),
            (r#"{"exp": "soon"}"#, None),
            (r#"{"exp": 1e300, "iat": 1}"#, None),
            ("[]", None),
            ("", None),
        ] {
            let life = life.map(Duration::from_secs);
            assert_eq!(lifetime(&token(claims), now), life, "{claims}");
        }
        let padded = token(r#"{"iat":1,"exp":2}"#).replace(".c2ln", "==.c2ln");
        assert_eq!(lifetime(&padded, now), Some(Duration::from_secs(1)));
        for token in ["", "opaque", "a.b", "a.%.c", "a..c", "..."] {
            assert_eq!(lifetime(token, now), None, "{token}");
        }
    }

    #[test]
    fn rest_of_an_old_token_is_counted_from_now() {
        let now = UNIX_EPOCH + Duration::from_secs(1000);
        let token = token(r#"{"iat": 7, "exp": 1060}"#);
        assert_eq!(rest(&token, now), Some(Duration::from_secs(60)));
        assert_eq!(rest("opaque", now), None);
    }
}
