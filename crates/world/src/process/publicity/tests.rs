//! What is seen in public, by how many, and what it does.

use super::*;
use crate::process::stage::{self, Log, MAIL, PAGE};
use heard_scenario::metric::Metric;

fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-6, "{found} instead of {expected}");
}

#[test]
fn what_is_worse_says_more_against_the_company_and_praise_speaks_for_it() {
    let of = |kind, severity: f64| valence(&Case { severity, ..stage::case(kind, PAGE, 0.0) });
    for kind in [Kind::Complaint, Kind::Rage, Kind::Troll, Kind::Misguided] {
        close(of(kind, 0.0), -0.3);
        close(of(kind, 0.5), -0.65);
        close(of(kind, 1.0), -1.0);
    }
    close(of(Kind::Praise, 0.5), 0.65);
    assert_eq!(of(Kind::Question, 0.5), 0.0);
}

#[test]
fn a_post_is_seen_by_a_share_of_the_authors_followers_and_moves_all_who_see_it() {
    let plan = stage::plan(&[
        "publicity={views_per_follower=2, shares_per_view=0, viewer_moves=0.5}",
        "team.care.shifts=[]",
        "reaction.failure_moves=0",
    ]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    let case = world.say(7, 3, Kind::Complaint, PAGE);
    let post = world.cases[case].post.unwrap() as usize;
    close(world.posts[post].views, 200.0);
    // 200 of 1000 see something of valence -0.65.
    close(world.customers.attitude(5, 0, 0.0), -0.65 * 0.5 * 0.2);
    close(world.companies[0].sentiment.read(0.0), 200.0 * -0.65 / 1200.0);
    let remembered = 1.0 - libm::exp(-0.2 * 0.2);
    close(world.companies[0].awareness.read(0.0), 0.5 + 0.5 * remembered);
    close(world.reach(5000.0), 1.0);
    // 200 views in 10 days are 600 in a month.
    close(world.total(Metric::Audience), 600.0);
}

#[test]
fn nobody_but_its_author_sees_a_probe_in_public() {
    let plan = stage::plan(&["publicity.views_per_follower=2", "audit.probes_per_channel=1"]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.until(239.0);
    assert_eq!(world.cases.iter().filter(|case| case.probe).count(), 3);
    close(world.companies[0].sentiment.read(239.0), 0.0);
    assert!(world.companies[0].seen_answers == 0.0);
    close(world.total(Metric::Audience), 0.0);
}

const MISTAKE: &str = "[[mistake]]\nat_day = 1\nchannel = 'page'\nseverity = 1\nviews = 100\n\
    reproduction = 0.9\nattention_half_life_hours = 1e6\n";

/// Shares of the post of a mistake when something has been put below it at once.
fn shares(below: f64) -> usize {
    let sets = ["customers.market_size=1000000", "triage=[{do='ignore'}]"];
    let plan = stage::plan_with(&sets, MISTAKE);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.until(24.0);
    world.posts[0].shared = below;
    world.until(239.0);
    let candidate = world.cases[0].candidate;
    let shared = |what: &Happening| matches!(what, Happening::Shared { .. });
    world.story(candidate).iter().filter(|(_, what)| shared(what)).count()
}

#[test]
fn what_is_in_the_thread_decides_how_much_is_shared() {
    let (none, some, most) = (shares(0.0), shares(1.0), shares(1.25));
    assert_eq!(none, 0);
    assert!(some > 0 && most > some, "{some} {most}");
}

#[test]
fn a_share_brings_its_own_views_and_shares() {
    let sets = ["customers.market_size=1000000", "triage=[{do='ignore'}]"];
    let plan = stage::plan_with(&sets, MISTAKE);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.until(239.0);
    let candidate = world.cases[0].candidate;
    let mut views = 100.0;
    for (_, what) in world.story(candidate) {
        if let Happening::Shared { views: now } = what {
            // Everybody has 100 followers, of whom 3 in 10 look.
            views += 30.0;
            close(now, views);
        }
    }
    assert!(views > 200.0, "{views}");
    close(world.posts[0].views, views);
    let hours = world.finish(&[crate::record::column::Column::MistakeSeen(95)]);
    assert!(hours[0] > 100.0 && hours[0] <= views);
}

#[test]
fn a_firestorm_breaks_out_once_when_enough_have_seen_something_bad() {
    let firestorms = |kind: Kind, threshold: f64| {
        let plan = stage::plan(&[
            "triage=[{do='ignore'}]",
            &format!(
                "publicity={{views_per_follower=1, shares_per_view=0, firestorm_views={threshold}}}"
            ),
        ]);
        let mut log = Log::default();
        let mut world = stage::world(&plan, &mut log);
        let case = world.say(7, 3, kind, PAGE);
        let post = world.cases[case].post.unwrap() as usize;
        world.be_seen(post, 50.0, None);
        world.be_seen(post, 50.0, None);
        world.total(Metric::Firestorms) / 3.0
    };
    close(firestorms(Kind::Complaint, 100.0), 1.0);
    close(firestorms(Kind::Complaint, 150.0), 1.0);
    close(firestorms(Kind::Complaint, 151.0), 1.0);
    close(firestorms(Kind::Complaint, 201.0), 0.0);
    close(firestorms(Kind::Praise, 150.0), 0.0);
}

#[test]
fn an_answer_is_seen_by_those_who_came_since_the_one_before() {
    let plan = stage::plan(&[
        "publicity={views_per_follower=1, shares_per_view=0, viewer_moves=0, answer_seen=0.4}",
        "team.care.shifts=[]",
    ]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    let case = world.say(7, 3, Kind::Complaint, PAGE);
    let post = world.cases[case].post.unwrap() as usize;
    let policy = &plan.policies()[0];
    let restore = *policy.answer(heard_scenario::answer::Action::Restore).unwrap();
    let shown = |tone: f64, solved| Shown { tone, makes_good: 0.0, solved };
    world.answer_in_public(case, &restore, shown(0.5, true));
    close(world.companies[0].seen_answers, 0.04);
    // 100 saw the post and 40 of them an answer of 0.5 that solved it.
    let sentiment = (100.0 * -0.65 + 40.0 * 0.8) / 1140.0;
    close(world.companies[0].sentiment.read(0.0), sentiment);
    world.answer_in_public(case, &restore, shown(0.5, true));
    close(world.companies[0].seen_answers, 0.04);
    world.be_seen(post, 50.0, None);
    world.answer_in_public(case, &restore, shown(-1.0, false));
    close(world.companies[0].seen_answers, 0.06);
    let heard = (150.0 * -0.65 + 40.0 * 0.8 - 20.0) / 1210.0;
    close(world.companies[0].sentiment.read(0.0), heard);
}

#[test]
fn only_a_persons_answer_to_the_problem_changes_how_a_post_spreads() {
    use heard_scenario::answer::Action;
    let after = |action: Action, tone: f64, makes_good: f64| {
        let plan = stage::plan(&["team.care.shifts=[]"]);
        let mut log = Log::default();
        let mut world = stage::world(&plan, &mut log);
        let case = world.say(7, 3, Kind::Complaint, PAGE);
        let answer = *plan.policies()[0].answer(action).unwrap();
        world.answer_in_public(case, &answer, Shown { tone, makes_good, solved: false });
        world.posts[world.cases[case].post.unwrap() as usize].shared
    };
    assert_eq!(after(Action::Restore, 0.0, 0.0), 0.5);
    assert_eq!(after(Action::Restore, -0.1, 0.0), 1.0);
    assert_eq!(after(Action::Restore, -0.1, 0.5), 1.25);
    assert_eq!(after(Action::Automatic, 0.5, 0.0), 1.0);
    assert_eq!(after(Action::OffTopic, 0.5, 0.5), 1.0);
}

#[test]
fn what_is_private_or_an_auditors_is_answered_unseen() {
    let plan = stage::plan(&["team.care.shifts=[]"]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    let mail = world.say(7, 3, Kind::Complaint, MAIL);
    let page = world.say(8, 4, Kind::Complaint, PAGE);
    world.cases[page].probe = true;
    let answer = *plan.policies()[0].answer(heard_scenario::answer::Action::Restore).unwrap();
    for case in [mail, page] {
        world.answer_in_public(case, &answer, Shown { tone: 1.0, makes_good: 0.0, solved: true });
    }
    assert_eq!(world.companies[0].seen_answers, 0.0);
}

#[test]
fn in_a_network_followers_see_a_post_and_nobody_else() {
    let plan = stage::plan_with(
        &[
            "publicity={views_per_follower=0.5, shares_per_view=0, viewer_moves=0.4}",
            "team.care.shifts=[]",
        ],
        "[network]\nkind = 'small-world'\nmean_degree = 2\nrewired = 0\n",
    );
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    let occasion = stage::occasion(7, 3, Kind::Complaint);
    world.speak(crate::terms::occasion::Occasion { followers: 2.0, ..occasion }, PAGE, None);
    // Half of those who follow look, which moves each of them half as far.
    for (who, moved) in [(2, -0.65 * 0.2), (4, -0.65 * 0.2), (3, 0.0), (5, 0.0), (0, 0.0)] {
        close(world.customers.attitude(who, 0, 0.0), moved);
    }
    close(world.companies[0].sentiment.read(0.0), -0.65 / 1001.0);
    // Authors who are not customers speak to an audience at large.
    let auditor = world.customers.auditor();
    world.say(9, auditor, Kind::Troll, PAGE);
    close(world.customers.attitude(0, 0, 0.0), -0.65 * 0.4 * 50.0 / 1000.0);
}
