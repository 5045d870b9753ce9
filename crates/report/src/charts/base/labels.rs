//! Labels at the right end of lines, pushed apart so that none covers another.

use super::canvas::{Canvas, Point, Side};
use super::look::LineLook;
use super::look::{BODY, INK, STRONG};
use super::marks;

/// The distance between the baselines of two labels.
pub(crate) const GAP: f64 = 25.0;
/// The room the leader lines take, up to the sample of the line.
const LEADER: f64 = 30.0;
/// The length of that sample: long enough for every kind of dashes.
const SAMPLE: f64 = 32.0;
/// The room between the sample and the value.
const BEFORE: f64 = 8.0;
/// The room between the value and the name.
const SPACE: f64 = 12.0;
/// The widest name; a longer one is cut.
const WIDEST: f64 = 340.0;

/// The label of one line.
#[derive(Clone, Debug)]
pub(crate) struct Label {
    /// The line's name.
    pub name: String,
    /// The line's last value.
    pub value: String,
    /// The line's last point.
    pub end: Point,
    /// How the line is drawn.
    pub look: LineLook,
}

/// The nearest places to those wanted, `gap` or more apart, in the same order and within
/// `low..=high`; where there is no room for that, they run over beyond `high`.
pub(crate) fn spread(wanted: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    struct Cluster {
        first: f64,
        sum: f64,
        members: Vec<usize>,
    }
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    let mut clusters: Vec<Cluster> = Vec::new();
    for index in order {
        let mut newest = Cluster { first: wanted[index], sum: wanted[index], members: vec![index] };
        newest.first = newest.first.min(high).max(low);
        // Neighbours that come too close become one cluster, centred on what its members want.
        while let Some(mut above) = clusters.pop() {
            let shift = gap * above.members.len() as f64;
            if above.first + shift <= newest.first {
                clusters.push(above);
                break;
            }
            above.sum += newest.sum - shift * newest.members.len() as f64;
            above.members.append(&mut newest.members);
            let count = above.members.len() as f64;
            above.first = (above.sum / count).min(high - gap * (count - 1.0)).max(low);
            newest = above;
        }
        clusters.push(newest);
    }
    let mut places = wanted.to_vec();
    for cluster in clusters {
        for (rank, index) in cluster.members.iter().enumerate() {
            places[*index] = cluster.first + gap * rank as f64;
        }
    }
    places
}

/// The room labels take at the right of the plot.
pub(crate) fn room<'a>(labels: impl IntoIterator<Item = (&'a str, &'a str)>) -> f64 {
    let width = |(name, value): (&str, &str)| (BODY.width(name), STRONG.width(value));
    let widest = labels
        .into_iter()
        .map(width)
        .fold((0.0, 0.0), |(name, value), (n, v)| (f64::max(name, n), f64::max(value, v)));
    LEADER + SAMPLE + BEFORE + widest.0.min(WIDEST) + SPACE + widest.1
}

/// Draws the labels right of `x`, between `top` and `bottom`.
pub(crate) fn draw(canvas: &mut Canvas, labels: &[Label], x: f64, top: f64, bottom: f64) {
    let wanted: Vec<f64> = labels.iter().map(|label| label.end.1).collect();
    let places = spread(&wanted, GAP, top, bottom);
    let values = STRONG.widest(labels.iter().map(|label| label.value.as_str()));
    for (label, y) in labels.iter().zip(places) {
        let LineLook { color, dashes } = label.look;
        let sample = x + LEADER;
        canvas.path(&[label.end, (x + 6.0, label.end.1), (sample, y)], 1.2, color);
        canvas.disc(label.end, 4.5, color);
        marks::dashed(canvas, &[(sample, y), (sample + SAMPLE, y)], dashes, 3.0, color);
        let baseline = y + BODY.size * 0.36;
        let value = (sample + SAMPLE + BEFORE + values, baseline);
        canvas.text(value, &label.value, STRONG, Side::End, INK);
        let name = (value.0 + SPACE, baseline);
        canvas.text(name, &BODY.fit(&label.name, WIDEST), BODY, Side::Start, INK);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn labels_with_room_stay_where_they_are_wanted() {
        assert_eq!(spread(&[90.0, 10.0, 50.0], 25.0, 0.0, 100.0), [90.0, 10.0, 50.0]);
    }

    #[test]
    fn labels_in_one_place_are_centred_on_it() {
        assert_eq!(spread(&[50.0, 50.0, 50.0], 20.0, 0.0, 100.0), [30.0, 50.0, 70.0]);
    }

    proptest! {
        #[test]
        fn labels_pushed_apart_never_overlap(
            wanted in prop::collection::vec(-50.0..550.0_f64, 0..40),
            steps in prop::bool::ANY,
        ) {
            let wanted: Vec<f64> =
                wanted.into_iter().map(|y| if steps { (y / 40.0).round() * 40.0 } else { y }).collect();
            let places = spread(&wanted, 25.0, 0.0, 500.0);
            let mut order: Vec<(f64, f64)> = wanted.iter().copied().zip(places).collect();
            order.sort_by(|a, b| a.1.total_cmp(&b.1));
            for pair in order.windows(2) {
                prop_assert!(pair[1].1 - pair[0].1 >= 25.0 - 1e-6, "{order:?}");
                prop_assert!(pair[0].0 <= pair[1].0, "leaders cross: {order:?}");
            }
            prop_assert!(order.iter().all(|(_, place)| *place >= 0.0));
            if order.len() <= 21 {
                prop_assert!(order.iter().all(|(_, place)| *place <= 500.0 + 1e-6), "{order:?}");
            }
        }
    }
}
