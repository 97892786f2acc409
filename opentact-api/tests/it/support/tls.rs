//! TLS handshakes of servers, with a certificate that the client of the fault table trusts and with
//! others.

use std::sync::{Arc, LazyLock};

use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::server::TlsStream;

use super::authority::Authority;

/// The authority that the client trusts.
static TRUSTED: LazyLock<Authority> = LazyLock::new(Authority::new);

/// The handshake of a server.
#[derive(Clone, Copy)]
pub(crate) enum Handshake {
    Trusted,
    /// The certificate is trusted, and the protocol is HTTP/2.
    Http2,
    Untrusted,
    /// The server demands a client certificate in TLS 1.2.
    DemandInTls12,
    /// The server demands a client certificate in TLS 1.3.
    DemandInTls13,
}

/// Returns the certificate of the authority that the client is to trust.
pub(crate) fn trusted_pem() -> String {
    TRUSTED.pem()
}

/// Accepts a TLS connection.
pub(crate) async fn accept(
    stream: TcpStream,
    handshake: Handshake,
) -> std::io::Result<TlsStream<TcpStream>> {
    let names = ["127.0.0.1"];
    let mut config = match handshake {
        Handshake::Trusted | Handshake::Http2 => TRUSTED.server(&names),
        Handshake::Untrusted => Authority::new().server(&names),
        Handshake::DemandInTls12 => TRUSTED.server_with(&names, &[&TLS12], true),
        Handshake::DemandInTls13 => TRUSTED.server_with(&names, &[&TLS13], true),
    };
    if matches!(handshake, Handshake::Http2) {
        config.alpn_protocols = vec![b"h2".to_vec()];
    }
    let accepted = TlsAcceptor::from(Arc::new(config)).accept(stream);
    match accepted.into_fallible().await {
        Ok(stream) => Ok(stream),
        Err((error, mut stream)) => {
            // Closing a connection with unread bytes would reset it, and the alert could be lost.
            let _ = stream.read_to_end(&mut Vec::new()).await;
            Err(error)
        }
    }
}
