//! TLS certificates: one that a child process of the tests trusts, and untrusted ones.

use std::path::Path;
use std::sync::Arc;

use rcgen::{CertificateParams, CertifiedIssuer, KeyPair};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::server::TlsStream;

use super::child;

/// The variable with the folder of the trusted certificate and its key.
const FOLDER: &str = "OPENTACT_TEST_CERTIFICATES";

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

/// Accepts a TLS connection with the trusted certificate or with an untrusted one.
pub(crate) async fn accept(
    stream: TcpStream,
    trusted: bool,
) -> std::io::Result<TlsStream<TcpStream>> {
    let (certificate, key) = if trusted {
        let folder = std::env::var_os(FOLDER).unwrap();
        let read = |name| std::fs::read(Path::new(&folder).join(name)).unwrap();
        (read("certificate"), read("key"))
    } else {
        let (_, certificate, key) = authority_and_certificate();
        (certificate, key)
    };
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from(certificate)],
            PrivateKeyDer::try_from(key).unwrap(),
        )
        .unwrap();
    TlsAcceptor::from(Arc::new(config)).accept(stream).await
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
