//! The kinds of problem, with the text that `cargo xtask explain CODE` prints.

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something was left out or decided that the user may want to know.
    Warning,
    /// No output is made.
    Error,
}

impl Severity {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal, $severity:ident;)*) => {
        /// The kinds of problem, each with a stable name (`cargo xtask explain CODE`).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $doc])+ $name,)* }

        impl Code {
            /// Every code, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its stable name.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// What it means, its cause and its fix, as lines that each begin with a space.
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc, "\n",)+),)* }
            }

            /// How bad it is unless configured otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// The text is not well-formed YAML or JSON.
    ///
    /// The place is where the reader gave up; the cause often stands a line or two above it: a missing quote, a tab in the
    /// indentation, a `:` inside a value that is not quoted, a comma too many.
    ///
    /// Fix: mend the text at the place shown, or a line or two above it.
    Syntax = "syntax", Error;
    /// A mapping has the same key twice; only one of the two could be used.
    ///
    /// Readers differ in which one they take, so the document means different things to different tools. Merge the two, or
    /// rename one. The last one is used.
    ///
    /// Fix: merge the two members, or rename one.
    DuplicateKey = "duplicate-key", Warning;
    /// The document is nested more deeply than the limit allows.
    ///
    /// 128 levels of mappings and sequences are read; YAML aliases are followed while they do not multiply the document
    /// beyond its own size; references into the middle of other schemas are followed for 160 levels. Move inner schemas to
    /// `components` and refer to them.
    ///
    /// Fix: move inner schemas to `components`, repeat nothing by aliases, and refer by `$ref`.
    TooDeep = "too-deep", Error;
    /// Following its references would make the document larger than the limit allows.
    ///
    /// A few references that each lead to several more multiply without end. Break the chain.
    ///
    /// Fix: let fewer places refer to things that refer to several more.
    TooLarge = "too-large", Error;
    /// The text is no OpenAPI 3.0 or 3.1 document (no `openapi` member, or another version).
    ///
    /// Is it the right file? An OpenAPI document begins with `openapi: 3.0.x` or `openapi: 3.1.x`.
    ///
    /// Fix: name the right file, or begin the document with `openapi: 3.1.0`.
    NotOpenapi = "not-openapi", Error;
    /// A Swagger 2.0 document; convert it to OpenAPI 3 first.
    ///
    /// Any of the usual converters will do (`swagger2openapi`, the Swagger editor's `Convert to OpenAPI 3`).
    ///
    /// Fix: convert the document, and generate from what comes out.
    Swagger2 = "swagger-2", Error;
    /// A version of OpenAPI that is newer than the generator; it is read as 3.1.
    ///
    /// Of what 3.2 added, the method `query`, `additionalOperations`, `itemSchema`, `prefixEncoding`, `itemEncoding`, `allowReserved`
    /// of paths and `nodeType` of XML are read, among others. What has no effect is reported where it occurs.
    ///
    /// Fix: nothing, if what is reported beside it does not matter; else write it as 3.1 does.
    NewerVersion = "newer-version", Warning;
    /// A member has a value of the wrong type or shape, and is left out.
    ///
    /// The specification wants another kind of value in this place, and what is meant is not plain. Where upstream will not
    /// mend it, a `[[fixup]]` in `sdk.toml` can.
    ///
    /// Fix: write the kind of value that the report asks for, or take the member out.
    WrongShape = "wrong-shape", Warning;
    /// An operation that is left out, since something that it needs cannot be read.
    ///
    /// The cause is reported at its own place. All other operations are there.
    ///
    /// Fix: mend what is reported at the cause, or leave the operation out by `[exclude]`.
    OperationRefused = "operation-refused", Warning;
    /// A `$ref` leads to nothing.
    ///
    /// Mind the spelling, and that `/` in a key is written `~1` and `~` is written `~0`. Schemas that refer to nothing hold any
    /// JSON, and operations whose parameter, body or answer is missing are left out.
    ///
    /// Fix: correct the reference, or add what it names.
    UnresolvedRef = "unresolved-ref", Warning;
    /// A `$ref` leads to a file that is not read.
    ///
    /// Files beside the document and below its folder are read. Nothing is fetched from the network, and what lies outside the
    /// folder is read with `--allow-outside` only. It is treated as a `$ref` that leads to nothing.
    ///
    /// Fix: put the file beside the document, or give `--allow-outside`.
    ExternalRef = "external-ref", Warning;
    /// A chain of `$ref`s leads back to itself.
    ///
    /// A schema may contain itself; it cannot be nothing but a reference to itself. It holds any JSON.
    ///
    /// Fix: let one of the references lead to a schema with content.
    RefCycle = "ref-cycle", Warning;
    /// Two operations have the same `operationId`.
    ///
    /// The specification wants them unique. Where upstream will not mend it, `set` one of them by a `[[fixup]]`. Both
    /// are there; where their methods would be called alike, method and path name them.
    ///
    /// Fix: give one of the operations another `operationId`.
    DuplicateOperationId = "duplicate-operation-id", Warning;
    /// A path parameter is declared but not in the path, or in the path but not declared.
    ///
    /// Each `{name}` of a path needs a parameter `in: path` of that name, and the other way round. The path decides: what it
    /// does not have is not sent, what is not declared is a string.
    ///
    /// Fix: spell the parameter in the path and in the list alike.
    PathParameter = "path-parameter", Warning;
    /// A `$ref` leads to a component of another kind than its place asks for.
    ///
    /// A parameter that refers to a schema, a response that refers to a request body: there is nothing to read in such a place.
    ///
    /// Fix: refer to a component of the kind that the place asks for.
    WrongRef = "wrong-ref", Warning;
    /// A parameter is declared twice in one list.
    ///
    /// A name may be used once in each of path, query, header and cookie. The first declaration is used.
    ///
    /// Fix: take one of the declarations out, or rename it.
    DuplicateParameter = "duplicate-parameter", Warning;
    /// Two things that the document says cannot both hold.
    ///
    /// A minimum above the maximum, a member that is only read and only written, two paths that differ in the names of their
    /// parameters alone, a tag that is declared twice.
    ///
    /// Fix: decide which of the two is meant, and take the other out.
    Contradiction = "contradiction", Warning;
    /// The variables of a server do not agree with its URL, or a default is none of its values.
    ///
    /// Each `{name}` in the URL needs a variable with a default, which is one of its `enum` where it has one.
    ///
    /// Fix: declare each variable of the URL, with a default that its `enum` has.
    ServerVariable = "server-variable", Warning;
    /// `allOf` members that cannot hold at the same time.
    ///
    /// Two of the schemas demand different types of one member. The last one is used.
    ///
    /// Fix: give the member one type in all branches.
    AllOfConflict = "all-of-conflict", Warning;
    /// A type that demands a value of itself, so that no value of it can end.
    ///
    /// The property is required and never null, and no list or map stands between. The type is there, but nobody can make a
    /// value of it, and no server can send one.
    ///
    /// Fix: let the property be absent or null, or be a list.
    NoFiniteValue = "no-finite-value", Warning;
    /// A keyword that has no effect on the generated code.
    ///
    /// It is known, and deliberately not turned into code; values are not checked against it.
    ///
    /// Fix: nothing, if the condition may stay unchecked; else write it in a way that has an effect.
    KeywordIgnored = "keyword-ignored", Warning;
    /// A keyword the specification does not know.
    ///
    /// Often a slip of the hand (`nulable`), or a keyword of another version. Extensions begin with `x-`.
    ///
    /// Fix: spell the keyword right, take it out, or let its name begin with `x-`.
    KeywordUnknown = "keyword-unknown", Warning;
    /// Something the specification does not allow, whose meaning is plain; it was read as meant.
    ///
    /// `type: int`, `required: true` on a property, a number in quotes: mend the document, or leave it.
    ///
    /// Fix: write it as the report says.
    Sloppy = "sloppy", Warning;
    /// A schema that became `serde_json::Value`.
    ///
    /// Nothing is said about its shape, or what is said has no Rust type. It decodes and encodes without loss.
    ///
    /// Fix: say what the value looks like, by `type`, `$ref` or `properties`.
    Untyped = "untyped", Warning;
    /// A `format` without a Rust type of its own.
    ///
    /// The plain type is used, and the format is named in the documentation of the member.
    ///
    /// Fix: use a format that is known, give this one a type under `[formats]`, or allow it.
    FormatUnknown = "format-unknown", Warning;
    /// A default that does not fit its schema and is left out.
    ///
    /// A member with a default that fits is a plain field; this one is an `Option`.
    ///
    /// Fix: write a default that its own schema accepts.
    DefaultMismatch = "default-mismatch", Warning;
    /// An example that does not fit its schema.
    ///
    /// Either of the two is wrong. The code follows the schema; the example is left as it is.
    ///
    /// Fix: correct the example or the schema, whichever is wrong.
    ExampleMismatch = "example-mismatch", Warning;
    /// A body of an XML media type whose schema has no form in XML; it is a string in the code.
    ///
    /// An element needs a name, an attribute must be a scalar, and schemas that are alternatives need a tag. Where something is
    /// missing, the code takes and gives the text of the document.
    ///
    /// Fix: say at the schema what the report asks for, by its `xml` or by a `discriminator`.
    XmlAsText = "xml-as-text", Warning;
    /// A media type of an answer that no method asks for, because another one says the same.
    ///
    /// Of several media types of an answer the best one is read, and the `accept` header asks for it. A method of the call asks
    /// for each of the others, unless it carries the same or belongs to a failure. Nothing is lost by that, so these are only
    /// counted; `media-type-ignored = "warn"` under `[lints]` lists them.
    ///
    /// Fix: nothing needs to be done.
    MediaTypeIgnored = "media-type-ignored", Warning;
    /// Two things would have the same Rust name; one was given a number.
    ///
    /// Give them names of their own under `[names]` or `[operations]` in `sdk.toml`: numbers move when the document does.
    ///
    /// Fix: choose a name for one of the two in `sdk.toml`.
    NameClash = "name-clash", Warning;
    /// Enum values that fall together, or an enum that cannot be a Rust enum.
    ///
    /// Values of mixed types stay JSON values; values that differ only in case keep apart by number.
    ///
    /// Fix: take the value out that stands twice, or write all values in the type of the schema.
    EnumValue = "enum-value", Warning;
    /// A discriminator that cannot be used as declared.
    ///
    /// The union is told apart by the shape of its variants instead.
    ///
    /// Fix: let each variant have the member, and each value lead to one variant.
    Discriminator = "discriminator", Warning;
    /// A security scheme the runtime cannot satisfy by itself.
    ///
    /// Calls that need it can be made with a header given by hand.
    ///
    /// Fix: correct the name of the scheme or its scope, or send the credential by a header of your own.
    SecurityScheme = "security-scheme", Warning;
    /// `sdk.toml` is not valid TOML, or has an unknown key or a value of the wrong type.
    ///
    /// Every key is described in `docs/configuration.md`.
    ///
    /// Fix: correct the line of `sdk.toml` that is shown.
    Config = "config", Error;
    /// A choice in `sdk.toml` points at nothing (a pinned name, a wait, a way of paging), or a name is no Rust identifier.
    ///
    /// After an update of the document pins may be left over: take them out, or point them at the new place.
    ///
    /// Fix: take the choice out, or point it at the new place.
    ConfigTarget = "config-target", Error;
    /// `names.lock` cannot be read.
    ///
    /// The file is written by `cargo xtask codegen` and not meant to be edited. Take it as it was last committed, or make it
    /// anew by `cargo xtask codegen --relock`, which may rename things.
    ///
    /// Fix: restore the file from version control, or run `cargo xtask codegen --relock`.
    Lock = "lock", Error;
    /// A name of `names.lock` could not be kept.
    ///
    /// What was called so has another name now, and code that uses the SDK has to follow. Either `sdk.toml` gives the name
    /// to something else, or a new version of the generator needs it.
    ///
    /// Fix: take over the new name in the programs that use the SDK, or choose the old one in `sdk.toml`.
    LockedName = "locked-name", Warning;
    /// A fixup of `sdk.toml` that does not apply.
    ///
    /// What it repairs is not there (any more), or already as it should be: take it out, or point it at the new place.
    ///
    /// Fix: take the fixup out, or point it at the new place.
    FixupUnused = "fixup-unused", Error;
    /// An overlay that cannot be read or applied.
    ///
    /// Overlays are documents of the OpenAPI Overlay Specification 1.0: `overlay`, `info` and a list of `actions`, each with a
    /// `target` (JSONPath, RFC 9535) and an `update` or `remove: true`.
    ///
    /// Fix: correct the action that is shown.
    Overlay = "overlay", Error;
    /// An action of an overlay whose target matches nothing.
    ///
    /// The specification lets it pass; often what it mended is not there any more, or the target has a slip.
    ///
    /// Fix: correct the target, or take the action out.
    OverlayUnused = "overlay-unused", Warning;
    /// An operation that `[include]` and `[exclude]` of `sdk.toml` leave out.
    ///
    /// They are counted in the report; `excluded = "warn"` under `[lints]` lists them.
    ///
    /// Fix: nothing; `[include]` and `[exclude]` decide.
    Excluded = "excluded", Warning;
    /// A schema that only left-out operations needed.
    ///
    /// They are counted in the report; `pruned = "warn"` under `[lints]` lists them.
    ///
    /// Fix: nothing; an operation that is included again brings it back.
    Pruned = "pruned", Warning;
}

impl Code {
    /// Whether it is only counted unless `[lints]` wants it listed.
    pub fn is_quiet(self) -> bool {
        matches!(self, Self::Excluded | Self::Pruned | Self::MediaTypeIgnored)
    }

    /// The code of this name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name)
    }

    /// What to do about it.
    pub fn fix(self) -> &'static str {
        self.explanation().split_once("Fix: ").map_or("", |(_, fix)| fix.trim_end())
    }

    /// First line of the explanation.
    pub fn summary(self) -> &'static str {
        self.explanation().lines().next().unwrap_or_default().trim()
    }
}
