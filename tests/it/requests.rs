//! The requests of every call of every case, as `requests.http` in its folder says. `UPDATE_EXPECT=1 cargo test -p tests --test it requests`
//! writes them anew.

use tests::case::{Case, cases, compare};
use tests::document::Document;
use tests::mounts::SDKS;
use tests::requests::requests;

fn document(case: &Case) -> Document {
    let text = case.meant().unwrap_or_else(|| case.spec.clone());
    Document::parse(&format!("{}/spec.yaml", case.name), &text).unwrap()
}

#[tokio::test]
async fn requests_are_those_of_the_goldens() {
    let update = tests::case::is_update();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for case in cases().unwrap() {
        let sdk = SDKS.iter().find(|sdk| sdk.name == case.name).filter(|sdk| !sdk.calls.is_empty());
        let text = match sdk {
            Some(sdk) => requests(&document(&case), sdk).await.unwrap(),
            None => String::new(),
        };
        count += text.matches("\n### ").count() + usize::from(text.starts_with("### "));
        wrong.extend(compare(&case, "requests.http", &text, update).err());
    }
    println!("{count} requests");
    let advice = "if this is meant: `UPDATE_EXPECT=1 cargo test -p tests --test it requests`, and look at what changed";
    assert!(wrong.is_empty(), "{}\n{advice}", wrong.join("\n"));
    assert!(count > 300, "only {count} requests");
}
