//! Bytes that are encoded as base64.

use std::fmt;

use ::base64::Engine as _;
use ::base64::alphabet;
use ::base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::runtime::macros::serde_adapter;
use crate::runtime::wire::{DecodeError, Kinds, Reader, Wire, Writer};

const CONFIG: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, CONFIG);
const STANDARD_BARE: GeneralPurpose =
    GeneralPurpose::new(&alphabet::STANDARD, CONFIG.with_encode_padding(false));
const URL: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, CONFIG);
const URL_BARE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, CONFIG.with_encode_padding(false));

/// Bytes that are encoded as base64 text.
///
/// Both alphabets are read, with padding or without, and written back as they came; what a program makes is written in
/// the standard alphabet with padding.
#[derive(Clone, Default)]
pub struct Base64 {
    bytes: Vec<u8>,
    url: bool,
    bare: bool,
}

impl Base64 {
    /// These bytes.
    #[must_use]
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), ..Self::default() }
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes, owned.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    fn decode(text: &str) -> Option<Self> {
        let url = text.contains(['-', '_']);
        let engine = if url { URL } else { STANDARD };
        let bytes = match engine.decode(text) {
            Ok(bytes) => bytes,
            // MIME breaks lines.
            Err(_) => engine.decode(text.split_ascii_whitespace().collect::<String>()).ok()?,
        };
        let bare = bytes.len() % 3 != 0 && !text.trim_end().ends_with('=');
        Some(Self { bytes, url, bare })
    }

    fn engine(&self) -> &'static GeneralPurpose {
        match (self.url, self.bare) {
            (false, false) => &STANDARD,
            (false, true) => &STANDARD_BARE,
            (true, false) => &URL,
            (true, true) => &URL_BARE,
        }
    }
}

impl PartialEq for Base64 {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for Base64 {}

impl std::hash::Hash for Base64 {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.bytes.hash(state);
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self::new(bytes)
    }
}

impl AsRef<[u8]> for Base64 {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} bytes)", self.bytes.len())
    }
}

impl fmt::Display for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.engine().encode(&self.bytes))
    }
}

impl Wire for Base64 {
    const KINDS: Kinds = Kinds::STRING;

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let at = reader.place();
        let text = reader.string()?;
        Self::decode(&text).ok_or_else(|| reader.refuse(at, "base64", "other text"))
    }

    fn write(&self, writer: &mut Writer) {
        writer.display(self);
    }
}

serde_adapter!(Base64);

/// Bytes that are encoded as base64url text (RFC 4648, section 5).
///
/// It is read like [`Base64`], and what was read is written back as it came; what a program makes is written in the
/// alphabet of URLs without padding.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Base64Url(Base64);

impl Base64Url {
    /// These bytes.
    #[must_use]
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(Base64 { bytes: bytes.into(), url: true, bare: true })
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The bytes, owned.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

impl From<Vec<u8>> for Base64Url {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<&[u8]> for Base64Url {
    fn from(bytes: &[u8]) -> Self {
        Self::new(bytes)
    }
}

impl AsRef<[u8]> for Base64Url {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl fmt::Debug for Base64Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64Url({} bytes)", self.as_bytes().len())
    }
}

impl fmt::Display for Base64Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Wire for Base64Url {
    const KINDS: Kinds = Kinds::STRING;

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Base64::read(reader).map(Self)
    }

    fn write(&self, writer: &mut Writer) {
        self.0.write(writer);
    }
}

serde_adapter!(Base64Url);
