//! An authority that signs certificates for the servers and clients of tests.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rcgen::{CertificateParams, CertifiedIssuer, KeyPair};
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig, SupportedProtocolVersion, version};

static NUMBER: AtomicU32 = AtomicU32::new(0);

pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate and its private key, in PEM.
pub(crate) struct Certificate {
    pub(crate) certificate: String,
    pub(crate) key: String,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::new(vec![]).unwrap();
        // A client may look for an authority by its name.
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("authority {number} of {}", std::process::id());
        params
            .distinguished_name
            .push(rcgen::DnType::CommonName, name);
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        Self(CertifiedIssuer::self_signed(params, key).unwrap())
    }

    /// Returns the certificate of the authority.
    pub(crate) fn pem(&self) -> String {
        self.0.pem()
    }

    /// Signs a certificate for names and addresses.
    pub(crate) fn sign(&self, names: &[&str]) -> Certificate {
        let (certificate, key) = self.signed(names);
        Certificate {
            certificate: certificate.pem(),
            key: key.serialize_pem(),
        }
    }

    /// Returns the configuration of a server for names and addresses.
    pub(crate) fn server(&self, names: &[&str]) -> ServerConfig {
        self.server_with(names, &[&version::TLS12, &version::TLS13], false)
    }

    /// Returns the configuration of a server that speaks these versions, and may demand a certificate of
    /// this authority from clients.
    pub(crate) fn server_with(
        &self,
        names: &[&str],
        versions: &[&'static SupportedProtocolVersion],
        demands_certificate: bool,
    ) -> ServerConfig {
        let provider = Arc::new(default_provider());
        let config = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_protocol_versions(versions)
            .unwrap();
        let config = if demands_certificate {
            let mut roots = RootCertStore::empty();
            roots.add(self.0.der().clone()).unwrap();
            let clients =
                WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build();
            config.with_client_cert_verifier(clients.unwrap())
        } else {
            config.with_no_client_auth()
        };
        let (certificate, key) = self.signed(names);
        let chain = vec![CertificateDer::from(certificate.der().to_vec())];
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        config.with_single_cert(chain, key).unwrap()
    }

    fn signed(&self, names: &[&str]) -> (rcgen::Certificate, KeyPair) {
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        let mut params = CertificateParams::new(names).unwrap();
        // OpenSSL takes a certificate with the name of its issuer for self-signed.
        let name = &mut params.distinguished_name;
        name.push(rcgen::DnType::CommonName, "this machine");
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        (certificate, key)
    }
}
