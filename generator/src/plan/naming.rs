//! Names: how they are given out, and those of every kind of item.

pub(super) mod credential;
pub(super) mod media;
pub(super) mod member;
pub(super) mod method;
pub(super) mod name;
pub(super) mod reserved;
pub(super) mod resource;
pub(super) mod types;
pub(super) mod variant;
pub(super) mod xml;
