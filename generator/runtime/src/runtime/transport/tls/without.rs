//! No TLS.

use super::super::super::future::BoxError;
use super::super::io::Io;
use super::super::settings::Settings;

pub(in super::super) struct Tls;

impl Tls {
    pub(in super::super) fn new(_: &Settings) -> Result<Self, BoxError> {
        Ok(Self)
    }

    #[expect(clippy::unused_async, reason = "as with TLS")]
    pub(in super::super) async fn wrap(&self, _: Io, _: &str, _: bool) -> Result<(Io, bool), BoxError> {
        Err("TLS is not compiled in; turn on the feature `rustls` or `native-tls`".into())
    }
}
