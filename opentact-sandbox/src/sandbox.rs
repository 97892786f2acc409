//! A sandbox that runs, and how it is started.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::connection::{BreakableListener, Instead};
use crate::error::{StartError, UnknownOperation};
use crate::fault::{Fault, Faults};
use crate::service::{self, NOBODY, Service};
use crate::spec::Spec;
use crate::store::Store;
use crate::user::{self, Account, COMPANY, User};

/// A stand-in for the service that runs in this process until it is dropped.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use opentact_api::Client;
/// use opentact_sandbox::Sandbox;
///
/// let sandbox = Sandbox::start().await?;
/// let client = Client::builder(sandbox.token("alice")).base_url(sandbox.url()).build()?;
/// let group = client.create_group().body_map(|body| body.name("Sales")).send().await?;
/// assert_eq!(group.name, "Sales");
/// # Ok(()) }
/// ```
pub struct Sandbox {
    address: SocketAddr,
    url: String,
    service: Arc<Service>,
    accounts: Vec<Account>,
    /// Stops the server when it is dropped.
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<()>,
}

impl Sandbox {
    /// Starts a sandbox with a small company on a free loopback port.
    ///
    /// # Errors
    /// Where no port is free.
    ///
    /// # Panics
    /// Outside of a Tokio runtime, as all of Tokio does.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Starts to set up a sandbox.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::default()
    }

    /// The base URL for a client: `http://127.0.0.1:4010/rest`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where the sandbox listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The token of the user with this login. Where there is none, a token that the sandbox
    /// refuses with 401 and a message that says so.
    pub fn token(&self, login: &str) -> String {
        let mut accounts = self.accounts.iter();
        match accounts.find(|account| account.login == login) {
            Some(account) => account.token.clone(),
            None => format!("{NOBODY}{login}"),
        }
    }

    /// The logins of the users, in the order in which they were given.
    pub fn logins(&self) -> impl Iterator<Item = &str> {
        self.accounts.iter().map(|account| account.login.as_str())
    }

    /// The UUID of the user with this login, as a client takes it.
    pub fn uuid(&self, login: &str) -> Option<uuid::Uuid> {
        let mut accounts = self.accounts.iter();
        accounts
            .find(|account| account.login == login)
            .map(|account| account.uuid)
    }

    /// Lets something go wrong from the next request on. A request meets one fault at most,
    /// the oldest that is meant for it.
    ///
    /// # Errors
    /// Where the fault is for an operation that the spec does not have.
    pub fn inject(&self, fault: Fault) -> Result<(), UnknownOperation> {
        let spec = &self.service.spec;
        if let Some(name) = &fault.operation
            && spec.operation(name).is_none()
        {
            let operations = spec.operations.iter();
            let known = operations.map(|known| known.rust_name.as_ref().unwrap_or(&known.id));
            return Err(UnknownOperation {
                name: name.clone(),
                known: known.cloned().collect(),
            });
        }
        self.service.faults.push(fault);
        Ok(())
    }

    /// Forgets the faults that are still to come.
    pub fn clear_faults(&self) {
        self.service.faults.clear();
    }

    /// Stops: takes no more requests, and ends when those that it has are answered.
    pub async fn stop(mut self) {
        self.stop = None;
        // All that can go wrong is that it has ended already.
        let _ = (&mut self.server).await;
    }
}

impl std::fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut sandbox = f.debug_struct("Sandbox");
        sandbox.field("url", &self.url).finish_non_exhaustive()
    }
}

/// What a sandbox is to be like.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use opentact_sandbox::{Sandbox, User};
///
/// let sandbox = Sandbox::builder()
///     .user(User::new("carol").property("first_name", "Carol"))
///     .user(User::new("dave").token("token-of-dave"))
///     .start()
///     .await?;
/// assert_eq!(sandbox.logins().collect::<Vec<_>>(), ["carol", "dave"]);
/// assert_eq!(sandbox.token("dave"), "token-of-dave");
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct SandboxBuilder {
    address: SocketAddr,
    expose_to_network: bool,
    users: Vec<User>,
    check_answers: bool,
}

impl Default for SandboxBuilder {
    fn default() -> Self {
        Self {
            address: (Ipv4Addr::LOCALHOST, 0).into(),
            expose_to_network: false,
            users: Vec::new(),
            check_answers: false,
        }
    }
}

impl SandboxBuilder {
    /// Sets where to listen; a free port of 127.0.0.1 where nothing is said. Port 0 is any
    /// that is free.
    pub fn address(mut self, address: impl Into<SocketAddr>) -> Self {
        self.address = address.into();
        self
    }

    /// Lets [`address`](Self::address) be one that other machines can reach. Whoever reaches
    /// it and knows a token can do what that user can, and nothing is encrypted.
    pub fn expose_to_network(mut self) -> Self {
        self.expose_to_network = true;
        self
    }

    /// Adds a user. The company that is there otherwise is not, then.
    pub fn user(mut self, user: User) -> Self {
        self.users.push(user);
        self
    }

    /// Adds users, such as those of [`User::list_from_json`].
    pub fn users(mut self, users: impl IntoIterator<Item = User>) -> Self {
        self.users.extend(users);
        self
    }

    /// Checks every answer against the spec before it goes out, and answers with 500 where it
    /// breaks it: for tests of the sandbox itself. Answers of faults are not checked.
    pub fn check_answers(mut self) -> Self {
        self.check_answers = true;
        self
    }

    /// Starts the sandbox.
    ///
    /// # Errors
    /// Where the address cannot be listened on, or the users do not fit.
    ///
    /// # Panics
    /// Outside of a Tokio runtime, as all of Tokio does.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        self.start_with(Spec::embedded().map_err(StartError::Spec)?)
            .await
    }

    /// Starts a sandbox of a service that a spec describes.
    async fn start_with(self, spec: Arc<Spec>) -> Result<Sandbox, StartError> {
        if !self.address.ip().is_loopback() && !self.expose_to_network {
            return Err(StartError::NotLoopback(self.address));
        }
        let users = match self.users {
            users if users.is_empty() => User::list_from_json(COMPANY)?,
            users => users,
        };
        let accounts = user::accounts(users, &spec)?;
        let service = Arc::new(Service {
            store: Mutex::new(Store::new(accounts.clone())),
            faults: Faults::default(),
            check_answers: self.check_answers,
            spec,
        });
        let router = service::router(&service).map_err(StartError::Spec)?;
        #[cfg(feature = "docs")]
        let router = router.merge(crate::docs::router(&service.spec));
        let router = service::refuse_all_else(router);
        let refused = |source| StartError::Listen {
            address: self.address,
            source,
        };
        let listener = TcpListener::bind(self.address).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let (stop, stopped) = oneshot::channel();
        let url = format!("http://{address}{}", service.spec.base_path);
        Ok(Sandbox {
            server: tokio::spawn(serve(listener, router, stopped)),
            address,
            url,
            service,
            accounts,
            stop: Some(stop),
        })
    }
}

async fn serve(listener: TcpListener, router: Router, stopped: oneshot::Receiver<()>) {
    let service = router.into_make_service_with_connect_info::<Instead>();
    // It ends with the sandbox only, and never with an error.
    let _ = axum::serve(BreakableListener(listener), service)
        .with_graceful_shutdown(async {
            // The sender is dropped with the sandbox.
            let _ = stopped.await;
        })
        .await;
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use serde_json::{Value, json};

    use super::*;
    use crate::spec::SPEC;

    /// Each operation wants the token of its own scheme; what the sandbox does not do, it says.
    #[tokio::test]
    async fn an_operation_with_a_scheme_of_its_own() -> Result<(), Box<dyn Error>> {
        let mut spec: Value = serde_json::from_str(SPEC)?;
        spec["components"]["securitySchemes"]["XAuthToken"] =
            json!({ "type": "apiKey", "in": "header", "name": "X-Auth-Token" });
        let error = json!({ "$ref": "#/components/responses/ClientError" });
        spec["paths"]["/sip/phones"]["get"] = json!({
            "operationId": "GetPhonesApp",
            "security": [{ "XAuthToken": [] }],
            "responses": { "4XX": error, "5XX": error },
        });
        let spec = Arc::new(Spec::read(&spec.to_string())?);
        let sandbox = Sandbox::builder().check_answers().start_with(spec).await?;
        let mut answers = String::new();
        for (path, header) in [
            ("/sip/phones", "X-Auth-HA1B-Token"),
            ("/sip/phones", "X-Auth-Token"),
            ("/app/group", "X-Auth-HA1B-Token"),
            ("/app/group", "X-Auth-Token"),
        ] {
            let request = reqwest::Client::new().get(format!("{}{path}", sandbox.url()));
            let request = request.header(header, sandbox.token("alice"));
            let answer = request.send().await?;
            let status = answer.status().as_u16();
            let answer: Value = answer.json().await?;
            answers += &format!("{path} with {header}: {status} {}\n", answer["message"]);
        }
        insta::assert_snapshot!(answers, @r#"
        /sip/phones with X-Auth-HA1B-Token: 401 "the header X-Auth-Token is missing"
        /sip/phones with X-Auth-Token: 501 "the sandbox does not implement GetPhonesApp"
        /app/group with X-Auth-HA1B-Token: 200 null
        /app/group with X-Auth-Token: 401 "the header X-Auth-HA1B-Token is missing"
        "#);
        Ok(())
    }
}
