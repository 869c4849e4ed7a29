use super::*;

#[test]
fn a_hash_is_as_other_programs_print_it() {
    // From `printf abc | openssl dgst -sha256 -binary | base64` of OpenSSL 3.0.
    assert_eq!(sha256("abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}

#[test]
fn thousands_are_apart() {
    assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
}

#[test]
fn data_cannot_end_its_element() {
    assert_eq!(json(&"</script><!--"), "\"\\u003c/script>\\u003c!--\"");
}
