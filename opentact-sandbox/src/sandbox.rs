//! The sandbox and its builder.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::connection::{OverridableListener, ResponseOverride};
use crate::control;
use crate::cors::allow_browsers;
use crate::credentials::{BEARER_TOKEN, UNKNOWN_LOGIN};
use crate::error::{StartError, UnknownOperation};
use crate::fault::{Fault, Faults};
use crate::file::StateFile;
use crate::initial::{Initial, Seed};
use crate::network;
use crate::observe::log_request;
use crate::received::{Listener, ReceivedRequest, RequestLog};
use crate::resources::table::USERS;
use crate::resources::text;
use crate::response::ErrorResponse;
use crate::service::{self, Service};
use crate::spec::Spec;
use crate::user::User;

/// A stand-in for the service, which runs in this process until it is dropped.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use opentact_api::Client;
/// use opentact_sandbox::Sandbox;
///
/// let sandbox = Sandbox::start().await?;
/// let client = Client::builder().ha1b_token(sandbox.token("alice")).base_url(sandbox.url()).build()?;
/// let group = client.create_group().body_map(|body| body.name("Sales")).send().await?;
/// assert_eq!(group.name, "Sales");
/// # Ok(()) }
/// ```
pub struct Sandbox {
    address: SocketAddr,
    url: String,
    service: Arc<Service>,
    /// The logins of the users at the start.
    logins: Vec<String>,
    /// The signal that stops the server. It is sent when the sandbox is dropped.
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<()>,
}

impl Sandbox {
    /// Starts a sandbox with a small company on a free loopback port.
    ///
    /// # Errors
    /// Fails if no port is free.
    ///
    /// # Panics
    /// Panics outside of a Tokio runtime.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Returns a builder for a sandbox with other users, or on another address.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::default()
    }

    /// Returns the base URL for a client on this machine: `http://127.0.0.1:4010/rest`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the URL of the page to try the API: `http://127.0.0.1:4010/docs`. It needs the feature
    /// `docs`.
    pub fn docs_url(&self) -> String {
        format!("http://{}/docs", network::local(self.address))
    }

    /// Returns the URL of the API that controls the sandbox: `http://127.0.0.1:4010/_sandbox`.
    pub fn control_url(&self) -> String {
        format!("http://{}/_sandbox", network::local(self.address))
    }

    /// Returns the address on which the sandbox listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the token of the user with this login. If there is no such user, the sandbox
    /// rejects the token with 401 and a message that names the login.
    pub fn token(&self, login: &str) -> String {
        let state = self.service.state();
        match state.resources.find(USERS, "login", &login.into()) {
            Some((_, user)) => text(user, "token").to_owned(),
            None => format!("{UNKNOWN_LOGIN}{login}"),
        }
    }

    /// Returns the e-mail address of the first account user, for `ClientBuilder::sign_in`.
    pub fn email(&self) -> String {
        self.service.state().sign_in().0
    }

    /// Returns the password of the first account user.
    pub fn password(&self) -> String {
        self.service.state().sign_in().1
    }

    /// Returns the bearer token of the first account user.
    pub fn bearer_token(&self) -> &'static str {
        BEARER_TOKEN
    }

    /// Returns the logins of the users at the start, in the order of the builder.
    pub fn logins(&self) -> impl Iterator<Item = &str> {
        self.logins.iter().map(String::as_str)
    }

    /// Returns the UUID of the user with this login.
    pub fn uuid(&self, login: &str) -> Option<uuid::Uuid> {
        let state = self.service.state();
        let (key, _) = state.resources.find(USERS, "login", &login.into())?;
        key.parse().ok()
    }

    /// Returns the state, in the format of a seed.
    pub fn state(&self) -> serde_json::Value {
        self.service.state_json()
    }

    /// Restores the state of the start, and removes faults and received requests.
    ///
    /// # Errors
    /// Fails if the state cannot be written to its file.
    pub fn reset(&self) -> Result<(), StartError> {
        self.service.reset().map_err(|error| file_error(&error))
    }

    /// Replaces the sections that the seed has. `users` also empties `groups`, unless the seed has them.
    ///
    /// # Errors
    /// Fails if the seed has mistakes, and leaves the state as it is, or if the state cannot be
    /// written to its file.
    pub fn seed(&self, text: &str) -> Result<(), StartError> {
        self.service
            .seed("seed.yaml", text)
            .map_err(|error| file_error(&error))
    }

    /// Injects a fault from the next request on. A request has at most one fault: the oldest
    /// one that applies to it.
    ///
    /// # Errors
    /// Fails if the fault is for an operation that the spec does not have.
    pub fn inject(&self, fault: Fault) -> Result<(), UnknownOperation> {
        self.service.inject(fault)
    }

    /// Removes the pending faults.
    pub fn clear_faults(&self) {
        self.service.faults.clear();
    }

    /// Returns the requests to the service, the oldest first. The sandbox keeps the last 1000.
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.service.requests.list()
    }

    /// Returns the base URL for clients on other machines and in other containers:
    /// `http://192.168.1.20:4010/rest`. Returns `None` if the sandbox listens on a loopback address only, or
    /// if this machine has no other address.
    ///
    /// A client of `opentact-api` uses it only with `ClientBuilder::allow_http_to`.
    pub fn network_url(&self) -> Option<String> {
        let address = network::reachable(self.address)?;
        Some(format!("http://{address}{}", self.service.spec.base_path))
    }

    /// Stops the sandbox: accepts no more requests, and waits for the responses to the current ones.
    pub async fn stop(mut self) {
        self.stop = None;
        // The only possible error is that the task has ended already.
        let _ = (&mut self.server).await;
    }
}

fn file_error(error: &ErrorResponse) -> StartError {
    StartError::File(error.message().to_owned())
}

impl std::fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut sandbox = f.debug_struct("Sandbox");
        sandbox.field("url", &self.url).finish_non_exhaustive()
    }
}

/// A builder for a [`Sandbox`].
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
#[derive(Clone)]
#[must_use]
pub struct SandboxBuilder {
    address: SocketAddr,
    expose_to_network: bool,
    initial: Initial,
    check_responses: bool,
    listener: Option<Listener>,
}

impl std::fmt::Debug for SandboxBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut builder = f.debug_struct("SandboxBuilder");
        builder.field("address", &self.address);
        builder
            .field("users", &self.initial.users)
            .finish_non_exhaustive()
    }
}

impl Default for SandboxBuilder {
    fn default() -> Self {
        Self {
            address: (Ipv4Addr::LOCALHOST, 0).into(),
            expose_to_network: false,
            initial: Initial::default(),
            check_responses: false,
            listener: None,
        }
    }
}

impl SandboxBuilder {
    /// Sets the address to listen on. Port 0 selects a free port. The default is a free port of
    /// 127.0.0.1.
    pub fn address(mut self, address: impl Into<SocketAddr>) -> Self {
        self.address = address.into();
        self
    }

    /// Allows an [`address`](Self::address) that other machines can reach. Any client with a
    /// token can then act as its user, and nothing is encrypted.
    pub fn expose_to_network(mut self) -> Self {
        self.expose_to_network = true;
        self
    }

    /// Adds a user. The users of the default company are then left out.
    pub fn user(mut self, user: User) -> Self {
        self.initial.users.push(user);
        self
    }

    /// Adds users, such as those of [`User::list_from_json`].
    pub fn users(mut self, users: impl IntoIterator<Item = User>) -> Self {
        self.initial.users.extend(users);
        self
    }

    /// Fills the sandbox with the resources of a file in YAML or JSON. A section of the file replaces
    /// that of the default state. The README lists the sections.
    pub fn seed_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.initial.seed = Some(Seed::File(path.into()));
        self
    }

    /// Fills the sandbox with the resources of a text, in the format of
    /// [`seed_file`](Self::seed_file).
    pub fn seed(mut self, text: impl Into<String>) -> Self {
        self.initial.seed = Some(Seed::Text(text.into()));
        self
    }

    /// Keeps the state in a file, which is written after every change. If the file exists, the
    /// sandbox starts with its state, and ignores the seed and the users of the builder.
    pub fn state_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.initial.state_file = Some(path.into());
        self
    }

    /// Checks every response against the spec, and responds with 500 if it breaks the spec. This
    /// is for tests of the sandbox itself. Responses of faults are not checked.
    pub fn check_responses(mut self) -> Self {
        self.check_responses = true;
        self
    }

    /// Sets a function that receives each request to the service after its response, for a log.
    pub fn on_request(
        mut self,
        listener: impl Fn(&ReceivedRequest) + Send + Sync + 'static,
    ) -> Self {
        self.listener = Some(Arc::new(listener));
        self
    }

    /// Starts the sandbox.
    ///
    /// # Errors
    /// Fails if the sandbox cannot listen on the address, or if the users are invalid.
    ///
    /// # Panics
    /// Panics outside of a Tokio runtime.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        self.start_with(Spec::embedded().map_err(StartError::Spec)?)
            .await
    }

    /// Starts a sandbox for the service that a spec describes.
    async fn start_with(self, spec: Arc<Spec>) -> Result<Sandbox, StartError> {
        if !self.address.ip().is_loopback() && !self.expose_to_network {
            return Err(StartError::NotLoopback(self.address));
        }
        let state = self.initial.state(&spec)?;
        let logins = state.resources.all(USERS);
        let logins = logins.map(|(_, user)| text(user, "login").to_owned());
        let logins = logins.collect();
        let service = Arc::new(Service {
            state: Mutex::new(state.clone()),
            initial: state,
            state_file: self.initial.state_file.map(StateFile),
            faults: Faults::default(),
            requests: RequestLog::new(self.listener),
            check_responses: self.check_responses,
            spec,
        });
        let router = service::router(&service).map_err(StartError::Spec)?;
        #[cfg(feature = "docs")]
        let router = router.merge(crate::docs::router(Arc::clone(&service)));
        let router = router.merge(control::router(Arc::clone(&service)));
        let router = service::with_fallbacks(router)
            .layer(from_fn_with_state(Arc::clone(&service), log_request))
            .layer(from_fn(allow_browsers));
        let listen_error = |source| StartError::Listen {
            address: self.address,
            source,
        };
        let listener = TcpListener::bind(self.address)
            .await
            .map_err(listen_error)?;
        let address = listener.local_addr().map_err(listen_error)?;
        let (stop, stopped) = oneshot::channel();
        let local = network::local(address);
        let url = format!("http://{local}{}", service.spec.base_path);
        Ok(Sandbox {
            server: tokio::spawn(serve(listener, router, stopped)),
            address,
            url,
            service,
            logins,
            stop: Some(stop),
        })
    }
}

async fn serve(listener: TcpListener, router: Router, stopped: oneshot::Receiver<()>) {
    let service = router.into_make_service_with_connect_info::<ResponseOverride>();
    // The server ends only with the sandbox, and never with an error.
    let _ = axum::serve(OverridableListener(listener), service)
        .with_graceful_shutdown(async {
            // The sender is dropped with the sandbox.
            let _ = stopped.await;
        })
        .await;
}
