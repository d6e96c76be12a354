//! The commands of `sdkgen` in the book exist, with the options that the book gives them.

use std::path::Path;

use crate::project::sdkgen;
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

/// What the server of the recipe prints, by utoipa 5.5.
const SHOP: &str = r##"{
  "openapi": "3.1.0",
  "info": {"title": "Pet Shop", "description": "", "license": {"name": ""}, "version": "1.0.0"},
  "servers": [{"url": "http://localhost:3000"}],
  "paths": {
    "/pets/{name}": {
      "get": {
        "tags": ["pets"],
        "summary": "Get a pet",
        "operationId": "getPet",
        "parameters": [{"name": "name", "in": "path", "required": true, "schema": {"type": "string"}}],
        "responses": {
          "200": {"description": "The pet.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}},
          "404": {"description": "There is no such pet."}
        }
      }
    }
  },
  "components": {
    "schemas": {
      "Pet": {
        "type": "object",
        "required": ["name", "status"],
        "properties": {
          "name": {"type": "string", "description": "What it listens to."},
          "status": {"$ref": "#/components/schemas/Status"}
        }
      },
      "Status": {"type": "string", "enum": ["available", "sold"]}
    }
  }
}
"##;

#[test]
fn the_commands_of_the_recipe_for_axum_work_in_their_order() {
    let checkout = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let world = World::new("recipe");
    world.write("repo/.git/HEAD", "").write("repo/openapi.json", SHOP);
    world.write(
        "repo/Cargo.toml",
        "[package]\nname = \"shop-server\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
    );
    let lines = lines(checkout, "sdkgen");
    let lines: Vec<_> = lines.iter().filter(|line| line.at.contains("recipes/axum-utoipa.md")).collect();
    assert_eq!(
        lines.iter().map(|line| line.words[0].as_str()).collect::<Vec<_>>(),
        ["init", "generate", "check"]
    );
    for line in lines {
        let words: Vec<&str> = line.words.iter().map(String::as_str).collect();
        let ran = sdkgen(&world, "repo", &words);
        assert_eq!(ran.code, 0, "{}: {}{}", line.at, ran.out, ran.err);
        assert!(line.words[0] == "init" || ran.out.contains("0 warnings"), "{}", ran.out);
    }
    assert!(
        world.read("repo/sdk/src/pets.rs").contains("pub fn get(&self, name: impl Into<String>) -> Get {")
    );
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
