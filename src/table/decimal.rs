//! Numbers in decimal digits.

use std::io::Write as _;

/// Appends the shortest decimal that reads back to the same number, without exponent: the bytes of `{x}`, by a quarter of
/// its instructions.
pub(super) fn push_shortest(x: f64, out: &mut Vec<u8>) {
    if may_lie_halfway(x) {
        write!(out, "{x}").expect("memory takes all that is written");
        return;
    }
    let mut buffer = zmij::Buffer::new();
    let shortest = buffer.format(x);
    // An exponent has at most four characters.
    let end = &shortest.as_bytes()[shortest.len().saturating_sub(5)..];
    let Some((digits, exponent)) = end.contains(&b'e').then(|| shortest.split_once('e')).flatten() else {
        out.extend_from_slice(shortest.strip_suffix(".0").unwrap_or(shortest).as_bytes());
        return;
    };
    let exponent: i32 = exponent.parse().expect("an exponent is a number");
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    // One digit stands before the point.
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let n_shifted = exponent.unsigned_abs() as usize;
    let zeros = |n| std::iter::repeat_n(b'0', n);
    out.extend_from_slice(sign.as_bytes());
    if exponent < 0 {
        out.extend_from_slice(b"0.");
        out.extend(zeros(n_shifted - 1));
        out.extend_from_slice(whole.as_bytes());
        out.extend_from_slice(fraction.as_bytes());
    } else {
        let (shifted, rest) = fraction.split_at(n_shifted.min(fraction.len()));
        out.extend_from_slice(whole.as_bytes());
        out.extend_from_slice(shifted.as_bytes());
        out.extend(zeros(n_shifted - shifted.len()));
        if !rest.is_empty() {
            out.push(b'.');
            out.extend_from_slice(rest.as_bytes());
        }
    }
}

/// Whether a number may lie exactly between two shortest decimals: the standard library takes the greater, `zmij` the even one.
///
/// Such a number `m * 2^-k`, `m` odd, has `k` decimals, one more than its shortest form. That form has no more than reach the
/// spacing of numbers around it, so `k <= 2 + log10(2) * (52 - log2 x)`, while `k >= -log2 x`: no `k` above 26 will do.
fn may_lie_halfway(x: f64) -> bool {
    let bits = x.to_bits();
    let mantissa = (bits & ((1 << 52) - 1)) | (1 << 52);
    let lowest_bit = ((bits >> 52) & 0x7ff) + u64::from(mantissa.trailing_zeros());
    lowest_bit >= 1075 - 32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shortest(x: f64) -> String {
        let mut bytes = b"x=".to_vec();
        push_shortest(x, &mut bytes);
        String::from_utf8(bytes).unwrap()
    }

    proptest! {
        #[test]
        fn the_digits_are_those_of_the_standard_library(bits in any::<u64>(), share in 0.0..1.0_f64, power in -30..30_i32) {
            let halves = (bits >> 20) as f64 * 2_f64.powi(power - 22);
            for x in [f64::from_bits(bits), share, share * 10_f64.powi(power), (share * 1e9).round(), halves] {
                prop_assert_eq!(shortest(x), format!("x={x}"));
            }
        }
    }

    #[test]
    fn numbers_at_the_ends_are_written_out() {
        let ends = [
            0.0,
            f64::MIN_POSITIVE,
            f64::MAX,
            f64::EPSILON,
            5e-324,
            1e15,
            1e16,
            1e17,
            1.5e16,
            1e21,
            1e22,
            1e23,
            1e-5,
            1.5e-5,
        ];
        // The last two lie halfway.
        for x in ends.into_iter().chain([
            f64::NAN,
            f64::INFINITY,
            4_641_305_760_396_705.0 / 4.0,
            65_537.0 / 131_072.0,
        ]) {
            assert_eq!(shortest(x), format!("x={x}"));
            assert_eq!(shortest(-x), format!("x={}", -x));
        }
    }
}
