//! Setters of the client builder for credentials.
//!
//! In: the security schemes. Out: a name each: short where it is the only one of its kind, else by its key.

use super::name::{Claim, Scope, rank};
use super::{Ident, reserved};
use crate::ir::{Api, SchemeKind};
use crate::lock::{Lock, Section};
use crate::word::{self, Case};

/// Names the credentials, by `SchemeId`.
pub(super) fn credentials(api: &Api, lock: &Lock) -> Vec<Ident> {
    let mut scope = Scope::new(&[reserved::BUILDER]);
    let claims: Vec<Claim<'_>> = api
        .schemes
        .iter()
        .map(|scheme| {
            let short = short(&scheme.kind);
            let key = word::join(&word::words(&scheme.key), Case::Snake);
            let claim = Claim::new(scheme.key.as_str(), Case::Snake);
            let claim = short.iter().fold(claim, |claim, short| claim.wish(rank::PLAIN, short));
            let claim = claim.wish(rank::CONTEXT, &key);
            let claim = claim.wish(rank::CONTEXT + 1, &format!("{key}_{}", short.unwrap_or("credential")));
            claim.locked(lock.name(Section::Credentials, &scheme.key, 0))
        })
        .collect();
    scope.settle(&claims).into_iter().map(|granted| granted.ident).collect()
}

fn short(kind: &SchemeKind) -> Option<&'static str> {
    match kind {
        SchemeKind::ApiKeyHeader(_) | SchemeKind::ApiKeyQuery(_) | SchemeKind::ApiKeyCookie(_) => {
            Some("api_key")
        }
        SchemeKind::Bearer => Some("bearer_token"),
        SchemeKind::Basic => Some("basic_auth"),
        SchemeKind::ClientCredentials { .. } => Some("client_credentials"),
        SchemeKind::Other(_) => None,
    }
}

#[cfg(test)]
mod tests;
