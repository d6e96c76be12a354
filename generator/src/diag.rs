//! Diagnostics: what is wrong with the user's input, where, and what to do.
//!
//! A problem of the document is a [`Diagnostic`]; a broken invariant of ours is a panic. Stages report into a [`Sink`]
//! and go on, so that one run shows every problem.

use crate::pointer::Pointer;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something was left out or decided that the user may want to know.
    Warning,
    /// No output is made.
    Error,
}

/// Which part of a node a label points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The key of the member (the value, for items of arrays and the root).
    Key,
    /// The value.
    Value,
}

/// A place with an optional remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The node.
    pub at: Pointer,
    /// The part of it.
    pub part: Part,
    /// What to say beside the carets; may be empty.
    pub text: String,
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of problem.
    pub code: Code,
    /// How bad.
    pub severity: Severity,
    /// One line: lower case, names the thing in backticks.
    pub message: String,
    /// Where.
    pub primary: Label,
    /// Other places that matter.
    pub secondary: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic of the code's own severity, pointing at the value of `at`.
    pub fn new(code: Code, at: &Pointer, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            primary: Label { at: at.clone(), part: Part::Value, text: String::new() },
            secondary: Vec::new(),
            help: None,
        }
    }

    /// Points at the key instead of the value.
    #[must_use]
    pub fn at_key(mut self) -> Self {
        self.primary.part = Part::Key;
        self
    }

    /// Remark beside the carets.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// A second place.
    #[must_use]
    pub fn also(mut self, at: &Pointer, text: impl Into<String>) -> Self {
        self.secondary.push(Label { at: at.clone(), part: Part::Key, text: text.into() });
        self
    }

    /// What to do about it.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}

/// Collects what the stages find.
#[derive(Debug, Default)]
pub struct Sink {
    found: Vec<Diagnostic>,
}

impl Sink {
    /// An empty sink.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a diagnostic.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Whether an error was reported.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|d| d.severity == Severity::Error)
    }

    /// Everything found, in the order it was reported.
    pub fn finish(self) -> Vec<Diagnostic> {
        self.found
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

            /// What it means, its cause and its fix.
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
    Syntax = "syntax", Error;
    /// A mapping has the same key twice; only one of the two could be used.
    DuplicateKey = "duplicate-key", Error;
    /// The document is nested more deeply than the limit allows.
    TooDeep = "too-deep", Error;
    /// Following its references would make the document larger than the limit allows.
    TooLarge = "too-large", Error;
    /// The text is no OpenAPI 3.0 or 3.1 document (no `openapi` member, or another version).
    NotOpenapi = "not-openapi", Error;
    /// A Swagger 2.0 document; convert it to OpenAPI 3 first.
    Swagger2 = "swagger-2", Error;
    /// A member has a value of the wrong type or shape.
    WrongShape = "wrong-shape", Error;
    /// A `$ref` leads to nothing.
    UnresolvedRef = "unresolved-ref", Error;
    /// A `$ref` leads out of the document, which is not read here.
    ExternalRef = "external-ref", Error;
    /// A chain of `$ref`s leads back to itself.
    RefCycle = "ref-cycle", Error;
    /// Two operations have the same `operationId`.
    DuplicateOperationId = "duplicate-operation-id", Error;
    /// A path parameter is declared but not in the path, or in the path but not declared.
    PathParameter = "path-parameter", Error;
    /// `allOf` members that cannot hold at the same time.
    AllOfConflict = "all-of-conflict", Warning;
    /// A keyword that has no effect on the generated code.
    KeywordIgnored = "keyword-ignored", Warning;
    /// A keyword the specification does not know.
    KeywordUnknown = "keyword-unknown", Warning;
    /// Something the specification does not allow, whose meaning is plain; it was read as meant.
    Sloppy = "sloppy", Warning;
    /// A schema that became `serde_json::Value`.
    Untyped = "untyped", Warning;
    /// A `format` without a Rust type of its own.
    FormatUnknown = "format-unknown", Warning;
    /// A default that does not fit its schema and is left out.
    DefaultMismatch = "default-mismatch", Warning;
    /// A media type that is not used, because a better one is, or because it cannot be handled.
    MediaTypeIgnored = "media-type-ignored", Warning;
    /// Two things would have the same Rust name; one was given a number.
    NameClash = "name-clash", Warning;
    /// Enum values that fall together, or an enum that cannot be a Rust enum.
    EnumValue = "enum-value", Warning;
    /// A discriminator that cannot be used as declared.
    Discriminator = "discriminator", Warning;
    /// A security scheme the runtime cannot satisfy by itself.
    SecurityScheme = "security-scheme", Warning;
    /// `sdk.toml` is not valid TOML, or has an unknown key or a value of the wrong type.
    Config = "config", Error;
    /// A name pinned in `sdk.toml` points at nothing, or is no Rust identifier.
    ConfigTarget = "config-target", Error;
    /// A fixup of `sdk.toml` that does not apply.
    FixupUnused = "fixup-unused", Error;
}
