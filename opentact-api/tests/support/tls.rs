//! Certificates: one that the tests' processes trust, and one that nobody does.

use std::path::Path;
use std::sync::Arc;

use rcgen::{CertificateParams, CertifiedIssuer, KeyPair};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::server::TlsStream;

/// Where a process finds the certificate that it trusts and the key to it. That it is trusted
/// is said by `SSL_CERT_FILE`.
const FOLDER: &str = "OPENTACT_TEST_CERTIFICATES";

/// Runs a test again in a process of its own, which trusts a certificate that is made for it:
/// what is trusted comes from the environment, which belongs to the whole process. True in the
/// process in which the test is to go on.
pub(crate) fn is_trusting_process(test: &str) -> bool {
    if std::env::var_os(FOLDER).is_some() {
        return true;
    }
    let folder = tempfile::tempdir().unwrap();
    let (authority, certificate, key) = authority_and_certificate();
    std::fs::write(folder.path().join("authority.pem"), authority).unwrap();
    std::fs::write(folder.path().join("certificate"), certificate).unwrap();
    std::fs::write(folder.path().join("key"), key).unwrap();
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture"])
        .env(FOLDER, folder.path())
        .env("SSL_CERT_FILE", folder.path().join("authority.pem"))
        .env_remove("SSL_CERT_DIR")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let failed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\n{failed}");
    assert!(said.contains("1 passed"), "no such test: {test}\n{said}");
    false
}

/// Takes a TLS connection, with the certificate that is trusted or with another.
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

/// An authority in PEM, and a certificate by it for this machine with its key in DER.
fn authority_and_certificate() -> (String, Vec<u8>, Vec<u8>) {
    let mut authority = CertificateParams::new(vec![]).unwrap();
    authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let mut certificate = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    // Without names of their own, OpenSSL takes them for the same.
    let name = &mut certificate.distinguished_name;
    name.push(rcgen::DnType::CommonName, "this machine");
    let certificate = certificate.signed_by(&key, &authority).unwrap();
    (
        authority.pem(),
        certificate.der().to_vec(),
        key.serialize_der(),
    )
}
