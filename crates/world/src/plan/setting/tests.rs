//! What all arms have in common.

use super::*;
use crate::process::stage;

#[test]
fn a_setting_counts_in_hours_and_leaves_out_warm_up_and_margin() {
    let sets = ["run.days=10.5", "run.warmup_days=2", "run.margin_days=1.5"];
    let setting = stage::plan(&sets).setting;
    assert_eq!((setting.days, setting.end), (11, 252.0));
    assert_eq!(
        (setting.counted.span, setting.counted.windows.as_slice()),
        ((48.0, 216.0), &[(48.0, 216.0)][..])
    );
    assert_eq!(setting.companies, 1);
}

#[test]
fn voice_is_calibrated_on_how_many_speak_up_at_two_severities() {
    let setting = stage::plan(&[
        "channel.page.effort=0.5",
        "channel.mail.effort=-1",
        "channel.phone.effort=2",
    ])
    .setting;
    let ease = libm::exp(-0.5) + libm::exp(1.0) + libm::exp(-2.0);
    for (severity, share) in [(0.8, 0.75), (0.1, 0.03)] {
        let weight = ease * libm::exp(setting.voice_intercept + setting.voice_slope * severity);
        assert!((weight / (1.0 + weight) - share).abs() < 1e-12);
    }
}

fn rates(failures: f64, questions: f64, misconceptions: f64, delights: f64) -> OccasionRates {
    OccasionRates { failures, questions, misconceptions, delights }
}

#[test]
fn candidates_come_at_the_highest_rates_and_keep_their_kind_when_thinned() {
    let plan = stage::plan(&["customers.count=72"]);
    let setting = Setting { most: rates(4.0, 3.0, 2.0, 1.0), ..(*plan.setting).clone() };
    assert_eq!(setting.candidates_per_hour(), 1.0);
    let kind = |rates: &OccasionRates, at: f64| setting.occasion(rates, at / 10.0);
    let all = setting.most;
    let expected = [
        (0.1, Kind::Complaint),
        (3.9, Kind::Complaint),
        (4.1, Kind::Question),
        (6.9, Kind::Question),
        (7.1, Kind::Misguided),
        (8.9, Kind::Misguided),
        (9.1, Kind::Praise),
        (9.9, Kind::Praise),
    ];
    for (at, expected) in expected {
        assert_eq!(kind(&all, at), Some(expected), "{at}");
        assert_eq!(kind(&rates(0.0, 0.0, 0.0, 0.0), at), None);
    }
    let half = rates(2.0, 1.5, 1.0, 0.5);
    for (at, stays) in [
        (1.9, true),
        (2.1, false),
        (5.4, true),
        (5.6, false),
        (7.9, true),
        (8.1, false),
        (9.4, true),
        (9.6, false),
    ] {
        assert_eq!(kind(&half, at).is_some(), stays, "{at}");
    }
}

#[test]
fn the_highest_rates_are_those_of_any_company_at_any_time() {
    let plan = stage::plan_with(
        &["market={customers_buy='from each'}", "customers.count=72"],
        "[company.one]\nfailures_per_customer_month = 4\ndelights_per_customer_month = 1\n\
         [company.two]\nquestions_per_customer_month = 3\nmisconceptions_per_customer_month = 2\n\
         failures_per_customer_month = 1\n",
    );
    // Each customer deals with both companies.
    assert_eq!(plan.setting.candidates_per_hour(), 2.0);
    let most = plan.setting.most;
    assert_eq!(
        (most.failures, most.questions, most.misconceptions, most.delights),
        (4.0, 3.0, 2.0, 1.0)
    );
}
