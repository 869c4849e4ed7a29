#![no_main]

#[path = "../../tests/fuzz_laws/mod.rs"]
mod fuzz_laws;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_laws::law("terms")(bytes));
