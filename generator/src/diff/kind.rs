//! Kinds of change.

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal,)*) => {
        /// What kind of change it is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Kind { $($(#[doc = $doc])+ $name,)* }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its stable name.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

kinds! {
    /// The library has another name.
    CrateRenamed = "crate-renamed",
    /// A new cargo feature.
    FeatureAdded = "feature-added",
    /// A cargo feature is gone.
    FeatureRemoved = "feature-removed",
    /// Calls go to another server.
    ServerChanged = "server-changed",
    /// A new security scheme.
    CredentialAdded = "credential-added",
    /// A security scheme is gone.
    CredentialRemoved = "credential-removed",
    /// A security scheme is used or set in another way.
    CredentialChanged = "credential-changed",
    /// A new operation.
    OperationAdded = "operation-added",
    /// An operation is gone.
    OperationRemoved = "operation-removed",
    /// An operation has another route.
    OperationMoved = "operation-moved",
    /// An operation is called in another way.
    OperationRenamed = "operation-renamed",
    /// A new parameter.
    ParameterAdded = "parameter-added",
    /// A parameter is gone.
    ParameterRemoved = "parameter-removed",
    /// A parameter has another name.
    ParameterRenamed = "parameter-renamed",
    /// A parameter has another type.
    ParameterRetyped = "parameter-retyped",
    /// A parameter must be given now.
    ParameterRequired = "parameter-required",
    /// A parameter may be left out now.
    ParameterOptional = "parameter-optional",
    /// A parameter may be null now, or may not any more.
    ParameterNullable = "parameter-nullable",
    /// A parameter, or a property of a form, travels in another place or form.
    ParameterEncoding = "parameter-encoding",
    /// Arguments stand in another order.
    ArgumentsReordered = "arguments-reordered",
    /// A request body where there was none.
    BodyAdded = "body-added",
    /// The request body is gone.
    BodyRemoved = "body-removed",
    /// The request body has another type.
    BodyRetyped = "body-retyped",
    /// The request body must be given now.
    BodyRequired = "body-required",
    /// The request body may be left out now.
    BodyOptional = "body-optional",
    /// A new media type.
    MediaTypeAdded = "media-type-added",
    /// A media type is gone.
    MediaTypeRemoved = "media-type-removed",
    /// What a call gives has another type.
    ResponseRetyped = "answer-retyped",
    /// A new status.
    StatusAdded = "status-added",
    /// A status is gone.
    StatusRemoved = "status-removed",
    /// The typed body of an error changed.
    ErrorRetyped = "error-retyped",
    /// A new header of a response.
    HeaderAdded = "header-added",
    /// A header of a response is gone.
    HeaderRemoved = "header-removed",
    /// A header of a response holds something else, or may be absent now.
    HeaderChanged = "header-changed",
    /// Credentials are asked for in another way.
    AuthChanged = "auth-changed",
    /// Responses come in pages, do so no longer, or in another way.
    PagingChanged = "paging-changed",
    /// An operation can be waited for, can be so no longer, or until something else.
    WaitingChanged = "waiting-changed",
    /// Streams end at other events.
    StreamChanged = "stream-changed",
    /// A value looks different in XML.
    XmlChanged = "xml-changed",
    /// A new type.
    TypeAdded = "type-added",
    /// A type is gone.
    TypeRemoved = "type-removed",
    /// A type has another name.
    TypeRenamed = "type-renamed",
    /// A type is of another kind.
    TypeReshaped = "type-reshaped",
    /// A type is the same as another one now, or no longer.
    TypeShared = "type-shared",
    /// A type is built in another way: `new`, setters.
    TypeBuilders = "type-builders",
    /// A type needs another cargo feature.
    TypeFeature = "type-feature",
    /// A new field.
    FieldAdded = "field-added",
    /// A field is gone.
    FieldRemoved = "field-removed",
    /// A field has another name.
    FieldRenamed = "field-renamed",
    /// A field has another type.
    FieldRetyped = "field-retyped",
    /// A member is always there now.
    FieldRequired = "field-required",
    /// A member may be absent now.
    FieldOptional = "field-optional",
    /// A member may be null now, or may not any more.
    FieldNullable = "field-nullable",
    /// A member belongs to another side of calls.
    FieldAccess = "field-access",
    /// Another default.
    DefaultChanged = "default-changed",
    /// A member that has a constant value, or had one.
    ConstantChanged = "constant-changed",
    /// A new value of an enum.
    ValueAdded = "value-added",
    /// A value of an enum is gone.
    ValueRemoved = "value-removed",
    /// A value of an enum has another name.
    ValueRenamed = "value-renamed",
    /// A new variant of a union.
    VariantAdded = "variant-added",
    /// A new variant of a union that is told apart by shape: older versions do not read it.
    ShapeAdded = "shape-added",
    /// A variant of a union is gone.
    VariantRemoved = "variant-removed",
    /// A variant of a union has another name or tag.
    VariantRenamed = "variant-renamed",
    /// A variant of a union holds another type.
    VariantRetyped = "variant-retyped",
    /// Variants of a union that is told apart by shape are tried in another order.
    VariantsReordered = "variants-reordered",
    /// The variants of a union are told apart by another member.
    TagRenamed = "tag-renamed",
    /// It should not be used any more, or may be again.
    Deprecated = "deprecated",
    /// Documentation only.
    Documentation = "documentation",
}

impl Kind {
    /// Whether everything inside of the place is of another type.
    pub(super) fn is_whole(self) -> bool {
        matches!(
            self,
            Self::ResponseRetyped
                | Self::BodyRetyped
                | Self::ErrorRetyped
                | Self::FieldRetyped
                | Self::MediaTypeRemoved
                | Self::ParameterRetyped
                | Self::TagRenamed
                | Self::TypeReshaped
                | Self::VariantRetyped
        )
    }
}
