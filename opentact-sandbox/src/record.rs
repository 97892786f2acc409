//! The recorder: a proxy to a service that the user names, which writes each request and its response
//! to a file.

mod forward;
mod pair;
mod seed;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use std::{fmt, fs, io};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::error::StartError;
use crate::private_file;
use crate::response::ErrorResponse;
use crate::spec::Spec;
use forward::{MAX_BODY_SIZE, Target};
use pair::Pair;
use seed::Seed;

/// The name of the file with the seed.
const SEED: &str = "seed.json";

/// A proxy to one service, which writes each request and its response to a file, without secrets.
///
/// It listens on a loopback address only, follows no redirect, and sends nothing to another host than that of
/// its base URL.
pub struct Recorder {
    address: SocketAddr,
    url: String,
    /// The signal that stops the server. It is sent when the recorder is dropped.
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<()>,
}

/// The settings of a [`Recorder`].
pub struct RecorderSettings {
    /// The loopback address to listen on. Port 0 selects a free port.
    pub address: SocketAddr,
    /// The base URL of the service: `https://api.example.com/rest`.
    pub base_url: String,
    /// The folder of the files. It is created if it does not exist.
    pub folder: PathBuf,
    /// The HTTP client that reaches the service. It must follow no redirects.
    pub http: reqwest::Client,
    /// The function that receives a line about each request.
    pub log: Box<dyn Fn(&str) + Send + Sync>,
}

/// The state that all requests share.
struct Recording {
    target: Target,
    spec: Arc<Spec>,
    folder: PathBuf,
    /// The number of the last file.
    number: AtomicU64,
    seed: Mutex<Seed>,
    log: Box<dyn Fn(&str) + Send + Sync>,
}

impl Recorder {
    /// Starts a recorder.
    ///
    /// # Errors
    /// Fails if the address is no loopback address or is in use, if the base URL cannot be used, or if the
    /// folder cannot be written.
    ///
    /// # Panics
    /// Panics outside of a Tokio runtime.
    pub async fn start(settings: RecorderSettings) -> Result<Self, StartError> {
        let asked = settings.address;
        if !asked.ip().is_loopback() {
            let reason =
                format!("a recorder listens on loopback addresses only, and not on {asked}");
            return Err(StartError::Record(reason));
        }
        let target = Target::new(&settings.base_url, settings.http).map_err(StartError::Record)?;
        let folder = settings.folder;
        let shown = folder.display().to_string();
        let failed = |error: io::Error| StartError::Record(format!("{shown}: {error}"));
        let number = prepare(&folder).map_err(failed)?;
        let spec = Spec::embedded().map_err(StartError::Spec)?;
        let seed = read_seed(&folder.join(SEED), &spec).map_err(failed)?;
        let listen_error = |source| StartError::Listen {
            address: asked,
            source,
        };
        let listener = TcpListener::bind(asked).await.map_err(listen_error)?;
        let address = listener.local_addr().map_err(listen_error)?;
        let url = format!("http://{address}{}", target.base_path());
        let recording = Arc::new(Recording {
            target,
            spec,
            folder,
            number: AtomicU64::new(number),
            seed: Mutex::new(seed),
            log: settings.log,
        });
        let router = Router::new().fallback(record).with_state(recording);
        let (stop, stopped) = oneshot::channel();
        Ok(Self {
            address,
            url,
            stop: Some(stop),
            server: tokio::spawn(serve(listener, router, stopped)),
        })
    }

    /// Returns the base URL for a client on this machine.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the address on which the recorder listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops the recorder: accepts no more requests, and waits for the responses to the current ones.
    pub async fn stop(mut self) {
        self.stop = None;
        // The only possible error is that the task has ended already.
        let _ = (&mut self.server).await;
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut recorder = f.debug_struct("Recorder");
        recorder.field("url", &self.url).finish_non_exhaustive()
    }
}

impl fmt::Debug for RecorderSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut settings = f.debug_struct("RecorderSettings");
        settings.field("address", &self.address);
        settings
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

async fn serve(listener: TcpListener, router: Router, stopped: oneshot::Receiver<()>) {
    // The server ends only with the recorder, and never with an error.
    let _ = axum::serve(listener, router)
        .with_graceful_shutdown(async {
            // The sender is dropped with the recorder.
            let _ = stopped.await;
        })
        .await;
}

/// Creates the folder. Returns the highest number of a file in it.
fn prepare(folder: &std::path::Path) -> io::Result<u64> {
    fs::create_dir_all(folder)?;
    let mut highest = 0;
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let number = name.to_str().and_then(|name| name.split('-').next());
        highest = highest.max(number.and_then(|number| number.parse().ok()).unwrap_or(0));
    }
    Ok(highest)
}

/// Returns the seed of earlier recordings in the same folder.
fn read_seed(file: &std::path::Path, spec: &Arc<Spec>) -> io::Result<Seed> {
    match fs::read_to_string(file) {
        Ok(text) => Seed::new(spec, Some(&text)).map_err(|error| {
            let message = format!("{SEED} is not a seed of a recorder: {error}");
            io::Error::new(io::ErrorKind::InvalidData, message)
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Seed::new(spec, None),
        Err(error) => Err(error),
    }
}

async fn record(State(recording): State<Arc<Recording>>, request: Request) -> Response<Body> {
    match recording.handle(request).await {
        Ok(response) => response,
        Err(error) => error.into_response(),
    }
}

impl Recording {
    async fn handle(&self, request: Request) -> Result<Response<Body>, ErrorResponse> {
        let started = Instant::now();
        let (head, body) = request.into_parts();
        let path = self.target.path(&head.uri)?;
        let body = to_bytes(body, MAX_BODY_SIZE).await.map_err(|_| {
            let message = format!("the body is larger than {MAX_BODY_SIZE} bytes");
            ErrorResponse::new(StatusCode::PAYLOAD_TOO_LARGE, message)
        })?;
        let response = self.target.send(&head, body.clone()).await?;
        let operation = pair::operation_of(&self.spec, &head.method, path);
        let pair = Pair {
            base_url: self.target.base_url(),
            head: &head,
            path,
            request_body: &body,
            response: &response.head,
            response_body: &response.body,
            operation,
            duration: started.elapsed(),
        };
        let json = pair.to_json(&self.spec.secret_names);
        let name = pair.file_name(self.number.fetch_add(1, Ordering::Relaxed) + 1);
        let written = self.write(&name, &json);
        let seeded = operation.map(|operation| self.add_to_seed(&operation.id, &json));
        if let Err(error) = written.and(seeded.unwrap_or(Ok(()))) {
            let folder = self.folder.display();
            let message = format!("the recorder cannot write to {folder}: {error}");
            return Err(ErrorResponse::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                message,
            ));
        }
        (self.log)(&format!("{name}{}", pair::mistakes(&json)));
        Ok(Response::from_parts(
            response.head,
            Body::from(response.body),
        ))
    }

    fn write(&self, name: &str, json: &Value) -> io::Result<()> {
        private_file::write(&self.folder.join(name), &format!("{json:#}\n"))
    }

    fn add_to_seed(&self, operation: &str, pair: &Value) -> io::Result<()> {
        let mut seed = self.seed.lock().unwrap_or_else(PoisonError::into_inner);
        match seed.add(operation, pair) {
            true => self.write(SEED, &seed.to_json()),
            false => Ok(()),
        }
    }
}
