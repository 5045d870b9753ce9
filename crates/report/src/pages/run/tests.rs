//! What the page of a run promises.

use heard_scenario::metric::Metric;

use super::*;
use crate::document::terminal::{self, PAGE, tests::width};
use crate::studies;

fn text(results: &Results, colour: bool) -> String {
    let one = Looks::default().and(results.replications());
    terminal::text(&document(results, &one, Vec::new()), PAGE, colour)
}

fn assert_fits(text: &str) {
    for line in text.lines() {
        assert!(width(line) <= PAGE, "{} columns: {line}", width(line));
        assert!(!line.chars().any(char::is_control), "{line:?}");
        assert_eq!(line, line.trim_end());
    }
}

#[test]
fn the_text_fits_the_page_whatever_the_names() {
    for experiment in [studies::strange(), studies::bundled(&[]), studies::queue()] {
        assert_fits(&text(&studies::play(&experiment, 3), false));
    }
}

#[test]
fn headline_metrics_that_do_not_fit_go_to_another_block() {
    let all: Vec<String> = Metric::ALL.iter().map(|metric| format!("\"{metric}\"")).collect();
    let headline = format!("run.headline=[{}]", all.join(","));
    let experiment = studies::bundled(&[&headline]);
    let results = studies::play(&experiment, 3);
    let text = text(&results, false);
    assert_fits(&text);
    let table = text.split("Mean ±").next().unwrap();
    for metric in results.metrics() {
        let first = means::heading(metric.name()).lines().next().unwrap().to_owned();
        assert!(table.contains(&first), "{metric}");
    }
}

#[test]
fn a_population_is_shown_by_its_headline_and_its_cases() {
    let experiment = studies::bundled(&[]);
    let text = text(&studies::play(&experiment, 3), false);
    let header: Vec<&str> = text.lines().take(2).collect();
    let header = header.join(" ");
    for part in ["arm", "resolved_", "reputation", "churn_rate", "heard_rate"] {
        assert!(header.contains(part), "{header}");
    }
    assert!(text.contains("simultaneous over 18 comparisons"));
    assert!(text.contains("Against presence-only, "));
}

#[test]
fn a_plain_queue_is_shown_by_its_waits_and_compared_with_nothing() {
    let experiment = studies::queue();
    let text = text(&studies::play(&experiment, 12), false);
    for part in ["seconds_mean", "abandon_rate", "occupancy", "Self-check: "] {
        assert!(text.contains(part), "{text}");
    }
    assert!(!text.contains("verdict") && !text.contains("Against"), "{text}");
}

#[test]
fn queues_without_a_defined_headline_say_what_to_do() {
    let experiment = studies::written(&format!(
        "{}\n[arm.two]\n[arm.three]\nteam.desk.shifts = [{{ days = \"Mon-Sun\", hours = \
         \"00:00-24:00\", people = 3 }}]\n",
        studies::QUEUE
    ));
    let text = text(&studies::play(&experiment, 3), false);
    assert!(text.contains("run.headline"), "{text}");
}

#[test]
fn few_replications_are_warned_of() {
    let experiment = studies::bundled(&[]);
    let few = text(&studies::play(&experiment, 3), false);
    assert!(few.contains("Warning: only 3 replications"), "{few}");
    let one = text(&studies::play(&experiment, 1), false);
    assert!(one.contains("nothing can be told apart") && one.contains("cannot-tell"), "{one}");
    assert_fits(&one);
}

#[test]
fn colour_is_only_there_when_asked_for() {
    let experiment = studies::bundled(&[]);
    let results = studies::play(&experiment, 3);
    assert!(!text(&results, false).contains('\u{1b}'));
    let coloured = text(&results, true);
    assert!(coloured.contains("\u{1b}["));
    let mut plain = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain += before;
        rest = after.split_once('m').unwrap().1;
    }
    assert_eq!(plain + rest, text(&results, false));
}

#[test]
fn answering_more_and_solving_less_is_noted() {
    let experiment = studies::bundled(&[
        "run.baseline=responding",
        "customers.count=2000",
        "arm.responding.team.care.shifts=[{ days = \"Mon-Fri\", hours = \"09:00-10:00\", people = 1 }]",
    ]);
    let shown = text(&studies::play(&experiment, 12), false).replace('\n', " ");
    assert!(
        shown.contains("Note: automatic-reply answers more than responding (answer_rate +0."),
        "{shown}"
    );
    assert!(shown.contains(") but solves less (resolved_per_failure -0."), "{shown}");
    // An automatic reply to everybody, against a page that nobody reads: nothing more is solved, and
    // customers like it less than silence.
    let experiment = studies::bundled(&["customers.count=2000"]);
    let shown = text(&studies::play(&experiment, 12), false).replace('\n', " ");
    for part in [
        "Note: automatic-reply answers more than presence-only (answer_rate +0.9",
        ") but customers feel worse (attitude -0.0",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

#[test]
fn a_verdict_on_waits_that_do_not_measure_service_says_so_where_it_stands() {
    let experiment = studies::written(&format!(
        "{}[arm.always]\n[arm.nobody]\nteam.desk.shifts = []\n",
        studies::QUEUE.replace("[run]", "[run]\nheadline = [\"wait_seconds_mean\"]")
    ));
    let results = studies::play(&experiment, 12);
    let shown = text(&results, false);
    assert_fits(&shown);
    let shown = shown.replace('\n', " ");
    for part in [
        "lower, see note",
        "wait_seconds_mean is lower in nobody (-",
        ", which does not measure service).",
        "Note: nobody has shorter waits than always (",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let figures = crate::figures::figures(&results).unwrap();
    let differences = figures.iter().find(|figure| figure.name == "differences").unwrap();
    assert!(differences.svg.contains("* Does not measure service"));
}

#[test]
fn gains_net_of_cost_are_told_over_the_range_of_worth() {
    let told = |worth: &str| {
        let worth = format!("run.worth.resolution={worth}");
        let experiment = studies::bundled(&[&worth, "customers.count=1000"]);
        let shown = text(&studies::play(&experiment, 6), false);
        assert_fits(&shown);
        shown.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let cheap = told("[0.01, 0.02]");
    for part in
        ["Never pays for itself in this range: listening-only, ", "prevention counts for nothing"]
    {
        assert!(cheap.contains(part), "{part}: {cheap}");
    }
    assert!(!cheap.contains("reaks even"), "{cheap}");
    // What costs nothing more does not break even.
    assert!(
        cheap.contains("with no clear difference: no-presence and automatic-reply."),
        "{cheap}"
    );
    let dear = told("[10_000, 20_000]");
    assert!(dear.contains("Pays for itself everywhere in this range: responding"), "{dear}");
    // Silence costs 5,780 and solves nothing, whatever that is worth.
    assert!(dear.contains("Never pays for itself in this range: listening-only"), "{dear}");
    let wide = told("[0, 20_000]");
    for part in [
        "if one problem solved is worth 0 to 20,000: arm minus presence-only",
        "Breaks even between ",
        " per problem solved: responding",
    ] {
        assert!(wide.contains(part), "{part}: {wide}");
    }
}

#[test]
fn gains_net_of_cost_are_shown_over_each_window() {
    let windows = "run.windows={ early='14-50', late='50-76' }";
    let sets = [windows, "run.days=90", "run.worth.resolution=[0, 20_000]", "customers.count=1000"];
    let shown = text(&studies::play(&studies::bundled(&sets), 6), false);
    assert_fits(&shown);
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let (_, net) = shown.split_once("window / arm at 0 ").unwrap();
    for part in ["early, days 14-50 ", "late, days 50-76 ", "Over `early`, breaks even between "] {
        assert!(net.contains(part), "{part}: {net}");
    }
}

#[test]
fn arms_that_do_not_cost_the_same_are_named_beside_the_verdicts() {
    let experiment = studies::bundled(&[]);
    let shown = text(&studies::play(&experiment, 4), false).replace('\n', " ");
    for part in [
        "listening-only (+5,7",
        "cost over 10% more or less than presence-only",
        "money as well as policy.",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let windows = studies::bundled(&["run.windows={ early='14-20', late='20-26' }"]);
    let shown = text(&studies::play(&windows, 4), false).replace('\n', " ");
    for part in ["Cost per 30 days over `early`: ", "Cost per 30 days over `late`: "] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let equal = studies::written(&format!("{}[arm.a]\n[arm.b]\n", studies::QUEUE));
    let shown = text(&studies::play(&equal, 4), false);
    assert!(!shown.contains("cost over"), "{shown}");
}

#[test]
fn no_replications_say_so() {
    let experiment = studies::bundled(&[]);
    assert!(text(&Results::new(&experiment), false).contains("nothing to report"));
}

#[test]
fn the_sentence_forecasts_replications_for_the_smallest_effect_of_interest() {
    let stated = "run.smallest_effect_of_interest={reputation=0.05,resolved_per_failure=0.05,churn_rate=0.001}";
    let twelve =
        |set: &str| text(&studies::play(&studies::bundled(&[set]), 12), false).replace('\n', " ");
    let found = twelve(stated);
    assert!(
        found.contains("Cannot tell: ") && found.contains(" replications; 95% interval "),
        "{found}"
    );
    assert!(!found.contains("State run.smallest_effect_of_interest"), "{found}");
    let found = twelve("run.headline=[\"audience\"]");
    assert!(
        found.contains("Cannot tell: ") && !found.contains("replications; 95% interval"),
        "{found}"
    );
    assert!(
        found.contains("State run.smallest_effect_of_interest for audience to learn"),
        "{found}"
    );
    let few = text(&studies::play(&studies::bundled(&[stated]), 9), false).replace('\n', " ");
    assert!(few.contains("Cannot tell: ") && !few.contains("replications; 95% interval"), "{few}");
}

#[test]
fn after_several_looks_the_page_has_the_verdicts_that_hold_at_any_number() {
    let results = studies::play(&studies::bundled(&[]), 6);
    let page = |looks: &[u32]| {
        let looks = looks.iter().fold(Looks::default(), |looks, &at| looks.and(at));
        let mut results = results.clone();
        if looks.are_several(true) {
            results.judge_at_any_look();
        }
        terminal::text(&document(&results, &looks, Vec::new()), PAGE, false)
    };
    let (once, thrice) = (page(&[6]), page(&[2, 4, 6]));
    let said = "looked at 3 times, at 2, 4 and 6 replications.";
    assert!(thrice.replace('\n', " ").contains(said) && !once.contains("looked at"), "{thrice}");
    assert_fits(&thrice);
    let rows = comparison::rows(&results);
    let open = |rows: &[Difference<'_>]| {
        rows.iter().filter(|row| row.verdict == heard_math::stats::Verdict::CannotTell).count()
    };
    let wider: Vec<Difference<'_>> = rows.iter().cloned().map(Difference::at_any_look).collect();
    assert!(open(&wider) > open(&rows));
    let shown = |page: &str| page.matches("  cannot-tell").count();
    assert_eq!((shown(&once), shown(&thrice)), (open(&rows), open(&wider)));
}

#[test]
fn a_run_that_was_interrupted_has_the_verdicts_that_hold_at_any_number() {
    let mut results = studies::play(&studies::bundled(&["run.replications=20"]), 6);
    results.judge_at_any_look();
    let page = terminal::text(&document(&results, &Looks::default(), Vec::new()), PAGE, false);
    assert!(page.contains("The run stopped after 6 of 20 replications."), "{page}");
}

#[test]
fn a_mean_over_some_replications_says_of_how_many() {
    let experiment = studies::bundled(&[
        "customers.count=30",
        "run.headline=[\"first_answer_hours_p90\"]",
        "run.baseline=responding",
        "run.smallest_effect_of_interest={first_answer_hours_p90=1}",
    ]);
    let results = studies::play(&experiment, 40);
    let of = |name: &str| {
        let arm = results.arms().position(|arm| arm == name).unwrap();
        results.total(results.whole(arm), Metric::FirstAnswerHoursP90).unwrap().count
    };
    let text = text(&results, false).replace('\n', " ");
    let machine = of("automatic-reply");
    assert!((1..40).contains(&machine));
    let said = format!("first_answer_hours_p90 in {machine} of 40 replications (automatic-reply)");
    assert!(text.contains(&said), "{said}: {text}");
    let both = of("responding").min(machine);
    let said = format!(
        "undefined in some replications of either arm: first_answer_hours_p90 in {both} of 40"
    );
    assert!(text.contains(&said), "{said}: {text}");
}

#[test]
fn what_neither_of_two_arms_defines_is_not_compared() {
    let experiment = studies::bundled(&["run.headline=[\"first_answer_hours_p50\"]"]);
    let text = text(&studies::play(&experiment, 3), false);
    let row = |arm: &str| {
        let mut lines = text.lines().skip_while(|line| *line != "first_answer_hours_p50");
        lines.any(|line| line.trim_start().starts_with(arm))
    };
    // Nobody answers in the baseline.
    assert!(row("automatic-reply ") && !row("listening-only "), "{text}");
    let told = "Cannot tell: first_answer_hours_p50 in automatic-reply (undefined in one";
    assert!(text.replace('\n', " ").contains(told), "{text}");
}

#[test]
fn several_companies_have_a_section_and_a_sentence_each() {
    let experiment = studies::market("");
    let results = studies::play(&experiment, 3);
    let text = text(&results, false);
    assert_fits(&text);
    assert!(text.starts_with("company / arm"), "{text}");
    for heading in
        ["\nacme\n", "\nbolt\n", "\nall\n", "\nreputation, acme\n", "\nreputation, all\n"]
    {
        assert!(text.contains(heading), "{heading}: {text}");
    }
    assert!(text.contains("simultaneous over 54 comparisons"), "{text}");
    for company in ["acme", "bolt"] {
        assert!(text.contains(&format!("Against presence-only, for {company}, ")), "{text}");
    }
}

#[test]
fn several_windows_have_a_section_and_a_sentence_each() {
    let windows = "run.windows={ early='14-20', 'after a while'='20-26' }";
    let results = studies::play(&studies::bundled(&[windows]), 3);
    let text = text(&results, false);
    assert_fits(&text);
    assert!(text.starts_with("window / arm"), "{text}");
    for heading in [
        "\nearly, days 14-20\n",
        "\nafter a while, days 20-26\n",
        "\nreputation, early, days 14-20\n",
        "\nreputation, after a while, days 20-26\n",
    ] {
        assert!(text.contains(heading), "{heading}: {text}");
    }
    assert!(text.contains("simultaneous over 36 comparisons"), "{text}");
    for window in ["early", "after a while"] {
        let opening = format!("Against presence-only, over `{window}`, ");
        assert!(text.replace('\n', " ").contains(&opening), "{text}");
    }
}

#[test]
fn one_window_is_said_by_its_days() {
    let text = text(&studies::play(&studies::bundled(&[]), 3), false);
    assert!(text.contains("Counted: days 14-26."), "{text}");
}

#[test]
fn a_claim_that_turns_has_a_sentence() {
    // Twice the people at first, and later none.
    let windows = "run.windows={ early='14-50', late='50-76' }";
    let sets = [windows, "run.days=90", "run.headline=['cost']", "run.baseline='responding'"];
    let shifts = |people: u32| {
        format!(
            "team.care.shifts = [{{ days = \"Mon-Sun\", hours = \"09:00-17:00\", people = {people} }}]"
        )
    };
    let arm = format!("[arm.both]\n{}\nswitch = [{{ at_day = 50, {} }}]\n", shifts(4), shifts(0));
    let results = studies::play(&studies::bundled_with(&arm, &sets), 4);
    let told = text(&results, false).replace('\n', " ");
    assert!(told.contains("both against responding, cost: higher over `early` (+"), "{told}");
    assert!(told.contains(", lower over `late` (-") && told.contains("): it turns."), "{told}");
    assert_eq!(told.matches("it turns").count(), 1, "{told}");
}

#[test]
fn a_page_carries_its_charts_and_a_terminal_leaves_them_out() {
    let results = studies::play(&studies::bundled(&[]), 2);
    let figures = crate::figures::figures(&results).unwrap();
    let page = document(&results, &Looks::default(), figures.clone());
    assert!(!figures.is_empty() && page.figures().eq(&figures));
    assert_eq!(terminal::text(&page, PAGE, false), text(&results, false));
}
