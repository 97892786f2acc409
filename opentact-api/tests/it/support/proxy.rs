//! Proxies that record everything that they see: one for `CONNECT`, and one for SOCKS 5.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

use super::tls_server::read_head;

/// The reaction of a proxy to a request for a tunnel.
#[derive(Clone)]
pub(crate) enum Tunnel {
    /// Forwards bytes to this port of the machine, independent of the requested address.
    To(u16),
    /// Responds with this status, and repeats the request.
    Refuse(&'static str),
    /// Ends TLS itself, as a proxy does that inspects it, and forwards to this port without TLS.
    Inspect(Arc<ServerConfig>, u16),
}

pub(crate) struct Proxy {
    pub(crate) port: u16,
    seen: Arc<Mutex<Vec<u8>>>,
}

impl Proxy {
    /// Starts a proxy for `CONNECT`. With a configuration, the connection to it is encrypted.
    pub(crate) async fn start(tunnel: Tunnel, encryption: Option<ServerConfig>) -> Self {
        let encryption = encryption.map(|config| TlsAcceptor::from(Arc::new(config)));
        Self::accepting(move |stream, seen| {
            let (tunnel, encryption) = (tunnel.clone(), encryption.clone());
            async move {
                match encryption {
                    Some(encryption) => {
                        connect(encryption.accept(stream).await?, tunnel, seen).await
                    }
                    None => connect(stream, tunnel, seen).await,
                }
            }
        })
        .await
    }

    /// Starts a SOCKS 5 proxy that demands credentials and forwards to a port of this machine.
    pub(crate) async fn start_socks(port: u16) -> Self {
        Self::accepting(move |stream, seen| socks(stream, port, seen)).await
    }

    async fn accepting<F>(
        serve: impl Fn(TcpStream, Arc<Mutex<Vec<u8>>>) -> F + Send + 'static,
    ) -> Self
    where
        F: Future<Output = std::io::Result<()>> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let recorded = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&recorded)));
            }
        });
        Self { port, seen }
    }

    /// Returns all bytes that clients sent, as text.
    pub(crate) fn seen(&self) -> String {
        String::from_utf8_lossy(&self.seen.lock().unwrap()).into_owned()
    }
}

async fn connect(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    tunnel: Tunnel,
    seen: Arc<Mutex<Vec<u8>>>,
) -> std::io::Result<()> {
    let head = read_head(&mut stream).await?;
    seen.lock().unwrap().extend(head.as_bytes());
    if let Tunnel::Refuse(status) = tunnel {
        let refusal =
            format!("HTTP/1.1 {status}\r\nx-request: {head:?}\r\ncontent-length: 0\r\n\r\n");
        stream.write_all(refusal.as_bytes()).await?;
        return stream.shutdown().await;
    }
    let established = b"HTTP/1.1 200 Connection established\r\n\r\n";
    stream.write_all(established).await?;
    match tunnel {
        Tunnel::Inspect(config, port) => {
            let stream = TlsAcceptor::from(config).accept(stream).await?;
            forward(stream, port, seen).await
        }
        Tunnel::To(port) => forward(stream, port, seen).await,
        Tunnel::Refuse(_) => Ok(()),
    }
}

/// Reads the greeting, the credentials and the address of a SOCKS 5 client (RFC 1928 and 1929).
async fn socks(mut stream: TcpStream, port: u16, seen: Arc<Mutex<Vec<u8>>>) -> std::io::Result<()> {
    async fn record(
        stream: &mut TcpStream,
        length: usize,
        seen: &Mutex<Vec<u8>>,
    ) -> std::io::Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        stream.read_exact(&mut bytes).await?;
        seen.lock().unwrap().extend(&bytes);
        Ok(bytes)
    }
    let greeting = record(&mut stream, 2, &seen).await?;
    record(&mut stream, greeting[1].into(), &seen).await?;
    stream.write_all(&[5, 2]).await?;
    let user = record(&mut stream, 2, &seen).await?;
    record(&mut stream, user[1].into(), &seen).await?;
    let password = record(&mut stream, 1, &seen).await?;
    record(&mut stream, password[0].into(), &seen).await?;
    stream.write_all(&[1, 0]).await?;
    // A request to connect to a name: the length of the name is the fifth byte.
    let request = record(&mut stream, 5, &seen).await?;
    record(&mut stream, usize::from(request[4]) + 2, &seen).await?;
    stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
    forward(stream, port, seen).await
}

/// Forwards in both directions, and records the bytes of the client.
async fn forward(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    port: u16,
    seen: Arc<Mutex<Vec<u8>>>,
) -> std::io::Result<()> {
    let server = TcpStream::connect(("127.0.0.1", port)).await?;
    let (mut from_client, mut to_client) = tokio::io::split(stream);
    let (mut from_server, mut to_server) = server.into_split();
    let sending = async {
        let mut buffer = [0; 4096];
        loop {
            let length = from_client.read(&mut buffer).await?;
            if length == 0 {
                return Ok::<_, std::io::Error>(());
            }
            seen.lock().unwrap().extend(&buffer[..length]);
            to_server.write_all(&buffer[..length]).await?;
        }
    };
    let receiving = tokio::io::copy(&mut from_server, &mut to_client);
    tokio::select! {
        sent = sending => sent,
        received = receiving => received.map(|_| ()),
    }
}
