//! The settings of connections: TLS, proxy, pool and protocol.

use std::sync::Arc;
use std::time::Duration;

use crate::client_builder::ClientBuilder;
use crate::client_builder::proxy::Proxy;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
use crate::client_builder::tls::{ClientCertificate, TlsVersion};
#[cfg(any(feature = "rustls", feature = "native-tls"))]
use crate::credentials::secret::Secret;

#[cfg(any(feature = "rustls", feature = "native-tls"))]
impl ClientBuilder {
    /// Adds root certificates to those that the client trusts, for a service or proxy whose certificate
    /// is signed by an authority of your own.
    ///
    /// `pem` contains one or more certificates as PEM (`-----BEGIN CERTIFICATE-----`). The certificates
    /// that the platform trusts stay trusted, unless
    /// [`only_root_certificates_pem`](Self::only_root_certificates_pem) is called too. A text without a
    /// certificate makes [`build`](Self::build) fail.
    ///
    /// ```no_run
    /// use opentact_api::Client;
    ///
    /// let authority = std::fs::read("/etc/company/ca.pem")?;
    /// let client = Client::builder().ha1b_token("the HA1B token").root_certificate_pem(authority).build()?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn root_certificate_pem(mut self, pem: impl AsRef<[u8]>) -> Self {
        let setter = "ClientBuilder::root_certificate_pem";
        self.http.tls.roots.push((setter, pem.as_ref().to_vec()));
        self
    }

    /// Adds root certificates, and makes the client trust no longer those of the platform.
    ///
    /// The client then accepts only a service or proxy whose certificate is signed by one of these, or by
    /// one of [`root_certificate_pem`](Self::root_certificate_pem). `pem` contains one or more
    /// certificates. A text without a certificate makes [`build`](Self::build) fail.
    pub fn only_root_certificates_pem(mut self, pem: impl AsRef<[u8]>) -> Self {
        let setter = "ClientBuilder::only_root_certificates_pem";
        self.http.tls.roots.push((setter, pem.as_ref().to_vec()));
        self.http.tls.only_roots = true;
        self
    }

    /// Sets the certificate by which the client identifies itself to a server that demands one.
    ///
    /// `certificates` is PEM: the certificate, then the certificates of its chain if the server needs
    /// them. `key` is the private key as PEM, unencrypted: PKCS #8, PKCS #1 or SEC 1; with `native-tls`,
    /// PKCS #8 only. If one file has both, pass its text twice. An `https` proxy receives the same
    /// certificate if it demands one.
    pub fn client_certificate_pem(
        mut self,
        certificates: impl AsRef<[u8]>,
        key: impl Into<Secret>,
    ) -> Self {
        self.http.tls.client_certificate = Some(ClientCertificate {
            // The text may contain the key as well.
            certificates: Secret::from(&*String::from_utf8_lossy(certificates.as_ref())),
            key: key.into(),
        });
        self
    }

    /// Sets the oldest version of TLS that the client accepts. Default: [`TlsVersion::Tls12`].
    pub fn min_tls_version(mut self, version: TlsVersion) -> Self {
        self.http.tls.min_version = Some(version);
        self
    }
}

impl ClientBuilder {
    /// Sets the proxy between the client and the service. Default: [`Proxy::environment`].
    ///
    /// The client asks a proxy for a tunnel to the service, and TLS ends at the service. So a proxy never
    /// receives a token in plain text. A client whose base URL is a loopback address, such as
    /// `https://localhost`, uses no proxy at all.
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.http.proxy = Some(proxy);
        self
    }

    /// Sets the largest number of idle connections that the client keeps for later calls. Default: 32.
    /// It does not limit the number of concurrent calls. 0 means a new connection for each attempt.
    ///
    /// A client has its own connections in each Tokio runtime, and the limit holds for each of them.
    pub fn pool_max_idle(mut self, connections: usize) -> Self {
        self.http.pool_max_idle = Some(connections);
        self
    }

    /// Sets the longest time for which a connection stays idle before the client closes it. Default: 4
    /// seconds. Zero means a new connection for each attempt.
    ///
    /// A request on a connection that the server closes at the same moment is lost, and only idempotent
    /// operations are retried then. So this should be shorter than the time after which the server
    /// closes idle connections, which is five seconds for many servers. A longer time saves programs with
    /// few calls the time for connecting.
    ///
    /// No time above zero is safe with a server that closes a connection right after its response. With
    /// such a server, a call that soon follows another can fail with
    /// [`ConnectionLost`](crate::ErrorKind::ConnectionLost). Set zero if its operation is not idempotent.
    pub fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.http.pool_idle_timeout = Some(timeout);
        self
    }

    /// Turns HTTP/2 off. By default, the feature `http2` makes the client use HTTP/2 if the server
    /// offers it. Without the feature, all requests are HTTP/1.1.
    #[cfg(feature = "http2")]
    pub fn http1_only(mut self) -> Self {
        self.http.http1_only = true;
        self
    }

    /// Adds a text to the `User-Agent` header, which names the program to the service. Default: none.
    ///
    /// With `my-program/1.2`, the header is `opentact-api/0.1.0 my-program/1.2`. The text must consist of
    /// visible ASCII characters and spaces. Otherwise, [`build`](Self::build) fails.
    pub fn user_agent_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.http.user_agent_suffix = Some(suffix.into());
        self
    }

    /// Sets a function that returns the HTTP client to start from, for settings that this builder does
    /// not have: a resolver, a network interface, layers around connections.
    ///
    /// The client calls the function when it is built, and again for each further Tokio runtime in which
    /// it is used. It applies its own settings to the result.
    ///
    /// These promises hold whatever the function returns: no redirect is followed, no request is repeated
    /// except by the [retry policy](crate::RetryPolicy), calls, attempts and connecting end in time,
    /// `localhost` is this machine, a loopback address is reached without a proxy, HTTP/2 needs the feature
    /// `http2`, and the `User-Agent` is that of this crate.
    ///
    /// These are settings of the function alone unless a method of this builder sets them: certificates,
    /// the version and backend of TLS, the proxy, the pool, compression, the resolver, and the test of
    /// silent HTTP/2 connections. A `timeout` or `read_timeout` of its own
    /// can end an attempt earlier, which then counts as a lost connection.
    ///
    /// These promises cannot be kept, because an HTTP client does not show its settings: that a server is
    /// checked at all (`tls_danger_accept_invalid_certs`), that the certificates and the TLS version of this
    /// builder are used (`tls_backend_preconfigured` ignores them), that no other code sees the token
    /// (`connector_layer`, `unix_socket`, `proxy`), that nothing of a request is logged
    /// (`connection_verbose`), and that TLS errors are of the kind [`Tls`](crate::ErrorKind::Tls), if the
    /// backend is not one of the enabled features.
    ///
    /// ```
    /// use opentact_api::{Client, reqwest};
    ///
    /// let client = Client::builder().ha1b_token("the HA1B token")
    ///     .http_client(|| reqwest::Client::builder().tcp_nodelay(false))
    ///     .build()?;
    /// # Ok::<_, opentact_api::BuildError>(())
    /// ```
    pub fn http_client(
        mut self,
        builder: impl Fn() -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.http.factory = Some(Arc::new(builder));
        self
    }
}
