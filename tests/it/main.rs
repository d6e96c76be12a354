//! The one test binary: the boundary, the product, the wire, and the rules of the house.

mod bodies;
mod cases;
mod errors;
mod fuzz;
mod helpers;
mod hostile;
mod planted;
#[cfg(feature = "mounted")]
mod product;
mod tidy;
mod wire;
