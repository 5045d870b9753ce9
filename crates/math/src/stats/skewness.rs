//! Whether there are enough values for Student's interval.

use super::moments::Moments;

/// The minimum number of values for Student's interval at 95%, where there are too few for how skewed
/// they are: 25 times the squared skewness (Cochran, 1977, 2.15). A few values look skewed by chance:
/// only where the skewness less two standard errors of it, `2 sqrt(6 / n)`, asks for more than there
/// are is anything said. `None` where all is well, or the values do not vary.
pub fn too_few_for_student(values: &[f64]) -> Option<u64> {
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
    let enough = |skewness: f64| 25.0 * skewness * skewness;
    (enough(beyond_chance) > n).then(|| enough(skewness).ceil() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_values_need_few_and_one_far_out_needs_many() {
        assert_eq!(too_few_for_student(&[1.0, 2.0, 3.0, 4.0, 5.0]), None);
        assert_eq!(too_few_for_student(&[0.0, 0.0, 0.0, 0.0, 1.0]), None);
        // One 1 among 99 zeros: squared skewness 0.98^2 / (0.01 x 0.99) = 97.01, 25 times.
        let mut rare = vec![0.0; 99];
        rare.push(1.0);
        assert_eq!(too_few_for_student(&rare), Some(2426));
        let mirrored: Vec<f64> = rare.iter().map(|x| -x).collect();
        assert_eq!(too_few_for_student(&mirrored), Some(2426));
    }

    #[test]
    fn what_does_not_vary_says_nothing() {
        assert_eq!(too_few_for_student(&[2.0; 9]), None);
        assert_eq!(too_few_for_student(&[2.0]), None);
        assert_eq!(too_few_for_student(&[]), None);
    }
}
