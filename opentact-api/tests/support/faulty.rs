//! A server that does what it should not, until it is told to behave.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::faults::{Does, PAYLOAD};
use super::{GROUP, secrets, tls};

pub(crate) struct FaultyServer {
    pub(crate) url: String,
    address: String,
    script: Arc<Script>,
}

struct Script {
    does: Mutex<Does>,
    sound: AtomicBool,
    requests: AtomicU32,
}

impl FaultyServer {
    pub(crate) async fn start(does: Does) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let url = match does {
            Does::HaveNoName => format!("https://{}.invalid/rest", "x".repeat(64)),
            _ if does.speaks_tls() => format!("https://{address}/rest"),
            _ => format!("http://{address}/rest"),
        };
        let script = Arc::new(Script {
            does: Mutex::new(does.clone()),
            sound: AtomicBool::new(false),
            requests: AtomicU32::new(0),
        });
        match does {
            Does::NotListen => drop(listener),
            _ => serve(listener, &script),
        }
        Self {
            url,
            address,
            script,
        }
    }

    /// From now on, every request is answered as it should be.
    pub(crate) async fn behave(&self) {
        self.script.sound.store(true, Ordering::SeqCst);
        if matches!(self.script.does(), Does::NotListen) {
            let listener = TcpListener::bind(&self.address).await.unwrap();
            serve(listener, &self.script);
        }
    }

    /// From now on, every request meets another fault.
    pub(crate) fn change(&self, does: Does) {
        *self.script.does.lock().unwrap() = does;
    }

    /// How often the server was asked, as far as it could notice.
    pub(crate) fn requests(&self) -> u32 {
        self.script.requests.load(Ordering::SeqCst)
    }
}

fn serve(listener: TcpListener, script: &Arc<Script>) {
    let script = Arc::clone(script);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(Arc::clone(&script).connection(stream));
        }
    });
}

impl Script {
    fn does(&self) -> Does {
        self.does.lock().unwrap().clone()
    }

    async fn connection(self: Arc<Self>, stream: TcpStream) {
        let nth = self.requests.fetch_add(1, Ordering::SeqCst);
        let sound = self.sound.load(Ordering::SeqCst);
        // Whatever the client does with its end of the connection is no concern of the server.
        let does = self.does();
        let _ = match does {
            _ if does.speaks_tls() => speak_tls(stream, &does, sound).await,
            _ if sound => answer(stream, "200 OK", "", &sound_body()).await,
            Does::AnswerOnce(..) if nth > 0 => answer(stream, "200 OK", "", &sound_body()).await,
            _ => misbehave(stream, &does).await,
        };
    }
}

fn sound_body() -> Vec<u8> {
    format!(r#"{{"success": true, "payload": {PAYLOAD}}}"#).into_bytes()
}

async fn speak_tls(stream: TcpStream, does: &Does, sound: bool) -> std::io::Result<()> {
    let breaks = !sound && matches!(does, Does::BreakTls);
    let mut stream = tls::accept(stream, sound || breaks).await?;
    if !breaks {
        return answer(stream, "200 OK", "", &sound_body()).await;
    }
    read_request(&mut stream).await?;
    let (below, _) = stream.get_mut();
    // A record of application data by its header.
    let record = [&[23, 3, 3, 0, 32], [0; 32].as_slice()].concat();
    below.write_all(&record).await?;
    below.shutdown().await
}

async fn misbehave(mut stream: TcpStream, does: &Does) -> std::io::Result<()> {
    if matches!(does, Does::Close) {
        return Ok(());
    }
    if let Does::Answer(status, headers, body) | Does::AnswerOnce(status, headers, body) = does {
        return answer(stream, status, headers, body).await;
    }
    read_request(&mut stream).await?;
    match does {
        Does::Trickle(start) => {
            stream.write_all(start.as_bytes()).await?;
            loop {
                tokio::time::sleep(Duration::from_millis(50)).await;
                stream.write_all(b" ").await?;
            }
        }
        Does::Reset(start) => {
            stream.write_all(start.as_bytes()).await?;
            // So that the client has read it before the reset takes it away.
            tokio::time::sleep(Duration::from_millis(50)).await;
            stream.set_zero_linger()
        }
        Does::Write(bytes) => stream.write_all(bytes).await,
        Does::WriteForEver { start, over } => {
            stream.write_all(start.as_bytes()).await?;
            loop {
                stream.write_all(over.as_bytes()).await?;
            }
        }
        _ => std::future::pending().await,
    }
}

/// Reads a request and answers it, with the payload that it asks for where the body has a
/// place for one.
async fn answer(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    status: &str,
    headers: &str,
    body: &[u8],
) -> std::io::Result<()> {
    let request = read_request(&mut stream).await?;
    let mut parts = request.split(' ');
    let (method, path) = (parts.next().unwrap(), parts.next().unwrap());
    let body = match std::str::from_utf8(body) {
        Ok(text) => text.replace(PAYLOAD, &payload(method, path)).into_bytes(),
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

/// Reads a request to its end, so that closing the connection does not reset it.
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

/// What an operation wants, with secrets in it.
fn payload(method: &str, path: &str) -> String {
    let (token, ha1, ha1b) = (secrets::TOKEN, secrets::HA1, secrets::HA1B);
    let user = format!(
        r#"{{"login": "alice", "ha1": "{ha1}", "ha1b": "{ha1b}", "account": {{"token": "{token}"}}}}"#
    );
    let group =
        format!(r#"{{"uuid": "{GROUP}", "name": "Sales", "owner": {user}, "users": [{user}]}}"#);
    match (method, path.ends_with("/users"), path.ends_with("/group")) {
        // Who is in the group, whether it was asked for or changed.
        (_, true, _) => format!("[{user}]"),
        ("GET", _, true) => format!("[{group}]"),
        _ => group,
    }
}
