//! How a client of this API comes to be: by the environment where there is a credential to read and a server to call, else by the
//! builder with what the document leaves open.

use crate::config::Config;
use crate::ir::{Api, SchemeId, SchemeKind};
use crate::plan::Plan;

use super::Context;

/// Stands in examples for a server that nobody knows.
const SOME_SERVER: &str = "https://api.example.com";

/// The server calls go to unless another is set; `None` where the document names none that can be called from anywhere.
pub(crate) fn base_url(api: &Api, config: &Config) -> Option<String> {
    if let Some(url) = &config.client.base_url {
        return Some(url.clone());
    }
    Some(first_server(api)?).filter(|url| is_callable(url))
}

/// The first server, with the defaults of its variables.
fn first_server(api: &Api) -> Option<String> {
    let server = api.servers.first()?;
    let fill = |url: String, (name, value): &(String, String)| url.replace(&format!("{{{name}}}"), value);
    Some(server.variables.iter().fold(server.url.clone(), fill))
}

/// What the runtime takes for a base URL: a whole one, without a query and without variables that nothing is known of.
fn is_callable(url: &str) -> bool {
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        url.get(..scheme.len())
            .filter(|begun| begun.eq_ignore_ascii_case(scheme))
            .map(|begun| &url[begun.len()..])
    });
    rest.is_some_and(|rest| {
        !rest.starts_with(['/', ':']) && !rest.is_empty() && !url.contains(['?', '#', '{', '}'])
    })
}

/// The path of a server that is relative to the place of the document.
pub(super) fn relative_server(api: &Api) -> Option<String> {
    first_server(api).filter(|url| url.starts_with('/') && !url.starts_with("//") && url.len() > 1)
}

/// The environment variable of the first credential.
pub(crate) fn variable(config: &Config, lib: &str) -> String {
    let name = config.client.env.clone();
    name.unwrap_or_else(|| format!("{}_API_KEY", lib.to_uppercase()))
}

/// The scheme whose credential `from_env` reads; `None` where there is no such method.
pub(crate) fn from_environment(plan: &Plan, server: Option<&str>) -> Option<SchemeId> {
    let (id, _) = plan.api.schemes.find(|scheme| takes_one_secret(&scheme.kind))?;
    server.map(|_| id)
}

fn takes_one_secret(kind: &SchemeKind) -> bool {
    match kind {
        SchemeKind::ApiKeyHeader(_)
        | SchemeKind::ApiKeyQuery(_)
        | SchemeKind::ApiKeyCookie(_)
        | SchemeKind::Bearer => true,
        SchemeKind::Basic | SchemeKind::ClientCredentials { .. } | SchemeKind::Other(_) => false,
    }
}

/// The lines of an example that make a client, and the variable that is read for it.
pub(super) fn lines(context: Context<'_>) -> (Vec<String>, Option<String>) {
    let (plan, lib) = (context.plan, context.lib);
    let server = base_url(&plan.api, context.config);
    if from_environment(plan, server.as_deref()).is_some() {
        let line = format!("let client = {lib}::Client::from_env()?;");
        return (vec![line], Some(variable(context.config, lib)));
    }
    let mut calls = Vec::new();
    if server.is_none() {
        let path = relative_server(&plan.api).unwrap_or_default();
        calls.push(format!(".base_url({:?})", format!("{SOME_SERVER}{path}")));
    }
    calls.extend(credential(plan));
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
fn credential(plan: &Plan) -> Option<String> {
    let schemes = &plan.api.schemes;
    let simple = schemes.find(|scheme| takes_one_secret(&scheme.kind));
    let (id, scheme) =
        simple.or_else(|| schemes.find(|scheme| !matches!(scheme.kind, SchemeKind::Other(_))))?;
    let arguments = match scheme.kind {
        SchemeKind::Bearer => "\"token\"",
        SchemeKind::Basic => "\"user\", \"password\"",
        SchemeKind::ClientCredentials { .. } => "\"client_id\", \"client_secret\"",
        _ => "\"key\"",
    };
    Some(format!(".{}({arguments})", plan.credentials[id].name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::is_callable;

    #[test]
    fn servers_that_can_be_called_from_anywhere() {
        for url in ["https://a.example", "http://localhost:8080/v1/", "HTTPS://a.example/x"] {
            assert!(is_callable(url), "{url}");
        }
        for url in [
            "",
            "/",
            "/v1",
            "v1",
            "a.example/v1",
            "//a.example",
            "ftp://a.example",
            "https://",
            "https:///v1",
            "https://:80",
            "https://{tenant}.example",
            "https://a.example?x=1",
            "https://a.example/#x",
            "é",
        ] {
            assert!(!is_callable(url), "{url}");
        }
    }
}
