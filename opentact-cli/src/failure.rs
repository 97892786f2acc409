//! The failure of a command: a message, an exit code, and advice.

use serde_json::{Value, json};

/// The failure of a command. The README lists the exit codes.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    exit_code: u8,
    /// A short name for programs, such as `usage` or `rate_limited`.
    kind: &'static str,
    message: String,
    /// The end of the message: the reason, without the operation that failed.
    reason: Option<String>,
    hint: Option<String>,
    status: Option<u16>,
    operation: Option<String>,
}

pub(crate) const GENERAL: u8 = 1;
pub(crate) const USAGE: u8 = 2;
pub(crate) const NOT_FOUND: u8 = 3;
pub(crate) const NOT_ALLOWED: u8 = 4;
pub(crate) const INTERRUPTED: u8 = 130;

impl Failure {
    /// Creates a failure of the service, the network or this machine, or of a user who declined.
    pub(crate) fn general(message: impl Into<String>) -> Self {
        Self::new(GENERAL, "failed", message)
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(USAGE, "usage", message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(NOT_FOUND, "not_found", message)
    }

    /// Creates the failure of a command that Ctrl-C ended.
    pub(crate) fn interrupted(message: impl Into<String>) -> Self {
        Self::new(INTERRUPTED, "interrupted", message)
    }

    pub(crate) fn new(exit_code: u8, kind: &'static str, message: impl Into<String>) -> Self {
        Self {
            exit_code,
            kind,
            message: message.into(),
            reason: None,
            hint: None,
            status: None,
            operation: None,
        }
    }

    /// Replaces the message, and keeps everything else.
    pub(crate) fn with_message(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// Adds advice, which is shown in a line of its own.
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds the shorter message for results that name what failed already.
    pub(crate) fn with_reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// Names what was typed before the message.
    pub(crate) fn about(mut self, typed: &str) -> Self {
        self.message = format!("`{typed}`: {}", self.message);
        self
    }

    /// Adds the operation for programs, such as `GET /app/group`, and the HTTP status.
    pub(crate) fn with_operation(mut self, operation: String, status: Option<u16>) -> Self {
        self.operation = Some(operation);
        self.status = status;
        self
    }

    /// Combines several failures into one. Keeps their exit code if it is the same for all.
    pub(crate) fn combine(failures: &[&Self], message: String) -> Self {
        let Some(first) = failures.first() else {
            return Self::general(message);
        };
        let agree = |failure: &&&Self| failure.exit_code == first.exit_code;
        match failures.iter().all(|failure| agree(&failure)) {
            true => Self::new(first.exit_code, first.kind, message),
            false => Self::general(message),
        }
    }

    pub(crate) fn kind(&self) -> &'static str {
        self.kind
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// Returns the reason, without the operation that failed.
    pub(crate) fn reason(&self) -> &str {
        self.reason.as_deref().unwrap_or(&self.message)
    }

    pub(crate) fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    pub(crate) fn status(&self) -> Option<u16> {
        self.status
    }

    pub(crate) fn exit_code(&self) -> u8 {
        self.exit_code
    }

    /// Returns the failure for programs: `{"error": {...}}`.
    pub(crate) fn json(&self) -> Value {
        let mut error = json!({ "kind": self.kind, "message": self.message });
        let members = [
            ("hint", self.hint.clone().map(Value::from)),
            ("status", self.status.map(Value::from)),
            ("operation", self.operation.clone().map(Value::from)),
        ];
        for (name, value) in members {
            if let Some(value) = value {
                error[name] = value;
            }
        }
        json!({ "error": error })
    }
}
