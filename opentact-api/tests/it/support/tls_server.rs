//! A server with TLS that records the connections of clients and responds with an empty list.

use std::sync::{Arc, Mutex};

use opentact_api::{Client, ClientBuilder, RetryPolicy};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::server::TlsStream;

use super::server::TOKEN;

pub(crate) struct TlsServer {
    pub(crate) port: u16,
    sessions: Arc<Mutex<Vec<Session>>>,
}

/// A connection after its handshake.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Session {
    /// The protocol that server and client agreed on by ALPN.
    pub(crate) protocol: Option<String>,
    pub(crate) has_client_certificate: bool,
    /// The start of the request.
    pub(crate) request: String,
}

impl TlsServer {
    pub(crate) async fn start(config: ServerConfig) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let sessions = Arc::new(Mutex::new(Vec::new()));
        let recorded = Arc::clone(&sessions);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, recorded) = (acceptor.clone(), Arc::clone(&recorded));
                tokio::spawn(async move {
                    // The client may refuse the certificate.
                    if let Ok(stream) = acceptor.accept(stream).await {
                        let _ = serve(stream, &recorded).await;
                    }
                });
            }
        });
        Self { port, sessions }
    }

    /// Returns a builder of a client with one attempt, for the host name or address of the server.
    pub(crate) fn client(&self, host: &str) -> ClientBuilder {
        Client::builder()
            .ha1b_token(TOKEN)
            .base_url(format!("https://{host}:{}/rest", self.port))
            .retry(RetryPolicy::never())
    }

    pub(crate) fn sessions(&self) -> Vec<Session> {
        self.sessions.lock().unwrap().clone()
    }
}

async fn serve<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: TlsStream<S>,
    sessions: &Mutex<Vec<Session>>,
) -> std::io::Result<()> {
    let (_, tls) = stream.get_ref();
    let protocol = tls.alpn_protocol();
    let mut session = Session {
        protocol: protocol.map(|name| String::from_utf8_lossy(name).into_owned()),
        has_client_certificate: tls.peer_certificates().is_some(),
        request: String::new(),
    };
    // A client that speaks HTTP/2 gets no response.
    session.request = read_head(&mut stream).await?;
    sessions.lock().unwrap().push(session);
    let body = r#"{"success": true, "payload": []}"#;
    let length = body.len();
    let response =
        format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
    stream.write_all(response.as_bytes()).await?;
    stream.shutdown().await
}

/// Reads the head of a request that has no body.
pub(crate) async fn read_head(stream: &mut (impl AsyncRead + Unpin)) -> std::io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}
