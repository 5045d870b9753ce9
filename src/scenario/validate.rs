//! What makes sense together: checks that no single key can tell.

use super::Scenario;
use super::answer::Action;
use super::channel::{SeenBy, Waits};
use super::figure::{ALL, Drawing, EVERY_RUN, Figure};
use super::source::{nearest, path_text};
use super::study::{Arm, MOST_COMPANIES, Study};

/// Arrivals of one source in one replication, at the most: their numbers key their draws.
const MOST_ARRIVALS: f64 = 3e9;

/// Something wrong, at a key.
#[derive(Debug)]
pub struct Finding {
    /// Where, as steps of keys and positions.
    pub path: Vec<String>,
    /// What.
    pub message: String,
    /// What would be right.
    pub help: Option<String>,
}

fn finding(path: &[&str], message: impl Into<String>, help: impl Into<String>) -> Finding {
    Finding {
        path: path.iter().map(|step| (*step).to_owned()).collect(),
        message: message.into(),
        help: Some(help.into()),
    }
}

/// A name that should be one of `known`.
fn unknown<'a>(
    path: &[&str],
    what: &str,
    name: &str,
    known: impl Iterator<Item = &'a String> + Clone,
) -> Option<Finding> {
    if known.clone().any(|other| other == name) {
        return None;
    }
    let names: Vec<&str> = known.map(String::as_str).collect();
    let help = match nearest(name, names.iter().copied()) {
        Some(close) => format!("did you mean `{close}`?"),
        None if names.is_empty() => format!("the scenario has no [{what}...] section yet"),
        None => format!("known: {}", names.join(", ")),
    };
    Some(finding(path, format!("{}: there is no {what} `{name}`", path_text(path)), help))
}

/// Everything wrong with one arm that is in itself well formed.
pub fn errors(arm: &Scenario) -> Vec<Finding> {
    let mut found = Vec::new();
    time(arm, &mut found);
    work(arm, &mut found);
    names(arm, &mut found);
    triage(arm, &mut found);
    found
}

fn time(arm: &Scenario, found: &mut Vec<Finding>) {
    let run = &arm.run;
    if run.warmup_days + run.margin_days >= run.days {
        found.push(finding(
            &["run", "days"],
            format!(
                "run.days: {} days leave nothing to count after {} days of warm-up and {} of margin",
                run.days, run.warmup_days, run.margin_days
            ),
            format!("write `days = {}` or more", run.warmup_days + run.margin_days + 30.0),
        ));
    }
    if run.headline.is_empty() {
        found.push(finding(
            &["run", "headline"],
            "run.headline: name at least one metric to give a verdict on",
            "write `headline = [\"resolved_per_failure\"]`",
        ));
    }
    for (index, metric) in run.headline.iter().enumerate() {
        if run.headline[..index].contains(metric) {
            found.push(finding(
                &["run", "headline", &index.to_string()],
                format!("run.headline: `{metric}` stands here twice"),
                "name each metric once",
            ));
        }
    }
}

fn work(arm: &Scenario, found: &mut Vec<Finding>) {
    let customers = &arm.customers;
    if customers.count == 0 && arm.stream.is_empty() {
        found.push(finding(
            &["customers", "count"],
            "nobody ever has a problem: the scenario has neither customers nor a stream",
            "write `[customers]` with `count = 20_000`, or a `[stream.NAME]`",
        ));
    }
    if customers.count > 0 && arm.channel.is_empty() {
        found.push(finding(
            &["channel"],
            "the customers have nowhere to speak up: the scenario has no channel",
            "write a `[channel.NAME]`",
        ));
    }
    if customers.market() < f64::from(customers.count) {
        found.push(finding(
            &["customers", "market_size"],
            format!(
                "customers.market_size: {} people cannot hold {} customers",
                customers.market(),
                customers.count
            ),
            "the market includes the customers",
        ));
    }
    let mut before = (0.0, 0.0);
    for (index, point) in customers.reply_expected_hours.iter().enumerate() {
        if point.share <= before.0 || point.hours <= before.1 || point.share >= 1.0 {
            found.push(finding(
                &["customers", "reply_expected_hours", &index.to_string()],
                "customers.reply_expected_hours: shares (below 1) and hours must rise from point to point",
                "write for instance `[{ share = 0.20, hours = 0.5 }, { share = 0.72, hours = 1.0 }]`",
            ));
        }
        before = (point.share, point.hours);
    }
    let mut flat = |path: &[&str], weights: &[f64]| {
        if weights.iter().all(|&weight| weight == 0.0) {
            found.push(finding(
                path,
                format!("{}: all weights are 0, so nothing can ever happen", path_text(path)),
                "write at least one weight above 0",
            ));
        }
    };
    flat(&["customers", "by_hour"], &customers.by_hour);
    flat(&["customers", "by_weekday"], &customers.by_weekday);
    for (name, stream) in &arm.stream {
        flat(&["stream", name, "by_hour"], stream.by_hour.as_deref().unwrap_or(&[1.0]));
        flat(&["stream", name, "by_weekday"], stream.by_weekday.as_deref().unwrap_or(&[1.0]));
    }
    let hours = arm.run.days * 24.0;
    let company = &arm.company;
    let occasions = company.failures_per_customer_month
        + company.questions_per_customer_month
        + company.delights_per_customer_month;
    let most = f64::from(customers.count) * occasions * arm.run.days / 30.0;
    let population = [(vec!["customers", "count"], most)].into_iter();
    let streams =
        arm.stream.iter().map(|(name, stream)| (vec!["stream", name], stream.per_hour * hours));
    for (path, count) in population.chain(streams).filter(|(_, count)| *count > MOST_ARRIVALS) {
        found.push(finding(
            &path,
            format!(
                "{}: about {count:.1e} arrivals are more than can be told apart",
                path_text(&path)
            ),
            "3 billion in one replication are the most: shorten run.days or lower the rate",
        ));
    }
    for (section, names) in
        [("stream", arm.stream.len()), ("team", arm.team.len()), ("channel", arm.channel.len())]
    {
        if names > 255 {
            found.push(finding(
                &[section],
                format!("{section}: {names} are more than the 255 that can be simulated"),
                "leave some out",
            ));
        }
    }
}

fn names(arm: &Scenario, found: &mut Vec<Finding>) {
    for (name, channel) in &arm.channel {
        if channel.seen_by == SeenBy::Public && channel.waits == Waits::OnTheLine {
            found.push(finding(
                &["channel", name, "waits"],
                format!("channel.{name}: nobody holds the line in public"),
                "write `seen_by = \"private\"`, or `waits = \"in an inbox\"`",
            ));
        }
    }
    for (name, team) in &arm.team {
        for (index, channel) in team.channels.iter().enumerate() {
            let path = ["team", name, "channels", &index.to_string()];
            found.extend(unknown(&path, "channel", channel, arm.channel.keys()));
        }
    }
    for (name, stream) in &arm.stream {
        found.extend(unknown(
            &["stream", name, "channel"],
            "channel",
            &stream.channel,
            arm.channel.keys(),
        ));
    }
    if let Some(team) = &arm.listening.team {
        found.extend(unknown(&["listening", "team"], "team", team, arm.team.keys()));
    }
}

fn triage(arm: &Scenario, found: &mut Vec<Finding>) {
    for (index, rule) in arm.triage.iter().enumerate() {
        let index = index.to_string();
        if let Some(channel) = &rule.when.channel {
            let path = ["triage", &index, "when", "channel"];
            found.extend(unknown(&path, "channel", channel, arm.channel.keys()));
        }
        if let Some(stream) = &rule.when.stream {
            let path = ["triage", &index, "when", "stream"];
            found.extend(unknown(&path, "stream", stream, arm.stream.keys()));
        }
        match (&rule.to, rule.action) {
            (Some(to), Action::Redirect) => {
                let path = ["triage", &index, "to"];
                found.extend(unknown(&path, "channel", to, arm.channel.keys()));
                if arm.channel.get(to).is_some_and(|channel| channel.seen_by == SeenBy::Public) {
                    found.push(finding(
                        &path,
                        format!("triage[{index}].to: `{to}` is public; people are sent to a private channel"),
                        "name a channel with `seen_by = \"private\"`",
                    ));
                }
            }
            (None, Action::Redirect) => found.push(finding(
                &["triage", &index],
                format!("triage[{index}]: `redirect` needs to know where to"),
                "write `to = \"CHANNEL\"`, a private one",
            )),
            (Some(_), _) => found.push(finding(
                &["triage", &index, "to"],
                format!("triage[{index}].to: only `do = \"redirect\"` sends people elsewhere"),
                "take `to` out, or write `do = \"redirect\"`",
            )),
            (None, _) => {}
        }
    }
}

/// Everything wrong that only all arms, phases and companies together can show.
pub fn study_errors(study: &Study) -> Vec<Finding> {
    let mut found = Vec::new();
    if study.companies.len() > MOST_COMPANIES {
        found.push(finding(
            &["company"],
            format!(
                "company: {} companies are more than the {MOST_COMPANIES} that can be simulated",
                study.companies.len()
            ),
            "leave some out",
        ));
    }
    let arms: Vec<String> = study.arms.iter().map(|arm| arm.name.clone()).collect();
    let several = study.companies.len() > 1;
    let together = several.then(|| ALL.to_owned());
    for (index, figure) in study.base.figure.iter().enumerate() {
        found.extend(figure_name(study, index, figure));
        found.extend(drawing(index, figure));
        let index = index.to_string();
        for (position, arm) in figure.arms.iter().flatten().enumerate() {
            let path = ["figure", &index, "arms", &position.to_string()];
            found.extend(unknown(&path, "arm", arm, arms.iter()));
        }
        for (position, company) in figure.companies.iter().flatten().enumerate() {
            let path = ["figure", &index, "companies", &position.to_string()];
            let known = study.companies.iter().chain(&together);
            found.extend(unknown(&path, "company", company, known));
        }
    }
    for (index, number) in study.base.finding.numbers.iter().enumerate() {
        let path = ["finding", "numbers", &index.to_string(), "arm"];
        found.extend(unknown(&path, "arm", &number.arm, arms.iter()));
    }
    for arm in &study.arms {
        let shares = arm.phases[0].companies.iter().filter_map(|scenario| scenario.company.share);
        let sum: f64 = shares.sum();
        if sum > 1.0 + 1e-9 {
            found.push(finding(
                &["company"],
                format!("company: the shares of the market add up to {sum}, which is more than 1"),
                "shares are parts of the customers of day 0",
            ));
            break;
        }
    }
    found
}

/// What is wrong with a figure's name.
fn figure_name(study: &Study, index: usize, figure: &Figure) -> Option<Finding> {
    let name = figure.name.as_str();
    let place = index.to_string();
    let wrong = |what: &str, help: &str| {
        let message = format!("figure[{index}].name: {what}");
        Some(finding(&["figure", &place, "name"], message, help))
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if name.is_empty() || !name.chars().all(plain) {
        return wrong(
            &format!("`{name}` cannot be part of a file's name"),
            "write letters, digits and `-`, such as `name = \"who-is-heard\"`",
        );
    }
    if EVERY_RUN.iter().any(|other| other.eq_ignore_ascii_case(name)) {
        return wrong(
            &format!("every run has a chart `{name}` already"),
            "choose a name of its own",
        );
    }
    let before = study.base.figure[..index].iter();
    if before.into_iter().any(|other| other.name.eq_ignore_ascii_case(name)) {
        return wrong(&format!("two figures are called `{name}`"), "give each a name of its own");
    }
    None
}

/// What is wrong with what a figure draws, one thing at a time.
fn drawing(index: usize, figure: &Figure) -> Option<Finding> {
    let place = index.to_string();
    let wrong = |key: &str, what: &str, help: &str| {
        let message = format!("figure[{index}].{key}: {what}");
        Some(finding(&["figure", &place, key], message, help))
    };
    match (figure.draws, figure.metrics.len()) {
        (Drawing::Hours, 0) | (Drawing::TradeOff, 2) => {}
        (Drawing::Hours, _) => {
            return wrong(
                "metrics",
                "`draws = \"hours\"` always shows the audience of the first mistake",
                "leave `metrics` out",
            );
        }
        (Drawing::TradeOff, _) => {
            return wrong(
                "metrics",
                "`draws = \"trade-off\"` takes two, across and upwards",
                "write for instance `metrics = [\"cost\", \"heard_rate\"]`",
            );
        }
        (_, 0) => {
            return wrong(
                "metrics",
                "there is nothing to draw",
                "name at least one, such as `metrics = [\"heard_rate\"]`",
            );
        }
        _ => {}
    }
    match (figure.draws, figure.dimension) {
        (Drawing::Parts, None) => {
            return wrong(
                "dimension",
                "`draws = \"parts\"` needs to know which parts",
                "write for instance `dimension = \"channel\"`",
            );
        }
        (Drawing::Parts, _) | (_, None) => {}
        _ => {
            return wrong(
                "dimension",
                "only `draws = \"parts\"` splits the whole",
                "take `dimension` out, or write `draws = \"parts\"`",
            );
        }
    }
    for (key, chosen) in [("arms", &figure.arms), ("companies", &figure.companies)] {
        if chosen.as_ref().is_some_and(Vec::is_empty) {
            return wrong(key, "none are left to draw", "leave it out to draw all");
        }
    }
    let stray = figure.published.iter().find(|it| !figure.metrics.contains(&it.metric))?;
    wrong(
        "published",
        &format!("`{}` is not among the figure's metrics", stray.metric),
        "publish figures of metrics that are drawn",
    )
}

/// What is allowed but may be a slip, for all arms together.
pub fn warnings(arms: &[Arm]) -> Vec<String> {
    let mut found = Vec::new();
    let mut told: Vec<(String, Vec<&str>)> = Vec::new();
    for arm in arms {
        for text in arm.scenarios().flat_map(doubts).collect::<indexmap::IndexSet<_>>() {
            match told.iter_mut().find(|(known, _)| *known == text) {
                Some((_, names)) => names.push(&arm.name),
                None => told.push((text, vec![&arm.name])),
            }
        }
    }
    for (text, names) in told {
        let everywhere = names.len() == arms.len();
        let plural = if names.len() > 1 { "arms" } else { "arm" };
        found.push(if everywhere {
            text
        } else {
            format!("in {plural} {}: {text}", names.join(", "))
        });
    }
    found
}

fn doubts(arm: &Scenario) -> Vec<String> {
    let mut found = Vec::new();
    let staffed = |channel: &String| {
        arm.team.values().any(|team| {
            team.channels.contains(channel) && team.shifts.iter().any(|shift| shift.people > 0)
        })
    };
    let empty: Vec<&str> = arm
        .channel
        .iter()
        .filter(|(name, channel)| channel.presented && !staffed(name))
        .map(|(name, _)| name.as_str())
        .collect();
    if !empty.is_empty() {
        found.push(format!(
            "nobody staffs {}, though the company presents itself there (that can be the point)",
            empty.join(", ")
        ));
    }
    if arm.listening.coverage > 0.0
        && arm.team.values().all(|team| team.channels.is_empty())
        && arm.listening.team.is_none()
    {
        found.push("listening.coverage is above 0, but no team is there to listen".to_owned());
    }
    for (index, rule) in arm.triage.iter().enumerate() {
        let (to, when) = (rule.to.as_ref(), rule.when.channel.as_ref());
        if to.is_some() && (when.is_none() || when == to) {
            found.push(format!(
                "triage[{index}] also sends on those who have come to {} already; `when = {{ channel = ... }}` \
                 would spare them",
                to.map_or("", String::as_str)
            ));
        }
    }
    for (name, stream) in &arm.stream {
        let live = arm.channel.get(&stream.channel).is_some_and(|c| c.waits == Waits::OnTheLine);
        if stream.patience.is_some() && !live {
            found.push(format!(
                "stream.{name}.patience has no effect: nobody holds the line on {}",
                stream.channel
            ));
        }
    }
    found
}
