//! Checks servers that serve their own document: generates an SDK from it, and calls the server with a
//! program.

use std::path::Path;
use std::process::Command;

use sdkgen::diag::{Severity, Sink, Style, render};
use sdkgen::source::Source;

use super::places::Places;
use super::server::{Served, serve};
use super::tools;
use super::verdict::{Known, Whose, findings, verdict};
use crate::program::{binary, cargo, keep_versions, write_new};
use sdkgen::cli::{Console, Exit, Failure};

/// The beginning of every program.
const CHECK: &str = include_str!("check.rs");
/// Name of the SDK.
const SDK: &str = "served-sdk";

/// A server and the program that calls it.
struct Whole {
    name: &'static str,
    packages: &'static str,
    main: &'static str,
    known: &'static [Known],
}

const FASTAPI: Whole = Whole {
    name: "fastapi",
    packages: include_str!("fastapi/requirements.txt"),
    main: include_str!("fastapi/main.rs"),
    known: &[Known {
        subject: "",
        call: "upload, empty text",
        words: "Field required",
        whose: Whose::Judge,
        why: "FastAPI treats an empty string in a form as absent",
    }],
};
const PREFECT: Whole = Whole {
    name: "prefect",
    packages: include_str!("prefect/requirements.txt"),
    main: include_str!("prefect/main.rs"),
    known: &[],
};
const APP: &str = include_str!("fastapi/app.py");

/// A FastAPI server that returns what it parsed.
pub(super) fn fastapi(places: &Places, console: &mut Console) -> Result<Exit, Failure> {
    let python = tools::python("fastapi", FASTAPI.packages, places, console)?;
    let notes = places.cache.join("fastapi-calls");
    write_new(&notes.join("app.py"), APP)?;
    let served = serve(&notes.join("server.log"), |port| {
        let mut command = Command::new(&python);
        command.args(["-m", "uvicorn", "app:app", "--log-level", "warning", "--port", &port.to_string()]);
        command.current_dir(&notes);
        command
    })?;
    calls(&FASTAPI, &served, &notes, "", places, console)
}

/// A Prefect server with its own data folder.
pub(super) fn prefect(places: &Places, console: &mut Console) -> Result<Exit, Failure> {
    let python = tools::python("prefect", PREFECT.packages, places, console)?;
    let notes = places.cache.join("prefect-calls");
    let served = serve(&notes.join("server.log"), |port| {
        let mut command = Command::new(&python);
        command.args(["-m", "uvicorn", "--factory", "prefect.server.api.server:create_app"]);
        command.args(["--log-level", "warning", "--port", &port.to_string()]);
        command.env("PREFECT_HOME", notes.join("home"));
        // Telemetry is off.
        command.env("PREFECT_SERVER_ANALYTICS_ENABLED", "false").env("DO_NOT_TRACK", "1");
        command.env("PREFECT_SERVER_UI_ENABLED", "false");
        command
    })?;
    calls(&PREFECT, &served, &notes, "/api", places, console)
}

/// Generates the SDK, and builds and runs the program.
fn calls(
    whole: &Whole,
    served: &Served,
    notes: &Path,
    base: &str,
    places: &Places,
    console: &mut Console,
) -> Result<Exit, Failure> {
    let url = format!("http://127.0.0.1:{}", served.port);
    let text = fetch(&format!("{url}/openapi.json"))?;
    write_new(&notes.join("openapi.json"), &text)?;
    console.progress(&format!("{}: building its SDK\n", whole.name));
    sdk(&text, &notes.join("sdk"))?;
    let program = build(whole, notes, places)?;
    let told = tools::output(Command::new(program).arg(format!("{url}{base}")), whole.name)?;
    Ok(verdict(&findings("", &told)?, whole.known).tell(console))
}

fn fetch(url: &str) -> Result<String, Failure> {
    let failed = |e: ureq::Error| Failure::new(format!("cannot fetch `{url}`: {e}"));
    let mut response = ureq::get(url).call().map_err(failed)?;
    response.body_mut().with_config().limit(64 << 20).read_to_string().map_err(failed)
}

fn sdk(text: &str, folder: &Path) -> Result<(), Failure> {
    let mut sink = Sink::new();
    let document = Source::new("openapi.json", text.to_owned());
    let input = sdkgen::Input { name: Some(SDK.to_owned()), ..sdkgen::Input::new(document) };
    let output = sdkgen::generate(&input, &mut sink);
    let output = output.ok_or_else(|| {
        let errors: Vec<_> =
            sink.finish().into_iter().filter(|one| one.severity == Severity::Error).collect();
        Failure::new(format!("refused\n{}", render(&errors, &input.sources(), Style::PLAIN).trim_end()))
    })?;
    output.files.iter().try_for_each(|(path, text)| write_new(&folder.join(path), text))
}

fn build(whole: &Whole, notes: &Path, places: &Places) -> Result<std::path::PathBuf, Failure> {
    let sdk = std::fs::read_to_string(notes.join("sdk/Cargo.toml")).unwrap_or_default();
    let package = format!("{}-calls", whole.name);
    let folder = notes.join("program");
    // Nothing leaves the machine, so no TLS is needed.
    let manifest = format!(
        "[package]\nname = \"{package}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nserde_json = \
         \"1\"\ntokio = {{ version = \"1\", default-features = false, features = [\"macros\", \"rt\", \"net\", \
         \"time\"] }}\n\n[dependencies.{SDK}]\npath = \"../sdk\"\ndefault-features = false\nfeatures = [{}]\n\n[profile.dev]\ndebug = \
         false\n\n[workspace]\n",
        crate::program::features(&sdk)
            .split(',')
            .map(|name| format!("{name:?}"))
            .collect::<Vec<_>>()
            .join(", ")
    );
    write_new(&folder.join("Cargo.toml"), &manifest)?;
    write_new(&folder.join("src/main.rs"), &format!("{CHECK}\n{}", whole.main))?;
    keep_versions(&places.root.join("Cargo.lock"), &folder);
    let target = places.cache.join("target");
    let status = cargo("build", &folder, &target).status();
    let status = status.map_err(|e| Failure::new(format!("cannot run `cargo`: {e}")))?;
    if !status.success() {
        return Err(
            Failure::new("the program that calls the server cannot be built").help("see the messages above")
        );
    }
    Ok(binary(&target, &package))
}
