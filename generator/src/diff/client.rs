//! Changes of the crate as a whole: its name, its features, its client.

use super::{At, Both, Kind, Plan, Surface};
use crate::emit::from_environment;
use crate::ir::{Docs, Scheme, SchemeKind};
use crate::pointer::Pointer;
use std::collections::BTreeSet;

/// Everything about the crate and the client.
pub(super) fn client(both: &mut Both<'_>, old: &Surface, new: &Surface) {
    let info = Pointer::root().child("info");
    if old.lib != new.lib {
        let what = format!("is now `{}`", new.lib);
        let why = "every path begins with it; set the package name in `sdk.toml` to keep it";
        both.breaking(Kind::CrateRenamed, &old.lib, At::both(&info, &info), what, why);
    }
    let words = |plan: &Plan| {
        let info = &plan.api.info;
        [Some(info.title.clone()), info.summary.clone(), info.description.clone(), Some(info.version.clone())]
    };
    if words(both.old) != words(both.new) {
        let what = "has another description of the API".to_owned();
        both.fix(Kind::Documentation, &old.lib, At::both(&info, &info), what, "only documentation changes");
    }
    if old.server != new.server {
        let servers = Pointer::root().child("servers");
        let spelled = |server: &Option<String>| server.clone().unwrap_or_else(|| "none".to_owned());
        let what = format!("is sent to {}, not {}", spelled(&new.server), spelled(&old.server));
        let at = At::both(&servers, &servers);
        if new.server.is_some() {
            both.fix(Kind::ServerChanged, "Client", at, what, "`base_url` overrides it");
        } else {
            let why = "a client can no longer be built without `base_url`";
            both.breaking(Kind::ServerChanged, "Client", at, what, why);
        }
    }
    features(both);
    credentials(both);
    environment(both, old, new);
    resources(both);
}

fn features(both: &mut Both<'_>) {
    let all = |plan: &Plan| -> BTreeSet<String> {
        let resources = plan.resources.iter().filter_map(|resource| resource.feature.clone());
        resources.chain(plan.needs.xml.then(|| "xml".to_owned())).collect()
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
    let mut said: Vec<(String, Docs, Docs)> = Vec::new();
    for (at, resource) in both.old.api.resources.iter().enumerate().skip(1) {
        let Some(other) = both.new.api.resources.iter().position(|other| other.full == resource.full) else {
            continue;
        };
        let item = super::spell::module(both.old, crate::ir::ResourceId(at as u32));
        said.push((item, resource.docs.clone(), both.new.api.resources[other].docs.clone()));
    }
    for (item, old, new) in said {
        both.docs(&item, At::both(&tags, &tags), (&old, &new), false);
    }
}

fn credentials(both: &mut Both<'_>) {
    for (at, scheme) in both.old.api.schemes.iter().enumerate() {
        let item = format!("ClientBuilder::{}", both.old.credentials[at].name);
        let Some(other) = both.new.api.schemes.iter().position(|other| other.key == scheme.key) else {
            let what = format!("is removed, with the scheme `{}`", scheme.key);
            match takes(&scheme.kind) {
                Takes::Nothing => both.fix(
                    Kind::CredentialRemoved,
                    &item,
                    At::old(&scheme.origin),
                    what,
                    "it had no setter",
                ),
                _ => {
                    let why = "code that calls it no longer compiles";
                    both.breaking(Kind::CredentialRemoved, &item, At::old(&scheme.origin), what, why);
                }
            }
            continue;
        };
        credential(both, (at, scheme), (other, &both.new.api.schemes[other]), &item);
    }
    for (at, scheme) in both.new.api.schemes.iter().enumerate() {
        if both.old.api.schemes.iter().all(|other| other.key != scheme.key) {
            let item = format!("ClientBuilder::{}", both.new.credentials[at].name);
            let what = format!("is new, for the scheme `{}`", scheme.key);
            both.addition(
                Kind::CredentialAdded,
                &item,
                At::new(&scheme.origin),
                what,
                "nothing else changes",
            );
        }
    }
}

/// Whether there is a `from_env`, what it reads, and for which scheme.
fn environment(both: &mut Both<'_>, before: &Surface, after: &Surface) {
    let item = "Client::from_env";
    let first = |plan: &Plan, surface: &Surface| -> Option<Scheme> {
        let id = from_environment(plan, surface.server.as_deref())?;
        plan.api.schemes.get(id.0 as usize).cloned()
    };
    let (old, new) = match (first(both.old, before), first(both.new, after)) {
        (None, None) => return,
        (Some(old), None) => {
            let lost = if after.server.is_none() {
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

fn credential(both: &mut Both<'_>, (x, old): (usize, &Scheme), (y, new): (usize, &Scheme), item: &str) {
    let at = At::both(&old.origin, &new.origin);
    let (name, other) = (both.old.credentials[x].name.clone(), both.new.credentials[y].name.clone());
    let sources = (both.old.credentials[x].source.clone(), both.new.credentials[y].source.clone());
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
    let words = |scheme: &Scheme| Docs { description: scheme.description.clone(), ..Docs::default() };
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
