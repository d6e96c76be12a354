//! `cargo +nightly fuzz run decode` in `generator/`: bodies of the Retab API, broken. On stable the tests do the same with the
//! types of all cases.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    fn echo<T: retab::runtime::wire::Wire>(body: &[u8]) -> Result<Vec<u8>, String> {
        let value: T = retab::runtime::model::from_slice(body).map_err(|error| error.to_string())?;
        Ok(retab::runtime::model::to_vec(&value))
    }
    fuzz::decode("Workflow", echo::<retab::types::Workflow>, data);
    fuzz::decode("WorkflowRun", echo::<retab::types::WorkflowRun>, data);
});

#[cfg(not(fuzzing))]
fn main() {
    println!("the types of an SDK are built in under `cargo fuzz` only; the tests fuzz those of all cases");
}
