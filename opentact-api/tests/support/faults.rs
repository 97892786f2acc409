//! What a fault is, and what is to come of it.

pub(crate) mod table;

use std::time::Duration;

use opentact_api::ErrorKind;

/// How large an answer the clients of these tests take.
pub(crate) const LIMIT: usize = 64 * 1024;
/// The longest `Retry-After` that they heed.
pub(crate) const MAX_RETRY_AFTER: Duration = Duration::from_secs(2);
/// Stands for the payload that the operation wants.
pub(crate) const PAYLOAD: &str = "{PAYLOAD}";

pub(crate) struct Fault {
    /// What happens, as in the table of `SECURITY.md`.
    pub(crate) name: &'static str,
    pub(crate) does: Does,
    /// What comes of it; nothing where the call succeeds all the same.
    pub(crate) kind: Option<ErrorKind>,
    /// How often an operation is tried that is safe to repeat, and how often another.
    pub(crate) attempts: (u32, u32),
    /// A part of the line that a person reads, for `list_groups`.
    pub(crate) says: &'static str,
    pub(crate) retry_after: Option<u64>,
}

/// What the server does with a request.
#[derive(Clone)]
pub(crate) enum Does {
    /// Nobody listens.
    NotListen,
    /// Nobody knows the name.
    HaveNoName,
    /// It shows a certificate that nobody trusts.
    ShowAnUntrustedCertificate,
    /// It agrees on TLS, reads the request, and writes what nobody can decrypt.
    BreakTls,
    /// It closes the connection before it reads anything.
    Close,
    /// It reads the request, and writes nothing.
    KeepSilent,
    /// It writes this, and then spaces, now and then.
    Trickle(String),
    /// It writes this, and then resets the connection.
    Reset(String),
    /// It writes this, and closes the connection.
    Write(Vec<u8>),
    /// It writes this without an end.
    WriteForEver { start: String, over: String },
    /// It answers with a status, headers and a body.
    Answer(&'static str, &'static str, Vec<u8>),
    /// It answers like that once, and then as it should.
    AnswerOnce(&'static str, &'static str, Vec<u8>),
}

impl Does {
    /// Whether a certificate is wanted that the client trusts, be it for the next call only.
    pub(crate) fn speaks_tls(&self) -> bool {
        matches!(self, Self::ShowAnUntrustedCertificate | Self::BreakTls)
    }

    /// How long an attempt may take: short where that is what the fault is about.
    pub(crate) fn attempt_timeout(&self) -> Duration {
        match self {
            Self::KeepSilent | Self::Trickle(_) => Duration::from_millis(300),
            _ => Duration::from_secs(10),
        }
    }
}

fn fault(name: &'static str, does: Does) -> Fault {
    Fault {
        name,
        does,
        kind: None,
        attempts: (1, 1),
        says: "",
        retry_after: None,
    }
}

impl Fault {
    fn is(mut self, kind: ErrorKind, says: &'static str) -> Self {
        self.kind = Some(kind);
        self.says = says;
        self
    }

    /// The service certainly did nothing.
    fn always_repeated(mut self) -> Self {
        self.attempts = (3, 3);
        self
    }

    /// Nobody knows whether the service did anything.
    fn repeated_where_safe(mut self) -> Self {
        self.attempts = (3, 1);
        self
    }

    /// Whether the error says that the call may be repeated. The client itself does not where it
    /// would have to wait for too long.
    pub(crate) fn is_retryable(&self, safe: bool) -> bool {
        let attempts = if safe {
            self.attempts.0
        } else {
            self.attempts.1
        };
        attempts > 1 || self.retry_after.is_some()
    }

    /// How long the client waits at least: for attempts until they time out, and between them
    /// as long as the service says.
    pub(crate) fn awaited(&self, attempts: u32) -> Duration {
        let timeouts = match self.kind {
            Some(ErrorKind::Timeout) => self.does.attempt_timeout() * attempts,
            _ => Duration::ZERO,
        };
        let retry_after = Duration::from_secs(self.retry_after.unwrap_or_default());
        timeouts + retry_after * (attempts - 1)
    }

    fn attempts(mut self, safe: u32, other: u32) -> Self {
        self.attempts = (safe, other);
        self
    }

    fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }
}
