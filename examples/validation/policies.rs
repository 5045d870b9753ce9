//! What policies did in the field: the squeaky wheel, reach first, Dell, Comcast.

use heard_math::stats::Interval;
use heard_scenario::metric::Metric;
use heard_world::column::Dimension;

use super::play::{Columns, Error, QUARTER, columns, difference, interval, load};
use super::table::{
    Group, Judged, Row, Use, above_zero, level, null, number, percent, points, sign, signed,
};

fn check(
    target: &'static str,
    published: &'static str,
    source: &'static str,
    simulated: String,
    judged: Judged,
    why: &'static str,
) -> Row {
    Row { target, published, source, simulated, used: Use::Check, judged, why }
}

pub fn wheel() -> Result<Group, Error> {
    const REPLICATIONS: u32 = 40;
    let experiment = load("squeaky-wheel", &["run.windows={}", "run.warmup_days=90"])?;
    let play = |arm| columns(&experiment, arm, REPLICATIONS);
    let (too, only) = (play("public-too")?, play("private-only")?);
    let (blind, private_blind) = (play("without-learning")?, play("private-without-learning")?);
    let effect = |metric| difference(&too.total(metric), &only.total(metric));
    let control = difference(
        &blind.total(Metric::ComplaintsPerFailure),
        &private_blind.total(Metric::ComplaintsPerFailure),
    )?;
    let (public, complaints, attitude) = (
        effect(Metric::PublicShare)?,
        effect(Metric::ComplaintsPerFailure)?,
        effect(Metric::Attitude)?,
    );
    let source = "Ma, Sun & Kekre 2015; 1";
    Ok(Group {
        title: "The squeaky wheel",
        setting: format!(
            "`squeaky-wheel`, arm `public-too` less `private-only`, days 90 to 351; the control is the same difference \
             between the two arms in which nobody learns. {REPLICATIONS} replications."
        ),
        rows: vec![
            check(
                "Squeaky wheel: more of the complaints are public",
                "above 0",
                source,
                points(&public, 2),
                above_zero(&public),
                "",
            ),
            check(
                "Squeaky wheel: more complaints per failure",
                "above 0",
                source,
                points(&complaints, 2),
                above_zero(&complaints),
                "",
            ),
            check(
                "Squeaky wheel: the relationship gets better",
                "above 0",
                source,
                signed(&attitude, 4),
                above_zero(&attitude),
                "",
            ),
            check(
                "Squeaky wheel, negative control: no more complaints where nobody learns",
                "none (Sun, Gao & Rui 2021: by awareness that the channel works)",
                "1",
                points(&control, 3),
                null(control.is_within(0.001)).by_construction(),
                "",
            ),
        ],
    })
}

/// Share answered of the best-followed tenth less that of the less-followed half.
fn slope(columns: &Columns) -> Result<Interval, Error> {
    let tenth = |tenth: usize| {
        columns.part(Metric::AnswerRate, Dimension::FollowersTenth, &tenth.to_string())
    };
    let mut half = vec![0.0; tenth(1).len()];
    for each in 1..=5 {
        half.iter_mut().zip(tenth(each)).for_each(|(sum, rate)| *sum += rate / 5.0);
    }
    difference(&tenth(10), &half)
}

pub fn reach() -> Result<Group, Error> {
    const REPLICATIONS: u32 = 40;
    let experiment = load("marketing-or-care", &QUARTER)?;
    let marketers = columns(&experiment, "marketers-empowered", REPLICATIONS)?;
    let first_come = columns(&experiment, "care-empowered", REPLICATIONS)?;
    let answered = interval(&marketers.total(Metric::AnswerRate))?;
    let (steep, flat) = (slope(&marketers)?, slope(&first_come)?);
    let source = "Gunarathne, Rui & Seidmann 2018; 2";
    Ok(Group {
        title: "Who is answered under overload",
        setting: format!(
            "`marketing-or-care`, arms `marketers-empowered` (the best followed first) and `care-empowered` (first come, \
             first served), the same one person, days 14 to 76 of 90. Slope: share answered of the best-followed tenth \
             less that of the less-followed half. {REPLICATIONS} replications."
        ),
        rows: vec![
            check(
                "Reach first: fewer than half are answered",
                "below 50%",
                source,
                percent(&answered, 1),
                sign(answered.high.is_some_and(|high| high < 0.5)),
                "By half a point. The share answered depends on the scenario's load, which was not set to it. First come, \
                 first served answers more with the same person, because late answers count too, and customers who have \
                 given up do not write again.",
            ),
            check(
                "Reach first: favours the well-followed",
                "above 0",
                source,
                points(&steep, 1),
                above_zero(&steep).by_construction(),
                "",
            ),
            check(
                "Reach first, negative control: first come, first served has no slope",
                "0, within 2 points",
                "by design",
                points(&flat, 2),
                null(flat.is_within(0.02)).by_construction(),
                "",
            ),
        ],
    })
}

pub fn cases() -> Result<Group, Error> {
    const REPLICATIONS: u32 = 40;
    let dell = load("dell-turnaround", &[])?;
    let presents = columns(&dell, "presents-only", REPLICATIONS)?;
    let answers = columns(&dell, "listens-and-answers", REPLICATIONS)?;
    let worst = answers.days(Metric::NegativeShare, 60..90);
    let last = answers.days(Metric::NegativeShare, 226..256);
    let fall = difference(&last, &worst)?;
    let (worst, last) = (interval(&worst)?, interval(&last)?);
    let apart = difference(
        &answers.days(Metric::NegativeShare, 226..256),
        &presents.days(Metric::NegativeShare, 226..256),
    )?;
    let sentiment =
        difference(&answers.total(Metric::Reputation), &presents.total(Metric::Reputation))?;
    let comcast = load("named-representatives", &[])?;
    let of = |arm| -> Result<Vec<f64>, Error> {
        Ok(columns(&comcast, arm, REPLICATIONS)?.total(Metric::Attitude))
    };
    let (named, one, nobody) = (of("named-people")?, of("one-voice")?, of("nobody-on-twitter")?);
    let (names, team) = (difference(&named, &one)?, difference(&named, &nobody)?);
    let dell_why = "The negative share counts posts, and answering does not change who posts: it even teaches customers \
                    whom it helps to complain in public (the squeaky wheel), which offsets what the company learns \
                    from what it sees. `presents-only` falls as much, since its e-mail team sees failures too. What \
                    changes is what people read below the posts, and with it the sentiment. Dell's figures come from \
                    Dell, cover all conversation, and span two years in which products and prices changed too.";
    Ok(Group {
        title: "Dell and Comcast",
        setting: format!(
            "Dell: `dell-turnaround`, arm `listens-and-answers`, which begins on day 90; days 60 to 89 against days 226 to \
             255, and against `presents-only`; sentiment on days 241 to 302. Comcast: `named-representatives`, attitude of all customers on day 90, arm \
             `named-people` less `one-voice` and less `nobody-on-twitter`; a small effect is 0.01, as in the scenario. \
             {REPLICATIONS} replications."
        ),
        rows: vec![
            check(
                "Dell: negative share at worst",
                "almost 50%",
                "Menchaca 2007; 7",
                percent(&worst, 1),
                level(&worst, 0.45, 0.50),
                "The assumed rates of failures, questions and praise determine this share, and they were not set to Dell's \
                 conversation.",
            ),
            check(
                "Dell: negative share after the turnaround",
                "about 23%",
                "Menchaca 2007; 7",
                percent(&last, 1),
                level(&last, 0.23, 0.23),
                dell_why,
            ),
            check(
                "Dell: the negative share falls",
                "about -27 points",
                "Menchaca 2007; 7",
                points(&fall, 1),
                number(fall.high.is_some_and(|high| high < -0.13)),
                dell_why,
            ),
            check(
                "Dell: the negative share is lower than without the turnaround",
                "below 0",
                "Menchaca 2007; 7",
                points(&apart, 2),
                super::table::below_zero(&apart),
                dell_why,
            ),
            check(
                "Dell: a small positive shift of sentiment",
                "above 0",
                "Market Sentinel 2007; 7",
                signed(&sentiment, 3),
                above_zero(&sentiment),
                "",
            ),
            check(
                "Comcast: names do little for the satisfaction of all customers",
                "null, within 0.01",
                "ACSI 54 to 59, back to 54; 7",
                signed(&names, 4),
                null(names.is_within(0.01)),
                "",
            ),
            check(
                "Comcast: so does the whole Twitter team",
                "null, within 0.01",
                "ACSI 54 to 59, back to 54; 7",
                signed(&team, 4),
                null(team.is_within(0.01)),
                "In the scenario about as many customers complain on Twitter as by telephone, so that the load of a channel \
                 can be studied; Comcast answered 85 tweets a day for some 24 million customers. The null comes from \
                 that scale, which the scenario does not have.",
            ),
        ],
    })
}
