//! TLS by the library of the system.

use native_tls::{Certificate, Identity};
use tokio_native_tls::TlsConnector;

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
        Ok(Self {
            server: connector(settings, &super::protocols(settings))?,
            proxy: connector(settings, &[])?,
        })
    }

    /// Encrypts a connection to a host, and says whether the server has chosen HTTP/2.
    pub(in super::super) async fn wrap(
        &self,
        io: Io,
        host: &str,
        is_server: bool,
    ) -> Result<(Io, bool), BoxError> {
        let connector = if is_server { &self.server } else { &self.proxy };
        let stream = connector.connect(host, io).await?;
        let h2 = stream.get_ref().negotiated_alpn()?.as_deref() == Some(b"h2");
        Ok((Box::new(stream), h2))
    }
}

fn connector(settings: &Settings, protocols: &[&str]) -> Result<TlsConnector, BoxError> {
    let mut builder = native_tls::TlsConnector::builder();
    if !protocols.is_empty() {
        builder.request_alpns(protocols);
    }
    for root in &settings.roots {
        if is_pem(root) {
            for root in Certificate::stack_from_pem(root)? {
                builder.add_root_certificate(root);
            }
        } else {
            builder.add_root_certificate(Certificate::from_der(root)?);
        }
    }
    if let Some(identity) = &settings.identity {
        builder.identity(Identity::from_pkcs8(identity, identity)?);
    }
    Ok(builder.build()?.into())
}
