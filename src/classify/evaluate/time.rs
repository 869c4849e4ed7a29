//! The order of rows in time.

use crate::error::{Error, Result};

/// The place of each row in time, equal for equal times: numbers by size, ISO 8601 dates and times by their text, so that
/// all must be of one time zone.
///
/// # Errors
///
/// If the times are not all numbers, or all dates that begin with a year of four digits.
///
/// # Examples
///
/// ```
/// use newsbeat::classify::evaluate::in_time;
///
/// assert_eq!(in_time(&["2003-01-05", "1996", "2003-01-05", "2003-01"])?, [2, 0, 2, 1]);
/// assert_eq!(in_time(&["10", "9.5", "10"])?, [1, 0, 1]);
/// assert!(in_time(&["last week"]).is_err());
/// # Ok::<(), newsbeat::Error>(())
/// ```
pub fn in_time(times: &[impl AsRef<str>]) -> Result<Vec<usize>> {
    let times = || times.iter().map(|time| time.as_ref().trim());
    let numbers: Option<Vec<f64>> =
        times().map(|time| time.parse().ok().filter(|x: &f64| x.is_finite())).collect();
    if let Some(numbers) = numbers {
        return Ok(ranks(&numbers, f64::total_cmp));
    }
    if let Some(time) = times().find(|time| !is_iso_date(time)) {
        let rule = "must be all numbers, or all dates such as 2003-01-05";
        let shown: String = time.chars().take(40).collect();
        return Err(Error::parameter("time", rule, if time.is_empty() { "an empty one" } else { &shown }));
    }
    Ok(ranks(&times().collect::<Vec<_>>(), Ord::cmp))
}

/// `2003`, `2003-01`, `2003-01-05`, and the last with a time behind it.
fn is_iso_date(time: &str) -> bool {
    let (date, clock) = time.split_at_checked(10).unwrap_or((time, ""));
    let parts: Vec<&str> = date.split('-').collect();
    let is_number = |(i, part): (usize, &&str)| {
        part.len() == if i == 0 { 4 } else { 2 } && part.bytes().all(|b| b.is_ascii_digit())
    };
    parts.len() <= 3
        && parts.iter().enumerate().all(is_number)
        && (clock.is_empty() || clock.starts_with(['T', 't', ' ']))
}

/// How many different values are smaller.
fn ranks<T>(values: &[T], order: impl Fn(&T, &T) -> std::cmp::Ordering) -> Vec<usize> {
    let mut sorted: Vec<&T> = values.iter().collect();
    sorted.sort_by(|a, b| order(a, b));
    sorted.dedup_by(|a, b| order(a, b).is_eq());
    values.iter().map(|value| sorted.partition_point(|s| order(s, value).is_lt())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_come_after_the_day_and_words_are_no_dates() {
        let times = ["1998-03-02T09:00", "1998-03-02", "1998-03-02 08:00", "1998-03-01T23:59Z"];
        assert_eq!(in_time(&times).unwrap(), [3, 1, 2, 0]);
        for (bad, named) in [
            ("03/02/1998", "03/02/1998"),
            ("1998-3-2", "1998-3-2"),
            ("1998-03-02x", "1998-03-02x"),
            ("", "an empty one"),
            ("year", "year"),
        ] {
            let refused = in_time(&["1998-03-02", bad]).unwrap_err().to_string();
            assert_eq!(
                refused,
                format!("time must be all numbers, or all dates such as 2003-01-05, got {named}")
            );
        }
    }
}
