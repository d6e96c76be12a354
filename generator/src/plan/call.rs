//! The plan of the operations as data for programs that use an SDK.
//!
//! In: the finished plan. Out: [`Call`]s and [`Credential`]s, which know no ids.

use super::text::text;
use super::{Ident, OpPlan, Plan, walk};
use crate::calls::{Argument, Call, Carries, Credential, Other, Outcome, Place};
use crate::ir::{Answer, Content, ContentKind, Operation, SchemeKind};
use crate::plan;

/// All calls: operations in document order, and of each operation its ways to send a body.
pub(crate) fn calls(plan: &Plan) -> Vec<Call> {
    let operations = plan.api.operations.iter().zip(&plan.operations);
    operations.flat_map(|(op, names)| of_operation(plan, op, names)).collect()
}

/// The setters of credentials that the runtime can send.
pub(crate) fn credentials(plan: &Plan) -> Vec<Credential> {
    let schemes = plan.api.schemes.iter().zip(&plan.credentials);
    let usable = schemes.filter(|(scheme, _)| !matches!(scheme.kind, SchemeKind::Other(_)));
    usable
        .map(|(scheme, names)| Credential { setter: owned(&names.name), kind: scheme.kind.clone() })
        .collect()
}

fn of_operation(plan: &Plan, op: &Operation, names: &OpPlan) -> Vec<Call> {
    let chain = walk::chain(&plan.api, op.resource);
    let contents = |at: usize| op.body.as_ref().and_then(|body| body.contents.get(at));
    let required = walk::required(op);
    let params = |at: &usize| Argument {
        name: owned(&names.params[*at]),
        place: Place::Param(op.params[*at].location, op.params[*at].wire.clone()),
        carries: Carries::Value(text(plan, &op.params[*at].ty)),
    };
    let body = |content: &Content| {
        let name = names.body.as_ref().map(owned).unwrap_or_default();
        Argument { name, place: Place::Body, carries: sent(plan, content) }
    };
    let errors = op.errors.iter().filter_map(|answer| match &answer.content.as_ref()?.kind {
        ContentKind::Json(ty) => Some((answer.status.to_string(), text(plan, ty))),
        ContentKind::Xml(body) => Some((answer.status.to_string(), text(plan, &body.ty))),
        _ => None,
    });
    let errors: Vec<(String, String)> = errors.collect();
    let others = op.others().zip(&names.others).map(|(content, name)| Other {
        media: content.media.clone(),
        method: owned(name),
        carries: received(plan, content),
    });
    let others: Vec<Other> = others.collect();
    let calls = names.methods.iter().map(|method| {
        let argument = method.content.and_then(contents);
        let setter = contents(0).filter(|_| method.content.is_none());
        let optional: Vec<usize> = (0..op.params.len()).filter(|at| !required.contains(at)).collect();
        Call {
            verb: op.method.clone(),
            path: op.path.clone(),
            way: chain.iter().map(|id| owned(&plan.resource(*id).accessor)).collect(),
            method: owned(&method.name),
            media: argument.or(setter).map(|content| content.media.clone()),
            arguments: required.iter().map(params).chain(argument.map(body)).collect(),
            setters: optional.iter().map(params).chain(setter.map(body)).collect(),
            outcome: outcome(plan, op, names),
            others: others.clone(),
            errors: errors.clone(),
            paged: names.paging.is_some(),
        }
    });
    calls.collect()
}

fn outcome(plan: &Plan, op: &Operation, names: &OpPlan) -> Outcome {
    let given = |answer: &Answer| answer.content.as_ref().map(|content| received(plan, content));
    match &names.outcome {
        plan::Outcome::One(at) => op.answers.get(*at).and_then(given).map_or(Outcome::Empty, Outcome::One),
        plan::Outcome::Optional(at) => {
            op.answers.get(*at).and_then(given).map_or(Outcome::Empty, Outcome::Optional)
        }
        plan::Outcome::Choice { name, variants } => {
            let chain = walk::chain(&plan.api, op.resource);
            let mut path: Vec<&str> = chain.iter().map(|id| plan.resource(*id).module.as_str()).collect();
            if path.is_empty() {
                path.push("client");
            }
            path.push(name.as_str());
            let variants = op.answers.iter().zip(variants);
            Outcome::Choice {
                path: path.join("::"),
                variants: variants.map(|(answer, name)| (owned(name), given(answer))).collect(),
            }
        }
    }
}

fn sent(plan: &Plan, content: &Content) -> Carries {
    match &content.kind {
        ContentKind::Text => Carries::Text,
        ContentKind::Bytes => Carries::Bytes,
        ContentKind::Xml(body) => Carries::Value(text(plan, &body.ty)),
        ContentKind::Json(ty)
        | ContentKind::Form(ty)
        | ContentKind::Multipart(ty)
        | ContentKind::Events(ty)
        | ContentKind::Lines(ty) => Carries::Value(text(plan, ty)),
    }
}

fn received(plan: &Plan, content: &Content) -> Carries {
    match &content.kind {
        ContentKind::Events(ty) => Carries::Events(text(plan, ty)),
        ContentKind::Lines(ty) => Carries::Lines(text(plan, ty)),
        _ => sent(plan, content),
    }
}

fn owned(ident: &Ident) -> String {
    ident.as_str().to_owned()
}
