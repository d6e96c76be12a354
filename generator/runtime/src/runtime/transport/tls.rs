//! TLS: by the system's library where that is compiled in, otherwise by `rustls`, otherwise not at all.

#[cfg(feature = "native-tls")]
mod native;
#[cfg(all(feature = "rustls-no-provider", not(feature = "native-tls")))]
mod rustls_tls;
#[cfg(not(any(feature = "rustls-no-provider", feature = "native-tls")))]
mod without;

#[cfg(feature = "native-tls")]
pub(super) use native::Tls;
#[cfg(all(feature = "rustls-no-provider", not(feature = "native-tls")))]
pub(super) use rustls_tls::Tls;
#[cfg(all(feature = "rustls-no-provider", feature = "reqwest", not(feature = "native-tls")))]
pub(super) use rustls_tls::provider;
#[cfg(not(any(feature = "rustls-no-provider", feature = "native-tls")))]
pub(super) use without::Tls;

/// The protocols that a server may choose from.
#[cfg(any(feature = "rustls-no-provider", feature = "native-tls"))]
fn protocols(settings: &super::settings::Settings) -> Vec<&'static str> {
    #[cfg(feature = "http2")]
    return if settings.http2_only { vec!["h2"] } else { vec!["h2", "http/1.1"] };
    #[cfg(not(feature = "http2"))]
    {
        let _ = settings;
        vec!["http/1.1"]
    }
}
