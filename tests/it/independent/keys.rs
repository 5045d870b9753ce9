//! The numbers of a scenario, section by section, under the names of their keys.

use toml::Value;

/// A section, or a small table in one, whose keys are numbers.
macro_rules! numbers {
    ($name:ident: $($key:ident),+ $(,)?) => {
        pub struct $name {
            $(pub $key: f64,)+
        }

        impl $name {
            pub fn read(section: &Value) -> Self {
                Self { $($key: number_at(section, stringify!($key)),)+ }
            }
        }
    };
}

numbers!(Run: days, warmup_days, margin_days);
numbers!(Followers: median, sigma);
numbers!(Spread: mean, sd);
numbers!(Customers:
    count,
    market_size,
    attitude_half_life_days,
    belief_half_life_days,
    voices_serious,
    voices_trivial,
    belief_weight,
    anger_weight,
    escalation_push,
    rages,
    accepts_apology,
    sees_gimmick,
    feels_followed,
    expects_reply_public,
    expects_reply_private,
    gives_up_hours,
    gives_up_sigma,
    writes_again,
    writes_again_minutes,
    most_contacts,
    redials,
    follows_redirect,
    day_to_day_cv,
);
numbers!(Company:
    failures_per_customer_month,
    questions_per_customer_month,
    misconceptions_per_customer_month,
    delights_per_customer_month,
    question_severity,
    delight_voiced,
    awareness,
    root_causes,
    reports_to_fix,
    days_to_fix,
);
numbers!(Market: remembered, awareness_half_life_days, follows_awareness);
numbers!(Listening:
    coverage,
    by_accident,
    sweep_every_hours,
    minutes_per_message,
    misreads,
    cost_per_month,
);
numbers!(Reaction:
    weight_distributive,
    weight_interactional,
    weight_procedural,
    against_expectation,
    answer_moves,
    failure_moves,
    delight_moves,
    silence,
    presence_gap,
    second_remedy,
    belief_step,
    observed_step,
    envy,
    voice_relief,
    followed_cost,
    unasked_bonus,
    gimmick_cost,
    expectation_step,
    leaves_at_neutral,
    leaving_slope,
    replaced_days,
    newcomers_follow_sentiment,
);
numbers!(Publicity:
    views_per_follower,
    shares_per_view,
    shares_sigma,
    severity_ratio,
    reproduction_cap,
    half_life_minutes,
    shared_after_answer,
    shared_after_money,
    answer_seen,
    viewer_moves,
    memory_days,
    firestorm_views,
);

pub fn number_at(table: &Value, key: &str) -> f64 {
    number(table.get(key).unwrap_or_else(|| panic!("{key} is not in the scenario")))
}

pub fn number(value: &Value) -> f64 {
    match value {
        Value::Integer(whole) => *whole as f64,
        Value::Float(real) => *real,
        other => panic!("{other} is not a number"),
    }
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is not a text"))
}
