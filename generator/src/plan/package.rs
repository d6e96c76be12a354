//! Names of the crate, and what a client of it starts with.
//!
//! In: the API and `sdk.toml`. Out: the [`Package`].

use crate::config::{Config, package_name};
use crate::ir::{Api, SchemeKind};
use crate::sdk::Package;

/// The package.
pub(super) fn package(api: &Api, config: &Config) -> Package {
    let name = config.package.name.clone().unwrap_or_else(|| name(&api.info.title, config));
    let lib = config.package.lib.clone().unwrap_or_else(|| name.replace('-', "_"));
    let base_url = base_url(api, config);
    let first = api.schemes.find(|scheme| takes_one_secret(&scheme.kind)).map(|(id, _)| id);
    let variable = config.client.env.clone().unwrap_or_else(|| variable(&lib));
    let from_env = first.filter(|_| base_url.is_some());
    Package {
        name,
        lib,
        base_url,
        relative_server: relative_server(api),
        variable,
        from_env,
        modules: config.package.modules.clone(),
    }
}

/// The variable with the key of this library's API: `<LIB>_API_KEY`, in which `API` is said once.
fn variable(lib: &str) -> String {
    let upper = lib.to_uppercase();
    match upper.strip_suffix("API") {
        Some(before) if before.is_empty() || before.ends_with('_') => format!("{before}API_KEY"),
        _ => format!("{upper}_API_KEY"),
    }
}

/// A package name made of the title.
fn name(title: &str, config: &Config) -> String {
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    usable(&words.map(str::to_ascii_lowercase).collect::<Vec<_>>(), config)
}

/// A package name of these words that cargo takes.
fn usable(words: &[String], config: &Config) -> String {
    /// Leaves room for what is added.
    const MOST: usize = 56;
    let mut name = String::new();
    for word in words {
        let between = if name.is_empty() { "" } else { "-" };
        if name.len() + between.len() + word.len() > MOST {
            break;
        }
        name = name + between + word;
    }
    if name.is_empty() {
        name = words.first().map_or("sdk", |word| &word[..MOST]).to_owned();
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name = format!("api-{name}");
    }
    if package_name(&name).is_err() || config.uses_crate(&name) { format!("{name}-sdk") } else { name }
}

/// The server calls go to unless another is set; `None` where the document names none that can be called from anywhere.
fn base_url(api: &Api, config: &Config) -> Option<String> {
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

/// The path of a server that is relative to the location of the document.
fn relative_server(api: &Api) -> Option<String> {
    first_server(api).filter(|url| url.starts_with('/') && !url.starts_with("//") && url.len() > 1)
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

/// Whether the credential of a scheme is one text.
fn takes_one_secret(kind: &SchemeKind) -> bool {
    match kind {
        SchemeKind::ApiKeyHeader(_)
        | SchemeKind::ApiKeyQuery(_)
        | SchemeKind::ApiKeyCookie(_)
        | SchemeKind::Bearer => true,
        SchemeKind::Basic | SchemeKind::ClientCredentials { .. } | SchemeKind::Other(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_callable, variable};

    #[test]
    fn a_variable_says_once_that_it_is_about_an_api() {
        for (lib, name) in [
            ("pet_shop", "PET_SHOP_API_KEY"),
            ("train_travel_api", "TRAIN_TRAVEL_API_KEY"),
            ("api", "API_KEY"),
            ("okapi", "OKAPI_API_KEY"),
            ("api_hub", "API_HUB_API_KEY"),
        ] {
            assert_eq!(variable(lib), name);
        }
    }

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
