#![no_main]

#[path = "../../tests/fuzz_laws/mod.rs"]
mod fuzz_laws;

use std::sync::Once;

static START: Once = Once::new();

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    // The fuzzer's own hook ends the program at any panic; those of the formats' crates are caught.
    START.call_once(|| std::panic::set_hook(Box::new(|_| ())));
    fuzz_laws::law("columnar")(bytes);
});
