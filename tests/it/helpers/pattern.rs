use tests::pattern::string;

#[test]
fn strings_fit_their_pattern() {
    for pattern in
        ["^[a-z]{3,5}-\\d+$", "(foo|ba[rz])+", "^\\S{2}$", "^.*$", "^[^@]+@x\\.io$", "^(?!0+$)[a-z]\\(?$"]
    {
        let regex = jsonschema::validator_for(&serde_json::json!({"pattern": pattern})).unwrap();
        for fill in [false, true] {
            let mut turn = 0;
            let mut choose = |n: usize| {
                turn += 7;
                turn % n.max(1)
            };
            let text = string(pattern, fill, &mut choose).unwrap();
            assert!(regex.is_valid(&serde_json::json!(text)), "`{text}` for `{pattern}`");
        }
    }
}
