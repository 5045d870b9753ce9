//! Titles that say what was found, where it was.

use heard_math::stats::{Interval, Verdict};
use heard_text::list::{counted, list};
use heard_text::number::percent;

/// The arms that none is clearly above, and those that none is clearly below, by interval.
struct Extremes<'a> {
    top: Vec<&'a str>,
    bottom: Vec<&'a str>,
}

/// What the intervals say about the order of the arms.
enum Order<'a> {
    /// The best lies clearly above the worst.
    Clear(Extremes<'a>),
    /// All overlap with the best or the worst.
    Overlap,
    /// There are no intervals, or no two arms.
    Unknown,
}

fn order<'a>(arms: &[(&'a str, Interval)]) -> Order<'a> {
    let by_mean = |a: &&(&str, Interval), b: &&(&str, Interval)| a.1.mean.total_cmp(&b.1.mean);
    let intervals = arms.iter().all(|(_, found)| found.half_width().is_some());
    let best = arms.iter().max_by(by_mean).and_then(|(_, found)| found.low);
    let worst = arms.iter().min_by(by_mean).and_then(|(_, found)| found.high);
    let Some((best, worst)) = best.zip(worst).filter(|_| intervals && arms.len() > 1) else {
        return Order::Unknown;
    };
    if best <= worst {
        return Order::Overlap;
    }
    let named = |wanted: &dyn Fn(&Interval) -> bool| -> Vec<&str> {
        arms.iter().filter(|(_, found)| wanted(found)).map(|(name, _)| *name).collect()
    };
    Order::Clear(Extremes {
        top: named(&|found| found.high.is_some_and(|high| high >= best)),
        bottom: named(&|found| found.low.is_some_and(|low| low <= worst)),
    })
}

/// One or two names; more do not fit a title.
fn few(names: &[&str]) -> Option<String> {
    match names {
        [one] => Some((*one).to_owned()),
        [one, other] => Some(format!("{one} and {other}")),
        _ => None,
    }
}

/// The words of a title that ranks arms.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// What comes before the best arms.
    pub top: &'static str,
    /// What comes before the worst arms, after the best.
    pub bottom: &'static str,
    /// The title where all intervals overlap.
    pub overlap: &'static str,
    /// The title where nothing short can be said.
    pub plain: &'static str,
}

/// Names the best and the worst arms as far as the intervals allow; `one` is the title of a single
/// arm.
pub fn ranking(
    arms: &[(&str, Interval)],
    words: Words,
    one: impl Fn(&str, &Interval) -> String,
) -> String {
    if let [(name, found)] = arms {
        return one(name, found);
    }
    let Words { top, bottom, overlap, plain } = words;
    match order(arms) {
        Order::Overlap => overlap.to_owned(),
        Order::Unknown => plain.to_owned(),
        Order::Clear(extremes) => match (few(&extremes.top), few(&extremes.bottom)) {
            (Some(best), Some(worst)) => format!("{top} {best}, {bottom} {worst}"),
            (Some(best), None) => format!("{top} {best}"),
            (None, _) => plain.to_owned(),
        },
    }
}

/// The same of arms by how much they answer, without those whose answers do not measure service, which are
/// named.
pub fn ranking_without(
    arms: &[(&str, Interval)],
    doubtful: &[&str],
    words: Words,
    one: impl Fn(&str, &Interval) -> String,
) -> String {
    let (left_out, ranked): (Vec<_>, Vec<_>) =
        arms.iter().copied().partition(|(name, _)| doubtful.contains(name));
    let title = ranking(&ranked, words, one);
    let names: Vec<&str> = left_out.into_iter().map(|(name, _)| name).collect();
    let whose = match (names.len(), few(&names)) {
        (0, _) => return title,
        (_, Some(names)) => names,
        (many, None) => format!("{many} other arms"),
    };
    format!("{title}; answers of {whose} do not measure service")
}

/// How much of those who spoke up are heard, at best.
pub fn heard(arms: &[(&str, Interval)]) -> String {
    let generic = "How far customers who speak up get";
    if let [(name, found)] = arms {
        return format!("{} of those who spoke up are heard: {name}", percent(found.mean));
    }
    let Order::Clear(extremes) = order(arms) else { return generic.to_owned() };
    let best = arms.iter().map(|(_, found)| found.mean).fold(f64::NEG_INFINITY, f64::max);
    match few(&extremes.top) {
        Some(top) => {
            format!("At best {} of those who spoke up are heard: {top}", percent(best))
        }
        None => generic.to_owned(),
    }
}

/// What the differences from the baseline come to, and how many of them turn from one window to another.
pub fn differences(baseline: &str, verdicts: &[Verdict], turns: usize) -> String {
    let number = |wanted: &[Verdict]| verdicts.iter().filter(|v| wanted.contains(v)).count();
    let parts = [
        (number(&[Verdict::Higher, Verdict::Lower]), "found"),
        (number(&[Verdict::Equivalent]), "too small to matter"),
        (number(&[Verdict::Identical]), "exactly zero"),
        (number(&[Verdict::CannotTell]), "undecided"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .enumerate()
        .map(|(rank, (count, what))| match rank {
            0 => format!("{} {what}", counted(count as f64, "difference", "differences")),
            _ => format!("{count} {what}"),
        })
        .collect();
    let turns = match turns {
        0 => String::new(),
        many => format!("; {} between windows", counted(many as f64, "claim turns", "claims turn")),
    };
    format!("Against {baseline}: {}{turns}", list(&parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(mean: f64) -> Interval {
        Interval { mean, low: Some(mean - 0.1), high: Some(mean + 0.1), count: 9 }
    }

    fn title(arms: &[(&str, Interval)]) -> String {
        let words = Words {
            top: "Most with",
            bottom: "least with",
            overlap: "No difference",
            plain: "What is shown",
        };
        ranking(arms, words, |name, _| name.to_owned())
    }

    #[test]
    fn a_title_claims_no_more_than_the_intervals_do() {
        let cases: [(&[(&str, Interval)], &str); 6] = [
            (&[("a", at(0.0)), ("b", at(1.0))], "Most with b, least with a"),
            (&[("a", at(0.0)), ("b", at(0.1)), ("c", at(1.0))], "Most with c, least with a and b"),
            (&[("a", at(0.0)), ("b", at(0.1))], "No difference"),
            (&[("a", at(0.0)), ("b", at(0.0)), ("c", at(0.1)), ("d", at(1.0))], "Most with d"),
            (&[("a", at(0.0)), ("b", at(1.0)), ("c", at(1.0)), ("d", at(1.0))], "What is shown"),
            (&[("a", at(0.0))], "a"),
        ];
        for (arms, expected) in cases {
            assert_eq!(title(arms), expected);
        }
    }

    #[test]
    fn arms_whose_answers_do_not_measure_service_are_not_praised() {
        let words = Words { top: "Most with", bottom: "least with", overlap: "", plain: "" };
        let arms = [("a", at(0.0)), ("b", at(1.0)), ("c", at(2.0)), ("d", at(3.0)), ("e", at(4.0))];
        let title =
            |doubtful: &[&str]| ranking_without(&arms, doubtful, words, |name, _| name.into());
        assert_eq!(title(&[]), "Most with e, least with a");
        let end = "do not measure service";
        assert_eq!(title(&["e", "x"]), format!("Most with d, least with a; answers of e {end}"));
        let three = "Most with d, least with b; answers of 3 other arms";
        assert_eq!(title(&["a", "c", "e"]), format!("{three} {end}"));
    }

    #[test]
    fn means_without_intervals_are_not_ranked() {
        let single = |mean| Interval { mean, low: None, high: None, count: 1 };
        assert_eq!(title(&[("a", single(0.0)), ("b", single(1.0))]), "What is shown");
        assert_eq!(title(&[]), "What is shown");
    }

    #[test]
    fn differences_are_counted_by_what_was_found() {
        use Verdict::{CannotTell, Equivalent, Higher, Lower};
        assert_eq!(
            differences("a", &[Higher, Lower, CannotTell, Equivalent], 0),
            "Against a: 2 differences found, 1 too small to matter and 1 undecided"
        );
        assert_eq!(differences("a", &[CannotTell], 0), "Against a: 1 difference undecided");
        let turned = differences("a", &[Higher, Lower], 1);
        assert_eq!(turned, "Against a: 2 differences found; 1 claim turns between windows");
    }
}
