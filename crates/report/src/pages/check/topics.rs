//! What one company does in one phase, topic by topic.

use super::{assumptions, rules, teams};
use heard_scenario::Scenario;
use heard_scenario::channel::{Channel, SeenBy, Waits};
use heard_scenario::mistake::Mistake;
use heard_scenario::stream::{Spacing, Stream};
use heard_scenario::study::Study;
use heard_text::list::{capital, counted, days, form, list, times};
use heard_text::number::{percent_trimmed, trimmed};

/// One topic.
#[derive(Clone, Debug, PartialEq)]
pub struct Topic {
    /// One sentence each; none where there is nothing to say.
    pub lines: Vec<String>,
    /// What to say where the topic had lines before and has none now.
    pub gone: &'static str,
}

/// All topics, always the same ones in the same order.
#[must_use]
pub fn topics(study: &Study, arm: &Scenario) -> Vec<Topic> {
    let topic = |lines, gone| Topic { lines, gone };
    vec![
        topic(occasions(study, arm), "Nothing happens that customers could write about."),
        topic(streams(arm), "There are no streams."),
        topic(channels(arm), "There are no channels."),
        topic(promise(arm), "No reply time is promised."),
        topic(teams::lines(arm), "There are no teams."),
        topic(listening(arm), "Nobody searches for untagged messages."),
        topic(reading(arm), "No message is misread."),
        topic(rules::table(arm), "There is no triage."),
        topic(feed(arm), "Nothing is posted in the feed."),
        topic(learning(arm), "Complaints do not lead to causes being fixed."),
        topic(mistakes(arm), "There are no public mistakes."),
        topic(detractors(arm), "There are no detractors."),
        topic(assumptions::lines(arm), "All assumptions are the defaults."),
    ]
}

fn occasions(study: &Study, arm: &Scenario) -> Vec<String> {
    let customers = f64::from(arm.customers.count);
    if customers == 0.0 {
        return Vec::new();
    }
    let company = &arm.company;
    let alone = study.companies.len() == 1;
    let times = if alone { customers } else { 1.0 };
    let things: Vec<String> = [
        (company.failures_per_customer_month, "problem", "problems"),
        (company.questions_per_customer_month, "question", "questions"),
        (company.misconceptions_per_customer_month, "misconception", "misconceptions"),
        (company.delights_per_customer_month, "delight", "delights"),
    ]
    .into_iter()
    .filter(|(rate, ..)| *rate > 0.0)
    .map(|(rate, one, many)| {
        let times = rate * times;
        counted(if alone { times.round() } else { times }, one, many)
    })
    .collect();
    if things.is_empty() {
        return Vec::new();
    }
    vec![if alone {
        format!(
            "{} about {} in 30 days.",
            counted(customers, "customer has", "customers have"),
            list(&things)
        )
    } else {
        format!("A customer has {} in 30 days.", list(&things))
    }]
}

fn streams(arm: &Scenario) -> Vec<String> {
    let line = |(name, stream): (&String, &Stream)| {
        let evenly = match stream.spacing {
            Spacing::AtRandom => "",
            Spacing::Evenly => ", evenly spaced",
        };
        let live = arm.channel.get(&stream.channel).is_some_and(|c| c.waits == Waits::OnTheLine);
        let patient = if live && !stream.hangs_up { "; nobody hangs up" } else { "" };
        let (channel, about) = (&stream.channel, stream.kind.plural());
        if let Some(replay) = &arm.replay {
            return format!(
                "Stream {name}: contacts on {channel}, {about}, at the times in {}{patient}.",
                replay.file
            );
        }
        format!(
            "Stream {name}: {} an hour on {channel}, {about}{evenly}{patient}.",
            counted(stream.per_hour, "contact", "contacts"),
        )
    };
    arm.stream.iter().map(line).collect()
}

fn channels(arm: &Scenario) -> Vec<String> {
    let mut alike: Vec<(&Channel, Vec<&str>)> = Vec::new();
    for (name, channel) in &arm.channel {
        let same = |other: &Channel| {
            (other.seen_by, other.waits, other.presented, other.lines)
                == (channel.seen_by, channel.waits, channel.presented, channel.lines)
        };
        match alike.iter_mut().find(|(other, _)| same(other)) {
            Some((_, names)) => names.push(name),
            None => alike.push((channel, vec![name])),
        }
    }
    let line = |(channel, names): (&Channel, Vec<&str>)| {
        let are = form(names.len() as f64, "is", "are");
        let seen = if channel.seen_by == SeenBy::Public { "public" } else { "private" };
        let waits = match channel.waits {
            Waits::OnTheLine => "people wait on the line",
            Waits::InAnInbox => "messages wait in an inbox",
        };
        let presented = if channel.presented { "" } else { "; the company has no presence there" };
        let full = match channel.lines.filter(|_| channel.waits == Waits::OnTheLine) {
            Some(lines) => format!(", at most {lines} at once; further callers get a busy signal"),
            None => String::new(),
        };
        format!("{} {are} {seen}; {waits}{full}{presented}.", capital(&list(&names)))
    };
    alike.into_iter().map(line).collect()
}

fn promise(arm: &Scenario) -> Vec<String> {
    let line = |hours| format!("A reply is promised within {}.", counted(hours, "hour", "hours"));
    arm.company.promised_reply_hours.map(line).into_iter().collect()
}

/// The team that a section names, or else the first one that handles a channel, as in the world.
fn team_or_first(named: Option<&str>, arm: &Scenario) -> String {
    let first = || arm.team.iter().find(|(_, team)| !team.channels.is_empty());
    let team = named.or_else(|| first().map(|(name, _)| name.as_str()));
    team.map_or("Nobody".to_owned(), |team| format!("Team {team}"))
}

fn listening(arm: &Scenario) -> Vec<String> {
    if arm.listening.coverage == 0.0 {
        return Vec::new();
    }
    let listening = &arm.listening;
    let who = team_or_first(listening.team.as_deref(), arm);
    let every = match listening.sweep_every_hours {
        1.0 => "every hour".to_owned(),
        hours => format!("every {} hours", trimmed(hours)),
    };
    vec![format!(
        "{who} searches on coming on duty, then {every}, and finds {} of the messages not addressed to the company.",
        percent_trimmed(listening.coverage)
    )]
}

fn reading(arm: &Scenario) -> Vec<String> {
    let misreads = arm.listening.misreads;
    if misreads == 0.0 || arm.customers.count == 0 {
        return Vec::new();
    }
    vec![format!("{} of the messages are misread as another kind.", percent_trimmed(misreads))]
}

fn feed(arm: &Scenario) -> Vec<String> {
    let feed = &arm.feed;
    let posts: Vec<String> = [
        (feed.promotions_per_day, "promotion", "promotions"),
        (feed.links_per_day, "link", "links"),
        (feed.faces_per_day, "look behind the scenes", "looks behind the scenes"),
    ]
    .into_iter()
    .filter(|(posts, ..)| *posts > 0.0)
    .map(|(posts, one, many)| counted(posts, one, many))
    .collect();
    if posts.is_empty() {
        return Vec::new();
    }
    let who = team_or_first(feed.team.as_deref(), arm);
    vec![format!(
        "{who} posts {} a day in its feed, taking {} each; {} of the customers see a post.",
        list(&posts),
        counted(feed.minutes_per_post, "minute", "minutes"),
        percent_trimmed(feed.readers)
    )]
}

fn learning(arm: &Scenario) -> Vec<String> {
    let company = &arm.company;
    if arm.customers.count == 0 {
        return Vec::new();
    }
    let line = |reports: u32| {
        format!(
            "Once {} with the same cause have been read, the cause is fixed within {}.",
            counted(f64::from(reports), "complaint", "complaints"),
            days(company.days_to_fix)
        )
    };
    company.reports_to_fix.map(line).into_iter().collect()
}

fn mistakes(arm: &Scenario) -> Vec<String> {
    let line = |mistake: &Mistake| {
        format!(
            "On day {} it makes a mistake of severity {} on {}, seen at once by {}.",
            trimmed(mistake.at_day),
            trimmed(mistake.severity),
            mistake.channel,
            counted(mistake.views, "person", "people")
        )
    };
    arm.mistake.iter().map(line).collect()
}

fn detractors(arm: &Scenario) -> Vec<String> {
    let detractors = &arm.detractors;
    if detractors.count == 0 {
        return Vec::new();
    }
    let (them, verb) = if detractors.count == 1 { ("it", "posts") } else { ("them", "each post") };
    let provoked = if detractors.provoked > 1.0 {
        format!(", and {} as often right after an answer to {them}", times(detractors.provoked))
    } else {
        String::new()
    };
    vec![format!(
        "{} with {} {verb} {} a day{provoked}.",
        counted(f64::from(detractors.count), "detractor", "detractors"),
        counted(detractors.followers, "follower", "followers"),
        times(detractors.posts_per_day)
    )]
}
