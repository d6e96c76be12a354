//! `cargo xtask dev semver-check`: cross-checks the verdicts of `diff` with other tools.
//!
//! For each folder with `old.yaml` and `new.yaml`, generates both SDKs. `cargo-semver-checks` compares their documentation, and
//! the examples of the old one are compiled against the new one. Neither may be stricter than `diff`.

use std::path::{Path, PathBuf};
use std::process::Command;

use sdkgen::Input;
use sdkgen::diag::{Sink, Style, render};
use sdkgen::diff::Verdict;
use sdkgen::source::Source;

use crate::args::SemverCheck;
use sdkgen::cli::{Console, Exit, Failure};
use sdkgen::cli::{diff, input};

mod examples;

/// The file of recorded verdicts in the folder of each pair.
const RECORD: &str = "semver.txt";

/// Cross-checks each pair.
pub(crate) fn semver_check(args: &SemverCheck, root: &Path, console: &mut Console) -> Result<Exit, Failure> {
    let folder = args.folder.clone().unwrap_or_else(|| root.join("tests/pairs"));
    let workspace = Workspace::new(&root.join("target/semver-check"))?;
    let mut weaker = 0;
    let mut asked = 0;
    for pair in pairs(&folder)? {
        let name = pair.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if args.only.as_ref().is_some_and(|only| !name.contains(only)) {
            continue;
        }
        let Some((ours, verdicts)) = workspace.ask(&pair, console)? else { return Ok(Exit::Problems) };
        asked += 1;
        let line: Vec<String> =
            verdicts.iter().map(|(who, what)| format!("{who} {}", what.as_str())).collect();
        console.result(&format!("{name}: {} ({})\n", ours.as_str(), line.join(", ")));
        if let Some((who, what)) = verdicts.iter().find(|(_, theirs)| *theirs > ours) {
            console.error(&format!(
                "`{name}`: {who} says {}, `diff` says {}\n",
                what.as_str(),
                ours.as_str()
            ));
            weaker += 1;
        }
        if args.record {
            let text: String =
                verdicts.iter().map(|(who, what)| format!("{who}: {}\n", what.as_str())).collect();
            let path = pair.join(RECORD);
            std::fs::write(&path, text).map_err(|error| Failure::write(&path, &error))?;
        }
    }
    console.result(&format!("{asked} pairs, {weaker} of them judged more strictly by another tool\n"));
    Ok(if weaker == 0 { Exit::Fine } else { Exit::Problems })
}

fn pairs(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = std::fs::read_dir(folder)
        .map_err(|error| Failure::new(format!("cannot read `{}`: {error}", folder.display())))?;
    let mut all: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("old.yaml").is_file())
        .collect();
    all.sort();
    Ok(all)
}

/// The folder where SDKs are generated and built. All pairs use the same two folders, so that dependencies are built once.
struct Workspace {
    folder: PathBuf,
}

/// The verdict of `diff`, and those of the other tools by name.
type Verdicts = (Verdict, Vec<(&'static str, Verdict)>);

impl Workspace {
    fn new(folder: &Path) -> Result<Self, Failure> {
        std::fs::create_dir_all(folder).map_err(|error| Failure::write(folder, &error))?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Returns the verdict of `diff` and those of the other tools.
    fn ask(&self, pair: &Path, console: &mut Console) -> Result<Option<Verdicts>, Failure> {
        let read = |file: &str| input::source(&pair.join(file), file);
        let of = |side: &str| -> Result<Input, Failure> {
            let config = format!("{side}.toml");
            let config = pair.join(&config).is_file().then(|| read(&config)).transpose()?;
            let document = read(&format!("{side}.yaml"))?;
            Ok(Input { name: Some("sdk".to_owned()), config, ..Input::new(document) })
        };
        let (old, new) = (of("old")?, of("new")?);
        let Some(changes) = diff::compare(&old, &new, false, console) else { return Ok(None) };
        let lock = self.write("old", &old)?;
        self.write("new", &Input { lock: Some(Source::new("names.lock", lock)), ..new })?;
        let examples = examples::examples(&self.folder.join("old/src"))?;
        let program = self.folder.join("new/examples/old.rs");
        write(&program, &examples)?;
        let compiles = self.cargo("new", &["check", "--quiet", "--example", "old"])?.0;
        let output = vec![
            ("semver-checks", self.semver_checks()?),
            ("examples", if compiles { Verdict::None } else { Verdict::Major }),
        ];
        Ok(Some((changes.verdict(), output)))
    }

    /// Generates an SDK, and returns its `names.lock`.
    fn write(&self, name: &str, input: &Input) -> Result<String, Failure> {
        let mut sink = Sink::new();
        let Some(output) = sdkgen::generate(input, &mut sink) else {
            return Err(Failure::new(render(&sink.finish(), &input.sources(), Style::PLAIN)));
        };
        let folder = self.folder.join(name);
        let _ = std::fs::remove_dir_all(&folder);
        for (path, text) in output.files.iter() {
            write(&folder.join(path), text)?;
        }
        Ok(output.lock())
    }

    /// Runs cargo in one of the two folders, and returns whether it succeeded, and its standard error.
    fn cargo(&self, name: &str, args: &[&str]) -> Result<(bool, String), Failure> {
        let output = sdkgen::cli::cargo()
            .args(args)
            .current_dir(self.folder.join(name))
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            // documentation as JSON is not stable yet
            .env("RUSTC_BOOTSTRAP", "1")
            .output()
            .map_err(|error| Failure::new(format!("cannot run `cargo`: {error}")))?;
        Ok((output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned()))
    }

    fn semver_checks(&self) -> Result<Verdict, Failure> {
        for name in ["old", "new"] {
            let args = ["rustdoc", "--quiet", "--lib", "--", "-Zunstable-options", "--output-format=json"];
            let args =
                args.into_iter().chain(["--document-hidden-items", "--cap-lints=allow"]).collect::<Vec<_>>();
            let (done, output) = self.cargo(name, &args)?;
            if !done {
                return Err(Failure::new(format!("cannot document the {name} SDK\n{output}")));
            }
            let (from, to) =
                (self.folder.join("target/doc/sdk.json"), self.folder.join(format!("{name}.json")));
            std::fs::rename(&from, &to).map_err(|error| Failure::write(&to, &error))?;
        }
        let run = |kind: &str| {
            let json = |name: &str| self.folder.join(format!("{name}.json"));
            Command::new("cargo-semver-checks")
                .args(["semver-checks", "--release-type", kind, "--baseline-rustdoc"])
                .arg(json("old"))
                .arg("--current-rustdoc")
                .arg(json("new"))
                .output()
        };
        let help = "install it with `cargo install cargo-semver-checks --locked`";
        for (kind, verdict) in [("patch", Verdict::None), ("minor", Verdict::Minor)] {
            let output = run(kind).map_err(|error| {
                Failure::new(format!("cannot run `cargo-semver-checks`: {error}")).help(help)
            })?;
            let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
            match output.status.code() {
                Some(0) => return Ok(verdict),
                _ if stderr.contains("semver requires new") => {}
                _ => return Err(Failure::new(format!("`cargo-semver-checks` failed\n{stderr}"))),
            }
        }
        Ok(Verdict::Major)
    }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let done = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(path, text));
    done.map_err(|error| Failure::write(path, &error))
}
