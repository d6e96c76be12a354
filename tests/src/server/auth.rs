//! Whether a request carries the credentials that its operation asks for.

use super::http::Request;
use crate::document::{Document, Operation, escape};
use serde_json::Value;

/// Checks the security of an operation. Returns the names of query parameters and cookies that are keys.
pub(super) fn check(
    document: &Document,
    operation: &Operation,
    request: &Request,
    query: &[(String, String)],
    cookies: &[(String, String)],
    problems: &mut Vec<String>,
) -> Vec<String> {
    let mut keys = Vec::new();
    let mut satisfied = operation.security.is_empty();
    for alternative in &operation.security {
        let mut all = true;
        for name in alternative {
            let scheme = document.resolve(&format!("/components/securitySchemes/{}", escape(name)));
            let Some((_, scheme)) = scheme else {
                all = false;
                continue;
            };
            if scheme["in"] == "query" || scheme["in"] == "cookie" {
                keys.extend(scheme["name"].as_str().map(str::to_owned));
            }
            all &= given(scheme, request, query, cookies);
        }
        satisfied |= all;
    }
    if !satisfied {
        problems.push(format!("credentials are missing: one of {:?} is needed", operation.security));
    }
    keys
}

/// Whether tokens are given out at this path.
pub(super) fn is_token_endpoint(document: &Document, path: &str) -> bool {
    let schemes = document.root()["components"]["securitySchemes"].as_object();
    let flows =
        schemes.into_iter().flat_map(|all| all.values()).filter_map(|scheme| scheme["flows"].as_object());
    let urls = flows.flat_map(|all| all.values()).filter_map(|flow| flow["tokenUrl"].as_str());
    let path_of = |url: &str| match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or_else(|| "/".to_owned(), |at| rest[at..].to_owned()),
        None => format!("/{}", url.trim_start_matches('/')),
    };
    urls.map(path_of).any(|known| known == path)
}

fn given(
    scheme: &Value,
    request: &Request,
    query: &[(String, String)],
    cookies: &[(String, String)],
) -> bool {
    let name = scheme["name"].as_str().unwrap_or_default();
    let has = |pairs: &[(String, String)]| pairs.iter().any(|(key, value)| key == name && !value.is_empty());
    let authorization = request.header("authorization").unwrap_or_default();
    match (scheme["type"].as_str(), scheme["in"].as_str(), scheme["scheme"].as_str()) {
        (Some("apiKey"), Some("header"), _) => request.header(name).is_some_and(|value| !value.is_empty()),
        (Some("apiKey"), Some("query"), _) => has(query),
        (Some("apiKey"), Some("cookie"), _) => has(cookies),
        (Some("http"), _, Some(kind)) if kind.eq_ignore_ascii_case("basic") => {
            authorization.strip_prefix("Basic ").and_then(base64).is_some_and(|text| text.contains(&b':'))
        }
        // Left to the caller: digest, negotiate and their kin.
        (Some("http"), _, Some(kind)) if !kind.eq_ignore_ascii_case("bearer") => true,
        (Some("http" | "oauth2" | "openIdConnect"), _, _) => {
            authorization.strip_prefix("Bearer ").is_some_and(|token| !token.is_empty())
        }
        _ => true,
    }
}

/// Decodes base64 with the usual alphabet and padding.
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    let (mut out, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for byte in text.trim_end_matches('=').bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(six);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    Some(out)
}
