//! The commands of `sdkgen` in the book exist, with the options that the book gives them.

use std::path::Path;

use crate::world::World;
use lines::{lines, unknown, words};

mod lines;

#[test]
fn commands_of_the_pages_exist() {
    let checkout = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let world = World::new("book");
    let mut wrong = Vec::new();
    let mut count = 0;
    for program in ["sdkgen", "cargo xtask"] {
        for line in lines(checkout, program) {
            // These have a program and a test of their own.
            if line.words[0] == "dev" || line.words[0].starts_with('-') {
                continue;
            }
            count += 1;
            let help = world.run(&[&line.words[0], "--help"]);
            if help.code != 0 {
                wrong.push(format!("`{}`: there is no command `{program} {}`", line.at, line.words[0]));
            } else if let Some(flag) = unknown(&line.words[1..], &help.out) {
                wrong.push(format!("`{}`: `{program} {}` has no `{flag}`", line.at, line.words[0]));
            }
        }
    }
    assert!(count > 60, "{count} command lines");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_of_command_lines() {
    let found = |line: &str| words(line, "sdkgen").map(|words| words.join(" "));
    assert_eq!(found("sdkgen check   # is it fresh?"), Some("check".to_owned()));
    assert_eq!(found("cargo run | sdkgen lint --strict && x"), Some("lint --strict".to_owned()));
    assert_eq!(found("ls .github/actions/sdkgen run"), None);
    assert_eq!(found("cargo install sdkgen"), None);
    let help = "  -f, --format <FORMAT>\n      --ca[=FILE]";
    let unknown = |flags: &str| unknown(&flags.split(' ').map(str::to_owned).collect::<Vec<_>>(), help);
    assert_eq!(unknown("--format json -f x --ca"), None);
    assert_eq!(unknown("--form"), Some("--form".to_owned()));
}
