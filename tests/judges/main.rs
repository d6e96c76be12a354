//! Calls SDKs for outside judges, and compares what those read with what was given. `cargo xtask dev judge` builds and runs it.

mod forms;
mod prism;

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args[..] {
        ["bodies"] => forms::bodies().await,
        ["compare", bodies, read] => forms::compare(bodies, read),
        ["prism", document, url] => prism::prism(document, url).await,
        _ => Err("usage: judges bodies | compare BODIES READ | prism DOCUMENT URL".to_owned()),
    };
    done.map_or_else(
        |why| {
            eprintln!("{why}");
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}

/// Prints what came of one call, as `cargo xtask dev judge` reads it.
fn finding(judge: &str, call: &str, trouble: Option<&str>, whose: Option<&str>) {
    println!("{}", serde_json::json!({"judge": judge, "call": call, "trouble": trouble, "whose": whose}));
}
