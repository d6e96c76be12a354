//! Reads `[package]`, `[client]`, `[output]` and `[upstream]`, and reports what cargo and rustc would reject later.

use fluent_uri::Uri;

use super::table::{Table, strings};
use super::{Client, Config, Output, Package, Upstream, names};
use crate::diag::{Code, Diagnostic, Sink};
use crate::pointer::Pointer;

pub(super) fn package(mut table: Table<'_>, sink: &mut Sink) -> Package {
    let package = Package {
        name: table.string("name", sink),
        lib: table.string("lib", sink),
        version: table.string("version", sink),
        description: table.string("description", sink),
        license: table.string("license", sink),
        repository: table.string("repository", sink),
        api_json: table.flag("api_json", sink),
        modules: table.strings("modules", sink),
    };
    let at = table.at().clone();
    table.finish(sink);
    for (key, name, checked) in [
        ("name", &package.name, package.name.as_deref().map(names::package_name)),
        ("lib", &package.lib, package.lib.as_deref().map(names::lib_name)),
    ] {
        if let (Some(name), Some(Err(problem))) = (name, checked) {
            let what = if key == "name" { "package" } else { "library" };
            wrong(&at.child(key), format!("the {what} name {name:?} {problem}"), NAME_HELP, sink);
        }
    }
    for (index, name) in package.modules.iter().enumerate() {
        if let Err(problem) = names::module_name(name, &package.modules[..index]) {
            let at = at.child("modules").child(index);
            wrong(
                &at,
                format!("the module name {name:?} {problem}"),
                "choose another name, such as `ext`",
                sink,
            );
        }
    }
    if let Some(Err(error)) = package.version.as_deref().map(semver::Version::parse) {
        let version = package.version.as_deref().unwrap_or_default();
        let help = "write three numbers, such as `0.1.0`";
        wrong(&at.child("version"), format!("{version:?} is not a version: {error}"), help, sink);
    }
    let is_license = |text: &str| {
        let may_be = |c: char| c.is_ascii_alphanumeric() || " .+-:/()".contains(c);
        !text.trim().is_empty() && text.chars().all(may_be)
    };
    if let Some(license) = package.license.as_deref().filter(|text| !is_license(text)) {
        let help = "write an SPDX expression, such as `MIT OR Apache-2.0`";
        wrong(&at.child("license"), format!("{license:?} is not an SPDX license expression"), help, sink);
    }
    if let Some(url) = package.repository.as_deref().filter(|url| !is_url(url)) {
        let help = "write a full URL, such as `https://example.com/sdk`";
        wrong(&at.child("repository"), format!("{url:?} is not a URL"), help, sink);
    }
    package
}

const NAME_HELP: &str = "choose another name, such as `shop-sdk` with the library `shop_sdk`";

pub(super) fn client(mut table: Table<'_>, sink: &mut Sink) -> Client {
    let client = Client { env: table.string("env", sink), base_url: table.string("base_url", sink) };
    let at = table.at().clone();
    table.finish(sink);
    if let Some(env) = client.env.as_deref().filter(|env| !is_variable(env)) {
        let help = "use ASCII letters, digits and `_`, such as `SHOP_API_KEY`";
        wrong(&at.child("env"), format!("{env:?} is not the name of an environment variable"), help, sink);
    }
    let is_base = |url: &str| {
        let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
        is_url(url) && matches!(scheme.as_deref(), Some("http" | "https"))
    };
    if let Some(url) = client.base_url.as_deref().filter(|url| !is_base(url)) {
        let help = "write a full URL, such as `https://api.example.com`";
        wrong(&at.child("base_url"), format!("{url:?} is not an HTTP URL"), help, sink);
    }
    client
}

pub(super) fn output(mut table: Table<'_>, sink: &mut Sink) -> Output {
    let output = Output {
        dir: table.string("dir", sink),
        module: table.string("module", sink),
        features: table.strings("features", sink),
        no_default_features: table.flag("no_default_features", sink),
        lock: table.string("lock", sink),
        report: table.string("report", sink),
    };
    let at = table.at().clone();
    table.finish(sink);
    for (key, path) in
        [("dir", &output.dir), ("module", &output.module), ("lock", &output.lock), ("report", &output.report)]
    {
        if path.as_deref().is_some_and(|path| path.trim().is_empty() || path.contains('\0')) {
            let help = "write a path relative to the folder of `sdk.toml`, such as `generated`";
            wrong(&at.child(key), format!("`{key}` is not a path"), help, sink);
        }
    }
    if output.dir.is_some() && output.module.is_some() {
        let help = "keep `dir` for a crate, or `module` for a module of an existing one";
        wrong(&at.child("module"), "an SDK is either a crate or a module".to_owned(), help, sink);
    }
    output
}

pub(super) fn upstream(mut table: Table<'_>, sink: &mut Sink) -> Upstream {
    let url = table.string("url", sink);
    let headers = table.table("headers", sink);
    let at = table.at().clone();
    let headers = headers.map(|headers| strings(&headers, sink)).unwrap_or_default();
    table.finish(sink);
    if let Some(url) = url.as_deref().filter(|url| !is_url(url)) {
        let help = "write a full URL, such as `https://api.example.com/openapi.json`";
        wrong(&at.child("url"), format!("{url:?} is not a URL"), help, sink);
    }
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    for (name, variable) in &headers {
        let at = at.child("headers").child(name);
        if name.is_empty() || !name.chars().all(is_token) {
            wrong(&at, format!("{name:?} is not the name of a header"), "write it as `Authorization`", sink);
        }
        if !is_variable(variable) {
            let help = "name the variable that holds the value, such as `DOCS_AUTHORIZATION`; a secret does not belong here";
            wrong(&at, format!("{variable:?} is not the name of an environment variable"), help, sink);
        }
    }
    Upstream { url, headers }
}

/// Returns whether a text is the name of an environment variable.
fn is_variable(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Reports a package with the name of a crate whose types it uses.
pub(super) fn check(config: &Config, sink: &mut Sink) {
    let package = Pointer::root().child("package");
    for (key, name) in [("name", &config.package.name), ("lib", &config.package.lib)] {
        let Some(name) = name else { continue };
        if config.uses_crate(name) {
            let message = format!("the name {name:?} is that of a crate whose types are used");
            wrong(&package.child(key), message, NAME_HELP, sink);
        }
    }
}

/// Returns whether a text is a URL with a host.
pub(super) fn is_url(text: &str) -> bool {
    Uri::parse(text).is_ok_and(|url| url.authority().is_some_and(|of| !of.host().is_empty()))
}

fn wrong(at: &Pointer, message: String, help: &str, sink: &mut Sink) {
    sink.report(Diagnostic::in_config(Code::Config, at, message).help(help));
}
