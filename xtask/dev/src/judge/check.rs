// Helpers of the programs that call servers: each call prints a line for `cargo xtask dev judge`.

use served_sdk::Error;

/// Awaits a call, and checks its result.
async fn check<T>(
    call: &str,
    outcome: impl std::future::IntoFuture<Output = Result<T, Error>>,
    judge: impl FnOnce(&T) -> Result<(), String>,
) -> Option<T> {
    match outcome.await {
        Ok(value) => {
            tell(call, judge(&value).err());
            Some(value)
        }
        Err(error) => {
            tell(call, Some(format!("{error:?}")));
            None
        }
    }
}

/// Awaits a call that must fail with a status.
async fn refused<T>(
    call: &str,
    outcome: impl std::future::IntoFuture<Output = Result<T, Error>>,
    status: u16,
    judge: impl FnOnce(&Error) -> Result<(), String>,
) {
    let trouble = match outcome.await {
        Ok(_) => Some("it was not refused".to_owned()),
        Err(error) if error.status().is_some_and(|found| found.as_u16() == status) => judge(&error).err(),
        Err(error) => Some(format!("{error:?}")),
    };
    tell(call, trouble);
}

/// Compares two values.
fn same<T: PartialEq + std::fmt::Debug>(found: &T, wanted: &T) -> Result<(), String> {
    if found == wanted { Ok(()) } else { Err(format!("{found:?} should be {wanted:?}")) }
}

fn tell(call: &str, trouble: Option<String>) {
    let trouble = trouble.map(serde_json::Value::from).unwrap_or_default();
    println!("{}", serde_json::json!({"judge": JUDGE, "call": call, "trouble": trouble}));
}
