//! The retry policy.

use std::time::Duration;

/// The number of attempts of a call, and the waits between them.
///
/// If the service certainly did nothing, every operation is retried: nothing was sent, the service
/// refused the connection or the HTTP/2 stream, or it responded with 429, or with 503 and
/// `Retry-After`. If the outcome is unknown (a timeout, a lost connection, 408 or another 5xx status), only
/// idempotent operations are retried: reading, updating, deleting and removing, but neither creating
/// nor adding.
///
/// Before the second attempt, the client waits a random time between zero and `initial_delay`. The
/// maximum doubles with each further attempt, up to `max_delay` ("full jitter"), so that clients
/// that failed together do not return together. If the service asks for a wait (`Retry-After`), the
/// client waits that long in addition. The client gives up if that wait exceeds `max_retry_after`,
/// or if it would not end before the [timeout](crate::ClientBuilder::timeout) of the call.
///
/// ```
/// use std::time::Duration;
/// use opentact_api::{Client, RetryPolicy};
///
/// let patient = RetryPolicy::default()
///     .max_attempts(6)
///     .max_delay(Duration::from_secs(20));
/// let client = Client::builder().ha1b_token("the HA1B token")
///     .retry(patient)
///     .timeout(Duration::from_secs(180))
///     .build()?;
/// # Ok::<_, opentact_api::BuildError>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RetryPolicy {
    max_attempts: u32,
    initial_delay: Duration,
    max_delay: Duration,
    max_retry_after: Duration,
    retry_unavailable: bool,
}

impl Default for RetryPolicy {
    /// Returns the default policy: 3 attempts, an initial delay of 250 milliseconds, delays up to 5
    /// seconds, a `Retry-After` up to 30 seconds, and no trust in a 503 without it.
    fn default() -> Self {
        Self {
            max_attempts: 3,
            initial_delay: Duration::from_millis(250),
            max_delay: Duration::from_secs(5),
            max_retry_after: Duration::from_secs(30),
            retry_unavailable: false,
        }
    }
}

impl RetryPolicy {
    /// Returns a policy with a single attempt.
    pub fn never() -> Self {
        Self::default().max_attempts(1)
    }

    /// Sets the largest number of attempts, including the first one. 0 counts as 1.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts.max(1);
        self
    }

    /// Sets the longest wait before the second attempt. It doubles with each further attempt.
    pub fn initial_delay(mut self, delay: Duration) -> Self {
        self.initial_delay = delay;
        self
    }

    /// Sets the longest wait before any attempt, not counting `Retry-After`.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Sets the longest `Retry-After` that the client waits for. If the service asks for more, the
    /// call fails at once, and [`Error::retry_after`](crate::Error::retry_after) returns the wait.
    pub fn max_retry_after(mut self, wait: Duration) -> Self {
        self.max_retry_after = wait;
        self
    }

    /// Sets whether a response with status 503 proves that the service did nothing, even without
    /// `Retry-After`. Default: `false`, because gateways also send it after they forwarded a request.
    /// With `true`, operations that are not idempotent are retried after it, too, and the client may
    /// create something twice if the gateway was wrong.
    pub fn retry_unavailable(mut self, trusted: bool) -> Self {
        self.retry_unavailable = trusted;
        self
    }

    /// Returns `true` if a 503 without `Retry-After` proves that the service did nothing.
    pub(crate) fn trusts_unavailable(&self) -> bool {
        self.retry_unavailable
    }

    /// Returns the wait after a number of failed attempts, or `None` if there is no next attempt.
    pub(crate) fn delay(&self, attempts: u32, retry_after: Option<Duration>) -> Option<Duration> {
        let retry_after = retry_after.unwrap_or_default();
        if attempts >= self.max_attempts || retry_after > self.max_retry_after {
            return None;
        }
        let jittered = self.longest_delay(attempts).mul_f64(fastrand::f64());
        Some(retry_after.saturating_add(jittered))
    }

    fn longest_delay(&self, attempts: u32) -> Duration {
        let doublings = attempts.saturating_sub(1);
        let factor = 2_u32.checked_pow(doublings).unwrap_or(u32::MAX);
        self.initial_delay
            .saturating_mul(factor)
            .min(self.max_delay)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn longest_delay_of_further_attempts_doubles_up_to_the_limit() {
        let policy = RetryPolicy::default()
            .initial_delay(seconds(1))
            .max_delay(seconds(5));
        let delays = [1, 2, 3, 4, u32::MAX].map(|attempts| policy.longest_delay(attempts));
        assert_eq!(delays, [1, 2, 4, 5, 5].map(seconds));
        let endless = policy.initial_delay(Duration::MAX).max_delay(Duration::MAX);
        assert_eq!(endless.longest_delay(9), Duration::MAX);
    }

    #[test]
    fn delay_of_many_calls_is_spread_from_zero_to_the_longest() {
        let policy = RetryPolicy::default().initial_delay(seconds(1));
        let delays: Vec<Duration> = (0..1000).filter_map(|_| policy.delay(1, None)).collect();
        assert_eq!(delays.len(), 1000);
        assert!(delays.iter().all(|delay| *delay <= seconds(1)));
        let average = delays.iter().sum::<Duration>() / 1000;
        assert!((400..600).contains(&average.as_millis()), "{average:?}");
        for tenth in 0..10 {
            let within = |delay: &Duration| delay.as_millis() / 100 == tenth;
            assert!(delays.iter().any(within), "{tenth}");
        }
    }

    #[test]
    fn delay_with_retry_after_is_at_least_that_long() {
        let policy = RetryPolicy::default().initial_delay(seconds(1));
        for _ in 0..100 {
            let delay = policy.delay(1, Some(seconds(30)));
            assert!(delay.is_some_and(|delay| (seconds(30)..=seconds(31)).contains(&delay)));
        }
        assert_eq!(policy.delay(1, Some(seconds(31))), None);
        assert_eq!(policy.delay(3, None), None);
        assert_eq!(RetryPolicy::never().delay(1, None), None);
    }
}
