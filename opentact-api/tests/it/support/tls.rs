//! TLS certificates: one that a child process of the tests trusts, and untrusted ones.

use std::path::Path;
use std::sync::Arc;

use rcgen::{CertificateParams, CertifiedIssuer, KeyPair};
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{DEFAULT_VERSIONS, RootCertStore, ServerConfig};
use tokio_rustls::server::TlsStream;

use super::child;

/// The variable with the folder of the trusted certificate and its key.
const FOLDER: &str = "OPENTACT_TEST_CERTIFICATES";

/// The handshake of a server.
#[derive(Clone, Copy, Eq, PartialEq)]
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

/// Returns `true` in a process that trusts the certificate of [`accept`]. Otherwise runs the test
/// in such a process and returns `false`: the environment decides which certificates are trusted.
pub(crate) fn in_trusting_process(test: &str) -> bool {
    if child::is_child() {
        return true;
    }
    let folder = tempfile::tempdir().unwrap();
    let (authority, certificate, key) = authority_and_certificate();
    std::fs::write(folder.path().join("authority.pem"), authority).unwrap();
    std::fs::write(folder.path().join("certificate"), certificate).unwrap();
    std::fs::write(folder.path().join("key"), key).unwrap();
    let mut command = child::command(test);
    command
        .env(FOLDER, folder.path())
        .env("SSL_CERT_FILE", folder.path().join("authority.pem"))
        .env_remove("SSL_CERT_DIR");
    child::pass(&mut command);
    false
}

/// Accepts a TLS connection.
pub(crate) async fn accept(
    stream: TcpStream,
    handshake: Handshake,
) -> std::io::Result<TlsStream<TcpStream>> {
    let (authority, certificate, key) = if handshake == Handshake::Untrusted {
        authority_and_certificate()
    } else {
        let folder = std::env::var_os(FOLDER).unwrap();
        let read = |name| std::fs::read(Path::new(&folder).join(name)).unwrap();
        let authority = String::from_utf8(read("authority.pem")).unwrap();
        (authority, read("certificate"), read("key"))
    };
    let provider = Arc::new(default_provider());
    let versions = match handshake {
        Handshake::DemandInTls12 => vec![&TLS12],
        Handshake::DemandInTls13 => vec![&TLS13],
        _ => DEFAULT_VERSIONS.to_vec(),
    };
    let config = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(&versions)
        .unwrap();
    let config = match handshake {
        Handshake::DemandInTls12 | Handshake::DemandInTls13 => {
            let mut roots = RootCertStore::empty();
            let authority = CertificateDer::from_pem_slice(authority.as_bytes()).unwrap();
            roots.add(authority).unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(roots.into(), provider);
            config.with_client_cert_verifier(verifier.build().unwrap())
        }
        _ => config.with_no_client_auth(),
    };
    let mut config = config
        .with_single_cert(
            vec![CertificateDer::from(certificate)],
            PrivateKeyDer::try_from(key).unwrap(),
        )
        .unwrap();
    if handshake == Handshake::Http2 {
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

/// Creates an authority, in PEM, and a certificate for 127.0.0.1 with its key, in DER.
fn authority_and_certificate() -> (String, Vec<u8>, Vec<u8>) {
    let mut authority = CertificateParams::new(vec![]).unwrap();
    authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let mut certificate = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    // OpenSSL takes a certificate with the name of its issuer for self-signed.
    let name = &mut certificate.distinguished_name;
    name.push(rcgen::DnType::CommonName, "this machine");
    let certificate = certificate.signed_by(&key, &authority).unwrap();
    (
        authority.pem(),
        certificate.der().to_vec(),
        key.serialize_der(),
    )
}
