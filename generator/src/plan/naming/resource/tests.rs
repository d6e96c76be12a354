use crate::plan::tests::build::*;

#[test]
fn a_tree() {
    let mut api = api();
    let steps = resource(&mut api, "workflows.runs.steps");
    resource(&mut api, "Issue Comments");
    let (plan, found) = planned(api);
    let steps = &plan.resources[steps];
    assert_eq!(
        (steps.module.as_str(), steps.handle.as_str(), steps.accessor.as_str()),
        ("steps", "Steps", "steps")
    );
    assert_eq!(steps.feature.as_deref(), Some("workflows"));
    let comments = &plan.resources[4];
    assert_eq!((comments.module.as_str(), comments.handle.as_str()), ("issue_comments", "IssueComments"));
    assert_eq!(comments.feature.as_deref(), Some("issue-comments"));
    assert_eq!(plan.resources[0].feature, None);
    assert!(found.is_empty());
}

#[test]
fn reserved_names_move() {
    let mut api = api();
    for tag in ["types", "type", "aux", "request", "tracing", "text", "a.types", "a.error"] {
        resource(&mut api, tag);
    }
    let (plan, found) = planned(api);
    let names = plan.resources.iter().skip(1).map(|r| {
        let feature = r.feature.clone().unwrap_or_default();
        format!("{} {} {} {feature}", r.module, r.accessor, r.handle)
    });
    let names: Vec<String> = names.collect();
    assert_eq!(
        names,
        [
            "types_api types Types types-api",
            "type_ type_ Type type",
            "aux_api aux Aux aux-api",
            "request request_api Request request",
            "tracing tracing Tracing tracing-api",
            "text text TextApi text",
            "a a A a",
            "types_api types Types a",
            "error error ErrorApi a",
        ]
    );
    assert!(found.is_empty());
}

#[test]
fn clashes_are_numbered_and_reported() {
    let mut api = api();
    resource(&mut api, "shop_x");
    resource(&mut api, "shop-x");
    resource(&mut api, "Shop X");
    let (plan, found) = planned(api);
    let modules: Vec<&str> = plan.resources.iter().skip(1).map(|r| r.module.as_str()).collect();
    assert_eq!(modules, ["shop_x", "shop_x3", "shop_x2"]);
    assert_eq!(found.len(), 2);
}
