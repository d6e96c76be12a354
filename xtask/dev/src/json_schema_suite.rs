//! `cargo xtask dev json-schema-suite`: runs the JSON Schema Test Suite on generated types.
//!
//! Each group of tests has a schema and instances. The schema becomes the only component of its own document, so that refused
//! schemas and equal `$id`s do not affect other groups. The types of all groups are compiled as one crate in a cache folder.
//! Valid instances must round-trip; invalid ones must not cause a panic, and must round-trip if an open type accepts them.

use reading::same;
use serde_json::Value;

use crate::args::JsonSchemaSuite;
use sdkgen::cli::{Console, Exit, Failure};

mod implied;
mod program;
mod read;
mod report;
mod verdict;
mod wrap;

use program::Reply;
use read::Case;
use verdict::{Tried, Verdict};
use wrap::Made;

/// Tests every group of every file of the suite.
pub(crate) fn json_schema_suite(args: &JsonSchemaSuite, console: &mut Console) -> Result<Exit, Failure> {
    let groups = read::groups(&args.folder)?;
    let made: Vec<Made> = groups.iter().map(wrap::make).collect();
    let refused = made.iter().filter(|made| matches!(made, Made::Refused(_))).count();
    console.progress(&format!("{} groups, {refused} refused\n", groups.len()));
    let cache = args.cache.clone().unwrap_or_else(|| sdkgen::cli::cache("json-schema-suite"));
    let program = program::build(&cache, &made, console)?;
    let asked: Vec<(usize, &Value)> = groups
        .iter()
        .enumerate()
        .filter(|(at, _)| program.has(*at))
        .flat_map(|(at, group)| group.cases.iter().map(move |case| (at, &case.data)))
        .collect();
    let mut replies = program.ask(&asked)?.into_iter();
    let tried: Vec<Tried<'_>> = groups
        .iter()
        .zip(&made)
        .enumerate()
        .map(|(at, (group, made))| {
            let skeleton = implied::Skeleton::new(&group.schema);
            let mut verdict = |case: &Case| {
                if let Some(broken) = program.broken(at) {
                    return Verdict::Failed(broken.to_owned());
                }
                if !program.has(at) {
                    return Verdict::Untried;
                }
                judge(case, replies.next().unwrap_or(Reply::Ended), &skeleton)
            };
            Tried { group, made, verdicts: group.cases.iter().map(&mut verdict).collect() }
        })
        .collect();
    console.result(&report::text(&tried));
    let path = args.json.clone().unwrap_or_else(|| cache.join("json-schema-suite.json"));
    let json = format!("{:#}\n", report::json(&tried));
    std::fs::write(&path, json).map_err(|e| Failure::write(&path, &e))?;
    console.progress(&format!("written to `{}`\n", path.display()));
    Ok(if report::failures(&tried) == 0 { Exit::Fine } else { Exit::Problems })
}

fn judge(case: &Case, reply: Reply, skeleton: &implied::Skeleton) -> Verdict {
    match reply {
        Reply::Json(text) => match serde_json::from_str::<Value>(&text) {
            Ok(back) => same::difference(&case.data, &back).map_or(Verdict::Equal, Verdict::Failed),
            Err(error) => Verdict::Failed(format!("the encoded text is not JSON: {error}")),
        },
        Reply::Refused(_) if !case.valid => Verdict::Declined,
        Reply::Refused(reason) => match skeleton.contradicts(&case.data) {
            Some(implied) => Verdict::Implied(implied),
            None => Verdict::Failed(reason),
        },
        Reply::Panicked(reason) => Verdict::Failed(format!("panic: {reason}")),
        Reply::Ended => Verdict::Failed("the program ended before this instance".to_owned()),
    }
}
