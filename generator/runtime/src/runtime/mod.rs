//! What is the same for each generated SDK: the codec of models and the machinery of calls.

pub mod macros;
pub mod model;
pub mod wire;
