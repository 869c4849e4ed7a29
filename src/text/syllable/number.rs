//! Numbers as they are read aloud in English.

/// Syllables of 0 to 19.
const SMALL: [usize; 20] = [2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2];

/// Hundred, thousand, million, billion and trillion have two syllables each.
const SCALE: usize = 2;

/// "point", between the digits of a decimal.
const POINT: usize = 1;

/// Syllables of a word that has a digit; what is not a number is counted by `spoken`.
pub(super) fn syllables(word: &str, spoken: fn(&str) -> usize) -> usize {
    let mut total = 0;
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let in_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        let length = if first.is_ascii_digit() {
            let end = rest.find(|c| !in_number(c)).unwrap_or(rest.len());
            let (number, tail) = rest.split_at(end);
            let number = number.trim_end_matches(['.', ',']);
            let tail = &tail[..tail.find(|c: char| !c.is_alphabetic()).unwrap_or(tail.len())];
            let (suffix, ordinal) = suffix(tail, number);
            total += read(number) + suffix.unwrap_or_else(|| spoken(tail)) + ordinal;
            end + tail.len()
        } else if first.is_alphabetic() {
            let end = rest.find(|c: char| !c.is_alphabetic() && c != '\'').unwrap_or(rest.len());
            total += spoken(&rest[..end]);
            end
        } else {
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    total.max(1)
}

/// What a suffix adds where it is an abbreviation, and one more for `20th`, said in three.
fn suffix(tail: &str, number: &str) -> (Option<usize>, usize) {
    let added = match tail {
        "" | "s" | "st" | "nd" | "rd" => 0,
        "th" => {
            return (
                Some(0),
                usize::from(number.ends_with('0') && !number.ends_with("00") && number != "10"),
            );
        }
        "bn" | "b" | "m" | "mn" | "k" | "tn" | "am" | "pm" => 2,
        "km" | "kg" => 4,
        _ => return (None, 0),
    };
    (Some(added), 0)
}

/// Syllables of digits with points and commas.
fn read(number: &str) -> usize {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let has_comma = whole.contains(',');
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    let decimals: usize = decimals.bytes().map(one_by_one).sum();
    let point = if decimals > 0 { POINT } else { 0 };
    let whole = match digits.parse::<u64>() {
        Ok(n @ (1100..=1999 | 2010..=2099)) if !has_comma && digits.len() == 4 => year(n),
        Ok(n) if digits.len() == 1 || !digits.starts_with('0') => cardinal(n),
        _ => digits.bytes().map(one_by_one).sum(),
    };
    whole + point + decimals
}

fn one_by_one(digit: u8) -> usize {
    if digit.is_ascii_digit() { SMALL[usize::from(digit - b'0')] } else { POINT }
}

/// `1905` as nineteen oh five, `1900` as nineteen hundred.
fn year(n: u64) -> usize {
    let tail = match n % 100 {
        0 => SCALE,
        n @ 1..=9 => 1 + cardinal(n),
        n => cardinal(n),
    };
    cardinal(n / 100) + tail
}

fn cardinal(n: u64) -> usize {
    let below_hundred = |n: u64| -> usize {
        let n = usize::try_from(n).unwrap_or(0);
        match n {
            0 => 0,
            1..=19 => SMALL[n],
            _ => 2 + usize::from(n / 10 == 7) + if n % 10 == 0 { 0 } else { SMALL[n % 10] },
        }
    };
    if n == 0 {
        return SMALL[0];
    }
    let (mut total, mut rest, mut scale) = (0, n, 0);
    while rest > 0 {
        let group = rest % 1000;
        if group > 0 {
            let hundreds = if group >= 100 { below_hundred(group / 100) + SCALE } else { 0 };
            total += hundreds + below_hundred(group % 100) + scale;
        }
        rest /= 1000;
        scale = SCALE;
    }
    total
}

#[cfg(test)]
mod tests {
    fn count(word: &str) -> usize {
        super::super::english::count(word)
    }

    #[test]
    fn numbers_are_counted_as_they_are_said() {
        let said = [
            ("0", 2),
            ("7", 2),
            ("17", 3),
            ("77", 5),
            ("100", 3),
            ("101", 4),
            ("1,000", 3),
            ("1905", 4),
            ("1900", 4),
            ("2000", 3),
            ("2025", 5),
            ("1990s", 4),
            ("3.5", 3),
            ("1.2bn", 5),
            ("20th", 3),
            ("10th", 1),
            ("2019-20", 6),
            ("covid-19", 4),
            ("g7", 3),
            ("f-16", 3),
            ("007", 6),
            ("1,000,000", 3),
            ("99999999999999999999", 20),
        ];
        for (word, syllables) in said {
            assert_eq!(count(word), syllables, "{word}");
        }
    }
}
