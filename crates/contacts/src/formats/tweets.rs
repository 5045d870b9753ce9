//! "Customer Support on Twitter" (ThoughtVector): one row a tweet, put together to conversations.
//!
//! A conversation begins with a tweet of a customer that answers nobody. It is the contact of the
//! company that writes first in it, and is answered when that happens. Ids may be written as floats,
//! and what a tweet answers or is answered by may lie outside the file.

use indexmap::{IndexMap, IndexSet};

use super::reader::{Fault, Reader, Told};
use super::texts::{self, Copies};
use crate::about::{Known, Options};
use crate::caveat::{Caveat, LeftOut};
use crate::checks::{Checks, hash_of};
use crate::contact::{Contact, Outcome, SentTo, Talk};
use crate::field::Field;
use crate::moment::Moment;
use crate::note::Reading;
use crate::rows::{Column, Rows};
use crate::values::{shown, whole};
use heard_text::diagnostic::Diagnostic;

pub(crate) const COLUMNS: [&str; 7] = [
    "tweet_id",
    "author_id",
    "inbound",
    "created_at",
    "text",
    "response_tweet_id",
    "in_response_to_tweet_id",
];

/// An answer that comes as fast as this, in words used before, was written by no person.
const MACHINE_MS: i64 = 60_000;

/// One tweet, without its words.
struct Tweet {
    line: u64,
    id: u64,
    answers: Option<u64>,
    author: u64,
    at: Moment,
    /// What a company wrote; nothing for a customer.
    reply: Option<Reply>,
}

struct Reply {
    company: u32,
    group: u32,
    sent_to: Option<SentTo>,
    apologizes: bool,
    signature: Option<u32>,
}

/// "Customer Support on Twitter": one row a tweet. Tweets are kept without their words, some 100 bytes
/// each.
struct Tweets {
    at: [Option<Column>; COLUMNS.len()],
    checks: Checks,
    came: IndexSet<u64>,
    copies: Copies,
    tweets: Vec<Tweet>,
}

pub(crate) fn open(rows: &Rows, _: &Options) -> Result<Box<dyn Reader>, Diagnostic> {
    Ok(Box::new(Tweets {
        at: COLUMNS.map(|column| rows.column(column)),
        checks: Checks::default(),
        came: IndexSet::new(),
        copies: Copies::default(),
        tweets: Vec::new(),
    }))
}

impl Reader for Tweets {
    fn row(
        &mut self,
        rows: &Rows,
        names: &mut Known,
        _: &mut dyn FnMut(&Contact),
    ) -> Result<(), Fault> {
        let tweet =
            tweet(rows, &self.at, &mut self.checks, &mut self.came, names, &mut self.copies)?;
        self.tweets.push(tweet);
        Ok(())
    }

    fn end(
        self: Box<Self>,
        names: &mut Known,
        each: &mut dyn FnMut(&Contact),
    ) -> Result<Told, Diagnostic> {
        let tweets = self.tweets;
        names.channels.number("twitter");
        let conversations = Conversations::of(&tweets);
        let mut left_out = [0; 4];
        let mut reached = 0;
        for (root, tweet) in tweets.iter().enumerate() {
            if conversations.parent[root].is_some() {
                continue;
            }
            let members = conversations.members(root);
            reached += members.len();
            if tweet.answers.is_some() {
                left_out[0] += 1;
            } else if tweet.reply.is_some() {
                left_out[1] += 1;
            } else {
                match conversations.contact(&tweets, &members) {
                    Some(contact) => each(&contact),
                    None => left_out[2] += 1,
                }
            }
        }
        left_out[3] = (tweets.len() - reached) as u64;
        Ok(Told {
            fields: vec![
                Field::Customer,
                Field::Company,
                Field::Arrived,
                Field::Answered,
                Field::Outcome,
            ],
            left_out: vec![
                (left_out[0], LeftOut::BegunOutside),
                (left_out[1], LeftOut::BegunByCompany),
                (left_out[2], LeftOut::WithoutReply),
                (left_out[3], LeftOut::InCircles),
            ],
            caveats: vec![Caveat::OnlyAnsweredConversations, Caveat::AlongConversations],
            tells_answer_rate: false,
            reading: Reading::default(),
        })
    }
}

fn tweet(
    rows: &Rows,
    at: &[Option<Column>; COLUMNS.len()],
    checks: &mut Checks,
    came: &mut IndexSet<u64>,
    names: &mut Known,
    copies: &mut Copies,
) -> Result<Tweet, String> {
    rows.has_all_fields()?;
    let [tweet_id, author, inbound, created, text, _, answers] =
        std::array::from_fn(|column| rows.get(at[column]).unwrap_or_default());
    let number = whole(tweet_id)
        .ok_or_else(|| format!("`tweet_id` is not a number: `{}`", shown(tweet_id)))?;
    let inbound = match inbound.to_ascii_lowercase().as_slice() {
        b"true" | b"1" => true,
        b"false" | b"0" => false,
        _ => return Err(format!("`inbound` is `{}`; it can be True or False", shown(inbound))),
    };
    let answers = match answers {
        b"" => None,
        text => Some(whole(text).ok_or_else(|| {
            format!("`in_response_to_tweet_id` is not a number: `{}`", shown(text))
        })?),
    };
    if author.is_empty() {
        return Err("`author_id` is empty".to_owned());
    }
    let moment = checks.moment("created_at", created)?;
    if !came.insert(number) {
        return Err(format!("the tweet {number} has come before"));
    }
    let reply = if inbound {
        None
    } else {
        let words = String::from_utf8_lossy(text);
        let company = names
            .companies
            .number(&String::from_utf8_lossy(author))
            .ok_or("there are too many companies")?;
        let signed = texts::signature(&words).map(|name| format!("{company} {name}"));
        Some(Reply {
            company,
            group: copies.group(company, &words),
            sent_to: texts::sent_to(&words),
            apologizes: texts::apologizes(&words),
            signature: signed.and_then(|name| names.agents.number(&name)),
        })
    };
    Ok(Tweet { line: rows.line(), id: number, answers, author: hash_of(author), at: moment, reply })
}

/// Which tweet answers which, within the file.
struct Conversations {
    parent: Vec<Option<u32>>,
    first_child: Vec<Option<u32>>,
    next_sibling: Vec<Option<u32>>,
    /// Replies with nearly the same words, by group.
    said: Vec<u32>,
}

impl Conversations {
    fn of(tweets: &[Tweet]) -> Self {
        let place: IndexMap<u64, u32> =
            tweets.iter().enumerate().map(|(at, tweet)| (tweet.id, at as u32)).collect();
        let mut all = Self {
            parent: vec![None; tweets.len()],
            first_child: vec![None; tweets.len()],
            next_sibling: vec![None; tweets.len()],
            said: Vec::new(),
        };
        for (at, tweet) in tweets.iter().enumerate().rev() {
            if let Some(reply) = &tweet.reply {
                let group = reply.group as usize;
                all.said.resize(all.said.len().max(group + 1), 0);
                all.said[group] += 1;
            }
            let Some(&parent) = tweet.answers.as_ref().and_then(|id| place.get(id)) else {
                continue;
            };
            all.parent[at] = Some(parent);
            all.next_sibling[at] = all.first_child[parent as usize];
            all.first_child[parent as usize] = Some(at as u32);
        }
        all
    }

    /// The tweets of the conversation that begins with `root`, that one first.
    fn members(&self, root: usize) -> Vec<u32> {
        let mut members = vec![root as u32];
        let mut at = 0;
        while at < members.len() {
            let mut child = self.first_child[members[at] as usize];
            while let Some(next) = child {
                members.push(next);
                child = self.next_sibling[next as usize];
            }
            at += 1;
        }
        members
    }

    /// The contact that a conversation is; `None` where no company wrote in it.
    fn contact(&self, tweets: &[Tweet], members: &[u32]) -> Option<Contact> {
        let begin = &tweets[*members.first()? as usize];
        let all = || members.iter().map(|&member| &tweets[member as usize]);
        let replies = || all().filter_map(|tweet| tweet.reply.as_ref().map(|reply| (tweet, reply)));
        let (first, reply) =
            replies().min_by_key(|(tweet, _)| (tweet.at.instant_ms(), tweet.id))?;
        let time = begin.at.until(first.at);
        let copied = self.said.get(reply.group as usize).is_some_and(|&times| times > 1);
        let signed: Vec<u32> = replies().filter_map(|(_, reply)| reply.signature).collect();
        let people: IndexSet<u32> = signed.iter().copied().collect();
        let talk = Talk {
            turns: members.len() as u32,
            replies: replies().count() as u32,
            apologizes: reply.apologizes,
            copied,
            automatic: copied && time < MACHINE_MS,
            sent_to: reply.sent_to,
            same_person: (signed.len() > 1).then(|| people.len() == 1),
            wrote_again: all()
                .any(|tweet| tweet.author == begin.author && first.at.until(tweet.at) > 0),
        };
        // Clocks of the platform agree, but a damaged file may not: then the time is not known.
        let known = time >= 0;
        let redirected =
            matches!(reply.sent_to, Some(SentTo::PrivateMessages | SentTo::Phone | SentTo::Mail));
        Some(Contact {
            line: begin.line,
            customer: Some(begin.author),
            company: reply.company,
            channel: 0,
            kind: None,
            priority: None,
            agent: reply.signature,
            arrived: begin.at,
            answered: known.then_some(first.at),
            closed: None,
            outcome: if redirected { Outcome::Redirected } else { Outcome::Answered },
            public: Some(true),
            followers: None,
            handled_ms: None,
            resolved: None,
            talk: Some(talk),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::about::About;
    use crate::log::tests::contacts;

    fn read(rows: &[&str]) -> Result<(About, Vec<Contact>), Diagnostic> {
        let header = "tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id\n";
        // Rows are written `id author minute parent text`; customers have numbers for names.
        let rows = rows.iter().map(|row| {
            let parts: Vec<&str> = row.splitn(5, ' ').collect();
            let [id, author, minute, parent, text] = parts[..] else { panic!("{row}") };
            let inbound = author.parse::<u32>().is_ok();
            format!(
                "{id},{author},{inbound},Tue Oct 31 22:{minute}:00 +0000 2017,{text},,{}\n",
                parent.trim_matches('-')
            )
        });
        contacts(&(header.to_owned() + &rows.collect::<String>()), &Options::default())
    }

    #[test]
    fn a_conversation_is_one_contact_of_the_company_that_answers_first() {
        let (about, all) = read(&[
            "5 17 40 4 and now?",
            "4 late 30 1 Hello ^XY",
            "1 17 10 - it does not work",
            "2.0 acme 15 1.0 Sorry - send us a DM ^AB",
            "3 17 20 2.0 done",
            "6 acme 50 5 Thank you ^AB",
        ])
        .unwrap();
        let [contact] = &all[..] else { panic!("{all:?}") };
        assert_eq!(about.names.companies.name(contact.company), "acme");
        assert_eq!(contact.line, 4);
        assert_eq!(contact.answered.map(|at| contact.arrived.until(at)), Some(300_000));
        assert_eq!(contact.outcome, Outcome::Redirected);
        let talk = Talk {
            turns: 6,
            replies: 3,
            apologizes: true,
            copied: false,
            automatic: false,
            sent_to: Some(SentTo::PrivateMessages),
            same_person: Some(false),
            wrote_again: true,
        };
        assert_eq!(contact.talk, Some(talk));
        assert!(!about.tells_answer_rate);
        assert_eq!(about.caveats[0], Caveat::OnlyAnsweredConversations);
    }

    #[test]
    fn what_is_no_whole_conversation_is_left_out_and_counted() {
        let (about, all) = read(&[
            "1 17 10 - hello",
            "2 acme 15 1 hello",
            "3 17 10 99 the rest is elsewhere",
            "4 acme 10 3 hello",
            "5 acme 10 - Good morning everybody",
            "6 18 11 5 hello",
            "7 18 10 - nobody answers",
            "8 18 10 9 in",
            "9 acme 11 8 a circle",
            "10 acme 11 10 of myself",
        ])
        .unwrap();
        assert_eq!(all.len(), 1);
        assert_eq!(about.left_out.iter().map(|(rows, _)| *rows).collect::<Vec<_>>(), [1, 1, 1, 3]);
    }

    #[test]
    fn an_answer_in_words_used_before_is_copied_and_within_a_minute_a_machines() {
        let line = "Thanks for getting in touch we will look into what happened and be back";
        let (_, all) = read(&[
            "1 17 10 - one",
            &format!("2 acme 10 1 @17 {line} ^AB"),
            "3 18 20 - two",
            &format!("4 acme 21 3 @18 {line} ^CD"),
            "5 19 30 - three",
            "6 acme 30 5 @19 Platform nine is closed until tomorrow morning",
        ])
        .unwrap();
        let shows: Vec<_> = all
            .iter()
            .filter_map(|contact| contact.talk)
            .map(|talk| (talk.copied, talk.automatic))
            .collect();
        assert_eq!(shows, [(true, true), (true, false), (false, false)]);
    }

    #[test]
    fn an_answer_before_the_question_has_no_time() {
        let (_, all) = read(&["1 17 10 - hello", "2 acme 05 1 hello"]).unwrap();
        assert_eq!((all[0].outcome, all[0].answered), (Outcome::Answered, None));
    }

    #[test]
    fn a_tweet_that_cannot_be_is_a_bad_row() {
        for (row, says) in [
            ("x 17 10 - hello", "`tweet_id` is not a number: `x`"),
            ("1.5 17 10 - hello", "`tweet_id` is not a number: `1.5`"),
            ("1 17 10 y hello", "`in_response_to_tweet_id` is not a number: `y`"),
            ("1 17 77 - hello", "`created_at` is not a valid timestamp"),
        ] {
            let error = read(&[row]).unwrap_err();
            assert!(error.message.contains(says) && error.line() == Some(2), "{error:?}");
        }
        let twice = read(&["1 17 10 - hello", "1.0 17 10 - hello"]).unwrap_err();
        assert!(twice.message.contains("the tweet 1 has come before"), "{twice:?}");
        assert_eq!(twice.line(), Some(3));
    }
}
