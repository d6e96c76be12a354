//! How OAuth2 tokens are fetched.

use std::sync::Arc;

use reqwest::Url;

use super::super::super::auth::{
    Asking, ClientCredentials, Credential, Credentials, Scheme, SchemeKind, ScopedTokens,
};
use super::super::super::error::Error;
use super::super::super::transport::Transport;
use super::super::Core;
use super::{Builder, invalid};

/// How OAuth2 tokens are fetched, where that is not left to the document.
#[derive(Default)]
pub(super) struct Tokens {
    url: Option<String>,
    scopes: Option<String>,
    asking: Asking,
}

impl<C: From<Core>> Builder<C> {
    /// OAuth2 tokens are fetched here, instead of where the document says.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.tokens.url = Some(url.into());
        self
    }

    /// OAuth2 tokens are asked for with these scopes, one token for all operations, instead of those that each operation
    /// declares. With none, no scope is named, and the server gives what it gives by default.
    pub fn token_scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        let scopes: Vec<String> = scopes.into_iter().map(Into::into).collect();
        self.tokens.scopes = Some(scopes.join(" "));
        self
    }

    /// OAuth2 tokens are asked for with this parameter as well, as some servers demand an `audience` or a `resource`.
    pub fn token_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.tokens.asking.parameters.push((name.into(), value.into()));
        self
    }

    /// OAuth2 tokens are asked for with id and secret of the client in the form, instead of in the header `Authorization`
    /// (`client_secret_basic`).
    pub fn client_secret_post(mut self) -> Self {
        self.tokens.asking.in_form = true;
        self
    }
}

/// What each credential needs is made ready.
pub(super) fn credentials(
    given: Vec<(&'static Scheme, Credential)>,
    tokens: &Tokens,
    base_url: &Url,
    transport: &Arc<dyn Transport>,
) -> Result<Credentials, Error> {
    given
        .into_iter()
        .map(|(scheme, credential)| {
            let declared = match scheme.kind {
                SchemeKind::ClientCredentials { token_url, .. } => token_url,
                _ => "",
            };
            let ready = credential.ready(scheme, |id, secret| {
                let url = base_url.join(tokens.url.as_deref().unwrap_or(declared)).map_err(|_| {
                    invalid(format!("the token URL of `{}` is no URL; give one by `token_url`", scheme.id))
                })?;
                let client = ClientCredentials {
                    transport: transport.clone(),
                    url,
                    id,
                    secret,
                    asking: tokens.asking.clone(),
                };
                Ok(ScopedTokens::new(client, tokens.scopes.clone()))
            })?;
            Ok((scheme.id, ready))
        })
        .collect()
}
