//! What awaiting a call gives.
//!
//! In: the success responses of an operation. Out: an [`Outcome`].

use crate::ir::{ContentKind, Operation, Status};
use crate::plan::naming::name::{Claim, Scope, rank};
use crate::sdk::Ident;
use crate::sdk::Outcome;
use crate::word::Case;

/// Decides what an operation gives; `choice` is the name of the enum if it has to be one.
pub(in crate::plan) fn outcome(op: &Operation, choice: &Ident) -> Outcome {
    let kinds: Vec<Option<&ContentKind>> =
        op.responses.iter().map(|response| response.content.as_ref().map(|content| &content.kind)).collect();
    let Some(some) = kinds.iter().position(Option::is_some) else { return Outcome::One(0) };
    let same = kinds.iter().all(|kind| kind.is_none() || *kind == kinds[some]);
    let all = kinds.iter().all(Option::is_some);
    match (same, all) {
        (true, true) => Outcome::One(some),
        (true, false) => Outcome::Optional(some),
        (false, _) => Outcome::Choice { name: choice.clone(), variants: variants(op) },
    }
}

fn variants(op: &Operation) -> Vec<Ident> {
    let claim =
        |status: Status| Claim::new(format!("{status:?}"), Case::Camel).candidate(rank::PLAIN, &name(status));
    let claims: Vec<Claim<'_>> = op.responses.iter().map(|response| claim(response.status)).collect();
    Scope::default().settle(&claims).into_iter().map(|assigned| assigned.ident).collect()
}

fn name(status: Status) -> String {
    match status {
        Status::Code(other) => {
            word(&status.to_string()).map_or_else(|| format!("Status{other}"), str::to_owned)
        }
        Status::Range(2) => "Success".to_owned(),
        Status::Range(digit) => format!("Status{digit}Xx"),
        Status::Default => "Other".to_owned(),
    }
}

/// The word for a status, as the specification of HTTP has it, some of them shorter.
pub(in crate::plan) fn word(status: &str) -> Option<&'static str> {
    #[rustfmt::skip]
    const WORDS: [(&str, &str); 60] = [
        ("200", "Ok"), ("201", "Created"), ("202", "Accepted"), ("203", "NonAuthoritative"), ("204", "NoContent"),
        ("205", "ResetContent"), ("206", "PartialContent"), ("207", "MultiStatus"), ("208", "AlreadyReported"),
        ("226", "ImUsed"), ("2XX", "Success"),
        ("300", "MultipleChoices"), ("301", "MovedPermanently"), ("302", "Found"), ("303", "SeeOther"),
        ("304", "NotModified"), ("307", "TemporaryRedirect"), ("308", "PermanentRedirect"), ("3XX", "Redirect"),
        ("400", "BadRequest"), ("401", "Unauthorized"), ("402", "PaymentRequired"), ("403", "Forbidden"),
        ("404", "NotFound"), ("405", "MethodNotAllowed"), ("406", "NotAcceptable"), ("407", "ProxyUnauthorized"),
        ("408", "RequestTimeout"), ("409", "Conflict"), ("410", "Gone"), ("411", "LengthRequired"),
        ("412", "PreconditionFailed"), ("413", "ContentTooLarge"), ("414", "UriTooLong"),
        ("415", "UnsupportedMediaType"), ("416", "RangeNotSatisfiable"), ("417", "ExpectationFailed"),
        ("418", "Teapot"), ("421", "Misdirected"), ("422", "Unprocessable"), ("423", "Locked"),
        ("424", "FailedDependency"), ("425", "TooEarly"), ("426", "UpgradeRequired"),
        ("428", "PreconditionRequired"), ("429", "TooManyRequests"), ("431", "HeadersTooLarge"),
        ("451", "UnavailableForLegalReasons"), ("4XX", "Client"),
        ("500", "Internal"), ("501", "NotImplemented"), ("502", "BadGateway"), ("503", "Unavailable"),
        ("504", "GatewayTimeout"), ("505", "VersionNotSupported"), ("507", "InsufficientStorage"),
        ("508", "LoopDetected"), ("511", "NetworkUnauthorized"), ("5XX", "Server"), ("default", "Other"),
    ];
    WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(status)).map(|(_, word)| *word)
}

#[cfg(test)]
mod tests;
