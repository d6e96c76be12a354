//! The one test binary: the boundary, the product, the wire, and the rules of the house.

mod api;
mod bodies;
mod cases;
mod configuration;
#[cfg(feature = "mounted")]
mod conform;
mod errors;
#[cfg(feature = "mounted")]
mod evolve;
mod extensions;
mod faults;
mod fuzz;
mod helpers;
mod hostile;
mod known;
mod ledger;
mod names;
mod pairs;
mod plant;
mod planted;
#[cfg(feature = "mounted")]
mod product;
#[cfg(feature = "mounted")]
mod requests;
mod sensitivity;
mod tidy;
#[cfg(feature = "mounted")]
mod unions;
mod user;
mod wire;
#[cfg(feature = "mounted")]
mod xml;
