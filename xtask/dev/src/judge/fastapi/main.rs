// Calls the server of `app.py` with its SDK; the server returns what it parsed.

use served_sdk::runtime::error::Error as CallError;
use served_sdk::runtime::model::{BTreeMap, DateTime, Upload, Utc};
use served_sdk::types::{BodyUpload, BodyUploads, Colour, Echo, HttpValidationError, Item, Login, Problem};

const JUDGE: &str = "fastapi";

/// Returns the values that the server must have parsed, as JSON.
fn seen(wanted: &[&str]) -> impl FnOnce(&Echo) -> Result<(), String> {
    let wanted: Vec<String> = wanted.iter().map(|one| (*one).to_owned()).collect();
    move |echo| same(&echo.seen, &wanted)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let url = std::env::args().nth(1).expect("the URL of the server");
    let client = served_sdk::Client::builder().base_url(url).build().expect("a client");
    items(&client).await;
    parameters(&client).await;
    forms(&client).await;
    responses(&client).await;
}

fn time() -> DateTime<Utc> {
    "2026-01-02T03:04:05Z".parse().expect("a time")
}

async fn items(client: &served_sdk::Client) {
    let items = client.items();
    let parts = BTreeMap::from([("a b".to_owned(), 1), ("ü".to_owned(), -2)]);
    let item = Item::new("ink “blue”", 2.5).tags(["x", "y"]).colour(Colour::Blue).made(time()).parts(parts.clone());
    check("create, all fields", items.create(item.clone()), |stored| {
        same(&(stored.id, stored.name.as_str(), stored.price), &(7, "ink “blue”", 2.5))?;
        same(&stored.tags, &vec!["x".to_owned(), "y".to_owned()])?;
        same(&stored.parts, &parts)?;
        same(&(stored.colour.clone(), stored.made), &(Some(Colour::Blue), Some(time())))
    })
    .await;
    check("create, required fields", items.create(Item::new("ink", 1.0)), |stored| {
        same(&stored.tags.len(), &0)?;
        same(&(stored.colour.clone(), stored.made), &(None, None))
    })
    .await;
    refused("create, price of 0", items.create(Item::new("ink", 0.0)), 422, invalid("price")).await;
    check("get", items.get(7), |stored| same(&stored.colour, &Some(Colour::Blue))).await;
    refused("get, not there", items.get(8), 404, |error| problem(error, "there is no such item")).await;
    check("delete", items.delete(7), |nothing| same(nothing, &())).await;
    check("replace, two", items.replace(vec![item.clone(), Item::new("b", 3.0)]), |all| same(&all[0], &item)).await;
    check("replace, none", items.replace(Vec::new()), |all| same(&all.len(), &0)).await;
}

/// Returns whether the validation error names a field.
fn invalid(field: &'static str) -> impl FnOnce(&CallError) -> Result<(), String> {
    move |error| {
        let CallError::Api(api) = error else { return Err(format!("{error:?}")) };
        let body = api.body::<HttpValidationError>().ok_or("the body of the error has no type")?;
        let named = format!("{body:?}").contains(field);
        if named { Ok(()) } else { Err(format!("`{field}` is not in {body:?}")) }
    }
}

fn problem(error: &CallError, detail: &str) -> Result<(), String> {
    let CallError::Api(api) = error else { return Err(format!("{error:?}")) };
    let body = api.body::<Problem>().ok_or("the body of the error has no type")?;
    same(&body.detail.as_str(), &detail)
}

async fn parameters(client: &served_sdk::Client) {
    let parameters = client.parameters();
    let bare = seen(&["\"a\"", "[]", "false", "null", "null", "1"]);
    check("query, required", parameters.query("a"), bare).await;
    let query = parameters.query("a&b=c +%ü/?#").numbers(vec![3, -1]).flag(true).colour(Colour::Red);
    let all = ["\"a&b=c +%ü/?#\"", "[3, -1]", "true", "\"red\"", "\"2026-01-02 03:04:05+00:00\"", "4"];
    check("query, all", query.since(time()).page_number(4), seen(&all)).await;
    check("query, empty text", parameters.query(""), seen(&["\"\"", "[]", "false", "null", "null", "1"])).await;
    refused("query, page of 0", parameters.query("a").page_number(0), 422, invalid("page[number]")).await;
    check("path", parameters.path("a b;ü", "x/y z"), seen(&["\"a b;ü\"", "\"x/y z\""])).await;
    check("headers, required", parameters.headers("t"), seen(&["\"t\"", "null", "null"])).await;
    let all = parameters.headers("a, b").x_count(-5).session("s%20=1");
    check("headers and cookie", all, |echo| same(&echo.seen[..2].to_vec(), &vec!["\"a, b\"".to_owned(), "-5".to_owned()])).await;
    check("cookie", parameters.headers("t").session("abc"), seen(&["\"t\"", "null", "\"abc\""])).await;
}

async fn forms(client: &served_sdk::Client) {
    let forms = client.forms();
    let login = Login::new("a&b=ü +", 41).groups(["x y", "z"]);
    check("form, all", forms.create(login.clone()), |found| same(found, &login)).await;
    let bare = Login::new("a", 1);
    // The server fills in defaults, so the whole values differ.
    check("form, required", forms.create(bare.clone()), |found| {
        same(&(&found.user, found.age, found.groups.len()), &(&bare.user, bare.age, 0))
    })
    .await;
    let file = Upload::bytes("grüße.txt", "one\r\ntwo").media_type("text/plain");
    let wanted = ["\"grüße.txt\"", "\"text/plain\"", "8", "\"one\\r\\ntwo\"", "\"n\"", "3"];
    check("upload, all", forms.upload(BodyUpload::new(file, "n").count(3)), seen(&wanted)).await;
    let file = Upload::bytes("a \"b\".bin", "");
    let upload = forms.upload(BodyUpload::new(file, "n"));
    check("upload, empty file", upload, |echo| same(&echo.seen[2..].to_vec(), &texts(&["0", "\"\"", "\"n\"", "1"]))).await;
    let upload = forms.upload(BodyUpload::new(Upload::bytes("a", "1"), ""));
    check("upload, empty text", upload, |echo| same(&echo.seen[4].as_str(), &"\"\"")).await;
    let files = vec![Upload::bytes("a", "1"), Upload::bytes("b", vec![0u8; 200_000])];
    check("uploads, two", forms.uploads(BodyUploads::new(files)), seen(&["[\"a\", 1]", "[\"b\", 200000]"])).await;
}

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|one| (*one).to_owned()).collect()
}

async fn responses(client: &served_sdk::Client) {
    let responses = client.responses();
    check("text", responses.text(), |text| same(&text.as_str(), &"grüße")).await;
    let all: Vec<u8> = (0..=255).collect();
    let bytes = async { responses.bytes().await?.collect(1000).await };
    check("bytes", Box::pin(bytes), |found| same(&found.to_vec(), &all)).await;
    refused("teapot", responses.teapot(), 418, |error| problem(error, "short and stout")).await;
    let events = async {
        let (mut stream, mut all) = (responses.events().await?, Vec::new());
        while let Some(event) = stream.try_next().await? {
            all.extend(event.seen);
        }
        Ok(all)
    };
    check("events", Box::pin(events), |found| same(found, &texts(&["0", "1", "2"]))).await;
    let lines = async {
        let (mut stream, mut all) = (responses.lines().await?, Vec::new());
        while let Some(line) = stream.try_next().await? {
            all.extend(line.seen);
        }
        Ok(all)
    };
    check("lines", Box::pin(lines), |found| same(found, &texts(&["0", "1", "2", "3"]))).await;
}
