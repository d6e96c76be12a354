//! How a client of this API comes to be: by the environment where there is a credential to read and a server to call, else by the
//! builder with what the document leaves open.

use crate::ir::SchemeKind;
use crate::sdk::Sdk;

/// Stands in examples for a server that nobody knows.
const SOME_SERVER: &str = "https://api.example.com";

/// The lines of an example that make a client, and the variable that is read for it.
pub(super) fn lines(sdk: &Sdk) -> (Vec<String>, Option<String>) {
    let lib = &sdk.package.lib;
    if sdk.package.from_env.is_some() {
        let line = format!("let client = {lib}::Client::from_env()?;");
        return (vec![line], Some(sdk.package.variable.clone()));
    }
    let mut calls = Vec::new();
    if sdk.package.base_url.is_none() {
        let path = sdk.package.relative_server.as_deref().unwrap_or_default();
        calls.push(format!(".base_url({:?})", format!("{SOME_SERVER}{path}")));
    }
    calls.extend(credential(sdk));
    calls.push(".build()?;".to_owned());
    let head = format!("let client = {lib}::Client::builder()");
    let line = format!("{head}{}", calls.concat());
    if line.len() <= 90 {
        return (vec![line], None);
    }
    let calls = calls.iter().map(|call| format!("    {call}"));
    (std::iter::once(head).chain(calls).collect(), None)
}

/// How the builder is given a credential, the simplest kind first.
fn credential(sdk: &Sdk) -> Option<String> {
    let is_pair =
        |kind: &SchemeKind| matches!(kind, SchemeKind::Basic | SchemeKind::ClientCredentials { .. });
    let usable = || sdk.credentials.iter().filter(|credential| credential.is_usable());
    let credential = usable().find(|credential| !is_pair(&credential.kind)).or_else(|| usable().next())?;
    let arguments = match credential.kind {
        SchemeKind::Bearer => "\"token\"",
        SchemeKind::Basic => "\"user\", \"password\"",
        SchemeKind::ClientCredentials { .. } => "\"client_id\", \"client_secret\"",
        _ => "\"key\"",
    };
    Some(format!(".{}({arguments})", credential.setter))
}
