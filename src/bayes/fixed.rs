//! Numbers as sums hold them: whole, of a fixed unit.

use crate::error::{Error, Result};

/// A value in whole units, rounded to the nearest.
#[inline]
pub(crate) fn to_fixed(x: f64, unit: f64) -> Result<u64> {
    let scaled = x * unit;
    if (0.0..2_f64.powi(63)).contains(&scaled) {
        // Rounds as `round` does, which is a call on a processor that may be an old one.
        #[expect(clippy::cast_possible_truncation, reason = "0 <= scaled < 2^63")]
        let whole = scaled as i64;
        return Ok(whole.unsigned_abs() + u64::from(scaled - whole as f64 >= 0.5));
    }
    Err(Error::parameter("value", "must be finite, not negative and within the range of a sum", x))
}

pub(super) fn out_of_range() -> Error {
    Error::training("a sum of counts must stay within 64 bits and not fall below zero")
}
