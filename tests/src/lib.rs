//! Helpers of the tests: a second reading of OpenAPI, written apart from the generator's, so that a mistake made there is
//! not made here again.

pub mod document;
pub mod judge;
pub mod pattern;
pub mod percent;
pub mod same;
pub mod synth;
