//! `sdkgen init` in repositories of every shape: where its files go, and what CI does with them.

use crate::project::{repository, sdkgen};

#[test]
fn folders_that_do_not_exist_yet_lie_beside_each_other() {
    let world = repository("init-new-folders");
    let ran = sdkgen(&world, "repo", &["init", "spec/openapi.yaml", "--dir", "pets", "--out", "pets-sdk"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(world.read("repo/pets/sdk.toml").contains("dir = \"../pets-sdk\""));
    assert!(world.path("repo/pets-sdk/src/lib.rs").is_file());
    assert_eq!(sdkgen(&world, "repo/pets", &["check"]).code, 0);

    // A folder that is only passed through is not made.
    world.write("repo/sdk.toml", "spec = \"spec/openapi.yaml\"\n[output]\ndir = \"new/../sdk\"\n");
    let ran = sdkgen(&world, "repo", &["generate"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(world.path("repo/sdk/src/lib.rs").is_file() && !world.path("repo/new").exists());
}
