//! The Air Force chart, walked node by node: every path through it ends at the action that the
//! bundled scenario's table takes.

use heard_scenario::answer::Action;
use heard_scenario::study::{Request, Study};
use heard_scenario::triage::{Facts, Kind, first_match};

/// What the chart asks of a posting.
#[derive(Clone, Copy, Debug)]
struct Answers {
    positive: bool,
    troll: bool,
    rager: bool,
    misguided: bool,
    unhappy: bool,
    will_answer: bool,
}

impl Answers {
    /// Every combination of answers.
    fn all() -> impl Iterator<Item = Self> {
        (0..64).map(|bits| {
            let yes = |bit: u32| bits >> bit & 1 == 1;
            Self {
                positive: yes(0),
                troll: yes(1),
                rager: yes(2),
                misguided: yes(3),
                unhappy: yes(4),
                will_answer: yes(5),
            }
        })
    }

    /// Where the chart ends: its nodes in their order, as printed.
    fn chart(self) -> Action {
        let let_it_stand = Action::Monitor;
        if self.positive {
            return if self.will_answer { Action::ShareSuccess } else { let_it_stand };
        }
        if self.troll || self.rager {
            return Action::Monitor;
        }
        if !self.will_answer {
            return let_it_stand;
        }
        if self.misguided {
            return Action::Correct;
        }
        if self.unhappy {
            return Action::Restore;
        }
        // None of the chart's: a question.
        Action::Correct
    }

    /// What such a posting is: the first node that says yes.
    fn kind(self) -> Kind {
        let nodes = [
            (self.positive, Kind::Praise),
            (self.troll, Kind::Troll),
            (self.rager, Kind::Rage),
            (self.misguided, Kind::Misguided),
            (self.unhappy, Kind::Complaint),
        ];
        nodes.into_iter().find_map(|(yes, kind)| yes.then_some(kind)).unwrap_or(Kind::Question)
    }
}

fn study() -> Study {
    let request = Request { scenario: "air-force-triage".to_owned(), ..Request::default() };
    Study::load(&request).unwrap_or_else(|refusal| panic!("{}", refusal.render(false)))
}

/// What an arm does with a posting.
fn action(study: &Study, arm: &str, facts: &Facts) -> Action {
    let arm = study.arms.iter().find(|known| known.name == arm).unwrap();
    let table = &arm.scenario().triage;
    first_match(table, facts).map_or(Action::Ignore, |rule| table[rule].action)
}

#[test]
fn every_path_of_the_chart_ends_at_its_action() {
    let study = study();
    for answers in Answers::all() {
        for (channel, tagged) in [("twitter", true), ("twitter", false), ("email", true)] {
            for (severity, followers, audience) in [(0.1, 0.0, 0.0), (0.9, 50_000.0, 1e6)] {
                let facts = Facts {
                    kind: answers.kind(),
                    severity,
                    followers,
                    tagged,
                    repeat: false,
                    waited_hours: if answers.will_answer { 2.0 } else { 60.0 },
                    audience,
                    channel,
                    stream: None,
                };
                for arm in ["chart", "chart-with-influence", "chart-misread-30"] {
                    assert_eq!(
                        action(&study, arm, &facts),
                        answers.chart(),
                        "{answers:?} {facts:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_final_evaluation_lets_nobody_stand_who_has_written_again() {
    let study = study();
    for kind in [Kind::Complaint, Kind::Question, Kind::Misguided] {
        let facts = Facts {
            kind,
            severity: 0.5,
            followers: 61.0,
            tagged: true,
            repeat: true,
            waited_hours: 60.0,
            audience: 0.0,
            channel: "email",
            stream: None,
        };
        assert_ne!(action(&study, "chart", &facts), Action::Monitor, "{kind:?}");
    }
}

#[test]
fn only_the_chart_leaves_ragers_alone_and_only_first_come_leaves_trolls_unread() {
    let study = study();
    let facts = |kind| Facts {
        kind,
        severity: 0.9,
        followers: 2_000.0,
        tagged: true,
        repeat: false,
        waited_hours: 0.0,
        audience: 100.0,
        channel: "twitter",
        stream: None,
    };
    for (arm, troll, rager) in [
        ("chart", Action::Monitor, Action::Monitor),
        ("first-come", Action::Ignore, Action::Restore),
        ("answer-everybody", Action::Restore, Action::Restore),
    ] {
        assert_eq!(action(&study, arm, &facts(Kind::Troll)), troll, "{arm}");
        assert_eq!(action(&study, arm, &facts(Kind::Rage)), rager, "{arm}");
    }
}
