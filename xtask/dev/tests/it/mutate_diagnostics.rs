//! `cargo xtask dev mutate-diagnostics` on a small folder.

use crate::world::World;

#[test]
fn every_inserted_problem_is_reported_at_its_location() {
    let world = World::new("mutate-diagnostics");
    let clean = include_str!("../../../../tests/it/mutate_diagnostics/clean.yaml");
    world.write("in/clean.yaml", clean);
    let (folder, kept) = (world.path("in").display().to_string(), world.path("kept").display().to_string());
    let ran = world.run(&["mutate-diagnostics", &folder, "--each", "1", "--keep", &kept]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let all: Vec<usize> = ran
        .out
        .lines()
        .find_map(|line| line.strip_prefix("all "))
        .unwrap()
        .split_whitespace()
        .map(|count| count.parse().unwrap())
        .collect();
    assert!(all[0] > 100 && all[0] == all[1], "{}", ran.out);
    assert!(ran.out.contains("; 0 panics"), "{}", ran.out);
    assert!(world.read("kept/clean.broken.yaml").contains("Nowhere"));
}
