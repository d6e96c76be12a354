//! `cargo xtask suite`: the JSON Schema Test Suite through generated types.
//!
//! Each group of tests has a schema and instances. The schema becomes the only component of a document of its own, so that one
//! that is refused, or two of the same `$id`, do not disturb the others; the types of all groups are compiled as one crate in a
//! cache folder. Valid instances must decode and come back equal; invalid ones must not make anything panic, and come back
//! equal where an open type takes them.

use std::path::Path;

use reading::same;
use serde_json::Value;

use crate::args::Suite;
use crate::{Console, Exit, Failure};

mod implied;
mod program;
mod read;
mod report;
mod wrap;

use program::Answer;
use read::{Case, Group};
use wrap::Made;

/// What became of an instance.
#[derive(Debug)]
enum Verdict {
    /// It came back equal.
    Equal,
    /// It is of a JSON type that the schema allows only because it says no `type`; the types go by what its keywords are about.
    Implied(String),
    /// It is invalid, and was refused.
    Declined,
    /// The group has no type.
    Untried,
    /// It should have come back equal, and did not.
    Failed(String),
}

/// A group and what became of it.
struct Tried<'s> {
    group: &'s Group,
    made: &'s Made,
    verdicts: Vec<Verdict>,
}

/// Tries every group of every file of the suite.
pub(crate) fn suite(args: &Suite, console: &mut Console) -> Result<Exit, Failure> {
    let groups = read::groups(&args.folder)?;
    let made: Vec<Made> = groups.iter().map(wrap::make).collect();
    let refused = made.iter().filter(|made| matches!(made, Made::Refused(_))).count();
    console.progress(&format!("{} groups, {refused} refused\n", groups.len()));
    let cache = args.cache.clone().unwrap_or_else(|| crate::cache("suite"));
    let program = program::build(&cache, &made, console)?;
    let asked: Vec<(usize, &Value)> = groups
        .iter()
        .enumerate()
        .filter(|(at, _)| program.has(*at))
        .flat_map(|(at, group)| group.cases.iter().map(move |case| (at, &case.data)))
        .collect();
    let mut answers = program.ask(&asked)?.into_iter();
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
                judge(case, answers.next().unwrap_or(Answer::Ended), &skeleton)
            };
            Tried { group, made, verdicts: group.cases.iter().map(&mut verdict).collect() }
        })
        .collect();
    console.result(&report::text(&tried));
    let path = args.json.clone().unwrap_or_else(|| cache.join("suite.json"));
    let json = format!("{:#}\n", report::json(&tried));
    std::fs::write(&path, json).map_err(|e| Failure::write(&path, &e))?;
    console.progress(&format!("written to `{}`\n", path.display()));
    Ok(if report::failures(&tried) == 0 { Exit::Fine } else { Exit::Problems })
}

fn judge(case: &Case, answer: Answer, skeleton: &implied::Skeleton) -> Verdict {
    match answer {
        Answer::Json(text) => match serde_json::from_str::<Value>(&text) {
            Ok(back) => same::difference(&case.data, &back).map_or(Verdict::Equal, Verdict::Failed),
            Err(error) => Verdict::Failed(format!("what was encoded is no JSON: {error}")),
        },
        Answer::Refused(_) if !case.valid => Verdict::Declined,
        Answer::Refused(reason) => match skeleton.contradicts(&case.data) {
            Some(implied) => Verdict::Implied(implied),
            None => Verdict::Failed(reason),
        },
        Answer::Panicked(reason) => Verdict::Failed(format!("panic: {reason}")),
        Answer::Ended => Verdict::Failed("the program ended before it".to_owned()),
    }
}

/// Reads a text file.
fn text(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|e| Failure::new(format!("cannot read `{}`: {e}", path.display())))
}
