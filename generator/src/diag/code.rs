//! The diagnostic codes, with the text that `sdkgen explain CODE` prints.

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something was skipped or assumed.
    Warning,
    /// No output is generated.
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
        /// A diagnostic code with a stable name (`sdkgen explain CODE`).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $doc])+ $name,)* }

        impl Code {
            /// All codes in declaration order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Returns the stable name.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// Returns meaning, cause and fix, as lines that each begin with a space.
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc, "\n",)+),)* }
            }

            /// Returns the default severity.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// The text is not well-formed YAML or JSON.
    ///
    /// The location is where the parser stopped; the cause is often a line or two above it: a missing quote, a tab in
    /// the indentation, a `:` in an unquoted value, an extra comma. Errors whose correction is clear are corrected in
    /// memory, so that the rest of the document is read, too. Nothing is generated.
    ///
    /// Fix: correct the text at the location shown, or a line or two above it.
    Syntax = "syntax", Error;
    /// A mapping has the same key twice.
    ///
    /// Parsers differ in which of the two they use, so the document means different things to different tools. The last
    /// one is used.
    ///
    /// Fix: merge the two entries, or rename one.
    DuplicateKey = "duplicate-key", Warning;
    /// The document is nested more deeply than the limit allows.
    ///
    /// The limits are 128 levels of mappings and sequences, 160 levels of schemas through references into other
    /// schemas, and YAML aliases that expand to more than a multiple of the document.
    ///
    /// Fix: move inner schemas to `components` and refer to them by `$ref`; replace aliases by references.
    TooDeep = "too-deep", Error;
    /// The document, or what its references expand to, is larger than the limit allows.
    ///
    /// Parts that each refer to several others multiply quickly when they are merged or inlined. `docs/reports.md`
    /// lists the limits.
    ///
    /// Fix: refer to shared parts in fewer places.
    TooLarge = "too-large", Error;
    /// The text is not an OpenAPI 3 document: `openapi` is missing, or has an unsupported version.
    ///
    /// An OpenAPI document begins with `openapi: 3.0.x` or `openapi: 3.1.x`.
    ///
    /// Fix: pass the right file, or begin the document with `openapi: 3.1.0`.
    NotOpenapi = "not-openapi", Error;
    /// The document is Swagger 2.0.
    ///
    /// Only OpenAPI 3 is read. `swagger2openapi` and the Swagger editor (`Convert to OpenAPI 3`) convert documents.
    ///
    /// Fix: convert the document, and generate from the result.
    Swagger2 = "swagger-2", Error;
    /// The document has a newer version of OpenAPI than 3.1; it is read as 3.1.
    ///
    /// Much of OpenAPI 3.2 is supported: the method `query`, `additionalOperations`, `itemSchema`, `prefixEncoding`,
    /// `itemEncoding`, `allowReserved` of path parameters and `nodeType` of XML, among others. What has no effect is
    /// reported where it occurs.
    ///
    /// Fix: change the version to `3.1.0` unless the document needs 3.2; else allow this report.
    NewerVersion = "newer-version", Warning;
    /// A value has the wrong type or structure, and is ignored.
    ///
    /// The specification asks for another kind of value, and the intended one is not clear.
    ///
    /// Fix: write the kind of value that the report asks for, or remove it; if you cannot change the document, use a
    /// `[[fixup]]` in `sdk.toml`.
    WrongShape = "wrong-shape", Warning;
    /// An operation is skipped because a part that it needs cannot be read.
    ///
    /// The cause is reported at its own location. All other operations are generated.
    ///
    /// Fix: fix the reported cause, or exclude the operation under `[exclude]`.
    OperationRefused = "operation-refused", Warning;
    /// A `$ref` does not resolve.
    ///
    /// In a key, `/` is written `~1` and `~` is written `~0`. A schema with such a reference accepts any value; an
    /// operation whose parameter, request body or response is missing is skipped.
    ///
    /// Fix: correct the reference, or add its target.
    UnresolvedRef = "unresolved-ref", Warning;
    /// A `$ref` points to a file that is not read.
    ///
    /// Files in the folder of the document and below are read; files elsewhere only with `--allow-outside`, and nothing
    /// is fetched from the network. The reference is treated as unresolved.
    ///
    /// Fix: put the file next to the document, or pass `--allow-outside`.
    ExternalRef = "external-ref", Warning;
    /// A chain of `$ref`s refers back to itself.
    ///
    /// A schema may contain itself, but it cannot consist only of a reference to itself. It accepts any value.
    ///
    /// Fix: give one of the schemas in the cycle a `type` or `properties`.
    RefCycle = "ref-cycle", Warning;
    /// Two operations have the same `operationId`.
    ///
    /// The specification requires them to be unique. Both operations are generated; where their methods would have the
    /// same name, they are named by method and path.
    ///
    /// Fix: give one of the operations another `operationId`, by a `[[fixup]]` if you cannot change the document.
    DuplicateOperationId = "duplicate-operation-id", Warning;
    /// A path parameter is declared but not in the path, or in the path but not declared.
    ///
    /// Each `{name}` in a path needs a parameter `in: path` of that name, and the reverse. A parameter that is not in
    /// the path is not sent; one that is not declared is a string.
    ///
    /// Fix: use the same spelling in the path and in `parameters`.
    PathParameter = "path-parameter", Warning;
    /// A `$ref` points to a component of the wrong kind.
    ///
    /// A parameter must refer to a parameter, a response to a response, and so on. The reference is treated as
    /// unresolved.
    ///
    /// Fix: refer to a component of the right kind.
    WrongRef = "wrong-ref", Warning;
    /// A parameter is declared twice in an array of parameters.
    ///
    /// A name may occur once in each of path, query, header and cookie. The first declaration is used.
    ///
    /// Fix: remove or rename one of the declarations.
    DuplicateParameter = "duplicate-parameter", Warning;
    /// Two statements of the document contradict each other.
    ///
    /// Examples: a minimum above the maximum, a property that is both `readOnly` and `writeOnly`, two paths that differ
    /// only in the names of their parameters, a tag that is declared twice.
    ///
    /// Fix: decide which one is intended, and remove the other.
    Contradiction = "contradiction", Warning;
    /// The variables of a server do not match its URL, or a default is not one of the values.
    ///
    /// Each `{name}` in the URL needs a variable with a default. If the variable has an `enum`, the default must be one
    /// of its values.
    ///
    /// Fix: declare each variable of the URL, with a default from its `enum`.
    ServerVariable = "server-variable", Warning;
    /// The schemas of an `allOf` contradict each other.
    ///
    /// Two of the schemas require different types of the same value. The report says which one is used.
    ///
    /// Fix: use the same type in all branches.
    AllOfConflict = "all-of-conflict", Warning;
    /// A type requires a value of itself, so no finite value exists.
    ///
    /// The property is required and not nullable, and no array or map is in between. The type is generated, but no
    /// value of it can be constructed or received.
    ///
    /// Fix: make the property optional, nullable or an array.
    NoFiniteValue = "no-finite-value", Warning;
    /// A keyword has no effect on the generated code.
    ///
    /// The keyword is known and ignored on purpose; values are not checked against it.
    ///
    /// Fix: nothing if the keyword does not matter, else express it in another way.
    KeywordIgnored = "keyword-ignored", Warning;
    /// A keyword is not part of the specification.
    ///
    /// Often it is a typo (`nulable`), or a keyword of another version. Names of extensions begin with `x-`. The
    /// keyword is ignored.
    ///
    /// Fix: correct or remove the keyword, or rename it to begin with `x-`.
    KeywordUnknown = "keyword-unknown", Warning;
    /// The document violates the specification, but its meaning is clear.
    ///
    /// Examples: `type: int`, `required: true` on a property, a number in quotes. It is read as intended.
    ///
    /// Fix: write it as the report says, or allow the report.
    Sloppy = "sloppy", Warning;
    /// A schema became `serde_json::Value`.
    ///
    /// The schema does not say its type, or has no Rust type. Values decode and encode without loss.
    ///
    /// Fix: describe the value by `type`, `$ref` or `properties`.
    Untyped = "untyped", Warning;
    /// A `format` has no Rust type of its own.
    ///
    /// The plain type is used, and the documentation of the field names the format.
    ///
    /// Fix: use a known format, give this one a type under `[formats]`, or allow the report.
    FormatUnknown = "format-unknown", Warning;
    /// A default does not match its schema, and is ignored.
    ///
    /// A property with a valid default is a plain field; this one is an `Option`.
    ///
    /// Fix: write a default that its schema accepts.
    DefaultMismatch = "default-mismatch", Warning;
    /// An example does not match its schema.
    ///
    /// Either of them is wrong. The code follows the schema.
    ///
    /// Fix: correct the example or the schema.
    ExampleMismatch = "example-mismatch", Warning;
    /// A body of an XML media type is a string, because its schema cannot be mapped to XML.
    ///
    /// An element needs a name, an attribute must be a scalar, and a union needs a tag. If one of these is missing, the
    /// code accepts and returns the text of the document.
    ///
    /// Fix: add what the report asks for to the schema, by `xml` or `discriminator`.
    XmlAsText = "xml-as-text", Warning;
    /// A media type of a response is not requested, because another one has the same content.
    ///
    /// If a response has several media types, the `accept` header requests the best one, and a method of the call
    /// requests each of the others, except media types with the same content and those of errors. No content is lost,
    /// so these are only counted; `media-type-ignored = "warn"` under `[lints]` lists them.
    ///
    /// Fix: nothing.
    MediaTypeIgnored = "media-type-ignored", Warning;
    /// Two items would have the same Rust name, so one has a number.
    ///
    /// Numbers may change when the document does.
    ///
    /// Fix: choose a name for one of them under `[names]` or `[operations]` in `sdk.toml`.
    NameClash = "name-clash", Warning;
    /// An enum has equal values, or values that do not match its type.
    ///
    /// Values of several types make the schema a `serde_json::Value`; values that differ only in case get a number.
    ///
    /// Fix: remove the repeated value, or write all values in the type of the schema.
    EnumValue = "enum-value", Warning;
    /// A discriminator cannot be used as declared.
    ///
    /// If it is not usable at all, the union is untagged: its variants are distinguished by their properties.
    ///
    /// Fix: declare the property in each variant, and map each value to one variant.
    Discriminator = "discriminator", Warning;
    /// A security scheme is not supported or not declared.
    ///
    /// Calls that need it can be made with a header that you set.
    ///
    /// Fix: correct the name of the scheme or its scope, or send the credential in a header of your own.
    SecurityScheme = "security-scheme", Warning;
    /// `sdk.toml` is not valid TOML, or has an unknown key or a value of the wrong type.
    ///
    /// `docs/configuration.md` describes every key.
    ///
    /// Fix: correct the line shown.
    Config = "config", Error;
    /// An entry of `sdk.toml` matches nothing in the document, or a chosen name is not a Rust identifier.
    ///
    /// An update of the document may have removed or moved what the entry names.
    ///
    /// Fix: remove the entry, or point it to the new location.
    ConfigTarget = "config-target", Error;
    /// `names.lock` cannot be read.
    ///
    /// The file is written by `sdkgen generate` and not meant to be edited. `--relock` recreates it, which may
    /// rename items.
    ///
    /// Fix: restore the file from version control, or run `sdkgen generate --relock`.
    Lock = "lock", Error;
    /// A name in `names.lock` could not be kept.
    ///
    /// `sdk.toml` gives the name to something else, or a new version of the generator needs it. Code that uses the old
    /// name must be changed.
    ///
    /// Fix: use the new name in your code, or choose the old one in `sdk.toml`.
    LockedName = "locked-name", Warning;
    /// A fixup in `sdk.toml` does not apply.
    ///
    /// The node does not exist (any more), or already has the value that the fixup sets.
    ///
    /// Fix: remove the fixup, or point it to the new location.
    FixupUnused = "fixup-unused", Error;
    /// An overlay cannot be read or applied.
    ///
    /// Overlays are documents of the OpenAPI Overlay Specification 1.0: `overlay`, `info` and an array of `actions`,
    /// each with a `target` (JSONPath, RFC 9535) and an `update` or `remove: true`.
    ///
    /// Fix: correct the action shown.
    Overlay = "overlay", Error;
    /// The target of an overlay action matches nothing.
    ///
    /// The specification allows this, but often the target has a typo, or its node was removed.
    ///
    /// Fix: correct the target, or remove the action.
    OverlayUnused = "overlay-unused", Warning;
    /// An operation is excluded by `[include]` or `[exclude]` in `sdk.toml`.
    ///
    /// Such operations are only counted; `excluded = "warn"` under `[lints]` lists them.
    ///
    /// Fix: nothing; change `[include]` or `[exclude]` to generate it.
    Excluded = "excluded", Warning;
    /// A schema is skipped because only excluded operations need it.
    ///
    /// Such schemas are only counted; `pruned = "warn"` under `[lints]` lists them.
    ///
    /// Fix: nothing; including an operation that needs it brings it back.
    Pruned = "pruned", Warning;
    /// Recorded traffic differs from the document.
    ///
    /// `learn` compares requests and responses with the operations and schemas of the document. It is an error if the
    /// SDK refuses what was recorded, and a warning if it reads it without a type.
    ///
    /// Fix: correct the document, or append the fixups that `learn` writes to `sdk.toml`.
    Drift = "drift", Warning;
}

impl Code {
    /// Returns whether the code is allowed by default, so that it is only counted.
    pub fn is_quiet(self) -> bool {
        matches!(self, Self::Excluded | Self::Pruned | Self::MediaTypeIgnored)
    }

    /// Returns the code with this name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name)
    }

    /// Sets the help text.
    pub fn fix(self) -> &'static str {
        self.explanation().split_once("Fix: ").map_or("", |(_, fix)| fix.trim_end())
    }

    /// Returns the first line of the explanation.
    pub fn summary(self) -> &'static str {
        self.explanation().lines().next().unwrap_or_default().trim()
    }
}
