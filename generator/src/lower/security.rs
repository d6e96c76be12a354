//! Security schemes and requirements.

use std::collections::{BTreeSet, HashMap};

use openapiv3::{APIKeyLocation, ReferenceOr, SecurityRequirement, SecurityScheme};

use super::Lower;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Requirement, Scheme, SchemeId, SchemeKind};
use crate::pointer::Pointer;
use crate::resolve::Doc;

impl Lower<'_, '_> {
    /// Reads `components.securitySchemes`.
    pub(super) fn security_schemes(&mut self) {
        let base = Pointer::root().child("components").child("securitySchemes");
        let doc = self.doc;
        for (key, scheme) in doc.model.components.iter().flat_map(|components| &components.security_schemes) {
            let at = base.child(key);
            let ReferenceOr::Item(scheme) = scheme else { continue };
            let (kind, description) = kind(scheme);
            if let SchemeKind::Other(word) = &kind {
                let problem = format!("the security scheme `{word}` is left to the caller");
                self.sink.report(
                    Diagnostic::new(Code::SecurityScheme, &doc.origin(&at), problem)
                        .help("send what it needs with a default header or a transport of your own"),
                );
            }
            self.api.schemes.push(Scheme { key: key.clone(), origin: doc.origin(&at), kind, description });
        }
    }

    /// Alternatives of combinations; one with a name that is not declared is left out.
    pub(super) fn security(&mut self, own: Option<&Vec<SecurityRequirement>>) -> Vec<Vec<Requirement>> {
        let doc = self.doc;
        let Some(alternatives) = own.or(doc.model.security.as_ref()) else { return Vec::new() };
        let ids: HashMap<String, SchemeId> = self
            .api
            .schemes
            .iter()
            .enumerate()
            .map(|(index, scheme)| (scheme.key.clone(), SchemeId(index as u32)))
            .collect();
        let mut out = Vec::new();
        for requirement in alternatives {
            let known: Vec<_> = requirement
                .iter()
                .filter_map(|(name, scopes)| {
                    let scheme = *ids.get(name)?;
                    let foreign = foreign(doc, name);
                    let own: BTreeSet<&String> =
                        scopes.iter().filter(|scope| !foreign.contains(&scope.as_str())).collect();
                    Some(Requirement { scheme, scopes: own.into_iter().cloned().collect() })
                })
                .collect();
            // One that names what is not there cannot be met; `check` has reported it.
            if known.len() == requirement.len() {
                out.push(known);
            }
        }
        out
    }
}

/// The scopes of a scheme that only people can give, by another flow than that of the client's own credentials.
fn foreign<'d>(doc: &'d Doc, name: &str) -> Vec<&'d str> {
    let schemes = doc.model.components.as_ref().map(|components| &components.security_schemes);
    let Some(ReferenceOr::Item(SecurityScheme::OAuth2 { flows, .. })) = schemes.and_then(|it| it.get(name))
    else {
        return Vec::new();
    };
    let Some(own) = &flows.client_credentials else { return Vec::new() };
    let implicit = flows.implicit.iter().flat_map(|flow| flow.scopes.keys());
    let password = flows.password.iter().flat_map(|flow| flow.scopes.keys());
    let code = flows.authorization_code.iter().flat_map(|flow| flow.scopes.keys());
    let others = implicit.chain(password).chain(code);
    others.filter(|scope| !own.scopes.contains_key(*scope)).map(String::as_str).collect()
}

/// What a scheme is.
fn kind(scheme: &SecurityScheme) -> (SchemeKind, Option<String>) {
    match scheme {
        SecurityScheme::APIKey { location, name, description, .. } => {
            let name = name.clone();
            let kind = match location {
                APIKeyLocation::Header => SchemeKind::ApiKeyHeader(name),
                APIKeyLocation::Query => SchemeKind::ApiKeyQuery(name),
                APIKeyLocation::Cookie => SchemeKind::ApiKeyCookie(name),
            };
            (kind, description.clone())
        }
        SecurityScheme::HTTP { scheme, description, .. } => {
            let kind = match scheme.to_ascii_lowercase().as_str() {
                "bearer" => SchemeKind::Bearer,
                "basic" => SchemeKind::Basic,
                _ => SchemeKind::Other(scheme.clone()),
            };
            (kind, description.clone())
        }
        SecurityScheme::OAuth2 { flows, description, .. } => {
            let kind = match &flows.client_credentials {
                Some(flow) => SchemeKind::ClientCredentials { token_url: flow.token_url.clone() },
                None => SchemeKind::Bearer,
            };
            (kind, description.clone())
        }
        SecurityScheme::OpenIDConnect { description, .. } => (SchemeKind::Bearer, description.clone()),
    }
}
