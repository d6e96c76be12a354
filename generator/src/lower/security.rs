//! Security schemes and requirements.

use std::collections::HashMap;

use openapiv3::{
    APIKeyLocation, ClientCredentialsOAuth2Flow, OAuth2Flows, ReferenceOr, SecurityRequirement,
    SecurityScheme,
};

use super::context::Lower;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Demand, Scheme, SchemeId, SchemeKind};
use crate::pointer::Pointer;

impl Lower<'_, '_> {
    /// Reads `components.securitySchemes`.
    pub(super) fn security_schemes(&mut self) {
        let base = Pointer::root().child("components").child("securitySchemes");
        let doc = self.doc;
        for (key, scheme) in doc.model.components.iter().flat_map(|components| &components.security_schemes) {
            let at = base.child(key);
            let ReferenceOr::Item(scheme) = scheme else { continue };
            let (kind, description) = kind(scheme);
            if let SecurityScheme::APIKey { name, .. } = scheme
                && name.is_empty()
            {
                let problem = "the security scheme has no `name` for its key, so the client does not send it";
                let at = doc.origin(&at);
                let help = "add `name`, or send the key with a default header";
                self.sink.report(Diagnostic::new(Code::SecurityScheme, &at, problem).help(help));
            } else if let SchemeKind::Other(word) = &kind {
                let problem = format!("the security scheme `{word}` is not supported");
                self.sink.report(
                    Diagnostic::new(Code::SecurityScheme, &doc.origin(&at), problem)
                        .help("send the credential with a default header or your own transport"),
                );
            }
            self.api.schemes.push(Scheme { key: key.clone(), origin: doc.origin(&at), kind, description });
        }
    }

    /// Alternatives of combinations; one with a name that is not declared is left out.
    pub(super) fn security(&mut self, own: Option<&Vec<SecurityRequirement>>) -> Vec<Vec<Demand>> {
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
            let demand = |(name, scopes): (&String, &Vec<String>)| {
                Some(Demand { scheme: *ids.get(name)?, scopes: scopes.clone() })
            };
            let known: Vec<Demand> = requirement.iter().filter_map(demand).collect();
            // One that names what is not there cannot be met; `check` has reported it.
            if known.len() == requirement.len() {
                out.push(known);
            }
        }
        out
    }
}

/// The scopes that the flow of the client's own credentials has not, but others have.
fn foreign(flows: &OAuth2Flows, own: &ClientCredentialsOAuth2Flow) -> Vec<String> {
    let implicit = flows.implicit.iter().flat_map(|flow| flow.scopes.keys());
    let password = flows.password.iter().flat_map(|flow| flow.scopes.keys());
    let code = flows.authorization_code.iter().flat_map(|flow| flow.scopes.keys());
    let others = implicit.chain(password).chain(code);
    others.filter(|scope| !own.scopes.contains_key(*scope)).cloned().collect()
}

/// What a scheme is.
fn kind(scheme: &SecurityScheme) -> (SchemeKind, Option<String>) {
    match scheme {
        SecurityScheme::APIKey { name, description, .. } if name.is_empty() => {
            (SchemeKind::Other("apiKey".to_owned()), description.clone())
        }
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
                Some(flow) => SchemeKind::ClientCredentials {
                    token_url: flow.token_url.clone(),
                    foreign: foreign(flows, flow),
                },
                None => SchemeKind::Bearer,
            };
            (kind, description.clone())
        }
        SecurityScheme::OpenIDConnect { description, .. } => (SchemeKind::Bearer, description.clone()),
    }
}
