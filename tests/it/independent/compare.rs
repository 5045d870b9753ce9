//! Means of both implementations, compared metric by metric.

use std::fmt;

/// The values of a metric, one for each replication in which it is defined.
pub struct Values {
    pub metric: String,
    pub values: Vec<Option<f64>>,
}

#[derive(Clone, Copy)]
struct Estimate {
    mean: f64,
    variance: f64,
}

pub struct Comparison {
    what: String,
    mine: f64,
    theirs: f64,
    /// Difference of means in standard errors, those of both sides pooled.
    z: f64,
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, mine, theirs, z } = self;
        write!(f, "{what:60} {mine:12.5} {theirs:12.5}   z {z:6.2}")
    }
}

/// Every metric of the program. One that is undefined in more than half of the replications is
/// excepted; how often one is defined is compared as well, if that is neither always nor never.
pub fn compare(scenario: &str, mine: &[Values], theirs: &[Values]) -> Vec<Comparison> {
    let mut all = Vec::new();
    for theirs in theirs {
        let metric = &theirs.metric;
        let mine = mine.iter().find(|mine| mine.metric == *metric);
        let mine = mine.unwrap_or_else(|| panic!("{metric} is not implemented here"));
        let sides = [&mine.values, &theirs.values];
        let defined = sides.map(|side| side.iter().flatten().copied().collect::<Vec<f64>>());
        if defined.iter().zip(sides).all(|(defined, side)| defined.len() * 2 >= side.len()) {
            all.push(comparison(format!("{scenario}: {metric}"), &defined));
        }
        let counts = sides.map(|side| {
            side.iter().map(|value| f64::from(u8::from(value.is_some()))).collect::<Vec<f64>>()
        });
        let all_alike = counts.iter().flatten().all(|count| *count == counts[0][0]);
        if !all_alike {
            all.push(comparison(format!("{scenario}: {metric} is defined"), &counts));
        }
    }
    all
}

fn comparison(what: String, sides: &[Vec<f64>; 2]) -> Comparison {
    let [mine, theirs] = sides.each_ref().map(|values| estimate(values));
    let difference = mine.mean - theirs.mean;
    let error = (mine.variance + theirs.variance).sqrt();
    let z = if difference == 0.0 { 0.0 } else { difference / error };
    Comparison { what, mine: mine.mean, theirs: theirs.mean, z }
}

/// Mean, and variance of the mean.
fn estimate(values: &[f64]) -> Estimate {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    Estimate { mean, variance: squares / (count - 1.0) / count }
}

/// The comparisons that Holm's procedure rejects at 1% over all. One without a z, as of a single
/// replication, is rejected: it has compared nothing.
pub fn red(all: &[Comparison]) -> Vec<&Comparison> {
    let mut ordered: Vec<&Comparison> = all.iter().collect();
    ordered.sort_by(|a, b| b.z.abs().total_cmp(&a.z.abs()));
    let chance = |z: f64| match z.is_nan() {
        true => 0.0,
        false => libm::erfc(z.abs() / std::f64::consts::SQRT_2),
    };
    let unlikely =
        |(index, it): &(usize, &Comparison)| chance(it.z) <= 0.01 / (all.len() - index) as f64;
    ordered.into_iter().enumerate().take_while(unlikely).map(|(_, it)| it).collect()
}

#[test]
fn what_cannot_be_compared_is_red_and_hides_nothing_behind_it() {
    let of = |what: &str, mine: &[f64], theirs: &[f64]| {
        comparison(what.to_owned(), &[mine.to_vec(), theirs.to_vec()])
    };
    let all = [
        of("same", &[1.0, 1.0], &[1.0, 1.0]),
        of("one each", &[1.0], &[2.0]),
        of("nothing", &[], &[]),
        of("far apart", &[1.0, 1.1, 1.2], &[9.0, 9.1, 9.2]),
        of("close", &[1.0, 1.5, 2.0], &[1.1, 1.4, 2.1]),
        of("without spread", &[1.0, 1.0], &[2.0, 2.0]),
    ];
    let mut found: Vec<&str> = red(&all).iter().map(|it| it.what.as_str()).collect();
    found.sort_unstable();
    assert_eq!(found, ["far apart", "nothing", "one each", "without spread"]);
}
