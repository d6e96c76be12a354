//! `sdkgen sync` with a document in a file: it is found again from every folder.

use crate::project::{SHOP, repository, sdkgen};

#[test]
fn a_file_is_found_again_from_every_folder() {
    let world = repository("sync-path");
    assert_eq!(sdkgen(&world, "repo", &["init", "--dir", "sdk", "spec/openapi.yaml"]).code, 0);
    world.write("repo/upstream/new.yaml", SHOP.replace("size", "length"));
    let ran = sdkgen(&world, "repo/upstream", &["sync", "--config", "../sdk/sdk.toml", "--from", "new.yaml"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(world.read("repo/sdk/upstream.toml").contains("from = \"../upstream/new.yaml\"\n"));

    world.write("repo/upstream/new.yaml", SHOP.replace("size", "width"));
    let ran = sdkgen(&world, "repo/sdk/shop", &["sync"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(ran.err.contains("fetching ../../upstream/new.yaml for `"), "{}", ran.err);
    assert_eq!(world.read("repo/spec/openapi.yaml"), SHOP.replace("size", "width"));
    assert!(world.read("repo/sdk/upstream.toml").contains("from = \"../upstream/new.yaml\"\n"));

    // A path of the whole disk stays as it is.
    let elsewhere = world.write("elsewhere.yaml", SHOP).path("elsewhere.yaml");
    let ran = sdkgen(&world, "repo/sdk", &["sync", "--from", elsewhere.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(world.read("repo/sdk/upstream.toml").contains(&format!("from = {elsewhere:?}\n")));
    assert!(sdkgen(&world, "repo/sdk/shop", &["sync"]).out.contains("is already up to date"));
}

#[test]
fn a_file_that_is_gone_is_said_with_what_named_it() {
    let world = repository("sync-gone");
    assert_eq!(sdkgen(&world, "repo", &["init"]).code, 0);
    world.write("repo/new.yaml", SHOP.replace("size", "length"));
    assert_eq!(sdkgen(&world, "repo", &["sync", "--from", "new.yaml"]).code, 0);
    std::fs::rename(world.path("repo/new.yaml"), world.path("repo/news.yaml")).unwrap();
    let before = world.snapshot();
    let ran = sdkgen(&world, "repo/app", &["sync"]);
    let told = "error: cannot read `../new.yaml`: no such file\n  = help: did you mean `../news.yaml`? `../upstream.toml` names it; pass `--from FILE|URL` if it is elsewhere\n";
    assert!(ran.code == 1 && ran.err.ends_with(told), "{}", ran.err);
    assert_eq!(before, world.snapshot());
}
