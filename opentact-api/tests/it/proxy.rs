//! The proxy between a client and the service: explicit, from the environment, or none.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use opentact_api::{Client, ClientBuilder, ErrorKind, Proxy, RetryPolicy, reqwest};
use tracing::level_filters::LevelFilter;

use crate::support::authority::Authority;
use crate::support::child;
use crate::support::log::Log;
use crate::support::proxy::{Proxy as ProxyServer, Tunnel};
use crate::support::secrets::shown_by;
use crate::support::server::{Server, TOKEN};
use crate::support::tls_server::TlsServer;

/// The name of the service, which only a proxy can reach.
const HOST: &str = "service.test";
const USER: &str = "user";
const PASSWORD: &str = "p@ss/w:rd%2F";

/// The service, and an authority that signs its certificate.
struct Service {
    authority: Authority,
    server: TlsServer,
}

impl Service {
    async fn start() -> Self {
        let authority = Authority::new();
        let server = TlsServer::start(authority.server(&[HOST, "localhost"])).await;
        Self { authority, server }
    }

    fn client(&self, proxy: Proxy) -> ClientBuilder {
        let client = self.server.client(HOST).proxy(proxy);
        client.only_root_certificates_pem(self.authority.pem())
    }

    /// Asserts that the proxy was asked for a tunnel to the service, and saw no token.
    fn assert_tunnelled(&self, proxy: &ProxyServer) {
        let seen = proxy.seen();
        let request = format!("CONNECT {HOST}:{} HTTP/1.1\r\n", self.server.port);
        assert!(seen.starts_with(&request), "{seen}");
        assert!(!seen.contains(TOKEN), "{seen}");
    }
}

async fn call(client: ClientBuilder) -> Result<(), opentact_api::Error> {
    let client = client.build().unwrap();
    client.list_groups().send().await.map(|_| ())
}

#[tokio::test]
async fn proxy_forwards_encrypted_bytes_and_gets_its_credentials_only() {
    let service = Service::start().await;
    let tunnel = Tunnel::To(service.server.port);
    let in_url = format!("{USER}:p%40ss%2Fw%3Ard%252F@");
    for credentials in ["", &in_url] {
        let proxy = ProxyServer::start(tunnel.clone(), None).await;
        let url = format!("http://{credentials}127.0.0.1:{}", proxy.port);
        let setting = match credentials {
            "" => Proxy::url(url).credentials(USER, PASSWORD),
            _ => Proxy::url(url),
        };
        call(service.client(setting)).await.unwrap();
        service.assert_tunnelled(&proxy);
        let expected = STANDARD.encode(format!("{USER}:{PASSWORD}"));
        let seen = proxy.seen().to_lowercase();
        let header = format!("proxy-authorization: basic {}\r\n", expected.to_lowercase());
        assert!(seen.contains(&header), "{seen}");
        assert!(seen.contains("user-agent: opentact-api/"), "{seen}");
    }
    let sessions = service.server.sessions();
    assert_eq!(sessions.len(), 2);
    let request = &sessions[0].request;
    assert!(request.contains(TOKEN), "{request}");
    assert!(!request.to_lowercase().contains("proxy-auth"), "{request}");
}

#[tokio::test]
async fn https_proxy_is_asked_over_tls() {
    let service = Service::start().await;
    let encryption = service.authority.server(&["127.0.0.1"]);
    let tunnel = Tunnel::To(service.server.port);
    let proxy = ProxyServer::start(tunnel, Some(encryption)).await;
    let setting = Proxy::url(format!("https://127.0.0.1:{}", proxy.port));
    call(service.client(setting)).await.unwrap();
    service.assert_tunnelled(&proxy);
}

/// The test has a process of its own, and so a subscriber for all logs.
#[tokio::test]
async fn proxy_that_refuses_shows_no_credentials() {
    if !child::runs_alone("proxy::proxy_that_refuses_shows_no_credentials") {
        return;
    }
    let log = Log::default();
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_writer(log.clone())
        .init();
    let service = Service::start().await;
    for status in [
        "407 Proxy Authentication Required",
        "503 Service Unavailable",
    ] {
        let proxy = ProxyServer::start(Tunnel::Refuse(status), None).await;
        let url = format!("http://127.0.0.1:{}", proxy.port);
        let setting = Proxy::url(url).credentials(USER, PASSWORD);
        let client = service.client(setting);
        let shown = format!("{client:?} {client:#?}");
        let error = call(client).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
        assert!(error.to_string().contains("tunnel error: "), "{error}");
        let logged = log.text();
        assert!(logged.contains("reqwest::"), "{logged}");
        let shown = format!("{shown} {} {logged}", shown_by(&error));
        let encoded = STANDARD.encode(format!("{USER}:{PASSWORD}"));
        for secret in [TOKEN, PASSWORD, &encoded] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
    assert!(service.server.sessions().is_empty());
}

#[cfg(feature = "socks")]
#[tokio::test]
async fn socks_proxy_forwards_encrypted_bytes() {
    let service = Service::start().await;
    let proxy = ProxyServer::start_socks(service.server.port).await;
    let url = format!("socks5h://127.0.0.1:{}", proxy.port);
    let setting = Proxy::url(url).credentials(USER, PASSWORD);
    call(service.client(setting)).await.unwrap();
    let seen = proxy.seen();
    assert!(seen.contains(USER) && seen.contains(PASSWORD), "{seen}");
    assert!(seen.contains(HOST) && !seen.contains(TOKEN), "{seen}");
}

#[test]
fn build_with_a_proxy_that_cannot_be_used_names_the_reason() {
    let url = |url: &str| Proxy::url(url);
    let refused = [
        url(""),
        url("ftp://user:canary@proxy.example.com"),
        url("http://user:canary@"),
        url("http://user:canary@proxy.example.com:99999"),
        url("http://user:canary@proxy example.com"),
        url("http://proxy.example.com").credentials("us:er", "canary"),
        url(&format!("http://proxy.example.com:{}", "1".repeat(40_000))),
        url("http://proxy.example.com").credentials("user", "canary".repeat(10_000)),
        #[cfg(feature = "socks")]
        url("socks4://user:canary@proxy.example.com"),
        #[cfg(not(feature = "socks"))]
        url("socks5://user:canary@proxy.example.com"),
    ]
    .map(|proxy| {
        let shown = format!("{proxy:?}");
        // The client would not use it for this base URL.
        let client = Client::builder()
            .ha1b_token(TOKEN)
            .base_url("http://127.0.0.1")
            .proxy(proxy);
        let error = client.build().unwrap_err();
        let shown = format!("{shown} {error:?} {error}");
        assert!(!shown.contains("canary"), "{shown}");
        error.to_string()
    });
    let (last, others) = refused.split_last().unwrap();
    insta::assert_snapshot!(others.join("\n"), @"
    the proxy cannot be used: empty host
    the proxy cannot be used: its scheme is neither `http` nor `https` nor SOCKS
    the proxy cannot be used: empty host
    the proxy cannot be used: invalid port number
    the proxy cannot be used: invalid international domain name
    the proxy cannot be used: its user name contains a colon
    the proxy cannot be used: invalid port number
    the proxy cannot be used: it is too long
    ");
    let last_of = match cfg!(feature = "socks") {
        true => "the proxy cannot be used: SOCKS 4 has no passwords; use SOCKS 5",
        false => "the proxy cannot be used: SOCKS needs the feature `socks` of opentact-api",
    };
    assert_eq!(last, last_of);
}

/// The setting of a child process.
const SETTING: &str = "OPENTACT_TEST_PROXY";
/// The base URL of a child process.
const URL: &str = "OPENTACT_TEST_URL";
/// The certificate that a child process trusts.
const PEM: &str = "OPENTACT_TEST_PEM";
/// The port of the service.
const PORT: &str = "OPENTACT_TEST_PORT";
const TEST: &str = "proxy::environment_names_the_proxy_of_other_machines";

/// Makes a call with the settings of the environment, and prints its outcome.
async fn call_in_child() {
    let variable = |name| std::env::var(name).unwrap();
    let client = Client::builder()
        .ha1b_token(TOKEN)
        .base_url(variable(URL))
        .retry(RetryPolicy::never())
        .only_root_certificates_pem(variable(PEM));
    let address = ([127, 0, 0, 1], variable(PORT).parse().unwrap()).into();
    // Without a proxy, the service has this address.
    let direct = move || reqwest::Client::builder().resolve(HOST, address);
    let client = match &*variable(SETTING) {
        "default" => client,
        "none" => client.proxy(Proxy::none()).http_client(direct),
        "environment" => client.proxy(Proxy::environment()).http_client(direct),
        url => client.proxy(Proxy::url(url)),
    };
    match client.build() {
        Err(error) => println!("outcome: {error}"),
        Ok(client) => match client.list_groups().send().await {
            Ok(_) => println!("outcome: success"),
            Err(error) => println!("outcome: {error}"),
        },
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn environment_names_the_proxy_of_other_machines() {
    if child::is_child() {
        return call_in_child().await;
    }
    let service = Service::start().await;
    let port = service.server.port;
    let elsewhere = format!("https://{HOST}:{port}/rest");
    let here = format!("https://localhost:{port}/rest");
    let outcome = |url: &str, setting: &str, variables: &[(&str, &str)]| {
        let mut command = child::command(TEST);
        for name in ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"] {
            command.env_remove(name).env_remove(name.to_lowercase());
        }
        command
            .env(URL, url)
            .env(SETTING, setting)
            .env(PEM, service.authority.pem())
            .env(PORT, port.to_string())
            .envs(variables.iter().copied());
        let output = child::pass(&mut command);
        let (_, outcome) = output.split_once("outcome: ").unwrap();
        outcome.lines().next().unwrap().to_owned()
    };
    let tunnel = Tunnel::To(port);

    // Each of these names the proxy.
    for variables in [
        &[("HTTPS_PROXY", "http://PROXY")][..],
        &[("https_proxy", "PROXY"), ("no_proxy", "example.com")],
        &[("HTTPS_PROXY", ""), ("ALL_PROXY", "http://PROXY/")],
        &[
            ("HTTPS_PROXY", "http://PROXY"),
            ("all_proxy", "ftp://unused"),
        ],
    ] {
        let proxy = ProxyServer::start(tunnel.clone(), None).await;
        let address = format!("127.0.0.1:{}", proxy.port);
        let variables: Vec<_> = variables
            .iter()
            .map(|(name, value)| (*name, value.replace("PROXY", &address)))
            .collect();
        let variables: Vec<_> = variables
            .iter()
            .map(|(name, url)| (*name, &**url))
            .collect();
        assert_eq!(outcome(&elsewhere, "default", &variables), "success");
        service.assert_tunnelled(&proxy);
    }

    // None of these asks it.
    let proxy = ProxyServer::start(tunnel.clone(), None).await;
    let address = format!("http://127.0.0.1:{}", proxy.port);
    let named = ("HTTPS_PROXY", &*address);
    for (url, setting, variables) in [
        (&elsewhere, "none", &[named][..]),
        (
            &elsewhere,
            "environment",
            &[named, ("NO_PROXY", "a.example, .test")],
        ),
        (&here, "default", &[named]),
        (&here, "default", &[("HTTPS_PROXY", "ftp://unused")]),
        (&here, &*address, &[]),
    ] {
        assert_eq!(outcome(url, setting, variables), "success", "{variables:?}");
        assert_eq!(proxy.seen(), "");
    }

    // An explicit proxy has priority.
    let dead = ("HTTPS_PROXY", "http://127.0.0.1:1");
    assert_eq!(
        outcome(&elsewhere, &address, &[dead, ("NO_PROXY", "*")]),
        "success"
    );
    service.assert_tunnelled(&proxy);

    let unusable = ["ftp://user:canary@proxy", "http://user:canary@proxy:99999"]
        .map(|url| outcome(&elsewhere, "default", &[("ALL_PROXY", url)]));
    insta::assert_snapshot!(unusable.join("\n"), @"
    the environment variable ALL_PROXY names a proxy that cannot be used: its scheme is neither `http` nor `https` nor SOCKS
    the environment variable ALL_PROXY names a proxy that cannot be used: invalid port number
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_http_to_loopback_and_allowed_hosts_bypasses_the_proxy() {
    const SERVER: &str = "OPENTACT_TEST_SERVER";
    if let Ok(url) = std::env::var(SERVER) {
        let client = Client::builder()
            .ha1b_token(TOKEN)
            .base_url(url)
            .build()
            .unwrap();
        client.list_groups().send().await.unwrap();
        let allowed = Client::builder()
            .ha1b_token(TOKEN)
            .base_url("http://sandbox.invalid/rest")
            .allow_http_to("sandbox.invalid")
            .retry(RetryPolicy::never());
        let error = allowed.build().unwrap().list_groups().send().await;
        assert_eq!(error.unwrap_err().kind(), ErrorKind::Connect);
        return;
    }
    let (server, proxy) = (Server::start().await, Server::start().await);
    let mut command =
        child::command("proxy::plain_http_to_loopback_and_allowed_hosts_bypasses_the_proxy");
    command
        .env(SERVER, &server.url)
        .env("http_proxy", &proxy.url)
        .env("HTTP_PROXY", &proxy.url)
        .env("ALL_PROXY", &proxy.url)
        .env_remove("no_proxy")
        .env_remove("NO_PROXY");
    child::pass(&mut command);
    assert_eq!(server.requests().len(), 1);
    assert!(proxy.requests().is_empty());
}
