//! Computes a formula from its text, as a reader with a pocket calculator would.

use std::collections::BTreeMap;

/// Values of symbols by name.
pub(super) type Values<'v> = BTreeMap<&'v str, f64>;

/// The value of an expression; `None` if it is no expression over these symbols.
pub(super) fn evaluate(text: &str, values: &Values<'_>) -> Option<f64> {
    let mut reader = Reader { rest: text, values };
    let value = reader.sum()?;
    reader.rest.trim().is_empty().then_some(value)
}

struct Reader<'t, 'v> {
    rest: &'t str,
    values: &'v Values<'v>,
}

impl<'t> Reader<'t, '_> {
    fn take(&mut self, mark: char) -> bool {
        let rest = self.rest.trim_start().strip_prefix(mark);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn take_while(&mut self, part: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest.trim_start();
        let (taken, rest) = rest.split_at(rest.find(|c| !part(c)).unwrap_or(rest.len()));
        self.rest = rest;
        taken
    }

    fn sum(&mut self) -> Option<f64> {
        let mut sum = self.product()?;
        loop {
            if self.take('+') {
                sum += self.product()?;
            } else if self.take('-') {
                sum -= self.product()?;
            } else {
                return Some(sum);
            }
        }
    }

    fn product(&mut self) -> Option<f64> {
        let mut product = self.factor()?;
        loop {
            if self.take('*') {
                product *= self.factor()?;
            } else if self.take('/') {
                product /= self.factor()?;
            } else {
                return Some(product);
            }
        }
    }

    fn factor(&mut self) -> Option<f64> {
        if self.take('-') {
            return self.factor().map(|x| -x);
        }
        if self.take('(') {
            let value = self.sum()?;
            return self.take(')').then_some(value);
        }
        let number = self.take_while(|c| c.is_ascii_digit() || c == '.');
        if !number.is_empty() {
            return number.parse().ok();
        }
        let name = self.take_while(|c| c.is_ascii_alphanumeric() || c == '_');
        if !self.take('(') {
            return self.values.get(name).copied();
        }
        let mut arguments = vec![self.sum()?];
        while self.take(',') {
            arguments.push(self.sum()?);
        }
        if !self.take(')') {
            return None;
        }
        match (name, arguments.as_slice()) {
            ("ln", [x]) => Some(x.ln()),
            ("log10", [x]) => Some(x.log10()),
            ("sqrt", [x]) => Some(x.sqrt()),
            ("square", [x]) => Some(x.powi(2)),
            ("cube", [x]) => Some(x.powi(3)),
            ("power", [x, y]) => Some(x.powf(*y)),
            ("if_over", [x, limit, then, otherwise]) => Some(if x > limit { *then } else { *otherwise }),
            _ => None,
        }
    }
}

#[test]
fn a_formula_is_read_as_it_is_written() {
    let values = Values::from([("words", 12.0), ("sentences", 3.0)]);
    let of = |text| evaluate(text, &values);
    assert_eq!(of("206.5 - 1.5 * (words / sentences) - -2"), Some(202.5));
    assert_eq!(of("sqrt(words + 4.0) * if_over(words, 11.0, 2.0, 1.0)"), Some(8.0));
    assert_eq!(of("mean of the words"), None);
    assert_eq!(of("syllables / words"), None);
}
