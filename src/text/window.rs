//! The characters of 64 bytes of text at once, one bit each.

use wide::u8x16;

/// Bytes of a window.
pub(super) const WIDTH: usize = 64;

/// What stands where in 64 bytes: bit `i` is byte `i`.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Window {
    /// ASCII letters.
    pub(super) letters: u64,
    /// ASCII digits.
    pub(super) digits: u64,
    /// ASCII letters, digits and `_`, and the marks that hold between two of them: runs of bits are tokens. Whether the
    /// last byte holds is not known: that depends on the byte behind it.
    pub(super) words: u64,
    /// ASCII characters that print, white space left out.
    pub(super) printed: u64,
    /// ASCII white space.
    pub(super) spaces: u64,
    /// Bytes above 127.
    pub(super) not_ascii: u64,
}

impl Window {
    /// Sorts the bytes; `join_hyphens` makes a hyphen hold between letters or digits.
    #[inline]
    pub(super) fn of(bytes: &[u8; WIDTH], join_hyphens: bool) -> Self {
        let letters = mask(bytes, |v| is_within(v | u8x16::splat(0x20), b'a', b'z'));
        let digits = mask(bytes, |v| is_within(v, b'0', b'9'));
        let either = letters | digits;
        let apostrophes_and_stops = mask(bytes, |v| is(v, b'\'') | is(v, b'.'));
        let colons = mask(bytes, |v| is(v, b':'));
        let commas_and_semicolons = mask(bytes, |v| is(v, b',') | is(v, b';'));
        let hyphens = if join_hyphens { mask(bytes, |v| is(v, b'-')) } else { 0 };
        let holds = ((apostrophes_and_stops | colons) & between(letters))
            | ((apostrophes_and_stops | commas_and_semicolons) & between(digits))
            | (hyphens & between(either));
        Self {
            letters,
            digits,
            words: either | mask(bytes, |v| is(v, b'_')) | holds,
            printed: mask(bytes, |v| is_within(v, b'!', b'~')),
            spaces: mask(bytes, |v| is_within(v, b'\t', b'\r') | is(v, b' ')),
            not_ascii: mask(bytes, |v| v),
        }
    }
}

/// The highest bit of each byte of what `test` makes of them.
#[inline]
fn mask(bytes: &[u8; WIDTH], test: impl Fn(u8x16) -> u8x16) -> u64 {
    let (lanes, _) = bytes.as_chunks::<16>();
    lanes.iter().rev().fold(0, |mask, &lane| (mask << 16) | u64::from(test(lane.into()).to_bitmask()))
}

#[inline]
fn is(v: u8x16, byte: u8) -> u8x16 {
    v.simd_eq(u8x16::splat(byte))
}

#[inline]
fn is_within(v: u8x16, first: u8, last: u8) -> u8x16 {
    let v = v - u8x16::splat(first);
    v.min(u8x16::splat(last - first)).simd_eq(v)
}

/// Bytes whose neighbours on both sides are in `mask`.
#[inline]
fn between(mask: u64) -> u64 {
    (mask << 1) & (mask >> 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_sorted_as_its_character_says() {
        for byte in 0..=u8::MAX {
            let window = Window::of(&[byte; WIDTH], false);
            let all = |is: bool| if is { u64::MAX } else { 0 };
            assert_eq!(window.letters, all(byte.is_ascii_alphabetic()), "{byte}");
            assert_eq!(window.digits, all(byte.is_ascii_digit()), "{byte}");
            assert_eq!(window.words, all(byte.is_ascii_alphanumeric() || byte == b'_'), "{byte}");
            assert_eq!(window.printed, all(byte.is_ascii_graphic()), "{byte}");
            assert_eq!(window.spaces, all(byte.is_ascii_whitespace() || byte == b'\x0b'), "{byte}");
            assert_eq!(window.not_ascii, all(!byte.is_ascii()), "{byte}");
        }
    }
}
