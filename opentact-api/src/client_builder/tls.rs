//! The TLS settings: certificates, a client certificate and the oldest version.

use reqwest::{Certificate, Identity};
use zeroize::Zeroizing;

use crate::credentials::secret::Secret;
use crate::error::build::BuildError;

/// A version of TLS.
///
/// See [`ClientBuilder::min_tls_version`](crate::ClientBuilder::min_tls_version).
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum TlsVersion {
    /// TLS 1.2, the oldest version that a client accepts.
    #[default]
    Tls12,
    /// TLS 1.3.
    Tls13,
}

/// The method that takes a client certificate.
const CLIENT_CERTIFICATE: &str = "ClientBuilder::client_certificate_pem";

/// The TLS settings as a caller makes them.
#[derive(Clone, Default)]
pub(super) struct TlsOptions {
    /// PEM texts and the methods that took them.
    pub(super) roots: Vec<(&'static str, Vec<u8>)>,
    /// `true` if the certificates of the platform are not trusted.
    pub(super) only_roots: bool,
    pub(super) client_certificate: Option<ClientCertificate>,
    pub(super) min_version: Option<TlsVersion>,
}

/// A certificate with its chain, and its key. Both are PEM texts; either may contain the other.
#[derive(Clone)]
pub(super) struct ClientCertificate {
    pub(super) certificates: Secret,
    pub(super) key: Secret,
}

/// The TLS settings after their check.
#[derive(Clone)]
pub(super) struct Tls {
    roots: Vec<Certificate>,
    only_roots: bool,
    identity: Option<Identity>,
    min_version: Option<TlsVersion>,
}

impl TlsOptions {
    /// Reads all PEM texts.
    pub(super) fn checked(&self) -> Result<Tls, BuildError> {
        let invalid = |setter: &'static str, reason: &'static str| BuildError::InvalidCertificate {
            setter,
            reason,
        };
        let mut roots = Vec::new();
        for (setter, pem) in &self.roots {
            roots.extend(certificates(pem).map_err(|reason| invalid(setter, reason))?);
        }
        let identity = self.client_certificate.as_ref().map(|certificate| {
            identity(certificate).map_err(|reason| invalid(CLIENT_CERTIFICATE, reason))
        });
        Ok(Tls {
            roots,
            only_roots: self.only_roots,
            identity: identity.transpose()?,
            min_version: self.min_version,
        })
    }
}

impl Tls {
    /// Applies the settings for connections with TLS.
    pub(super) fn apply(&self, mut client: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        let roots = self.roots.iter().cloned();
        client = if self.only_roots {
            client.tls_certs_only(roots)
        } else {
            client.tls_certs_merge(roots)
        };
        if let Some(identity) = &self.identity {
            client = client.identity(identity.clone());
        }
        match self.min_version {
            Some(TlsVersion::Tls12) => client.tls_version_min(reqwest::tls::Version::TLS_1_2),
            Some(TlsVersion::Tls13) => client.tls_version_min(reqwest::tls::Version::TLS_1_3),
            None => client,
        }
    }
}

/// Trusts no certificate, for connections without TLS. Otherwise, building a client would need the
/// certificates of the platform.
pub(super) fn without_certificates(client: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    client.tls_certs_only([])
}

/// Selects rustls if both backends are compiled in, even if another crate enabled native-tls.
#[cfg(feature = "rustls")]
pub(super) fn select_backend(client: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    client.tls_backend_rustls()
}

#[cfg(not(feature = "rustls"))]
pub(super) fn select_backend(client: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    client.tls_backend_native()
}

/// Returns the error for settings with which no HTTP client can be built.
pub(super) fn build_error(error: reqwest::Error) -> BuildError {
    #[cfg(feature = "rustls")]
    {
        let first: &(dyn std::error::Error + 'static) = &error;
        let mut chain = std::iter::successors(Some(first), |error| error.source());
        if chain.any(|error| {
            let error = error.downcast_ref();
            matches!(error, Some(rustls::Error::InconsistentKeys(_)))
        }) {
            return BuildError::InvalidCertificate {
                setter: CLIENT_CERTIFICATE,
                reason: "its private key does not belong to its certificate",
            };
        }
    }
    BuildError::Http(Box::new(error))
}

/// Reads certificates, of which there must be at least one.
fn certificates(pem: &[u8]) -> Result<Vec<Certificate>, &'static str> {
    let unreadable = "a certificate in it cannot be read";
    let certificates = Certificate::from_pem_bundle(pem).map_err(|_| unreadable)?;
    if certificates.is_empty() {
        return Err("it contains no certificate (`-----BEGIN CERTIFICATE-----`)");
    }
    #[cfg(feature = "rustls")]
    if !is_readable(pem) {
        return Err(unreadable);
    }
    Ok(certificates)
}

/// Returns `true` if rustls can read all certificates. reqwest reads them only when it builds a client,
/// and then does not tell them from those of the platform.
#[cfg(feature = "rustls")]
fn is_readable(pem: &[u8]) -> bool {
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject as _;

    let mut store = rustls::RootCertStore::empty();
    CertificateDer::pem_slice_iter(pem)
        .all(|certificate| certificate.is_ok_and(|certificate| store.add(certificate).is_ok()))
}

fn identity(pem: &ClientCertificate) -> Result<Identity, &'static str> {
    let certificates = sections(pem.certificates.expose_secret(), |label| {
        label == "CERTIFICATE"
    })?;
    if certificates.is_empty() {
        return Err("it contains no certificate (`-----BEGIN CERTIFICATE-----`)");
    }
    let keys = sections(pem.key.expose_secret(), |label| {
        label.ends_with("PRIVATE KEY")
    })?;
    let key = match keys.as_slice() {
        [key] if key.contains("ENCRYPTED") => {
            return Err("its private key is encrypted; decrypt it first, for example with OpenSSL");
        }
        [key] => key,
        [] => return Err("it contains no private key (`-----BEGIN PRIVATE KEY-----`)"),
        _ => return Err("it contains more than one private key"),
    };
    in_backend(&certificates.join("\n"), key)
}

#[cfg(feature = "rustls")]
fn in_backend(certificates: &str, key: &str) -> Result<Identity, &'static str> {
    let pem = Zeroizing::new(format!("{certificates}\n{key}\n"));
    Identity::from_pem(pem.as_bytes()).map_err(|_| "its certificate or private key cannot be read")
}

#[cfg(not(feature = "rustls"))]
fn in_backend(certificates: &str, key: &str) -> Result<Identity, &'static str> {
    if !key.starts_with("-----BEGIN PRIVATE KEY-----") {
        return Err(
            "with `native-tls`, its private key must be PKCS #8 (`-----BEGIN PRIVATE KEY-----`)",
        );
    }
    let key = Zeroizing::new(key.to_owned());
    Identity::from_pkcs8_pem(certificates.as_bytes(), key.as_bytes())
        .map_err(|_| "its certificate or private key cannot be read")
}

/// Returns the sections of a PEM text whose labels fit.
fn sections(pem: &str, fits: fn(&str) -> bool) -> Result<Vec<&str>, &'static str> {
    const BEGIN: &str = "-----BEGIN ";
    let mut found = Vec::new();
    for (start, _) in pem.match_indices(BEGIN) {
        let section = &pem[start..];
        let label = section[BEGIN.len()..].split("-----").next();
        let label = label.filter(|label| fits(label));
        let Some(label) = label else {
            continue;
        };
        let end = format!("-----END {label}-----");
        let end = section
            .find(&end)
            .map(|place| place + end.len())
            .ok_or("it is cut off")?;
        found.push(&section[..end]);
    }
    Ok(found)
}
