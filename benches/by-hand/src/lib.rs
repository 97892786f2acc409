//! A careful hand-written `list_groups` on reqwest and serde_json.
//!
//! It has timeouts, follows no redirects, and checks the status and the envelope. It has no retries
//! and no size limit for responses. Its errors name neither the operation nor the place in the
//! response. It has no spans and events of `tracing`.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::header::{HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use serde::Deserialize;
use serde_json::{Map, Value};
use uuid::Uuid;

const TOKEN_HEADER: HeaderName = HeaderName::from_static("x-auth-ha1b-token");

/// The envelope of a response.
#[derive(Deserialize)]
pub struct Envelope<T> {
    pub success: bool,
    pub payload: T,
}

/// The fields of `opentact_api::groups::SipUserGroup`.
#[derive(Deserialize)]
pub struct SipUserGroup {
    pub created_on: Option<DateTime<Utc>>,
    pub modified_on: Option<DateTime<Utc>>,
    pub uuid: Uuid,
    pub name: String,
    pub owner: Option<SipUser>,
    pub users: Option<Vec<SipUser>>,
}

/// The fields of `opentact_api::groups::SipUser`.
#[derive(Deserialize)]
pub struct SipUser {
    pub created_on: Option<DateTime<Utc>>,
    pub modified_on: Option<DateTime<Utc>>,
    pub uuid: Option<Uuid>,
    pub login: Option<String>,
    pub ha1: Option<String>,
    pub ha1b: Option<String>,
    pub remote_ip: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub email: Option<String>,
    pub phone_number: Option<String>,
    pub avatar: Option<String>,
    pub dob: Option<DateTime<Utc>>,
    pub gender: Option<String>,
    pub groups: Option<Vec<SipUserGroup>>,
    pub sip_connection: Option<Map<String, Value>>,
    pub account: Option<Map<String, Value>>,
    pub created_by: Option<Map<String, Value>>,
    pub modified_by: Option<Map<String, Value>>,
}

/// The client: a base URL and a token.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base_url: Arc<str>,
    token: HeaderValue,
}

impl Client {
    pub fn new(base_url: String, token: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let mut token = HeaderValue::from_str(token)?;
        token.set_sensitive(true);
        let http = reqwest::Client::builder()
            .user_agent("by-hand/0.0.0")
            .redirect(Policy::none())
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(20))
            .build()?;
        Ok(Self {
            http,
            base_url: base_url.into(),
            token,
        })
    }

    pub async fn list_groups(&self) -> Result<Vec<SipUserGroup>, Box<dyn Error + Send + Sync>> {
        let url = format!("{}/app/group", self.base_url);
        let request = self.http.get(url).header(TOKEN_HEADER, self.token.clone());
        let response = request.send().await?.error_for_status()?;
        let envelope: Envelope<Vec<SipUserGroup>> = response.json().await?;
        match envelope.success {
            true => Ok(envelope.payload),
            false => Err("the service reported an error".into()),
        }
    }
}
