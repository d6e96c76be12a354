//! Rust text that calls every operation of an SDK with arguments given as JSON: one plain function per way to call, so that it
//! compiles quickly.
//!
//! In: the calls of an SDK as the generator tells them. Out: a module's text, which expects the SDK as `sdk`, its runtime's modules
//! as `runtime`, and the module `drive` of the tests in scope.

use generator::calls::{Argument, Call, Carries, Credential, Other, Outcome, Place};
use generator::ir::{Location, SchemeKind};
use std::fmt::Write as _;

/// The client of the SDK, for the functions that call it.
const CLIENT: &str = "\
fn client(of: &Client) -> Result<&sdk::Client, String> {
    of.downcast_ref().ok_or_else(|| \"the client is of another SDK\".to_owned())
}

";

/// The functions and the table `SDK`.
pub(crate) fn drivers(name: &str, calls: &[Call], credentials: &[Credential]) -> String {
    let mut out = String::new();
    let setters: String = credentials.iter().map(credential).collect();
    let _ = write!(
        out,
        "use drive::{{Client, Driven, Driver, Given, Sdk}};\nuse runtime::error::Error;\nuse runtime::model;\nuse \
         runtime::call::CallOptions;\nuse sdk::types;\n\nfn open(url: &str) -> Result<Client, Error> {{\n    Ok(Box::new(sdk::Client::builder().base_url(url).retry(runtime::retry::RetryPolicy::never())\
         {setters}.transport(drive::Home::new(url)).build()?))\n}}\n\n"
    );
    if !calls.is_empty() {
        out.push_str(CLIENT);
    }
    let mut rows = String::new();
    for (at, call) in calls.iter().enumerate() {
        function(&at.to_string(), call, None, &mut out);
        let mut others = String::new();
        for (index, other) in call.others.iter().enumerate() {
            function(&format!("{at}_{index}"), call, Some(other), &mut out);
            let _ = write!(others, "({:?}, call_{at}_{index}), ", other.media);
        }
        let errors: String = call
            .errors
            .iter()
            .map(|(status, ty)| format!("({status:?}, drive::error_body::<{ty}>), "))
            .collect();
        let _ = writeln!(
            rows,
            "    Driver {{ method: {:?}, path: {:?}, media: {:?}, takes_body: {}, start: call_{at}, others: &[{others}], errors: &[{errors}] }},",
            call.verb,
            call.path,
            call.media,
            call.arguments.iter().any(|argument| argument.place == Place::Body)
        );
    }
    let _ = write!(
        out,
        "pub(super) static SDK: Sdk = Sdk {{ name: {name:?}, open, calls: CALLS }};\n\nstatic CALLS: &[Driver] = &[\n{rows}];\n"
    );
    out
}

fn credential(of: &Credential) -> String {
    let arguments = match of.kind {
        SchemeKind::Basic | SchemeKind::ClientCredentials { .. } => "\"user\", \"secret-word\"",
        _ => "\"secret-key\"",
    };
    format!(".{}({arguments})", of.setter)
}

fn function(at: &str, call: &Call, other: Option<&Other>, out: &mut String) {
    let way: String = call.way.iter().map(|step| format!(".{step}()")).collect();
    let arguments: Vec<String> = call.arguments.iter().map(needed).collect();
    let mutable = if call.setters.is_empty() { "" } else { "mut " };
    let _ = writeln!(
        out,
        "fn call_{at}(of: &Client, given: &Given) -> Result<Driven, String> {{\n    let _ = given;\n    let {mutable}call = \
         client(of)?{way}.{}({});",
        call.method,
        arguments.join(", ")
    );
    for setter in &call.setters {
        let _ = writeln!(
            out,
            "    if let Some(value) = {} {{\n        call = call.{}(value);\n    }}",
            wanted(setter),
            setter.name
        );
    }
    let given = match other {
        Some(other) => {
            let _ = writeln!(out, "    let call = call.{}();", other.method);
            format!("drive::{}", reader(&other.carries))
        }
        None => outcome(&call.outcome),
    };
    let _ = writeln!(out, "    Ok(drive::told(CallOptions::send_with_response(call), {given}))\n}}\n");
}

fn needed(argument: &Argument) -> String {
    match &argument.place {
        Place::Param(..) => wanted(argument).replacen("given.want", "given.need", 1),
        Place::Body => format!("{}.ok_or_else(drive::bodiless)?", wanted(argument)),
    }
}

fn wanted(argument: &Argument) -> String {
    match (&argument.place, &argument.carries) {
        (Place::Param(location, name), Carries::Value(ty)) => {
            format!("given.want::<{ty}>({:?}, {name:?})?", place(*location))
        }
        (Place::Body, Carries::Value(ty)) => format!("given.body::<{ty}>()?"),
        (_, Carries::Bytes) => "given.text().map(String::into_bytes)".to_owned(),
        (_, Carries::Text | Carries::Lines(_) | Carries::Events(_)) => "given.text()".to_owned(),
    }
}

fn place(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

/// A function that takes what the call gives.
fn outcome(of: &Outcome) -> String {
    match of {
        Outcome::Empty => "drive::nothing".to_owned(),
        Outcome::One(carries) => format!("drive::{}", reader(carries)),
        Outcome::Optional(carries) => format!("|value| drive::maybe(value, drive::{})", reader(carries)),
        Outcome::Choice { path, variants } => {
            let arm = |(name, carries): &(String, Option<Carries>)| match carries {
                Some(carries) => format!("sdk::{path}::{name}(value) => drive::{}(value), ", reader(carries)),
                None => format!("sdk::{path}::{name} => drive::nothing(()), "),
            };
            let arms: String = variants.iter().map(arm).collect();
            format!("|answer| match answer {{ {arms}#[allow(unreachable_patterns)] _ => drive::unknown() }}")
        }
    }
}

fn reader(carries: &Carries) -> &'static str {
    match carries {
        Carries::Value(_) => "json",
        Carries::Text => "text",
        Carries::Bytes => "bytes",
        Carries::Lines(_) => "lines",
        Carries::Events(_) => "events",
    }
}
