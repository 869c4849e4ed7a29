//! Sums add up whatever the order, and stay in their range.

use super::*;
use crate::vectorize::DocTermMatrix;
use proptest::prelude::*;

fn matrix(rows: &[Vec<f64>]) -> DocTermMatrix {
    let sparse = |row: &Vec<f64>| -> Vec<(u32, f64)> {
        (0..).zip(row.iter().copied()).filter(|&(_, x)| x > 0.0).collect()
    };
    DocTermMatrix::from_rows(3, rows.iter().map(sparse)).unwrap()
}

proptest! {
    #[test]
    fn order_and_shards_do_not_change_a_bit(
        rows in prop::collection::vec(prop::collection::vec(0.0..9.0_f64, 3), 1..20),
        cut in 0..20_usize,
    ) {
        let x = matrix(&rows);
        let fill = |ids: Vec<usize>| {
            let mut sums = ClassSums::new(2, 3, ClassSums::WEIGHTS);
            for i in ids {
                sums.add(x.row(i), i % 2, 1.0).unwrap();
            }
            sums
        };
        let whole = fill((0..rows.len()).collect());
        let cut = cut.min(rows.len());
        let mut merged = fill((cut..rows.len()).rev().collect());
        merged.merge(&fill((0..cut).collect())).unwrap();
        prop_assert_eq!(&whole, &merged);
        merged.add(x.row(0), 1, 1.0).unwrap();
        merged.remove(x.row(0), 1, 1.0).unwrap();
        prop_assert_eq!(&whole, &merged);
    }
}

#[test]
fn a_term_whose_classes_sum_to_more_than_64_bits_is_refused() {
    let sums = |row: [u64; 2]| ClassSums::from_parts(ClassSums::COUNTS, vec![1, 1], row.to_vec());
    assert!(sums([u64::MAX - 1, 1]).is_ok());
    assert!(sums([u64::MAX, 1]).is_err());
    assert!(ClassSums::from_parts(ClassSums::COUNTS, vec![u64::MAX, 1], vec![0, 0]).is_err());
}

#[test]
fn taking_out_what_was_not_in_is_refused() {
    let mut sums = ClassSums::new(2, 3, ClassSums::COUNTS);
    let x = matrix(&[vec![1.0, 0.0, 0.0]]);
    assert!(sums.remove(x.row(0), 0, 1.0).is_err());
}
