//! Reading a log, whatever its format.

use crate::about::{About, Options};
use crate::caveat::{Caveat, LeftOut};
use crate::contact::Contact;
use crate::formats;
use crate::input::Input;
use crate::look::Wanted;
use crate::moment::Moment;
use crate::rows::Rows;
use heard_text::diagnostic::Diagnostic;

/// Reads a log from its beginning to its end, and shows every contact to `each`: in the order of the
/// log, but for conversations, which come in the order in which they began.
///
/// # Errors
/// Where it is not a log, breaks off, or too many of its rows cannot be read.
pub fn read(
    input: Input,
    options: &Options,
    each: &mut dyn FnMut(&Contact),
) -> Result<About, Diagnostic> {
    let names = options.map.iter().map(|mapping| mapping.column.clone());
    let wanted = Wanted { names: names.collect(), ..options.wanted.clone() };
    let rows = Rows::open(input, &wanted)?;
    let mut seen = Seen::default();
    let mut each = |contact: &Contact| {
        seen.look(contact);
        each(contact);
    };
    let mut about = formats::of(&rows, options).read(rows, options, &mut each)?;
    about.contacts = seen.contacts;
    about.span = seen.span;
    if let Some(totals) = about.look.as_ref().map(|look| look.totals).filter(|totals| *totals > 0) {
        about.left_out.push((totals, LeftOut::Totals));
    }
    if seen.contacts == 0 {
        return Err(Diagnostic::in_source(&about.name, None, "the log holds no contact")
            .help("rows were read, but none of them is a customer contacting a company"));
    }
    if about.tells_answer_rate && seen.unanswered == 0 && seen.contacts >= 100 {
        about.tells_answer_rate = false;
        about.caveats.push(Caveat::AllAnswered);
    }
    Ok(about)
}

/// What shows while contacts go by.
#[derive(Default)]
struct Seen {
    contacts: u64,
    unanswered: u64,
    span: Option<(Moment, Moment)>,
}

impl Seen {
    fn look(&mut self, contact: &Contact) {
        self.contacts += 1;
        self.unanswered += u64::from(!contact.outcome.is_answered());
        for moment in
            [Some(contact.arrived), contact.answered, contact.closed].into_iter().flatten()
        {
            let (first, last) = self.span.get_or_insert((moment, moment));
            if moment.instant_ms() < first.instant_ms() {
                *first = moment;
            }
            if moment.instant_ms() > last.instant_ms() {
                *last = moment;
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::contact::Outcome;
    use crate::field::{Field, Mapping};

    /// The contacts of a log, and what is known of it.
    pub fn contacts(text: &str, options: &Options) -> Result<(About, Vec<Contact>), Diagnostic> {
        let mut all = Vec::new();
        let input = Input::of_bytes("log", text.as_bytes().to_vec()).unwrap();
        let about = read(input, options, &mut |contact| all.push(contact.clone()))?;
        Ok((about, all))
    }

    /// Outcome, and seconds from the arrival to the answer and to the end.
    pub fn fate(contact: &Contact) -> (Outcome, Option<i64>, Option<i64>) {
        let since =
            |moment: Option<Moment>| moment.map(|moment| contact.arrived.until(moment) / 1000);
        (contact.outcome, since(contact.answered), since(contact.closed))
    }

    #[test]
    fn formats_are_known_by_their_columns_and_mapping_makes_a_log_plain() {
        let tweets = "tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id\n\
                      1,17,True,Tue Oct 31 22:10:47 +0000 2017,hello,2,\n\
                      2,acme,False,Tue Oct 31 22:11:47 +0000 2017,hello,,1\n";
        let format = |map| {
            let options = Options { map, ..Options::default() };
            contacts(tweets, &options).map(|(about, all)| (about.format, all.len()))
        };
        assert_eq!(format(Vec::new()), Ok(("Customer Support on Twitter", 1)));
        let map = vec![Mapping::new("created_at", Field::Arrived)];
        assert_eq!(format(map), Ok(("one row per contact", 2)));
    }

    #[test]
    fn a_log_of_answered_contacts_alone_does_not_tell_how_many_are_answered() {
        let log = |rows: usize, last: &str| {
            let row = "2026-03-01T10:00:00,2026-03-01T11:00:00\n";
            let text = format!("arrived,answered\n{}{last}", row.repeat(rows));
            contacts(&text, &Options::default()).unwrap().0
        };
        let all_answered = log(100, "");
        assert!(!all_answered.tells_answer_rate);
        assert_eq!(all_answered.caveats, [Caveat::AllAnswered]);
        assert!(log(100, "2026-03-01T10:00:00,\n").tells_answer_rate);
        assert!(log(99, "").tells_answer_rate, "too few to say so");
        let silent = contacts("arrived\n2026-03-01T10:00:00\n", &Options::default()).unwrap().0;
        assert!(!silent.tells_answer_rate);
        assert_eq!(silent.caveats, [Caveat::NoAnswers]);
    }

    #[test]
    fn the_span_is_that_of_all_moments_in_any_order() {
        let text = "arrived,answered,closed\n2026-03-02T10:00:00,,\n2026-03-01T10:00:00,,2026-03-05T10:00:00\n";
        let about = contacts(text, &Options::default()).unwrap().0;
        let (first, last) = about.span.unwrap();
        assert_eq!(
            (first.text(), last.text()),
            ("2026-03-01T10:00:00".into(), "2026-03-05T10:00:00".into())
        );
        assert_eq!(about.contacts, 2);
    }
}
