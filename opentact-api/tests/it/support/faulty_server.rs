//! A server that shows a fault until it is told to recover.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use super::faults::{Behaviour, PAYLOAD, SPOILT_PAYLOAD};
use super::http2::{self, Http2};
use super::tls::{self, Handshake};
use super::{GROUP, secrets, spec};

pub(crate) struct FaultyServer {
    pub(crate) url: String,
    script: Arc<Script>,
    /// A port that refuses connections. While it is bound, no other server gets it.
    closed: Mutex<Option<TcpSocket>>,
}

struct Script {
    behaviour: Mutex<Behaviour>,
    recovered: AtomicBool,
    requests: AtomicU32,
}

impl FaultyServer {
    pub(crate) async fn start(behaviour: Behaviour) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
        let address = socket.local_addr().unwrap();
        let url = match behaviour {
            Behaviour::HaveNoAddress => format!("https://{}.invalid/rest", "x".repeat(64)),
            _ if behaviour.speaks_tls() => format!("https://{address}/rest"),
            _ => format!("http://{address}/rest"),
        };
        let script = Arc::new(Script {
            behaviour: Mutex::new(behaviour.clone()),
            recovered: AtomicBool::new(false),
            requests: AtomicU32::new(0),
        });
        let closed = match behaviour {
            Behaviour::RefuseConnections => Some(socket),
            _ => {
                serve(socket, &script);
                None
            }
        };
        Self {
            url,
            script,
            closed: Mutex::new(closed),
        }
    }

    /// Responds with success from now on.
    pub(crate) fn recover(&self) {
        self.script.recovered.store(true, Ordering::SeqCst);
        if let Some(socket) = self.closed.lock().unwrap().take() {
            serve(socket, &self.script);
        }
    }

    /// Shows another fault from now on.
    pub(crate) fn change(&self, behaviour: Behaviour) {
        *self.script.behaviour.lock().unwrap() = behaviour;
    }

    /// Returns the number of requests. In HTTP/1.1, it is the number of connections: each carries one
    /// request.
    pub(crate) fn requests(&self) -> u32 {
        self.script.requests.load(Ordering::SeqCst)
    }
}

fn serve(socket: TcpSocket, script: &Arc<Script>) {
    let listener = socket.listen(128).unwrap();
    let script = Arc::clone(script);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(Arc::clone(&script).connection(stream));
        }
    });
}

impl Script {
    fn behaviour(&self) -> Behaviour {
        self.behaviour.lock().unwrap().clone()
    }

    fn recovered(&self) -> bool {
        self.recovered.load(Ordering::SeqCst)
    }

    fn count(&self) -> u32 {
        self.requests.fetch_add(1, Ordering::SeqCst)
    }

    async fn connection(self: Arc<Self>, stream: TcpStream) {
        let behaviour = self.behaviour();
        // The client may close its end at any time.
        let _ = match &behaviour {
            Behaviour::Http2(fault) => self.speak_http2(stream, fault).await,
            _ => {
                let nth = self.count();
                let recovered = self.recovered();
                match &behaviour {
                    _ if behaviour.speaks_tls() => speak_tls(stream, &behaviour, recovered).await,
                    _ if recovered => succeed(stream).await,
                    Behaviour::RespondOnce(..) if nth > 0 => succeed(stream).await,
                    _ => fail(stream, &behaviour).await,
                }
            }
        };
    }

    async fn speak_http2(&self, stream: TcpStream, fault: &Http2) -> std::io::Result<()> {
        let stream = tls::accept(stream, Handshake::Http2).await?;
        let recovered = || self.recovered();
        let on_request = |method: &str, path: &str| {
            self.count();
            success()
                .replace(PAYLOAD, &payload(method, path))
                .into_bytes()
        };
        http2::serve(stream, fault, recovered, on_request).await
    }
}

fn success() -> String {
    format!(r#"{{"success": true, "payload": {PAYLOAD}}}"#)
}

async fn succeed(stream: impl AsyncRead + AsyncWrite + Unpin) -> std::io::Result<()> {
    respond(stream, "200 OK", "", success().as_bytes()).await
}

async fn speak_tls(
    stream: TcpStream,
    behaviour: &Behaviour,
    recovered: bool,
) -> std::io::Result<()> {
    let handshake = match behaviour {
        _ if recovered => Handshake::Trusted,
        Behaviour::ShowUntrustedCertificate => Handshake::Untrusted,
        Behaviour::DemandCertificateInTls12 => Handshake::DemandInTls12,
        Behaviour::DemandCertificateInTls13 => Handshake::DemandInTls13,
        Behaviour::StaySilentInHandshake => std::future::pending().await,
        Behaviour::RefuseHandshake => return refuse_handshake(stream).await,
        _ => Handshake::Trusted,
    };
    let mut stream = tls::accept(stream, handshake).await?;
    if recovered || !matches!(behaviour, Behaviour::BreakTls) {
        return succeed(stream).await;
    }
    read_request(&mut stream).await?;
    let (tcp, _) = stream.get_mut();
    // The header of a record with application data, and zeros for its 32 bytes.
    let record = [&[23, 3, 3, 0, 32], [0; 32].as_slice()].concat();
    tcp.write_all(&record).await?;
    tcp.shutdown().await
}

/// Sends the alert `handshake_failure`, as a server does that has no cipher in common.
async fn refuse_handshake(mut stream: TcpStream) -> std::io::Result<()> {
    stream.write_all(&[21, 3, 3, 0, 2, 2, 40]).await?;
    stream.shutdown().await?;
    // Closing a connection with unread bytes would reset it, and the alert could be lost.
    stream.read_to_end(&mut Vec::new()).await.map(drop)
}

async fn fail(mut stream: TcpStream, behaviour: &Behaviour) -> std::io::Result<()> {
    use Behaviour::{
        Close, Reset, Respond, RespondOnce, RespondTwice, Stall, Trickle, Write, WriteForEver,
    };
    let request = match behaviour {
        Respond(status, headers, body) | RespondOnce(status, headers, body) => {
            return respond(stream, status, headers, body).await;
        }
        _ => read_request(&mut stream).await?,
    };
    match behaviour {
        Trickle(start) => {
            stream.write_all(start.as_bytes()).await?;
            loop {
                tokio::time::sleep(Duration::from_millis(50)).await;
                stream.write_all(b" ").await?;
            }
        }
        Reset(start) => {
            stream.write_all(start.as_bytes()).await?;
            // The reset discards what the client has not read yet.
            tokio::time::sleep(Duration::from_millis(50)).await;
            stream.set_zero_linger()
        }
        Stall(start) => {
            stream.write_all(start.as_bytes()).await?;
            std::future::pending().await
        }
        Write(bytes) => stream.write_all(bytes).await,
        Close => Ok(()),
        RespondTwice(unasked) => {
            let (method, path) = operation(&request);
            let body = success().replace(PAYLOAD, &payload(&method, &path));
            let length = body.len();
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n");
            let both = format!("{head}{body}{unasked}");
            stream.write_all(both.as_bytes()).await?;
            // The client must close the connection.
            stream.read_to_end(&mut Vec::new()).await.map(drop)
        }
        WriteForEver { start, repeated } => {
            stream.write_all(start.as_bytes()).await?;
            loop {
                stream.write_all(repeated.as_bytes()).await?;
            }
        }
        _ => std::future::pending().await,
    }
}

/// Reads a request and responds. If the body has a place for the payload, it gets one that fits the
/// request.
async fn respond(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    status: &str,
    headers: &str,
    body: &[u8],
) -> std::io::Result<()> {
    let (method, path) = operation(&read_request(&mut stream).await?);
    let body = match std::str::from_utf8(body) {
        Ok(text) => {
            let payload = payload(&method, &path);
            let spoilt = payload.replace(r#""alice""#, "7");
            let body = text.replace(PAYLOAD, &payload);
            body.replace(SPOILT_PAYLOAD, &spoilt).into_bytes()
        }
        Err(_) => body.to_owned(),
    };
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(&body).await?;
    stream.shutdown().await
}

/// Returns the method and the path of a request.
fn operation(request: &str) -> (String, String) {
    let mut parts = request.split(' ').map(str::to_owned);
    (parts.next().unwrap(), parts.next().unwrap())
}

/// Reads a whole request: closing a connection with unread bytes would reset it.
async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> std::io::Result<String> {
    let mut request = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&request).to_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .split_once("content-length: ")
                .map_or(0, |(_, length)| {
                    let digits = length.split("\r\n").next().unwrap();
                    digits.parse().unwrap()
                });
            if body.len() >= length {
                return Ok(String::from_utf8_lossy(&request).into_owned());
            }
        }
        if stream.read_buf(&mut request).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
}

/// Returns the payload of an operation, with secrets in it.
fn payload(method: &str, path: &str) -> String {
    let (token, ha1, ha1b) = (secrets::TOKEN, secrets::HA1, secrets::HA1B);
    let user = format!(
        r#"{{"login": "alice", "ha1": "{ha1}", "ha1b": "{ha1b}", "account": {{"token": "{token}"}}}}"#
    );
    let group =
        format!(r#"{{"uuid": "{GROUP}", "name": "Sales", "owner": {user}, "users": [{user}]}}"#);
    if !path.contains("/app/group") {
        let operation = spec::operation_of_request(method, path).unwrap();
        return operation.success().body["payload"].to_string();
    }
    match (method, path.ends_with("/users"), path.ends_with("/group")) {
        (_, true, _) => format!("[{user}]"),
        ("GET", _, true) => format!("[{group}]"),
        _ => group,
    }
}
