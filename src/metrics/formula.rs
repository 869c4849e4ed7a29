//! A formula, written once: its text is for the reader, the same tokens are compiled.

use super::counts::TextCounts;

/// A formula's text and the function that computes it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Formula {
    pub(super) text: &'static str,
    pub(super) measure: fn(&TextCounts) -> Option<f64>,
}

impl Formula {
    /// A procedure that is no single expression, in words.
    pub(super) const fn described(text: &'static str, measure: fn(&TextCounts) -> Option<f64>) -> Self {
        Self { text, measure }
    }
}

/// The value of an expression; `None` where it is undefined (a quotient by 0, the logarithm of 0).
pub(super) fn defined(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// `formula!(|words, sentences| words / sentences)`: the names are functions of `symbol.rs`.
macro_rules! formula {
    (|$($symbol:ident),*| $($expression:tt)+) => {
        $crate::metrics::formula::Formula {
            text: {
                const LINE: ([u8; stringify!($($expression)+).len()], usize) =
                    $crate::metrics::formula::one_line(stringify!($($expression)+));
                $crate::metrics::formula::text(&LINE.0, LINE.1)
            },
            measure: |counts| {
                #[allow(unused_imports, reason = "most formulas need no function")]
                use $crate::metrics::formula::{cube, if_over, ln, log10, power, sqrt, square};
                $(let $symbol = $crate::metrics::symbol::$symbol(counts)?;)*
                $crate::metrics::formula::defined($($expression)+)
            },
        }
    };
}
pub(super) use formula;

/// The bytes of a formula as a reader wants them: `stringify!` breaks long lines, and how many they are.
pub(super) const fn one_line<const N: usize>(text: &str) -> ([u8; N], usize) {
    let (bytes, mut line, mut length, mut i) = (text.as_bytes(), [0; N], 0, 0);
    while i < N {
        let is_space = bytes[i] == b' ' || bytes[i] == b'\n';
        // The separator of a long number is for the compiler.
        let is_separator =
            bytes[i] == b'_' && bytes[i - 1].is_ascii_digit() && i + 1 < N && bytes[i + 1].is_ascii_digit();
        if !is_separator
            && !(is_space && length > 0 && (line[length - 1] == b' ' || line[length - 1] == b'('))
        {
            line[length] = if is_space { b' ' } else { bytes[i] };
            length += 1;
        }
        i += 1;
    }
    (line, length)
}

/// The text of [`one_line`].
pub(super) const fn text(line: &'static [u8], length: usize) -> &'static str {
    match std::str::from_utf8(line.split_at(length).0) {
        Ok(text) => text,
        Err(_) => panic!("a formula is UTF-8"),
    }
}

/// Square root.
pub(super) fn sqrt(x: f64) -> f64 {
    x.sqrt()
}

/// Natural logarithm.
pub(super) fn ln(x: f64) -> f64 {
    x.ln()
}

/// Logarithm to base 10.
pub(super) fn log10(x: f64) -> f64 {
    x.log10()
}

/// `x` to the power `y`; undefined unless `x` is above 0.
pub(super) fn power(x: f64, y: f64) -> f64 {
    if x > 0.0 { x.powf(y) } else { f64::NAN }
}

/// Second power.
pub(super) fn square(x: f64) -> f64 {
    x * x
}

/// Third power.
pub(super) fn cube(x: f64) -> f64 {
    x * x * x
}

/// `then` if `x` is above the limit, else `otherwise`.
pub(super) fn if_over(x: f64, limit: f64, then: f64, otherwise: f64) -> f64 {
    if x > limit { then } else { otherwise }
}
