//! Turns the files of generated SDKs into modules of one crate that has one runtime.
//!
//! An SDK is a crate of its own, gated by features, with its own copy of the runtime. Mounted, it loses the gates, and its
//! runtime is that of the crate it is mounted in; everything else stays as it is.

use crate::drivers::drivers;
use crate::made::{leaves, made};
use crate::readme;
use crate::registry::{ECHO, table};
use sdkgen::sdk::Sdk;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// What the manifest of an SDK allows, for the reasons that stand there.
const LINTS: &str =
    "#[allow(clippy::large_enum_variant, clippy::too_many_arguments, clippy::type_complexity)]";

/// The modules that were mounted so far.
pub(crate) struct Mounts {
    folder: PathBuf,
    /// Types that were mounted alone, with their tables: the module of each.
    alone: BTreeMap<String, String>,
    modules: String,
    rows: String,
    sdks: String,
    made: String,
}

impl Mounts {
    /// Nothing yet; files go below this folder.
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            alone: BTreeMap::new(),
            modules: String::new(),
            rows: String::new(),
            sdks: String::new(),
            made: String::new(),
        }
    }

    /// Mounts an SDK given as files (`src/lib.rs` and so on), with the types of its schemas.
    pub(crate) fn sdk(&mut self, name: &str, files: &BTreeMap<String, String>, names: &[(String, String)]) {
        let root = self.folder.join("mounted").join(name);
        for (path, text) in files.iter().filter(|(path, _)| !path.starts_with("src/runtime/")) {
            let text = if path.ends_with(".rs") { mounted(text) } else { text.clone() };
            write(&root.join(path), &text);
        }
        let module = name.replace('-', "_");
        let lib = root.join("src/lib.rs");
        // Without documentation here: rustdoc would look for the links of the front page in this module.
        let _ = writeln!(self.modules, "{LINTS}\n#[path = {lib:?}]\npub mod {module};\n");
        self.rows(name, &format!("super::{module}"), "crate::runtime", names);
    }

    /// Mounts the types of an SDK without its calls. What is the same as before is mounted once.
    pub(crate) fn types(&mut self, name: &str, files: &BTreeMap<String, String>, names: &[(String, String)]) {
        let is_type = |path: &str| path == "src/types.rs" || path.starts_with("src/types/");
        let files: BTreeMap<&String, String> = files
            .iter()
            .filter(|(path, _)| is_type(path))
            .map(|(path, text)| (path, mounted(text)))
            .collect();
        let module = name.replace('-', "_");
        let key = format!("{files:?}{names:?}");
        if let Some(same) = self.alone.get(&key) {
            let _ = writeln!(self.rows, "    ({name:?}, {same}_rows::ROWS),");
            return;
        }
        let root = self.folder.join("mounted").join(name);
        for (path, text) in &files {
            write(&root.join(path), text);
        }
        let lib = root.join("src/lib.rs");
        write(&lib, "use crate::runtime;\n\npub mod types;\n");
        let _ = writeln!(
            self.modules,
            "/// The types of `{name}`.\n#[allow(unused_imports, reason = \"what is here stands alone\")]\n{LINTS}\n#[path = \
             {lib:?}]\npub mod {module};\n"
        );
        self.rows(name, &format!("super::{module}"), "crate::runtime", names);
        self.alone.insert(key, module);
    }

    /// Adds the types of an SDK that is a crate of its own.
    pub(crate) fn rows(&mut self, name: &str, sdk: &str, runtime: &str, names: &[(String, String)]) {
        let module = name.replace('-', "_");
        let echo =
            if names.is_empty() { "type Echo = fn(&[u8]) -> Result<Vec<u8>, String>;\n" } else { ECHO };
        let table = table("ROWS", "pub(super) ", names);
        let _ = write!(
            self.modules,
            "mod {module}_rows {{\n    #![allow(unused_imports, reason = \"not every table names every kind of type\")]\n    use \
             {sdk}::types;\n    use {runtime}::{{model, wire}};\n{echo}{table}}}\n\n"
        );
        let _ = writeln!(self.rows, "    ({name:?}, {module}_rows::ROWS),");
    }

    /// Adds functions that call the operations of a mounted SDK.
    pub(crate) fn drivers(&mut self, name: &str, sdk: &Sdk) {
        let module = name.replace('-', "_");
        let text = drivers(name, sdk);
        let _ = write!(
            self.modules,
            "mod {module}_calls {{\n    #![allow(deprecated, unused_imports, reason = \"not every API needs each of them\")]\n    use \
             super::{module} as sdk;\n    use crate::{{drive, runtime}};\n{text}}}\n\n"
        );
        let _ = writeln!(self.sdks, "    {module}_calls::SDK,");
    }

    /// Adds functions that make values of the types of a mounted SDK.
    pub(crate) fn made(&mut self, name: &str, sdk: &Sdk) {
        let module = name.replace('-', "_");
        let text = made("pub(super) ", sdk);
        let _ = write!(
            self.modules,
            "mod {module}_made {{\n    #![allow(clippy::all, dead_code, deprecated, unused, reason = \"not every API needs each of \
             them\")]\n    use super::{module}::types;\n    use crate::runtime::{{model, wire}};\n{text}}}\n\n"
        );
        let _ = writeln!(self.made, "    ({name:?}, &{:?}, {module}_made::MADE),", leaves(sdk));
    }

    /// Adds the code of the README of a mounted SDK.
    pub(crate) fn readme(&mut self, name: &str, output: &sdkgen::Output) {
        let module = name.replace('-', "_");
        let text = output.files.get("README.md").unwrap_or_default();
        self.code(&module, text, &format!("super::{module}"), &output.sdk.package.lib);
    }

    /// Adds the code of a README that calls an SDK by the name of its library.
    pub(crate) fn code(&mut self, module: &str, readme: &str, sdk: &str, lib: &str) {
        self.modules.push_str(&readme::module(module, readme, sdk, lib));
    }

    /// Writes the file that the library includes.
    pub(crate) fn finish(self) {
        let text = format!(
            "{}/// A round trip through the type of a schema.\ntype Echo = fn(&[u8]) -> Result<Vec<u8>, String>;\n\n/// Of each SDK by \
             name: the pointers of its schemas, each with a round trip through its type.\npub static ROUND_TRIPS: &[(&str, &[(&str, \
             Echo)])] = &[\n{}];\n\n/// How the operations of each SDK are called.\npub static SDKS: &[crate::drive::Sdk] = &[\n{}];\n\n/// Of each SDK by name: the pointers \
             of leaves, and what can be made.\npub static MADE: &[(&str, &[&str], &[crate::MadeRow])] = &[\n{}];\n",
            self.modules, self.rows, self.sdks, self.made
        );
        write(&self.folder.join("mounts.rs"), &text);
    }
}

/// A file without feature gates and without a runtime of its own.
fn mounted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let bare = line.trim();
        if bare == "#[cfg(" {
            // One of many features, over several lines.
            let _ = lines.by_ref().find(|line| line.trim() == ")]");
            continue;
        }
        let gate = (bare.starts_with("#[cfg(feature") || bare.starts_with("#[cfg(any(feature"))
            && bare.ends_with(")]");
        if gate || bare.starts_with("#![cfg_attr(") || bare.starts_with("#[cfg_attr(docsrs") {
            continue;
        }
        match bare {
            "pub mod runtime;" => out.push_str("pub use crate::runtime;"),
            "mod runtime;" => out.push_str("use crate::runtime;"),
            "#[cfg_attr(feature = \"testing\", derive(Eq, Hash))]" => out.push_str("#[derive(Eq, Hash)]"),
            _ => out.push_str(line),
        }
        out.push('\n');
    }
    out
}

/// Writes a file unless it is the same already, so that nothing is compiled for nothing.
fn write(path: &Path, text: &str) {
    if std::fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    let done =
        path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(path, text));
    done.unwrap_or_else(|e| panic!("`{}`: {e}", path.display()));
}

/// The folders in a folder, sorted.
pub(crate) fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut all: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    all.sort();
    all
}
