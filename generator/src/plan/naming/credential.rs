//! Setters of the client builder for credentials.
//!
//! In: the security schemes. Out: a name each: short where it is the only one of its kind, else by its key; and another one
//! where tokens can come from somewhere else.

use crate::arena::Arena;
use crate::ir::{Api, Scheme, SchemeId, SchemeKind};
use crate::lock::{Lock, Section};
use crate::plan::naming::name::{Claim, Scope, rank};
use crate::plan::naming::reserved;
use crate::sdk::Credential;
use crate::sdk::Ident;
use crate::word::{self, Case};

/// Names the credentials, by `SchemeId`.
pub(in crate::plan) fn credentials(api: &Api, lock: &Lock) -> Arena<SchemeId, Credential> {
    let mut scope = Scope::new(&[reserved::BUILDER]);
    let kept = |scheme: &Scheme| lock.name(Section::Credentials, &scheme.key, 1);
    api.schemes.iter().filter_map(kept).for_each(|name| scope.hold(name));
    let claims: Vec<Claim<'_>> = api
        .schemes
        .iter()
        .map(|scheme| {
            let short = short(&scheme.kind);
            let key = word::join(&word::words(&scheme.key), Case::Snake);
            let claim = Claim::new(scheme.key.as_str(), Case::Snake);
            let claim = short.iter().fold(claim, |claim, short| claim.candidate(rank::PLAIN, short));
            let claim = claim.candidate(rank::CONTEXT, &key);
            let claim =
                claim.candidate(rank::CONTEXT + 1, &format!("{key}_{}", short.unwrap_or("credential")));
            claim.locked(lock.name(Section::Credentials, &scheme.key, 0))
        })
        .collect();
    let names: Vec<Ident> = scope.settle(&claims).into_iter().map(|assigned| assigned.ident).collect();
    let fetched = || api.schemes.iter().zip(&names).filter(|(scheme, _)| is_fetched(&scheme.kind));
    let claims: Vec<Claim<'_>> = fetched()
        .map(|(scheme, name)| {
            let source = format!("{}_source", name.as_str().trim_end_matches('_'));
            let longer = word::join(&word::words(&format!("{} token source", scheme.key)), Case::Snake);
            let claim = Claim::new(scheme.key.as_str(), Case::Snake).candidate(rank::PLAIN, &source);
            claim.candidate(rank::CONTEXT, &longer).locked(kept(scheme))
        })
        .collect();
    let mut sources = scope.settle(&claims).into_iter().map(|assigned| assigned.ident);
    let source = |scheme: &Scheme| if is_fetched(&scheme.kind) { sources.next() } else { None };
    let sources: Vec<Option<Ident>> = api.schemes.iter().map(source).collect();
    let one = |(scheme, (setter, source)): (&Scheme, (Ident, Option<Ident>))| {
        let Scheme { key, origin, kind, description } = scheme.clone();
        Credential { key, origin, kind, description, setter, source }
    };
    api.schemes.iter().zip(names.into_iter().zip(sources)).map(one).collect()
}

/// Whether the setter takes what tokens are fetched with.
fn is_fetched(kind: &SchemeKind) -> bool {
    matches!(kind, SchemeKind::ClientCredentials { .. })
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
