//! How OAuth2 tokens are fetched.

use std::sync::Arc;

use super::super::super::auth::{
    Asking, ClientCredentials, Credential, Credentials, Scheme, SchemeKind, ScopedTokens,
};
use super::super::super::error::{Error, RequestError, RequestErrorKind};
use super::super::super::transport::Transport;
use super::super::super::url::Url;

/// How OAuth2 tokens are fetched, where that is not left to the document.
#[derive(Default)]
pub(super) struct Tokens {
    pub(super) url: Option<String>,
    pub(super) scopes: Option<String>,
    pub(super) asking: Asking,
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

pub(super) fn invalid(message: String) -> Error {
    RequestError::new(RequestErrorKind::Configuration, message).into()
}
