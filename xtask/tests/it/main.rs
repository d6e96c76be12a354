//! The commands as people see them: exit code, both streams, and what is on the disk afterwards.

mod alone;
mod bad_input;
mod commands;
mod corpus;
mod several_files;
mod world;
mod writer;
