//! Many tests at once.

/// Benjamini and Hochberg's q of each p: the least false discovery rate at which the test would be a discovery. What is not
/// tested has none, and does not count.
///
/// `q(i) = min over j with p(j) >= p(i) of p(j) * m / rank(j)`, at most 1, for `m` tests.
///
/// # References
///
/// Y. Benjamini, Y. Hochberg (1995), Controlling the false discovery rate, Journal of the Royal Statistical Society B 57(1), p. 289.
///
/// # Examples
///
/// ```
/// use newsbeat::statistics::benjamini_hochberg;
///
/// let q = benjamini_hochberg(&[Some(0.02), None, Some(0.03), Some(0.5)]);
/// assert_eq!(q, [Some(0.045), None, Some(0.045), Some(0.5)]);
/// ```
pub fn benjamini_hochberg(p: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut order: Vec<(f64, usize)> = (0..).zip(p).filter_map(|(i, p)| p.map(|p| (p, i))).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let m = order.len() as f64;
    let mut q = vec![None; p.len()];
    let mut least = 1.0_f64;
    for (rank, &(p, i)) in order.iter().enumerate().rev() {
        least = least.min(p * m / (rank + 1) as f64);
        q[i] = Some(least);
    }
    q
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn q_never_falls_where_p_rises_and_no_tests_have_none() {
        let p: Vec<Option<f64>> = (1..=50).map(|i| Some(f64::from(i * 37 % 51) / 51.0)).collect();
        let q = benjamini_hochberg(&p);
        let mut both: Vec<(f64, f64)> = p.iter().zip(&q).map(|(p, q)| (p.unwrap(), q.unwrap())).collect();
        both.sort_by(|a, b| a.0.total_cmp(&b.0));
        assert!(both.is_sorted_by(|a, b| a.1 <= b.1) && both.iter().all(|(p, q)| p <= q && *q <= 1.0));
        assert_eq!(benjamini_hochberg(&[None]), [None]);
    }
}
