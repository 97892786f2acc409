//! The certificates that a client trusts and shows, and the versions of TLS.

use opentact_api::{Client, ErrorKind, TlsVersion};
use tokio_rustls::rustls::version;

use crate::support::authority::{Authority, Certificate};
use crate::support::child;
use crate::support::server::TOKEN;
use crate::support::tls_server::TlsServer;

const HOST: &str = "127.0.0.1";

#[tokio::test]
async fn server_with_a_private_certificate_is_reached_if_its_authority_is_trusted() {
    let (authority, other) = (Authority::new(), Authority::new());
    let server = TlsServer::start(authority.server(&[HOST])).await;
    let client = server.client(HOST).root_certificate_pem(authority.pem());
    client.build().unwrap().list_groups().send().await.unwrap();

    let client = server.client(HOST).only_root_certificates_pem(other.pem());
    let error = client.build().unwrap().list_groups().send().await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Tls);

    // A file may hold several certificates, and texts between them.
    let both = format!("# ours\n{}# theirs\n{}", other.pem(), authority.pem());
    let client = server.client(HOST).only_root_certificates_pem(both);
    client.build().unwrap().list_groups().send().await.unwrap();
}

/// The platform of the child process trusts one authority.
#[tokio::test(flavor = "multi_thread")]
async fn root_certificate_is_trusted_beside_those_of_the_platform_or_alone() {
    const PLATFORM: &str = "OPENTACT_TEST_PLATFORM";
    const PRIVATE: &str = "OPENTACT_TEST_PRIVATE";
    const PEM: &str = "OPENTACT_TEST_PEM";
    if child::is_child() {
        let variable = |name| std::env::var(name).unwrap();
        let outcome = async |only: bool, url: &str| {
            let client = Client::builder().ha1b_token(TOKEN).base_url(url);
            let client = if only {
                client.only_root_certificates_pem(variable(PEM))
            } else {
                client.root_certificate_pem(variable(PEM))
            };
            let sent = client.build().unwrap().list_groups().send().await;
            sent.map(|_| ()).map_err(|error| error.kind())
        };
        let (platform, private) = (variable(PLATFORM), variable(PRIVATE));
        assert_eq!(outcome(false, &platform).await, Ok(()));
        assert_eq!(outcome(false, &private).await, Ok(()));
        assert_eq!(outcome(true, &platform).await, Err(ErrorKind::Tls));
        assert_eq!(outcome(true, &private).await, Ok(()));
        return;
    }
    let (platform, private) = (Authority::new(), Authority::new());
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), platform.pem()).unwrap();
    let url = async |authority: &Authority| {
        let server = TlsServer::start(authority.server(&[HOST])).await;
        format!("https://{HOST}:{}/rest", server.port)
    };
    let mut command = child::command(
        "certificates::root_certificate_is_trusted_beside_those_of_the_platform_or_alone",
    );
    command
        .env("SSL_CERT_FILE", file.path())
        .env_remove("SSL_CERT_DIR")
        .env(PLATFORM, url(&platform).await)
        .env(PRIVATE, url(&private).await)
        .env(PEM, private.pem());
    child::pass(&mut command);
}

#[tokio::test]
async fn server_that_demands_a_certificate_gets_it() {
    let authority = Authority::new();
    let config = authority.server_with(&[HOST], &[&version::TLS12, &version::TLS13], true);
    let server = TlsServer::start(config).await;
    let trusting = || server.client(HOST).root_certificate_pem(authority.pem());
    let client = trusting().build().unwrap();
    let error = client.list_groups().send().await.unwrap_err();
    // With TLS 1.3, the server refuses after the handshake. OpenSSL reports this as a lost connection.
    if cfg!(feature = "rustls") {
        assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
    }

    let Certificate { certificate, key } = authority.sign(&["a client"]);
    let both = format!("{key}{certificate}");
    for (certificates, key) in [(&certificate, &key), (&both, &both)] {
        let client = trusting().client_certificate_pem(certificates, key.as_str());
        client.build().unwrap().list_groups().send().await.unwrap();
    }
    let sessions = server.sessions();
    assert_eq!(sessions.len(), 2);
    assert!(
        sessions
            .iter()
            .all(|session| session.has_client_certificate)
    );
}

#[tokio::test]
async fn server_with_a_version_older_than_the_minimum_is_refused() {
    let authority = Authority::new();
    let config = authority.server_with(&[HOST], &[&version::TLS12], false);
    let server = TlsServer::start(config).await;
    for (version, refused) in [(TlsVersion::Tls12, false), (TlsVersion::Tls13, true)] {
        let client = server.client(HOST).root_certificate_pem(authority.pem());
        let client = client.min_tls_version(version).build().unwrap();
        let sent = client.list_groups().send().await;
        let expected = refused.then_some(ErrorKind::Tls);
        assert_eq!(
            sent.err().map(|error| error.kind()),
            expected,
            "{version:?}"
        );
    }
}

#[test]
fn build_with_pem_that_cannot_be_used_names_method_and_reason() {
    let Certificate { certificate, key } = Authority::new().sign(&["a client"]);
    let encrypted = key.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY");
    let cut = certificate.replace("-----END", "");
    let broken = certificate.replace('M', "!");
    let garbage = "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n";
    let client = |certificates: &str, key: &str| {
        Client::builder()
            .ha1b_token(TOKEN)
            .client_certificate_pem(certificates, key)
    };
    let root = |pem: &str| {
        Client::builder()
            .ha1b_token(TOKEN)
            .root_certificate_pem(pem)
    };
    let refused = [
        root(""),
        root(&key),
        root(&cut),
        root(&broken),
        root(garbage),
        Client::builder()
            .ha1b_token(TOKEN)
            .only_root_certificates_pem("no certificate"),
        client("", &key),
        client(&key, &key),
        client(&cut, &key),
        client(&certificate, &certificate),
        client(&certificate, &encrypted),
        client(&certificate, &format!("{key}{key}")),
        client(&broken, &key),
    ]
    .map(|builder| builder.build().unwrap_err().to_string());
    insta::assert_snapshot!(refused.join("\n"), @"
    the PEM text of `ClientBuilder::root_certificate_pem` cannot be used: it contains no certificate (`-----BEGIN CERTIFICATE-----`)
    the PEM text of `ClientBuilder::root_certificate_pem` cannot be used: it contains no certificate (`-----BEGIN CERTIFICATE-----`)
    the PEM text of `ClientBuilder::root_certificate_pem` cannot be used: a certificate in it cannot be read
    the PEM text of `ClientBuilder::root_certificate_pem` cannot be used: a certificate in it cannot be read
    the PEM text of `ClientBuilder::root_certificate_pem` cannot be used: a certificate in it cannot be read
    the PEM text of `ClientBuilder::only_root_certificates_pem` cannot be used: it contains no certificate (`-----BEGIN CERTIFICATE-----`)
    the PEM text of `ClientBuilder::client_certificate_pem` cannot be used: it contains no certificate (`-----BEGIN CERTIFICATE-----`)
    the PEM text of `ClientBuilder::client_certificate_pem` cannot be used: it contains no certificate (`-----BEGIN CERTIFICATE-----`)
    the PEM text of `ClientBuilder::client_certificate_pem` cannot be used: it is cut off
    the PEM text of `ClientBuilder::client_certificate_pem` cannot be used: it contains no private key (`-----BEGIN PRIVATE KEY-----`)
    the PEM text of `ClientBuilder::client_certificate_pem` cannot be used: its private key is encrypted; decrypt it first, for example with OpenSSL
    the PEM text of `ClientBuilder::client_certificate_pem` cannot be used: it contains more than one private key
    the PEM text of `ClientBuilder::client_certificate_pem` cannot be used: its certificate or private key cannot be read
    ");
}

#[cfg(feature = "rustls")]
#[test]
fn build_with_a_key_of_another_certificate_names_the_cause() {
    let authority = Authority::new();
    let [one, other] = ["one", "other"].map(|name| authority.sign(&[name]));
    let error = Client::builder()
        .ha1b_token(TOKEN)
        .only_root_certificates_pem(authority.pem())
        .client_certificate_pem(one.certificate, other.key)
        .build()
        .unwrap_err();
    insta::assert_snapshot!(error, @"the PEM text of `ClientBuilder::client_certificate_pem` cannot be used: its private key does not belong to its certificate");
}

/// The platform of the child process has no certificates.
#[cfg(all(target_os = "linux", feature = "rustls"))]
#[test]
fn build_without_certificates_succeeds_for_loopback_and_names_the_cause_otherwise() {
    let test = "certificates::build_without_certificates_succeeds_for_loopback_and_names_the_cause_otherwise";
    if !child::is_child() {
        let mut command = child::command(test);
        command
            .env("SSL_CERT_FILE", "/nonexistent")
            .env("SSL_CERT_DIR", "/nonexistent");
        child::pass(&mut command);
        return;
    }
    for url in ["http://127.0.0.1:4010/rest", "http://localhost:4010"] {
        Client::builder()
            .ha1b_token(TOKEN)
            .base_url(url)
            .build()
            .unwrap();
    }
    let error = Client::builder().ha1b_token(TOKEN).build().unwrap_err();
    insta::assert_snapshot!(error, @"the HTTP client cannot be set up: unexpected error: No CA certificates were loaded from the system");
    let client = Client::builder()
        .ha1b_token(TOKEN)
        .root_certificate_pem(Authority::new().pem());
    client.build().unwrap();
}
