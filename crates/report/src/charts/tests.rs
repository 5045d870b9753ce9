//! What every chart promises.

use super::base::{canvas, picture, verdicts};
use super::*;
use proptest::prelude::*;
use resvg::usvg::{Group as Node, Node as Element, Rect};

const VERDICTS: [&str; 6] =
    ["higher", "lower", "equivalent", "cannot-tell", "identical", "not-tested"];

fn frame() -> Frame {
    Frame {
        title: "Who gets heard when the company listens, and who when it only answers?".into(),
        subtitle: "Share of complaints".into(),
        note: String::new(),
        footer: "heard 0.1.0 · seed 2011 · 200 replications · 95% intervals".into(),
    }
}

fn estimate(mean: f64, half: f64) -> Estimate {
    Estimate { mean, low: Some(mean - half), high: Some(mean + half) }
}

fn arms(count: usize) -> Vec<String> {
    (0..count).map(|arm| format!("listening-and-responding-{arm:02}")).collect()
}

/// All charts of the same values, one for every arm.
fn charts(names: &[String], values: &[Estimate]) -> Vec<Result<String, ChartError>> {
    let each = || names.iter().cloned().zip(values.iter().copied());
    let bars: Vec<Bar> = each().map(|(arm, value)| Bar { arm, value: Some(value) }).collect();
    let funnels: Vec<Funnel> = each()
        .map(|(arm, value)| Funnel {
            arm,
            stages: vec![Some(estimate(1.0, 0.0)), Some(value), None],
        })
        .collect();
    let lines: Vec<Line> = each()
        .map(|(name, value)| Line {
            name,
            points: vec![(0.5, value), (40.0, value), (80.0, value)],
        })
        .collect();
    let differences = each().enumerate().map(|(rank, (arm, estimate))| {
        let verdict = VERDICTS[rank % VERDICTS.len()].to_string();
        let over = Over { estimate, verdict, label: "-0.031".into() };
        Difference { arm, over: vec![over] }
    });
    let rows: Vec<Difference> = differences.collect();
    let (metric, unit) = ("resolved_per_failure".to_string(), "share".to_string());
    let group = Group { metric, unit, smallest_effect: Some(0.02), rows };
    let mut twice_over = group.clone();
    for row in &mut twice_over.rows {
        row.over.push(Over { label: "+0.092".into(), ..row.over[0].clone() });
    }
    let windows = ["first quarter, days 14-76", "after a year, days 289-351"].map(str::to_owned);
    let stretch = |name: &str, from, to| Stretch { name: name.into(), from, to };
    let stretches = vec![stretch("early", 5.0, 30.0), stretch("later", 25.0, 300.0)];
    let meaning = "a share of something that takes more than one line to say".to_string();
    let share = Measure { name: "heard rate".into(), meaning, unit: Unit::Share };
    let twice: Vec<Option<Estimate>> = values.iter().chain(values).copied().map(Some).collect();
    let panel = |measure: &Measure| Dots {
        measure: measure.clone(),
        values: twice.clone(),
        published: published(),
    };
    let dots = [panel(&share), panel(&sentiment_of()), panel(&Measure::default())];
    let panels = [share.clone(), sentiment_of()].map(|measure| Days {
        measure,
        lines: lines.clone(),
        published: vec![],
    });
    let points: Vec<Point> =
        each().map(|(name, value)| Point { name, across: value, upwards: value }).collect();
    vec![
        resolution(&frame(), "share resolved", &bars),
        funnel(&frame(), &["voiced", "answered", "resolved"], &funnels),
        sentiment(&frame(), "day", "sentiment (−1 to +1)", &Shaded::WarmUp(20.0), &lines),
        sentiment(&frame(), "day", "sentiment", &Shaded::Windows(stretches.clone()), &lines),
        forest(&frame(), "no-presence", &[], &[group.clone(), group.clone(), group]),
        forest(&frame(), "no-presence", &windows, &[twice_over]),
        answer_time(&frame(), &lines),
        super::arms(&frame(), &[rows_of("acme", names), rows_of("bolt", names)], &dots),
        days(&frame(), &Shaded::WarmUp(20.0), &happenings(), &panels),
        days(&frame(), &Shaded::Windows(stretches), &happenings(), &panels),
        parts(&frame(), "channel", &["twitter".into(), "email".into()], names, &dots[..2]),
        trade_off(&frame(), (&share, &sentiment_of()), &points, (&[], &published())),
        hours(&frame(), "views so far", &lines),
    ]
}

fn rows_of(heading: &str, names: &[String]) -> Rows {
    Rows { heading: heading.into(), names: names.to_vec() }
}

fn published() -> Vec<Published> {
    let figure = |value: f64, label: &str| Published { day: None, value, label: label.into() };
    vec![figure(0.31, "retailers, 2011, of all that was said"), figure(0.33, "airlines, 2014")]
}

fn happenings() -> Vec<Happening> {
    let at = |day: f64, label: &str| Happening { day, label: label.into() };
    vec![at(30.0, "responding: switch, day 30"), at(35.0, "mistake, day 35"), at(79.0, "late")]
}

fn sentiment_of() -> Measure {
    Measure { name: "reputation".into(), meaning: "-1 to 1".into(), unit: Unit::Signed }
}

fn ordinary(count: usize) -> Vec<String> {
    let values: Vec<Estimate> =
        (0..count).map(|arm| estimate(0.3 + 0.0004 * arm as f64, 0.05)).collect();
    charts(&arms(count), &values).into_iter().map(Result::unwrap).collect()
}

fn boxes(node: &Node, found: &mut Vec<(String, Rect)>) {
    for child in node.children() {
        match child {
            Element::Group(group) => boxes(group, found),
            Element::Text(text) => {
                let words = text.chunks().iter().map(|chunk| chunk.text()).collect();
                found.push((words, text.abs_bounding_box()));
            }
            _ => {}
        }
    }
}

fn texts(svg: &str) -> Vec<(String, Rect)> {
    let mut found = Vec::new();
    boxes(picture::parse(svg).unwrap().root(), &mut found);
    found
}

#[test]
fn every_chart_names_every_arm() {
    for svg in ordinary(7) {
        let texts = texts(&svg);
        for arm in arms(7) {
            assert!(texts.iter().any(|(text, _)| text.contains(&arm)), "{arm}: {texts:?}");
        }
    }
}

#[test]
fn no_text_leaves_the_page_or_covers_another() {
    for svg in [1, 2, 7, 12, 20].into_iter().flat_map(ordinary) {
        let height = picture::parse(&svg).unwrap().size().height();
        let texts = texts(&svg);
        for (rank, (text, at)) in texts.iter().enumerate() {
            assert!(at.left() >= 30.0 && at.right() <= 1170.0, "{text}: {at:?}");
            assert!(at.top() >= 10.0 && at.bottom() <= height - 5.0, "{text}: {at:?}");
            for (other, under) in &texts[rank + 1..] {
                let apart = at.right() <= under.left() + 1.0
                    || under.right() <= at.left() + 1.0
                    || at.bottom() <= under.top() + 1.0
                    || under.bottom() <= at.top() + 1.0;
                assert!(apart, "{text} {at:?} covers {other} {under:?}");
            }
        }
    }
}

#[test]
fn hostile_names_are_escaped() {
    let hostile = "<b onload='x'>&\"\u{1}\u{0}\u{ffff}]]>".to_string();
    let values = [estimate(0.4, 0.1)];
    for svg in charts(std::slice::from_ref(&hostile), &values) {
        let svg = svg.unwrap();
        assert!(!svg.contains("<b "));
        assert!(texts(&svg).iter().any(|(text, _)| text.contains("<b onload='x'>&\"")));
    }
}

#[test]
fn the_same_numbers_give_the_same_bytes() {
    let (first, second) = (ordinary(7), ordinary(7));
    assert_eq!(first, second);
    assert_eq!(first.len(), 13);
    let pngs = |svgs: &[String]| png(&svgs[3], 1200).unwrap();
    assert_eq!(pngs(&first), pngs(&second));
}

#[test]
fn a_png_is_as_wide_as_asked() {
    for (svg, width) in ordinary(3).iter().zip([1200_u32, 1200, 2400, 600, 1]) {
        let bytes = png(svg, width).unwrap();
        assert_eq!(bytes[..8], *b"\x89PNG\r\n\x1a\n");
        assert_eq!(bytes[16..20], width.to_be_bytes());
    }
    let svg = &ordinary(1)[0];
    assert!(matches!(png(svg, 0), Err(ChartError::Picture(_))));
    assert!(matches!(png(svg, u32::MAX), Err(ChartError::Picture(_))));
    assert!(matches!(png("no svg", 1200), Err(ChartError::Picture(_))));
}

#[test]
fn nothing_to_draw_is_said_so() {
    for chart in charts(&[], &[]) {
        assert!(matches!(chart, Err(ChartError::Nothing)));
    }
    let empty = Line { name: "responding".into(), points: vec![] };
    assert!(matches!(
        sentiment(&frame(), "", "", &Shaded::Windows(vec![]), &[empty]),
        Err(ChartError::Nothing)
    ));
    assert!(matches!(forest(&frame(), "", &[], &[Group::default()]), Err(ChartError::Nothing)));
    assert!(matches!(funnel(&frame(), &[], &[Funnel::default()]), Err(ChartError::Nothing)));
}

#[test]
fn long_titles_wrap() {
    let title = "who gets heard ".repeat(30);
    let svg = resolution(&Frame { title, ..frame() }, "", &[Bar::default()]).unwrap();
    let titles = texts(&svg).into_iter().filter(|(text, _)| text.contains("who gets"));
    assert!(titles.map(|(_, at)| assert!(at.right() <= 1165.0)).count() > 5);
}

#[test]
fn an_arm_that_never_answers_is_named_in_a_note() {
    let line = |name: &str, points: Vec<f64>| Line {
        name: name.into(),
        points: points.into_iter().map(|share| (1.0, estimate(share, 0.0))).collect(),
    };
    let lines = [line("silent", vec![0.0]), line("quick", vec![0.4]), line("unknown", vec![])];
    let svg = answer_time(&frame(), &lines).unwrap();
    assert!(svg.contains("No answers at all: silent."));
    assert!(svg.contains("Not measured: unknown."));
}

#[test]
fn a_line_upon_another_is_dashed_so_that_both_are_seen() {
    let line = |name: &str, shift: f64| Line {
        name: name.into(),
        points: (0..9).map(|day| (f64::from(day), estimate(0.1 + shift, 0.0))).collect(),
    };
    let dashes = |lines: &[Line]| {
        let svg = sentiment(&frame(), "", "", &Shaded::Windows(vec![]), lines).unwrap();
        svg.matches("stroke=\"#D55E00\"").count()
    };
    assert!(dashes(&[line("one", 0.0), line("two", 0.1)]) < 5);
    assert!(dashes(&[line("one", 0.0), line("two", 0.0)]) > 20);
}

#[test]
fn every_verdict_has_a_mark_and_a_colour_of_its_own() {
    let mark = |verdict: &str| {
        let mut canvas = canvas::Canvas::default();
        verdicts::mark(&mut canvas, (50.0, 50.0), verdict, 1.0);
        canvas.finish(100.0).unwrap()
    };
    for (rank, one) in VERDICTS.iter().enumerate() {
        for other in &VERDICTS[rank + 1..] {
            assert_ne!(mark(one), mark(other));
            assert_ne!(verdicts::color(one), verdicts::color(other));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_number_breaks_a_chart(
        values in prop::collection::vec(
            (prop::num::f64::ANY, -1.0..2.0_f64, prop::num::f64::ANY, prop::bool::ANY), 1..9,
        ),
    ) {
        let strange = |(any, near, end, odd): &(f64, f64, f64, bool)| Estimate {
            mean: if *odd { *any } else { *near },
            low: odd.then_some(*near),
            high: Some(*end),
        };
        let values: Vec<Estimate> = values.iter().map(strange).collect();
        for chart in charts(&arms(values.len()), &values) {
            match chart {
                Ok(svg) => {
                    prop_assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
                    prop_assert!(picture::parse(&svg).is_ok());
                }
                Err(error) => prop_assert!(matches!(error, ChartError::Nothing), "{error}"),
            }
        }
    }
}
