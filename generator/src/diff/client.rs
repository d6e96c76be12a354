//! Changes of the crate as a whole: its name, its features, its client.

use super::both::{At, Both};
use super::kind::Kind;
use crate::ir::{Docs, Rare, SchemeKind};
use crate::pointer::Pointer;
use crate::sdk::{Credential, Sdk};
use std::collections::BTreeSet;

/// Everything about the crate and the client.
pub(super) fn client(both: &mut Both<'_>) {
    let (old, new) = (&both.old.package, &both.new.package);
    let info = Pointer::root().child("info");
    if old.lib != new.lib {
        let what = format!("is now `{}`", new.lib);
        let why = "every path begins with it; set the package name in `sdk.toml` to keep it";
        both.breaking(Kind::CrateRenamed, &old.lib, At::both(&info, &info), what, why);
    }
    let words = |sdk: &Sdk| {
        let info = &sdk.info;
        [Some(info.title.clone()), info.summary.clone(), info.description.clone(), Some(info.version.clone())]
    };
    if words(both.old) != words(both.new) {
        let what = "has another description of the API".to_owned();
        both.fix(Kind::Documentation, &old.lib, At::both(&info, &info), what, "only documentation changes");
    }
    if old.base_url != new.base_url {
        let servers = Pointer::root().child("servers");
        let spelled = |server: &Option<String>| server.clone().unwrap_or_else(|| "none".to_owned());
        let what = format!("is sent to {}, not {}", spelled(&new.base_url), spelled(&old.base_url));
        let at = At::both(&servers, &servers);
        if new.base_url.is_some() {
            both.fix(Kind::ServerChanged, "Client", at, what, "`base_url` overrides it");
        } else {
            let why = "a client can no longer be built without `base_url`";
            both.breaking(Kind::ServerChanged, "Client", at, what, why);
        }
    }
    features(both);
    credentials(both);
    environment(both);
    resources(both);
}

fn features(both: &mut Both<'_>) {
    let all = |sdk: &Sdk| -> BTreeSet<String> {
        let resources = sdk.resources.iter().filter_map(|resource| resource.feature.clone());
        resources.chain(sdk.needs.xml.then(|| "xml".to_owned())).collect()
    };
    let tags = Pointer::root().child("tags");
    for feature in all(both.old).difference(&all(both.new)) {
        let what = "is removed".to_owned();
        let why = "manifests that name it no longer resolve";
        let item = format!("feature `{feature}`");
        both.breaking(Kind::FeatureRemoved, &item, At::both(&tags, &tags), what, why);
    }
    for feature in all(both.new).difference(&all(both.old)) {
        let item = format!("feature `{feature}`");
        let is_default = feature != "xml" || both.new.needs.only_xml;
        let why = if is_default { "it is on by default" } else { "it only adds items" };
        let what = "is new".to_owned();
        both.addition(Kind::FeatureAdded, &item, At::both(&tags, &tags), what, why);
    }
}

/// What is said of resources that are in both.
fn resources(both: &mut Both<'_>) {
    let tags = Pointer::root().child("tags");
    let mut said: Vec<(String, Rare<Docs>, Rare<Docs>)> = Vec::new();
    for (id, resource) in both.old.resources.entries().skip(1) {
        let Some((_, other)) = both.new.resources.find(|other| other.full == resource.full) else {
            continue;
        };
        let item = both.old.module_of(id);
        said.push((item, resource.docs.clone(), other.docs.clone()));
    }
    for (item, old, new) in said {
        both.docs(&item, At::both(&tags, &tags), (&old, &new), false);
    }
}

fn credentials(both: &mut Both<'_>) {
    for old in &both.old.credentials {
        let item = format!("ClientBuilder::{}", old.setter);
        let Some((_, new)) = both.new.credentials.find(|other| other.key == old.key) else {
            let what = format!("is removed, with the scheme `{}`", old.key);
            match takes(&old.kind) {
                Takes::Nothing => {
                    both.fix(Kind::CredentialRemoved, &item, At::old(&old.origin), what, "it had no setter");
                }
                _ => {
                    let why = "code that calls it no longer compiles";
                    both.breaking(Kind::CredentialRemoved, &item, At::old(&old.origin), what, why);
                }
            }
            continue;
        };
        credential(both, old, new, &item);
    }
    for new in &both.new.credentials {
        if both.old.credentials.iter().all(|other| other.key != new.key) {
            let item = format!("ClientBuilder::{}", new.setter);
            let what = format!("is new, for the scheme `{}`", new.key);
            both.addition(Kind::CredentialAdded, &item, At::new(&new.origin), what, "nothing else changes");
        }
    }
}

/// Whether there is a `from_env`, what it reads, and for which scheme.
fn environment(both: &mut Both<'_>) {
    let item = "Client::from_env";
    let (before, after) = (&both.old.package, &both.new.package);
    let old = before.from_env.map(|id| &both.old.credentials[id]);
    let new = after.from_env.map(|id| &both.new.credentials[id]);
    let (old, new) = match (old, new) {
        (None, None) => return,
        (Some(old), None) => {
            let lost = if after.base_url.is_none() {
                "no server URL"
            } else {
                "no credential to read from the environment"
            };
            let what = format!("is removed: there is {lost}");
            let why = "code that calls it no longer compiles";
            both.breaking(Kind::CredentialRemoved, item, At::old(&old.origin), what, why);
            return;
        }
        (None, Some(new)) => {
            let what = format!("is new, for the scheme `{}`", new.key);
            both.addition(Kind::CredentialAdded, item, At::new(&new.origin), what, "nothing else changes");
            return;
        }
        (Some(old), Some(new)) => (old, new),
    };
    let at = At::both(&old.origin, &new.origin);
    if before.variable != after.variable {
        let what = format!("reads `{}`, not `{}`", after.variable, before.variable);
        let why = "the old environment variable is no longer read";
        both.breaking(Kind::CredentialChanged, item, at, what, why);
    }
    if new.key != old.key {
        let what = format!("reads the credential of `{}`, not of `{}`", new.key, old.key);
        both.breaking(
            Kind::CredentialChanged,
            item,
            at,
            what,
            "the environment variable has another meaning",
        );
    }
}

fn credential(both: &mut Both<'_>, old: &Credential, new: &Credential, item: &str) {
    let at = At::both(&old.origin, &new.origin);
    let (name, other) = (&old.setter, &new.setter);
    let sources = (&old.source, &new.source);
    if takes(&old.kind) != takes(&new.kind) {
        let what = "takes another type".to_owned();
        both.breaking(Kind::CredentialChanged, item, at, what, "code that calls it no longer compiles");
    } else if name != other {
        let what = format!("is now `ClientBuilder::{other}`");
        both.breaking(Kind::CredentialChanged, item, at, what, "code that calls it no longer compiles");
    } else if old.kind != new.kind {
        let what = "is sent differently".to_owned();
        both.fix(Kind::CredentialChanged, item, at, what, "callers set it as before");
    }
    if let (Some(name), Some(other)) = sources
        && name != other
    {
        let (item, what) = (format!("ClientBuilder::{name}"), format!("is now `ClientBuilder::{other}`"));
        both.breaking(Kind::CredentialChanged, &item, at, what, "code that calls it no longer compiles");
    }
    let words = |scheme: &Credential| Docs { description: scheme.description.clone(), ..Docs::default() };
    both.docs(item, at, (&words(old), &words(new)), false);
}

/// What the setter of a credential takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    Nothing,
    One,
    UserAndPassword,
    IdAndSecret,
}

fn takes(kind: &SchemeKind) -> Takes {
    match kind {
        SchemeKind::ApiKeyHeader(_)
        | SchemeKind::ApiKeyQuery(_)
        | SchemeKind::ApiKeyCookie(_)
        | SchemeKind::Bearer => Takes::One,
        SchemeKind::Basic => Takes::UserAndPassword,
        SchemeKind::ClientCredentials { .. } => Takes::IdAndSecret,
        SchemeKind::Other(_) => Takes::Nothing,
    }
}
