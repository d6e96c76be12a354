//! Names of packages and crates that cargo and rustc accept.

use crate::embed::{self, spelled};
use crate::word::is_keyword;

/// Modules that every SDK has, and files with another meaning.
const MODULES: [&str; 6] = ["client", "lib", "main", "runtime", "types", "xml"];

/// Maximum length of a name in a registry.
const MOST: usize = 64;
/// Crates that come with the compiler.
const BUILT_IN: [&str; 5] = ["alloc", "core", "proc_macro", "std", "test"];
/// Reserved device names on Windows, which no file can have.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Checks the name of the SDK's package. An error completes a sentence that begins with the name.
pub fn package_name(name: &str) -> Result<(), String> {
    crate_name(name)?;
    let (lower, lib) = (name.to_ascii_lowercase(), spelled(name));
    let is_port =
        |kind| lower.strip_prefix(kind).is_some_and(|rest: &str| matches!(rest.as_bytes(), [b'1'..=b'9']));
    if DEVICES.contains(&lower.as_str()) || is_port("com") || is_port("lpt") {
        return Err("is a reserved name on Windows".to_owned());
    }
    if embed::dependencies().any(|(known, _)| spelled(known) == lib) {
        return Err("is a crate that the generated code uses".to_owned());
    }
    Ok(())
}

/// Checks the name of a library, which must be an identifier.
pub(super) fn lib_name(name: &str) -> Result<(), String> {
    package_name(name)?;
    if name.contains('-') {
        return Err("has a `-`, which library names cannot have".to_owned());
    }
    Ok(())
}

/// Checks the name of a package that is a dependency.
pub(super) fn crate_name(name: &str) -> Result<(), String> {
    form(name)?;
    if is_keyword(name) {
        return Err("is a Rust keyword".to_owned());
    }
    if BUILT_IN.contains(&spelled(name).as_str()) {
        return Err("is a crate that comes with the compiler".to_owned());
    }
    Ok(())
}

/// Checks the name of a module that people write. `others` are taken.
pub(super) fn module_name(name: &str, others: &[String]) -> Result<(), String> {
    let may_be = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !name.chars().all(may_be) || !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Err("is not a module name: it has lowercase letters, digits and `_`".to_owned());
    }
    if is_keyword(name) {
        return Err("is a Rust keyword".to_owned());
    }
    if MODULES.contains(&name) || BUILT_IN.contains(&name) || DEVICES.contains(&name) {
        return Err("is a name with another meaning".to_owned());
    }
    if others.iter().any(|other| other == name) {
        return Err("is there twice".to_owned());
    }
    Ok(())
}

/// Checks the form of any crate name.
pub(super) fn form(name: &str) -> Result<(), String> {
    let may_be = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if let Some(odd) = name.chars().find(|c| !may_be(*c)) {
        return Err(format!(
            "has the character {odd:?}; only ASCII letters, digits, `-` and `_` are allowed"
        ));
    }
    match name.bytes().next() {
        None => Err("is empty".to_owned()),
        Some(b'0'..=b'9' | b'-') => Err("does not begin with a letter".to_owned()),
        Some(_) if !name.bytes().any(|byte| byte.is_ascii_alphanumeric()) => {
            Err("has neither letters nor digits".to_owned())
        }
        Some(_) if name.len() > MOST => Err(format!("is longer than {MOST} characters")),
        Some(_) => Ok(()),
    }
}
