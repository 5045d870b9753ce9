//! Whether there are enough values for Student's interval.

use super::moments::Moments;

/// How many values Student's interval takes to be trusted, by Cochran's rule (1977, 2.15): 25 times
/// the squared skewness, of which only as much counts as is more than chance, two standard errors of
/// it, `2 sqrt(6 / n)`. `None` where the values do not vary.
pub fn enough_for_student(values: &[f64]) -> Option<u64> {
    let n = values.len() as f64;
    let moments: Moments = values.iter().copied().collect();
    let (mean, variance) = (moments.mean()?, moments.variance()?);
    let squares = variance * (n - 1.0) / n;
    if squares <= 0.0 {
        return None;
    }
    let cubes = values.iter().map(|x| (x - mean) * (x - mean) * (x - mean)).sum::<f64>() / n;
    let skewness = cubes.abs() / (squares * squares.sqrt());
    let beyond_chance = (skewness - 2.0 * (6.0 / n).sqrt()).max(0.0);
    Some((25.0 * beyond_chance * beyond_chance).ceil() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_values_need_few_and_one_far_out_needs_many() {
        assert_eq!(enough_for_student(&[1.0, 2.0, 3.0, 4.0, 5.0]), Some(0));
        // One 1 among 99 zeros: skewness 9.849, of which 0.49 is chance: 25 x 9.359^2 = 2190.
        let mut rare = vec![0.0; 99];
        rare.push(1.0);
        assert_eq!(enough_for_student(&rare), Some(2190));
        let mirrored: Vec<f64> = rare.iter().map(|x| -x).collect();
        assert_eq!(enough_for_student(&mirrored), Some(2190));
    }

    #[test]
    fn what_does_not_vary_says_nothing() {
        assert_eq!(enough_for_student(&[2.0; 9]), None);
        assert_eq!(enough_for_student(&[2.0]), None);
        assert_eq!(enough_for_student(&[]), None);
    }
}
