//! The few numerical routines that every floor above uses.

/// `ln(sum(exp(x)))`, computed without overflow by taking the maximum out.
///
/// `-inf` for an empty slice, the logarithm of an empty sum.
///
/// # Examples
///
/// ```
/// let far_below_exp = [-1000.0, -1000.0];
/// assert!((newsbeat::math::log_sum_exp(&far_below_exp) - (-1000.0 + 2_f64.ln())).abs() < 1e-12);
/// ```
pub fn log_sum_exp(x: &[f64]) -> f64 {
    let max = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if max.is_infinite() {
        return max;
    }
    max + x.iter().map(|v| (v - max).exp()).sum::<f64>().ln()
}

/// Turns log scores into probabilities in place, by softmax; they sum to one. Returns the [`log_sum_exp`] of the scores.
pub fn softmax(x: &mut [f64]) -> f64 {
    let max = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    for v in &mut *x {
        *v = (*v - max).exp();
    }
    let sum: f64 = x.iter().sum();
    for v in x {
        *v /= sum;
    }
    max + sum.ln()
}

/// Index of the largest value; ties go to the smaller index, `None` for an empty slice.
pub fn argmax(x: &[f64]) -> Option<usize> {
    x.iter()
        .enumerate()
        .fold(None, |best: Option<(usize, f64)>, (i, &v)| match best {
            Some((_, max)) if max >= v => best,
            _ => Some((i, v)),
        })
        .map(|(i, _)| i)
}

/// Solves `matrix * x = b` for a symmetric positive definite matrix, given in row-major order, by Cholesky's
/// decomposition. `b` becomes `x`, and the lower triangle of `matrix` its factor.
///
/// # Panics
///
/// If `matrix` is not as long as the square of `b`.
pub fn solve_positive_definite(matrix: &mut [f64], b: &mut [f64]) {
    let n = b.len();
    assert_eq!(matrix.len(), n * n, "the matrix must have a row and a column for each unknown");
    for i in 0..n {
        for j in 0..=i {
            let dot: f64 = (0..j).map(|k| matrix[i * n + k] * matrix[j * n + k]).sum();
            let rest = matrix[i * n + j] - dot;
            // rounding can take a pivot of a nearly singular matrix below zero
            matrix[i * n + j] =
                if i == j { rest.max(f64::MIN_POSITIVE).sqrt() } else { rest / matrix[j * n + j] };
        }
    }
    for i in 0..n {
        let dot: f64 = (0..i).map(|k| matrix[i * n + k] * b[k]).sum();
        b[i] = (b[i] - dot) / matrix[i * n + i];
    }
    for i in (0..n).rev() {
        let dot: f64 = (i + 1..n).map(|k| matrix[k * n + i] * b[k]).sum();
        b[i] = (b[i] - dot) / matrix[i * n + i];
    }
}

/// Arithmetic mean; `None` for no values.
pub fn mean(x: &[f64]) -> Option<f64> {
    (!x.is_empty()).then(|| x.iter().sum::<f64>() / x.len() as f64)
}

/// Sample standard deviation (divided by n - 1), by Welford's one-pass update; `None` for fewer
/// than two values.
///
/// # References
///
/// B. P. Welford (1962), Note on a method for calculating corrected sums of squares and products,
/// Technometrics 4(3), p. 419.
pub fn standard_deviation(x: &[f64]) -> Option<f64> {
    let (mut n, mut mean, mut squares) = (0.0, 0.0, 0.0);
    for &v in x {
        n += 1.0;
        let delta = v - mean;
        mean += delta / n;
        squares += delta * (v - mean);
    }
    (n > 1.0).then(|| (squares / (n - 1.0)).sqrt())
}

/// Quantile with linear interpolation between the order statistics (type 7 of Hyndman and Fan,
/// R's and NumPy's default); `None` for no values. `p` is in `[0, 1]`.
///
/// # References
///
/// R. J. Hyndman, Y. Fan (1996), Sample quantiles in statistical packages, The American
/// Statistician 50(4), p. 361.
pub fn quantile(x: &[f64], p: f64) -> Option<f64> {
    let mut sorted = x.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().checked_sub(1)?;
    let position = p.clamp(0.0, 1.0) * last as f64;
    let low = position.floor();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 <= low <= last, a valid index"
    )]
    let i = low as usize;
    let upper = sorted[(i + 1).min(last)];
    Some(sorted[i] + (position - low) * (upper - sorted[i]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_finite_scores_become_probabilities_in_their_order(
            scores in prop::collection::vec(prop_oneof![-1e300..1e300_f64, -50.0..50.0_f64], 1..20),
        ) {
            let mut probabilities = scores.clone();
            softmax(&mut probabilities);
            prop_assert!(probabilities.iter().all(|p| (0.0..=1.0).contains(p)), "{probabilities:?}");
            prop_assert!((probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            prop_assert!(log_sum_exp(&scores) >= scores.iter().copied().fold(f64::NEG_INFINITY, f64::max));
            for (a, p) in scores.iter().zip(&probabilities) {
                prop_assert!(scores.iter().zip(&probabilities).all(|(b, q)| a < b || p >= q));
            }
        }

        #[test]
        fn quantiles_rise_and_lie_within_the_values(x in prop::collection::vec(-1e9..1e9_f64, 1..30), p in 0.0..1.0_f64, q in 0.0..1.0_f64) {
            let [low, high] = [p.min(q), p.max(q)].map(|share| quantile(&x, share).unwrap());
            prop_assert!(low <= high && quantile(&x, 0.0).unwrap() <= low && high <= quantile(&x, 1.0).unwrap());
        }
    }

    #[test]
    fn softmax_of_a_very_long_document_sums_to_one() {
        let mut x = [-9e5, -9e5 - 1.0, -9.1e5];
        softmax(&mut x);
        assert!((x.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        assert!((x[0] / x[1] - std::f64::consts::E).abs() < 1e-9);
    }

    #[test]
    fn a_positive_definite_system_is_solved() {
        let mut matrix = [4.0, 2.0, 0.0, 2.0, 5.0, 3.0, 0.0, 3.0, 6.0];
        let mut b = [8.0, 21.0, 24.0];
        solve_positive_definite(&mut matrix, &mut b);
        for (found, expected) in b.iter().zip([1.0, 2.0, 3.0]) {
            assert!((found - expected).abs() < 1e-12, "{b:?}");
        }
    }

    #[test]
    fn ties_go_to_the_smaller_index() {
        assert_eq!(argmax(&[1.0, 3.0, 3.0]), Some(1));
        assert_eq!(argmax(&[]), None);
    }

    #[test]
    fn quantiles_and_deviation_are_those_of_numpy() {
        let x = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0];
        assert_eq!(quantile(&x, 0.5), Some(4.5));
        assert_eq!(quantile(&x, 0.25), Some(4.0));
        assert!((standard_deviation(&x).unwrap() - 2.138_089_935_299_395).abs() < 1e-12);
        assert_eq!(standard_deviation(&[1.0]), None);
    }
}
