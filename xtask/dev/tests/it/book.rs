//! The commands of `cargo xtask dev` on the pages for people exist, with the options that the pages give them.

use std::path::Path;

use crate::world::World;
use lines::{lines, unknown};

#[path = "../../../../generator/tests/it/book/lines.rs"]
mod lines;

#[test]
fn commands_of_the_pages_exist() {
    let checkout = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let world = World::new("dev-book");
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in lines(checkout, "cargo xtask dev") {
        if line.words[0].starts_with('-') {
            continue;
        }
        count += 1;
        let help = world.run(&[&line.words[0], "--help"]);
        if help.code != 0 {
            wrong.push(format!("`{}`: there is no command `{}`", line.at, line.words[0]));
        } else if let Some(flag) = unknown(&line.words[1..], &help.out) {
            // The subcommands of `judge` have options of their own.
            let deeper = line.words.get(1).map(|second| world.run(&[&line.words[0], second, "--help"]));
            if deeper
                .is_none_or(|deeper| deeper.code != 0 || unknown(&line.words[1..], &deeper.out).is_some())
            {
                wrong.push(format!("`{}`: `{}` has no `{flag}`", line.at, line.words[0]));
            }
        }
    }
    assert!(count > 20, "{count} command lines");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
