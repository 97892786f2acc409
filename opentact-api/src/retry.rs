//! When a call that failed is repeated.

use std::time::Duration;

/// How often a client tries, and how long it waits in between.
///
/// An attempt that the service certainly did not carry out (it was not reached, or answered
/// 429 or 503) is repeated for every operation. One of which that is not known (a timeout, a
/// lost connection, another 5xx) is repeated only for operations that may be carried out
/// twice: reading, updating, deleting and removing, but neither creating nor adding.
///
/// The client waits a random time between nothing and `initial_delay` before the second
/// attempt, and up to twice as long before each further one, `max_delay` at most ("full
/// jitter"): clients that failed together do not come back together. Where the service says
/// how long to wait (`Retry-After`), the client waits that long in addition, or gives up at
/// once where it is longer than `max_retry_after`. It gives up as well where the wait would
/// not end before the call's [timeout](crate::ClientBuilder::timeout).
///
/// ```
/// use std::time::Duration;
/// use opentact_api::{Client, RetryPolicy};
///
/// let patient = RetryPolicy::default()
///     .max_attempts(6)
///     .max_delay(Duration::from_secs(20));
/// let client = Client::builder("the HA1B token")
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
}

impl Default for RetryPolicy {
    /// Three attempts, 250 milliseconds and 5 seconds, and 30 seconds of `Retry-After`.
    fn default() -> Self {
        Self {
            max_attempts: 3,
            initial_delay: Duration::from_millis(250),
            max_delay: Duration::from_secs(5),
            max_retry_after: Duration::from_secs(30),
        }
    }
}

impl RetryPolicy {
    /// One attempt, whatever happens.
    pub fn never() -> Self {
        Self::default().max_attempts(1)
    }

    /// Sets how often a request is sent at most, the first time included; 0 counts as 1.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts.max(1);
        self
    }

    /// Sets the longest wait before the second attempt, which doubles with each further one.
    pub fn initial_delay(mut self, delay: Duration) -> Self {
        self.initial_delay = delay;
        self
    }

    /// Sets the longest wait before any attempt, `Retry-After` not counted.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Sets how long the client waits at most because the service says so. A call that is to
    /// wait longer fails at once, and [`Error::retry_after`](crate::Error::retry_after) says
    /// when to come back.
    pub fn max_retry_after(mut self, wait: Duration) -> Self {
        self.max_retry_after = wait;
        self
    }

    /// How long to wait after so many failed attempts; nothing where it is time to give up.
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
    fn the_longest_delay_doubles_up_to_the_limit() {
        let policy = RetryPolicy::default()
            .initial_delay(seconds(1))
            .max_delay(seconds(5));
        let delays = [1, 2, 3, 4, u32::MAX].map(|attempts| policy.longest_delay(attempts));
        assert_eq!(delays, [1, 2, 4, 5, 5].map(seconds));
        let endless = policy.initial_delay(Duration::MAX).max_delay(Duration::MAX);
        assert_eq!(endless.longest_delay(9), Duration::MAX);
    }

    /// Full jitter: any time from nothing to the longest, about half of it on average.
    #[test]
    fn delays_are_spread_over_all_of_the_time() {
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
    fn the_service_is_left_alone_as_long_as_it_says() {
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
