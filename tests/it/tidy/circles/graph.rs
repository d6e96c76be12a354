//! Which file imports which.

use super::scan::{Path, Scanned, scan};
use std::collections::{BTreeMap, BTreeSet};

/// Re-exports of re-exports that are followed.
const DEPTH: usize = 16;

pub(super) struct Graph {
    /// For each file those that it imports, with the path that does so.
    imports: BTreeMap<String, BTreeMap<String, String>>,
}

/// Files by type and method.
type Methods<'m> = BTreeMap<&'m (String, String), BTreeSet<&'m String>>;

/// The files of a crate by module.
struct Modules {
    files: BTreeMap<Vec<String>, (String, Scanned)>,
}

impl Graph {
    /// Reads files, given by their path below `src`.
    pub(super) fn of(files: impl Iterator<Item = (String, String)>) -> Self {
        let mut modules =
            Modules { files: files.map(|(path, text)| (module(&path), (path, scan(&text)))).collect() };
        let tests: Vec<Vec<String>> = modules
            .files
            .iter()
            .flat_map(|(module, (_, file))| file.tests.iter().map(|test| [module.as_slice(), test].concat()))
            .collect();
        modules.files.retain(|module, _| !tests.iter().any(|test| module.starts_with(test)));
        let methods = modules.methods();
        let imports = modules
            .files
            .keys()
            .map(|module| (modules.files[module].0.clone(), modules.imports(module, &methods)));
        Self { imports: imports.collect() }
    }

    /// The groups of files that lead to each other.
    pub(super) fn circles(&self) -> Vec<BTreeSet<&str>> {
        let reach: BTreeMap<&str, BTreeSet<&str>> =
            self.imports.keys().map(|file| (file.as_str(), self.reach(file))).collect();
        let mut circles: Vec<BTreeSet<&str>> = Vec::new();
        for (file, reached) in &reach {
            let circle: BTreeSet<&str> =
                reached.iter().copied().filter(|other| reach[other].contains(file)).collect();
            if !circle.is_empty() && !circles.contains(&circle) {
                circles.push(circle);
            }
        }
        circles
    }

    /// The imports between files of a group.
    pub(super) fn edges<'a>(
        &'a self,
        group: &'a BTreeSet<&str>,
    ) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> {
        let inside = |file: &str| group.contains(file);
        self.imports.iter().filter(move |(from, _)| inside(from)).flat_map(move |(from, to)| {
            let to = to.iter().filter(move |(to, _)| inside(to));
            to.map(move |(to, path)| (from.as_str(), to.as_str(), path.as_str()))
        })
    }

    /// All files that a file leads to; itself only through others.
    fn reach<'a>(&'a self, file: &'a str) -> BTreeSet<&'a str> {
        let mut reached = BTreeSet::new();
        let mut open = vec![file];
        while let Some(next) = open.pop() {
            let imports = self.imports.get(next).into_iter().flat_map(BTreeMap::keys);
            open.extend(imports.map(String::as_str).filter(|to| reached.insert(*to)));
        }
        reached
    }
}

impl Modules {
    /// The files that a module imports.
    fn imports(&self, module: &[String], methods: &Methods<'_>) -> BTreeMap<String, String> {
        let (own, file) = &self.files[module];
        let used = |name: &String| file.words.contains(name);
        let uses =
            file.uses.iter().filter(|import| !import.public || used(&import.name)).map(|import| &import.path);
        let mut found = BTreeMap::new();
        for path in uses.chain(&file.paths) {
            if let Some(target) = self.target(module, path, DEPTH)
                && target != own
            {
                found.entry(target.clone()).or_insert_with(|| path.segments.join("::"));
            }
        }
        for call in &file.calls {
            let files = methods.get(call).into_iter().filter(|files| files.len() == 1).flatten();
            for target in files.copied().filter(|target| *target != own) {
                found.entry(target.clone()).or_insert_with(|| format!("{}::{}", call.0, call.1));
            }
        }
        found
    }

    /// The files that have a method of a type.
    fn methods(&self) -> Methods<'_> {
        let mut all = Methods::new();
        for (path, file) in self.files.values() {
            for method in &file.methods {
                all.entry(method).or_default().insert(path);
            }
        }
        all
    }

    /// The file with the definition that a path in a module leads to, if it is in this crate.
    fn target(&self, module: &[String], path: &Path, depth: usize) -> Option<&String> {
        let mut at: Vec<String> = [module, &path.inside].concat();
        let mut rest = path.segments.as_slice();
        while let Some((first, others)) = rest.split_first() {
            match first.as_str() {
                "crate" => at.clear(),
                "self" => {}
                "super" => drop(at.pop()?),
                _ => break,
            }
            rest = others;
        }
        // Without such a beginning, it is a child of this module, or the path starts elsewhere.
        let relative = rest.len() == path.segments.len();
        if relative && !self.files.contains_key(&[at.as_slice(), &rest[..1]].concat()) {
            return None;
        }
        while let Some((first, others)) = rest.split_first() {
            let inner = [at.as_slice(), std::slice::from_ref(first)].concat();
            if !self.files.contains_key(&inner) {
                break;
            }
            (at, rest) = (inner, others);
        }
        self.definition(&at, rest, depth)
    }

    /// The file that defines a name of a module: follows the names that `use` gives.
    fn definition(&self, at: &[String], rest: &[String], depth: usize) -> Option<&String> {
        // The name may be in an inline module.
        let (path, file) = (0..=at.len()).rev().find_map(|end| self.files.get(&at[..end]))?;
        let module = module(path);
        let named = rest.first().filter(|_| depth > 0);
        let import = named.and_then(|name| file.uses.iter().find(|import| import.name == *name));
        let through = import.and_then(|import| {
            let segments = [import.path.segments.as_slice(), &rest[1..]].concat();
            let inside = import.path.inside.clone();
            self.target(&module, &Path { inside, segments }, depth - 1)
        });
        Some(through.unwrap_or(path))
    }
}

/// The module that a file holds.
fn module(path: &str) -> Vec<String> {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let path = path.strip_suffix("/mod").unwrap_or(path);
    path.split('/').filter(|part| !["lib", "main"].contains(part)).map(str::to_owned).collect()
}
