//! The circles that there are.
//!
//! The list is a ratchet: take an entry out, or files out of an entry, when a circle is gone. What stays in the end is
//! inherent recursion, and ARCHITECTURE.md names it.

/// Each with the `src` folder of its crate, its files, and the reason why it is there.
pub(super) const KNOWN: &[(&str, &str, &str)] = &[
    (
        "generator/src",
        "diff.rs diff/answers.rs diff/auth.rs diff/calls.rs diff/client.rs diff/headers.rs diff/members.rs \
         diff/notes.rs diff/onward.rs diff/pair.rs diff/params.rs diff/picks.rs diff/rename.rs diff/spell.rs \
         diff/surface.rs diff/types.rs diff/xml.rs",
        "not taken apart yet",
    ),
    (
        "generator/src",
        "emit.rs emit/aliases.rs emit/client.rs emit/enums.rs emit/example.rs emit/operation.rs \
         emit/operation/encoding.rs emit/operation/outcome.rs emit/operation/route.rs emit/operation/wait.rs \
         emit/path.rs emit/resource.rs emit/root.rs emit/scope.rs emit/setup.rs emit/structs.rs emit/ty.rs \
         emit/unions.rs emit/xml.rs",
        "not taken apart yet",
    ),
    ("generator/src", "ir/dump.rs ir/dump/encoding.rs", "not taken apart yet"),
    (
        "generator/src",
        "lower/family.rs lower/object.rs lower/scalar.rs lower/schema.rs lower/union.rs lower/union/branches.rs \
         lower/union/literal.rs lower/union/several.rs lower/union/tags.rs lower/union/variants.rs",
        "inherent: schemas hold schemas",
    ),
    (
        "generator/src",
        "plan.rs plan/call.rs plan/cycle.rs plan/derive.rs plan/home.rs plan/lock.rs plan/member.rs \
         plan/method.rs plan/method/said.rs plan/method/stem.rs plan/outcome.rs plan/page.rs \
         plan/page/chosen.rs plan/resource.rs plan/share.rs plan/stream.rs plan/text.rs plan/types.rs \
         plan/types/segment.rs plan/types/shorter.rs plan/variant.rs plan/verify.rs plan/wait.rs plan/walk.rs \
         plan/way.rs plan/xml.rs",
        "not taken apart yet",
    ),
    (
        "generator/runtime/src",
        "runtime/auth.rs runtime/auth/cache.rs runtime/auth/oauth.rs runtime/body.rs runtime/body/file.rs \
         runtime/body/multipart.rs runtime/call.rs runtime/call/reply.rs runtime/client.rs \
         runtime/client/builder.rs runtime/client/builder/tokens.rs runtime/error.rs runtime/error/api.rs \
         runtime/error/request.rs runtime/error/response.rs runtime/error/transport.rs runtime/hook.rs \
         runtime/limit.rs runtime/route.rs runtime/send.rs runtime/send/attempt.rs runtime/send/coding.rs \
         runtime/send/prepare.rs runtime/send/read.rs runtime/send/receive.rs runtime/send/redirect.rs \
         runtime/stream.rs runtime/trace.rs runtime/transport.rs runtime/transport/fetch.rs",
        "not taken apart yet",
    ),
    (
        "generator/runtime/src",
        "runtime/call/answer.rs runtime/call/operation.rs runtime/stream/events.rs",
        "not taken apart yet",
    ),
    ("generator/runtime/src", "runtime/xml/read.rs runtime/xml/read/union.rs", "not taken apart yet"),
    ("generator/runtime/src", "runtime/encode.rs runtime/encoding.rs", "not taken apart yet"),
    (
        "generator/runtime/src",
        "runtime/macros.rs runtime/model.rs runtime/model/adapter.rs runtime/model/members.rs \
         runtime/model/raw.rs runtime/model/upload.rs runtime/wire.rs runtime/wire/reader.rs \
         runtime/wire/show.rs runtime/wire/string.rs runtime/wire/value.rs runtime/wire/writer.rs",
        "not taken apart yet",
    ),
    ("generator/runtime/src", "runtime/wire/group.rs runtime/wire/object.rs", "not taken apart yet"),
    ("xtask/src", "args.rs args/change.rs", "not taken apart yet"),
    (
        "xtask/src",
        "bodies.rs bodies/index.rs breaks.rs case.rs ci.rs codegen.rs codegen/places.rs codegen/show.rs \
         console.rs corpus.rs diff.rs evolve.rs evolve/report.rs explain.rs features.rs fuzz.rs input.rs \
         input/parts.rs ir.rs judge.rs judge/forms.rs judge/prism.rs judge/served.rs judge/server.rs \
         judge/tools.rs judge/verdict.rs ledger.rs lib.rs lint.rs plant.rs program.rs suite.rs \
         suite/program.rs suite/read.rs suite/report.rs suite/wrap.rs sync.rs sync/fetch.rs sync/upstream.rs \
         versus.rs witness.rs witness/examples.rs",
        "not taken apart yet",
    ),
];
