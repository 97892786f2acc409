//! The limits of calls.

use std::time::Duration;

use crate::call::retry::RetryPolicy;

/// The limits of a client's calls.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    /// The longest time of one attempt.
    pub(crate) attempt_timeout: Duration,
    /// The longest time of a call with all its attempts.
    pub(crate) timeout: Duration,
    /// The largest body of a response in bytes.
    pub(crate) max_response_size: usize,
    pub(crate) retry: RetryPolicy,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            attempt_timeout: Duration::from_secs(20),
            timeout: Duration::from_secs(60),
            max_response_size: 8 * 1024 * 1024,
            retry: RetryPolicy::default(),
        }
    }
}
