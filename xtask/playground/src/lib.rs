//! The generator in a browser.
//!
//! JavaScript and WebAssembly only pass numbers, so texts go through memory: the page asks for [`input`], writes its
//! request there (JSON, see [`reply::Request`]), calls [`generate`] or [`archive`], and reads what [`output`] points at.
//! No text leaves the page: there is nothing here that could send it.

mod archive;
pub mod reply;

use std::cell::RefCell;

use reply::Reply;

thread_local! {
    static STATE: RefCell<State> = RefCell::new(State::default());
}

/// What stays between two calls.
#[derive(Default)]
struct State {
    input: Vec<u8>,
    output: Vec<u8>,
    last: Reply,
}

/// Returns memory for a request of this many bytes.
#[expect(unsafe_code, reason = "JavaScript calls it by this name, which nothing else here has")]
#[unsafe(no_mangle)]
pub extern "C" fn input(length: usize) -> *mut u8 {
    STATE.with_borrow_mut(|state| {
        state.input = vec![0; length];
        state.input.as_mut_ptr()
    })
}

/// Generates the SDK of the request, and returns the length of the reply.
#[expect(unsafe_code, reason = "JavaScript calls it by this name, which nothing else here has")]
#[unsafe(no_mangle)]
pub extern "C" fn generate() -> usize {
    remember_panics();
    let request = STATE.with_borrow_mut(|state| std::mem::take(&mut state.input));
    // Not inside the borrow: if this panics, the hook writes the output.
    let reply = reply::reply(&request);
    STATE.with_borrow_mut(|state| {
        state.output = reply.text().into_bytes();
        state.last = reply;
        state.output.len()
    })
}

/// Packs the files of the last reply, and returns the length of the archive; 0 if there are none.
#[expect(unsafe_code, reason = "JavaScript calls it by this name, which nothing else here has")]
#[unsafe(no_mangle)]
pub extern "C" fn archive() -> usize {
    STATE.with_borrow_mut(|state| {
        state.output = archive::archive(&state.last.package, &state.last.files);
        state.output.len()
    })
}

/// Returns where the last output begins.
#[expect(unsafe_code, reason = "JavaScript calls it by this name, which nothing else here has")]
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    STATE.with_borrow(|state| state.output.as_ptr())
}

/// Returns the length of the last output: after a panic, the length of its message.
#[expect(unsafe_code, reason = "JavaScript calls it by this name, which nothing else here has")]
#[unsafe(no_mangle)]
pub extern "C" fn output_length() -> usize {
    STATE.with_borrow(|state| state.output.len())
}

/// Keeps the message of a panic as the output, since a browser only shows `unreachable`.
fn remember_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let message = panic.to_string().into_bytes();
        STATE.with(|state| {
            if let Ok(mut state) = state.try_borrow_mut() {
                state.output = message;
            }
        });
    }));
}
