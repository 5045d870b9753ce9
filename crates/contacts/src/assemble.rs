//! What a log says about a contact, put together: who answered, when, and what became of it. It knows no
//! columns: every format that gives such parts comes through here.

use crate::contact::{Contact, Outcome};
use crate::moment::Moment;
use crate::words::Word;

/// What a log says about one contact.
#[derive(Clone, Debug)]
pub(crate) struct Parts {
    /// Everything that is as it stands: line, names, arrival, and what the rest leaves untouched.
    pub contact: Contact,
    /// When a person first answered.
    pub answered: When,
    /// When it was over.
    pub closed: When,
    /// What a word says.
    pub word: Option<Said>,
    /// Lengths in milliseconds.
    pub lengths: Lengths,
}

/// Lengths of time that a log gives for a contact, in milliseconds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Lengths {
    /// Until the answer, or until giving up.
    pub wait: Option<i64>,
    /// Of the conversation.
    pub talk: Option<i64>,
    /// Of all work on it.
    pub handle: Option<i64>,
    /// From the arrival to the end.
    pub duration: Option<i64>,
    /// From the arrival until it was settled.
    pub resolution: Option<i64>,
    /// Whether the whole may hold more than the wait and the conversation, such as time on hold.
    pub holds_more: bool,
}

/// When something happened, as far as a log says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// It did not, or the log has no place for it.
    Never,
    /// Then.
    At(Moment),
    /// Something is written that cannot be read.
    Unclear,
}

/// What a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// This.
    Word(Word),
    /// It is not known.
    Unknown,
}

/// What a log tells at all.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tells {
    /// It has a place for the time of the answer.
    pub answers: bool,
    /// Its words tell who was answered; otherwise they tell how far matters are.
    pub answers_in_words: bool,
    /// It has a place for words.
    pub words: bool,
    /// It gives the length of conversations: those of no length were not answered.
    pub talk: bool,
    /// Its waits end with an answer: those without one were not answered.
    pub reply: bool,
    /// It has a place for the time that it took to settle a matter.
    pub resolution: bool,
    /// Its ends are ends of matters, not of conversations.
    pub ends_settle: bool,
    /// Answered contacts are over within minutes: nobody waits for days.
    pub brief: bool,
}

impl Tells {
    /// What a word means among the others of the log.
    fn meant(&self, word: Word) -> Word {
        match word {
            Word::Completed if self.answers_in_words => Word::Answered,
            Word::Completed => Word::Resolved,
            Word::Cancelled if self.answers_in_words => Word::Abandoned,
            Word::Cancelled => Word::Closed,
            word => word,
        }
    }

    /// Whether an end says that a matter was settled: of conversations of minutes it does not.
    fn settles(&self) -> bool {
        (self.ends_settle || self.resolution) && !self.brief
    }

    /// Whether it shows who was never answered.
    pub fn answer_rate(&self) -> bool {
        self.answers || self.talk || self.reply || self.words && self.answers_in_words
    }
}

/// What was odd about contacts: how many.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Odd {
    /// Answered before they arrived.
    pub early_answers: u64,
    /// Over before they arrived or were answered.
    pub early_ends: u64,
    /// Not answered, without an end, where contacts last minutes.
    pub unended: u64,
}

/// A contact that contradicts itself: its word says that nobody answered, and there is an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Contradiction;

/// Whether somebody answered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// Yes, then; `None`: the log does not say when.
    Yes(Option<Moment>),
    No,
    Unknown,
}

/// Puts a contact together.
///
/// # Errors
/// Where its word and its times contradict one another.
pub(crate) fn assemble(
    parts: Parts,
    tells: &Tells,
    odd: &mut Odd,
) -> Result<Contact, Contradiction> {
    let Parts { mut contact, answered, closed, word, lengths } = parts;
    let arrived = contact.arrived;
    let word = word.map(|said| match said {
        Said::Word(word) => Some(tells.meant(word)),
        Said::Unknown => None,
    });
    let answer = answer(arrived, answered, word, &lengths, tells, odd);
    let says_no =
        matches!(word, Some(Some(Word::Abandoned | Word::Unanswered | Word::NotAnswered)));
    if says_no && matches!(answered, When::At(_)) {
        return Err(Contradiction);
    }
    let after = |moment: Moment, ms: i64| Moment { wall_ms: moment.wall_ms + ms, ..moment };
    let first_answer = match answer {
        Answer::Yes(Some(moment)) => Some(moment),
        Answer::Yes(None) => wait(&lengths).map(|wait| after(arrived, wait)),
        _ => None,
    };
    let end = match closed {
        When::At(end) => {
            let before = first_answer.unwrap_or(arrived).until(end) < 0;
            odd.early_ends += u64::from(before);
            (!before).then_some(end)
        }
        When::Unclear => None,
        When::Never => {
            let talked = first_answer.zip(lengths.talk.or(lengths.handle));
            let waited = lengths.wait.filter(|_| answer == Answer::No);
            talked
                .map(|(from, length)| after(from, length))
                .or_else(|| waited.map(|wait| after(arrived, wait)))
                .or_else(|| lengths.duration.map(|length| after(arrived, length)))
                .or_else(|| lengths.resolution.map(|length| after(arrived, length)))
        }
    };
    let is_over = end.is_some() || closed != When::Never;
    contact.outcome = match (answer, word.flatten()) {
        (Answer::Yes(_), Some(Word::Redirected)) => Outcome::Redirected,
        (Answer::Yes(_), _) => Outcome::Answered,
        (Answer::Unknown, _) => Outcome::Unknown,
        (Answer::No, Some(Word::Abandoned)) => Outcome::GaveUp,
        // It is over, and somebody may have answered in a way that has no time.
        (Answer::No, Some(Word::Closed | Word::Resolved)) => Outcome::Unknown,
        // A matter that was settled without a recorded reply: the customer did not give up.
        (Answer::No, None) if is_over && tells.settles() => Outcome::Unknown,
        (Answer::No, _) if is_over => Outcome::GaveUp,
        (Answer::No, Some(Word::Unanswered | Word::Open | Word::New)) => Outcome::Waiting,
        (Answer::No, _) if tells.brief => {
            odd.unended += 1;
            Outcome::GaveUp
        }
        (Answer::No, _) => Outcome::Waiting,
    };
    contact.resolved = match word {
        Some(Some(Word::Resolved | Word::Closed)) => Some(true),
        Some(Some(Word::Open | Word::New)) => Some(false),
        Some(_) => None,
        // Who gave up was not helped, whatever the column of ends is called.
        None if tells.resolution => {
            Some(lengths.resolution.is_some() && contact.outcome != Outcome::GaveUp)
        }
        None if tells.ends_settle && closed != When::Unclear => {
            Some(end.is_some() && contact.outcome != Outcome::GaveUp)
        }
        None => None,
    };
    (contact.answered, contact.closed) = (first_answer, end);
    let busy = lengths.handle.or(lengths.talk);
    contact.handled_ms = busy.filter(|_| contact.outcome.is_answered());
    Ok(contact)
}

/// Whether somebody answered, as time, word or length tell.
fn answer(
    arrived: Moment,
    answered: When,
    word: Option<Option<Word>>,
    lengths: &Lengths,
    tells: &Tells,
    odd: &mut Odd,
) -> Answer {
    match answered {
        When::At(moment) if arrived.until(moment) < 0 => {
            odd.early_answers += 1;
            return Answer::Yes(None);
        }
        When::At(moment) => return Answer::Yes(Some(moment)),
        When::Unclear | When::Never => {}
    }
    match word {
        Some(Some(Word::Answered | Word::Redirected)) => return Answer::Yes(None),
        Some(Some(Word::Abandoned | Word::Unanswered | Word::NotAnswered)) => return Answer::No,
        Some(None) => return Answer::Unknown,
        _ if answered == When::Unclear => return Answer::Unknown,
        _ if tells.reply && !tells.answers => {
            return if lengths.wait.is_some() { Answer::Yes(None) } else { Answer::No };
        }
        Some(Some(Word::Resolved)) if tells.answers || tells.answers_in_words => {
            return Answer::Yes(None);
        }
        Some(Some(Word::Open | Word::New)) if tells.answers_in_words => return Answer::No,
        // A place for a word that is empty, in a log whose words are all there is.
        None if tells.words && !tells.answers && !tells.talk => return Answer::Unknown,
        _ => {}
    }
    match lengths.talk.or(lengths.handle) {
        _ if tells.answers => Answer::No,
        Some(1..) => Answer::Yes(None),
        _ if tells.talk => Answer::No,
        _ => Answer::Unknown,
    }
}

/// The wait until the answer: as written, or what is left of the whole without the conversation.
fn wait(lengths: &Lengths) -> Option<i64> {
    let rest = || lengths.duration.zip(lengths.talk).map(|(all, talk)| all - talk);
    let rest = || rest().filter(|_| !lengths.holds_more);
    lengths.wait.or_else(rest).filter(|wait| *wait >= 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    fn at(minutes: i64) -> When {
        When::At(Moment::local(minutes * MINUTE))
    }

    fn said(word: Word) -> Option<Said> {
        Some(Said::Word(word))
    }

    /// A contact that arrived at 100 minutes: answered, closed (minutes), outcome, resolved.
    type Became = (Option<i64>, Option<i64>, Outcome, Option<bool>);

    fn became(
        answered: When,
        closed: When,
        word: Option<Said>,
        lengths: Lengths,
        tells: &Tells,
    ) -> Result<Became, Contradiction> {
        let contact = Contact::arrived_at(2, Moment::local(100 * MINUTE));
        let parts = Parts { contact, answered, closed, word, lengths };
        let minutes = |moment: Moment| moment.wall_ms / MINUTE;
        assemble(parts, tells, &mut Odd::default()).map(|contact| {
            let [answered, closed] = [contact.answered, contact.closed].map(|it| it.map(minutes));
            (answered, closed, contact.outcome, contact.resolved)
        })
    }

    #[test]
    fn statuses_tell_how_far_a_matter_is_and_times_who_was_answered() {
        let tells = Tells { answers: true, words: true, ..Tells::default() };
        let of = |answered, word| {
            became(answered, When::Never, said(word), Lengths::default(), &tells).unwrap()
        };
        assert_eq!(of(at(105), Word::Open), (Some(105), None, Outcome::Answered, Some(false)));
        assert_eq!(of(at(105), Word::Closed), (Some(105), None, Outcome::Answered, Some(true)));
        assert_eq!(of(When::Never, Word::Closed), (None, None, Outcome::Unknown, Some(true)));
        assert_eq!(of(When::Never, Word::Open), (None, None, Outcome::Waiting, Some(false)));
        assert_eq!(of(When::Never, Word::Resolved), (None, None, Outcome::Answered, Some(true)));
        assert_eq!(of(When::Unclear, Word::Open), (None, None, Outcome::Unknown, Some(false)));
        // A log of statuses alone does not tell who was answered.
        let statuses = Tells { words: true, ..Tells::default() };
        for (word, resolved) in [
            (Word::Open, false),
            (Word::Closed, true),
            (Word::Resolved, true),
            (Word::Completed, true),
            (Word::Cancelled, true),
        ] {
            let became =
                became(When::Never, When::Never, said(word), Lengths::default(), &statuses);
            assert_eq!(became, Ok((None, None, Outcome::Unknown, Some(resolved))), "{word}");
        }
        assert!(!statuses.answer_rate() && tells.answer_rate());
    }

    #[test]
    fn lengths_give_the_times_that_are_not_written() {
        let tells = Tells { words: true, answers_in_words: true, talk: true, ..Tells::default() };
        let of = |word, lengths| became(When::Never, When::Never, word, lengths, &tells).unwrap();
        let minutes = |wait: i64, talk: i64| Lengths {
            wait: Some(wait * MINUTE),
            talk: Some(talk * MINUTE),
            ..Lengths::default()
        };
        let answered = (Some(102), Some(105), Outcome::Answered, None);
        assert_eq!(of(said(Word::Answered), minutes(2, 3)), answered);
        assert_eq!(of(None, minutes(2, 3)), answered);
        let gave_up = (None, Some(102), Outcome::GaveUp, None);
        assert_eq!(of(said(Word::NotAnswered), minutes(2, 0)), gave_up);
        assert_eq!(of(None, minutes(2, 0)), gave_up);
        let whole =
            Lengths { duration: Some(5 * MINUTE), talk: Some(3 * MINUTE), ..Lengths::default() };
        assert_eq!(of(said(Word::Answered), whole), answered);
        let silent = Lengths { duration: Some(2 * MINUTE), ..Lengths::default() };
        assert_eq!(of(said(Word::Abandoned), silent), gave_up);
        let reply = Tells { reply: true, words: true, ..Tells::default() };
        let of = |wait: Option<i64>, word| {
            let lengths = Lengths { wait: wait.map(|it| it * MINUTE), ..Lengths::default() };
            became(When::Never, When::Never, said(word), lengths, &reply).unwrap()
        };
        assert_eq!(of(Some(5), Word::Open), (Some(105), None, Outcome::Answered, Some(false)));
        assert_eq!(of(None, Word::Open), (None, None, Outcome::Waiting, Some(false)));
        assert_eq!(of(None, Word::Completed), (None, None, Outcome::Unknown, Some(true)));
        let settling = Tells { resolution: true, ..Tells::default() };
        let settled = Lengths { resolution: Some(60 * MINUTE), ..Lengths::default() };
        assert_eq!(
            became(When::Never, When::Never, None, settled, &settling),
            Ok((None, Some(160), Outcome::Unknown, Some(true)))
        );
    }

    #[test]
    fn a_matter_settled_without_a_recorded_reply_was_not_given_up() {
        let solved = |brief| {
            let tells = Tells { answers: true, ends_settle: true, brief, ..Tells::default() };
            became(When::Never, at(120), None, Lengths::default(), &tells).unwrap()
        };
        assert_eq!(solved(false), (None, Some(120), Outcome::Unknown, Some(true)));
        // A call of nobody: what the column of ends is called does not matter.
        assert_eq!(solved(true), (None, Some(120), Outcome::GaveUp, Some(false)));
        let tells = Tells { answers: true, resolution: true, ..Tells::default() };
        let of = |resolution| {
            let lengths = Lengths { resolution, ..Lengths::default() };
            became(When::Never, When::Never, None, lengths, &tells).unwrap()
        };
        assert_eq!(of(Some(20 * MINUTE)), (None, Some(120), Outcome::Unknown, Some(true)));
        assert_eq!(of(None), (None, None, Outcome::Waiting, Some(false)));
    }

    #[test]
    fn an_answer_before_the_arrival_is_one_at_an_unknown_time() {
        let tells = Tells { answers: true, ..Tells::default() };
        let none = Lengths::default();
        let became = |answered, closed| became(answered, closed, None, none, &tells).unwrap();
        assert_eq!(became(at(90), When::Never), (None, None, Outcome::Answered, None));
        assert_eq!(became(at(90), at(110)), (None, Some(110), Outcome::Answered, None));
        assert_eq!(became(at(105), at(103)), (Some(105), None, Outcome::Answered, None));
        assert_eq!(became(When::Never, When::Unclear), (None, None, Outcome::GaveUp, None));
    }

    #[test]
    fn where_contacts_last_minutes_nobody_waits_without_an_end() {
        let tells = Tells { answers: true, brief: true, ..Tells::default() };
        let of =
            |word| became(When::Never, When::Never, word, Lengths::default(), &tells).unwrap().2;
        assert_eq!(of(None), Outcome::GaveUp);
        assert_eq!(of(said(Word::NotAnswered)), Outcome::GaveUp);
        assert_eq!(of(said(Word::Open)), Outcome::Waiting);
        assert_eq!(of(said(Word::Unanswered)), Outcome::Waiting);
    }

    #[test]
    fn a_word_that_denies_an_answer_with_a_time_is_a_contradiction() {
        let tells =
            Tells { answers: true, words: true, answers_in_words: true, ..Tells::default() };
        for word in [Word::Abandoned, Word::Unanswered, Word::NotAnswered] {
            let became = became(at(105), When::Never, said(word), Lengths::default(), &tells);
            assert_eq!(became, Err(Contradiction), "{word}");
        }
    }
}
