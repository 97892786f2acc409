//! The session of a client that cannot sign in: there is none.

use std::sync::Arc;

use reqwest::Request;
use tokio::time::Instant;

use crate::credentials::scheme::Scheme;
use crate::credentials::secret::Secret;
use crate::error::cause::Cause;

/// A session, which nothing creates.
#[derive(Clone)]
pub(crate) enum Session {}

/// A token of a session.
pub(crate) enum SessionToken {}

/// A sign-in that failed.
pub(crate) enum Failure {}

impl Session {
    pub(crate) fn is_of(&self, _: &'static Scheme) -> bool {
        match *self {}
    }

    pub(crate) fn host(&self) -> &str {
        match *self {}
    }

    pub(crate) async fn token(&self) -> Result<Arc<SessionToken>, Failure> {
        match *self {}
    }

    pub(crate) fn refuse(&self, _: &Arc<SessionToken>, _: Instant) -> bool {
        match *self {}
    }

    pub(crate) fn secrets(&self) -> Vec<Secret> {
        match *self {}
    }
}

impl SessionToken {
    pub(crate) fn add_to(&self, _: &mut Request) {
        match *self {}
    }

    pub(crate) fn secret(&self) -> Secret {
        match *self {}
    }

    pub(crate) fn prove(&self) {
        match *self {}
    }
}

impl Failure {
    pub(crate) fn into_cause(self, _: &str) -> Cause {
        match self {}
    }
}
