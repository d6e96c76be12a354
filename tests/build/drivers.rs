//! Rust text that calls every operation of an SDK with arguments given as JSON: one plain function per way to call, so that it
//! compiles quickly.
//!
//! In: the model of an SDK. Out: a module's text, which expects the SDK as `sdk`, its runtime's modules
//! as `runtime`, and the module `drive` of the tests in scope.

use sdkgen::ir::{Content, ContentKind, SchemeKind, Ty};
use sdkgen::sdk::{Alternative, Argument, Credential, Method, Operation, Outcome, Sdk, Under};
use std::fmt::Write as _;

/// The client of the SDK, for the functions that call it.
const CLIENT: &str = "\
fn client(of: &Client) -> Result<&sdk::Client, String> {
    of.downcast_ref().ok_or_else(|| \"the client is of another SDK\".to_owned())
}

";

/// The functions and the table `SDK`.
pub(crate) fn drivers(name: &str, sdk: &Sdk) -> String {
    let mut out = String::new();
    let setters: String = sdk.credentials.iter().filter(|one| one.is_usable()).map(credential).collect();
    let _ = write!(
        out,
        "use drive::{{Client, Driven, Driver, Given, Sdk}};\nuse runtime::error::Error;\nuse runtime::model;\nuse \
         runtime::call::CallOptions;\nuse sdk::types;\n\nfn open(url: &str) -> Result<Client, Error> {{\n    Ok(Box::new(sdk::Client::builder().base_url(url).retry(runtime::retry::RetryPolicy::never())\
         {setters}.transport(drive::Home::new(url)).build()?))\n}}\n\n"
    );
    if !sdk.operations.is_empty() {
        out.push_str(CLIENT);
    }
    let mut rows = String::new();
    let methods = sdk.operations.iter().flat_map(|op| op.methods.iter().map(move |method| (op, method)));
    for (at, (op, method)) in methods.enumerate() {
        let call = Call { sdk, op, method };
        call.function(&at.to_string(), None, &mut out);
        let mut others = String::new();
        for (index, other) in op.others.iter().enumerate() {
            call.function(&format!("{at}_{index}"), Some(other), &mut out);
            let _ = write!(others, "({:?}, call_{at}_{index}), ", other.content.media);
        }
        let _ = writeln!(
            rows,
            "    Driver {{ method: {:?}, path: {:?}, media: {:?}, takes_body: {}, start: call_{at}, others: &[{others}], errors: &[{}] }},",
            op.method,
            op.path,
            call.media(),
            method.content().is_some(),
            call.errors()
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

/// A method that starts a call.
struct Call<'a> {
    sdk: &'a Sdk,
    op: &'a Operation,
    method: &'a Method,
}

impl Call<'_> {
    fn function(&self, at: &str, other: Option<&Alternative>, out: &mut String) {
        let handle = self.sdk.handle_expression(self.op.resource).replacen("client", "client(of)?", 1);
        let arguments: Vec<String> =
            self.method.arguments.iter().map(|argument| self.needed(*argument)).collect();
        let setters: Vec<Argument> = self.op.setters_beside(self.method).collect();
        let mutable = if setters.is_empty() { "" } else { "mut " };
        let _ = writeln!(
            out,
            "fn call_{at}(of: &Client, given: &Given) -> Result<Driven, String> {{\n    let _ = given;\n    let {mutable}call = \
             {handle}.{}({});",
            self.method.name,
            arguments.join(", ")
        );
        for setter in setters {
            let _ = writeln!(
                out,
                "    if let Some(value) = {} {{\n        call = call.{}(value);\n    }}",
                self.wanted(setter),
                self.op.name_of(setter)
            );
        }
        let given = match other {
            Some(other) => {
                let _ = writeln!(out, "    let call = call.{}();", other.name);
                format!("drive::{}", reader(&other.content))
            }
            None => self.outcome(),
        };
        let _ = writeln!(out, "    Ok(drive::told(CallOptions::send_with_response(call), {given}))\n}}\n");
    }

    /// The media type that it sends; where the body is optional, the one its setter sends.
    fn media(&self) -> Option<&str> {
        let body = self.op.body.as_ref()?;
        Some(body.contents.get(self.method.content().unwrap_or(0))?.media.as_str())
    }

    /// The error statuses with a typed body.
    fn errors(&self) -> String {
        let row =
            |(status, ty): (_, &Ty)| format!("(\"{status}\", drive::error_body::<{}>), ", self.spell(ty));
        self.op.typed_errors().map(row).collect()
    }

    fn spell(&self, ty: &Ty) -> String {
        self.sdk.spell(ty, &mut Under::modules())
    }

    fn needed(&self, argument: Argument) -> String {
        match argument {
            Argument::Param(_) => self.wanted(argument).replacen("given.want", "given.need", 1),
            Argument::Body(_) => format!("{}.ok_or_else(drive::bodiless)?", self.wanted(argument)),
        }
    }

    fn wanted(&self, argument: Argument) -> String {
        let content = match (argument, &self.op.body) {
            (Argument::Param(at), _) => {
                let param = &self.op.params[at];
                let ty = self.spell(&param.ty);
                return format!("given.want::<{ty}>({:?}, {:?})?", param.location.as_str(), param.wire);
            }
            (Argument::Body(at), Some(body)) => &body.contents[at],
            (Argument::Body(_), None) => return String::new(),
        };
        match (&content.kind, content.ty()) {
            (_, Some(ty)) => format!("given.body::<{}>()?", self.spell(ty)),
            (ContentKind::Bytes, None) => "given.text().map(String::into_bytes)".to_owned(),
            (_, None) => "given.text()".to_owned(),
        }
    }

    /// A function that takes what the call gives.
    fn outcome(&self) -> String {
        let op = self.op;
        match &op.outcome {
            Outcome::One(at) => match op.given(*at) {
                Some(content) => format!("drive::{}", reader(content)),
                None => "drive::nothing".to_owned(),
            },
            Outcome::Optional(at) => match op.given(*at) {
                Some(content) => format!("|value| drive::maybe(value, drive::{})", reader(content)),
                None => "drive::nothing".to_owned(),
            },
            Outcome::Choice { name, variants } => {
                let path = format!("{}::{name}", self.sdk.module_of(op.resource));
                let arm = |(at, name)| match op.given(at) {
                    Some(content) => {
                        format!("sdk::{path}::{name}(value) => drive::{}(value), ", reader(content))
                    }
                    None => format!("sdk::{path}::{name} => drive::nothing(()), "),
                };
                let arms: String = variants.iter().enumerate().map(arm).collect();
                format!(
                    "|answer| match answer {{ {arms}#[allow(unreachable_patterns)] _ => drive::unknown() }}"
                )
            }
        }
    }
}

fn reader(content: &Content) -> &'static str {
    match &content.kind {
        ContentKind::Text => "text",
        ContentKind::Bytes => "bytes",
        ContentKind::Lines(_) => "lines",
        ContentKind::Events(_) => "events",
        ContentKind::Json(_) | ContentKind::Form(_) | ContentKind::Multipart(_) | ContentKind::Xml(_) => {
            "json"
        }
    }
}
