//! TLS by `rustls`.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls_platform_verifier::Verifier;
use tokio_rustls::TlsConnector;

use super::super::super::future::BoxError;
use super::super::io::Io;
use super::super::settings::{Settings, is_pem};

/// Encrypts connections.
pub(in super::super) struct Tls {
    /// Offers HTTP/2 where it is compiled in.
    server: TlsConnector,
    /// Offers nothing: a proxy is asked in HTTP/1.1.
    proxy: TlsConnector,
}

impl Tls {
    pub(in super::super) fn new(settings: &Settings) -> Result<Self, BoxError> {
        let mut config = config(settings)?;
        let proxy = TlsConnector::from(Arc::new(config.clone()));
        config.alpn_protocols = super::protocols(settings).into_iter().map(Into::into).collect();
        Ok(Self { server: TlsConnector::from(Arc::new(config)), proxy })
    }

    /// Encrypts a connection to a host, and says whether the server has chosen HTTP/2.
    pub(in super::super) async fn wrap(
        &self,
        io: Io,
        host: &str,
        is_server: bool,
    ) -> Result<(Io, bool), BoxError> {
        let name = ServerName::try_from(host.to_owned())?;
        let connector = if is_server { &self.server } else { &self.proxy };
        let stream = connector.connect(name, io).await?;
        let h2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
        Ok((Box::new(stream), h2))
    }
}

fn config(settings: &Settings) -> Result<ClientConfig, BoxError> {
    let provider = provider()?;
    let mut roots = Vec::new();
    for root in &settings.roots {
        if is_pem(root) {
            for root in CertificateDer::pem_slice_iter(root) {
                roots.push(root?);
            }
        } else {
            roots.push(CertificateDer::from(root.clone()));
        }
    }
    let config =
        ClientConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions()?;
    let config = config.dangerous().with_custom_certificate_verifier(Arc::new(verifier(roots, provider)?));
    let Some(identity) = &settings.identity else { return Ok(config.with_no_client_auth()) };
    let chain = CertificateDer::pem_slice_iter(identity).collect::<Result<Vec<_>, _>>()?;
    Ok(config.with_client_auth_cert(chain, PrivateKeyDer::from_pem_slice(identity)?)?)
}

/// The provider that the program has chosen, or else the one that is compiled in. It is the client's own: what other crates
/// of the program use is theirs to choose.
pub(in super::super) fn provider() -> Result<Arc<CryptoProvider>, BoxError> {
    if let Some(chosen) = CryptoProvider::get_default() {
        return Ok(chosen.clone());
    }
    #[cfg(feature = "rustls-aws-lc-rs")]
    return Ok(Arc::new(rustls::crypto::aws_lc_rs::default_provider()));
    #[cfg(all(feature = "rustls", not(feature = "rustls-aws-lc-rs")))]
    return Ok(Arc::new(rustls::crypto::ring::default_provider()));
    #[cfg(not(any(feature = "rustls", feature = "rustls-aws-lc-rs")))]
    Err("no provider of `rustls` is compiled in, and the program has installed none; turn on the feature `rustls`".into())
}

/// Trusts the certificates of the system, and these.
#[cfg(any(all(unix, not(target_os = "android")), windows))]
fn verifier(
    roots: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
) -> Result<Verifier, BoxError> {
    if roots.is_empty() {
        return Ok(Verifier::new(provider)?);
    }
    Ok(Verifier::new_with_extra_roots(roots, provider)?)
}

/// Trusts the certificates of the system.
#[cfg(not(any(all(unix, not(target_os = "android")), windows)))]
fn verifier(
    roots: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
) -> Result<Verifier, BoxError> {
    if roots.is_empty() {
        return Ok(Verifier::new(provider)?);
    }
    Err("the system takes no further certificates".into())
}
