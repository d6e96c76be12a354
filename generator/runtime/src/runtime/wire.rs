//! The codec (in work).
