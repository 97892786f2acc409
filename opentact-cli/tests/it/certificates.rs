//! Servers whose certificate the machine does not trust.

use std::sync::Arc;

use opentact_sandbox::Sandbox;
use rcgen::{CertificateParams, CertifiedIssuer, KeyPair};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::support::{assert_session, opentact, sandbox, transcript};

/// Starts a server that decrypts TLS and forwards to a sandbox. Returns its base URL, and the
/// certificate of its authority as PEM.
async fn tls_before(sandbox: &Sandbox) -> (String, String) {
    let mut authority = CertificateParams::new(vec![]).unwrap();
    authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let names = vec!["127.0.0.1".to_owned()];
    let certificate = CertificateParams::new(names).unwrap();
    let certificate = certificate.signed_by(&key, &authority).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
        )
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}/rest", listener.local_addr().unwrap());
    let to = sandbox.address();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                // The client may refuse the certificate.
                let mut client = acceptor.accept(stream).await?;
                let mut server = TcpStream::connect(to).await?;
                tokio::io::copy_bidirectional(&mut client, &mut server).await
            });
        }
    });
    (url, authority.pem())
}

#[tokio::test(flavor = "multi_thread")]
async fn ca_file_names_certificates_to_trust() {
    let sandbox = sandbox().await;
    let (url, authority) = tls_before(&sandbox).await;
    // This machine trusts another authority.
    let (_, other) = tls_before(&sandbox).await;
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (authority, other) = (file("ca.pem", &authority), file("other.pem", &other));
    let (empty, missing) = (file("empty.pem", ""), format!("{authority}.missing"));
    let mut session = String::new();
    for (argument, variable) in [
        (None, None),
        (Some(&authority), None),
        (None, Some(&authority)),
        (Some(&authority), Some(&empty)),
        (Some(&empty), None),
        (Some(&missing), None),
    ] {
        let mut command = opentact(&sandbox);
        command
            .env("OPENTACT_BASE_URL", &url)
            .env("SSL_CERT_FILE", &other);
        if let Some(variable) = variable {
            session += &format!("$ export OPENTACT_CA_FILE={variable}\n");
            command.env("OPENTACT_CA_FILE", variable);
        }
        session += "$ opentact group list";
        command.args(["group", "list"]);
        if let Some(argument) = argument {
            session += &format!(" --ca-file {argument}");
            command.args(["--ca-file", argument]);
        }
        session += &format!("\n{}\n", transcript(&command.output().unwrap()));
    }
    let session = session.replace(folder.path().to_str().unwrap(), "<folder>");
    assert_session!(session, @"
    $ opentact group list
    ! error: cannot list the groups of the current user: no secure connection to https://127.0.0.1:<port> (set by OPENTACT_BASE_URL): invalid peer certificate: BadSignature
    ! hint: check the base URL, which OPENTACT_BASE_URL sets; --ca-file names further certificates to trust
    [1]

    $ opentact group list --ca-file <folder>/ca.pem
    ! You have no groups; create one with `opentact group create <name>`.
    [0]

    $ export OPENTACT_CA_FILE=<folder>/ca.pem
    $ opentact group list
    ! You have no groups; create one with `opentact group create <name>`.
    [0]

    $ export OPENTACT_CA_FILE=<folder>/empty.pem
    $ opentact group list --ca-file <folder>/ca.pem
    ! You have no groups; create one with `opentact group create <name>`.
    [0]

    $ opentact group list --ca-file <folder>/empty.pem
    ! error: the file of --ca-file or OPENTACT_CA_FILE cannot be used: it contains no certificate (`-----BEGIN CERTIFICATE-----`)
    [2]

    $ opentact group list --ca-file <folder>/ca.pem.missing
    ! error: cannot read the certificates in <folder>/ca.pem.missing, of --ca-file: No such file or directory (os error 2)
    [2]
    ");
}
