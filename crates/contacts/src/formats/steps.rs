//! Words for what happens to a contact, in logs that have a row for each event.
//!
//! Most are those of [`Word`]; here stand those that mean something else where they are events than where
//! they say what became of a contact in the end, and those that only events have.

use super::case::Step;
use crate::fold::words;
use crate::words::Word;

/// Nouns that say nothing: "Close ticket" closes as "Close" does.
const NOUNS: [&str; 24] = [
    "ticket",
    "tickets",
    "case",
    "incident",
    "issue",
    "request",
    "call",
    "chat",
    "conversation",
    "the",
    "a",
    "is",
    "was",
    "has",
    "been",
    "state",
    "status",
    "fall",
    "anfrage",
    "vorgang",
    "demande",
    "caso",
    "chamado",
    "aanvraag",
];

/// What words mean, folded: English, German, French, Spanish, Portuguese, Italian, Dutch.
const WORDS: [(Step, &str); 6] = [
    (
        Step::Opens,
        "reopen rouvert rouverte reabierto reabierta reaberto reaberta riaperto riaperta heropend",
    ),
    (
        Step::Arrives,
        "create register registered submit receive received log logged arrive arrived incoming \
         enqueue enqueued queue queued enter insert inserted initiated offered ringing erstellt \
         angelegt eingegangen eingereicht klingelt cree creee recu recue creado creada recibido \
         recibida criado criada recebido recebida creato creata ricevuto ricevuta aangemaakt \
         ontvangen",
    ),
    (
        Step::Answers,
        "reply response respond firstresponse firstreply firstanswer firstcontact agentreply \
         agentreplied agentresponse agentresponded agentanswered pickup accept acknowledge \
         acknowledged taken takenincharge takeincharge inprogress workinprogress startprogress \
         startwork startedwork workstarted started intreatment talking speaking inbearbeitung \
         inarbeit ubernommen geantwortet prisencharge priseencharge encours encoursdetraitement \
         encurso enproceso enprogreso emandamento emprogresso ematendimento presoincarico \
         presaincarico incorso inlavorazione inbehandeling opgenomen",
    ),
    (
        Step::Closes,
        "close end hungup hangup hang disconnect disconnected completecaller completeagent aufgelegt \
         raccroche colgada opgehangen",
    ),
    (
        Step::Settles,
        "resolve solve fix finish finished fertig traite traitee termine terminee terminado terminada \
         concluso conclusa",
    ),
    (
        Step::GivesUp,
        "gaveup withdraw withdrawn callerhungup customerhungup abandonment zuruckgezogen retire \
         retiree anulado anulada ingetrokken",
    ),
];

/// What an activity means; `None` where nobody knows.
pub(crate) fn step_of(activity: &str) -> Option<Step> {
    let plain = plain(activity);
    let is_there = |words: &str| words.split(' ').any(|word| word == plain);
    let own = WORDS.iter().find(|(_, words)| is_there(words)).map(|(step, _)| *step);
    own.or_else(|| match Word::of(&plain)? {
        Word::Answered => Some(Step::Answers),
        Word::Resolved | Word::Completed => Some(Step::Settles),
        Word::Closed => Some(Step::Closes),
        Word::Abandoned | Word::Cancelled => Some(Step::GivesUp),
        Word::New => Some(Step::Arrives),
        // A status such as "Waiting for customer": not over, and no answer.
        Word::Open => Some(Step::Opens),
        // A transfer within the company is no answer.
        Word::Redirected | Word::Unanswered | Word::NotAnswered => None,
    })
}

/// What a word of `--value` means.
pub(crate) fn step_of_word(word: Word) -> Step {
    match word {
        Word::Answered => Step::Answers,
        Word::Redirected => Step::Redirects,
        Word::Abandoned | Word::Cancelled => Step::GivesUp,
        Word::Resolved | Word::Completed => Step::Settles,
        Word::Closed => Step::Closes,
        Word::New => Step::Arrives,
        Word::Open => Step::Opens,
        Word::Unanswered | Word::NotAnswered => Step::Passes,
    }
}

/// Folded, without nouns that say nothing.
fn plain(activity: &str) -> String {
    let all = words(activity);
    let telling: Vec<&str> =
        all.iter().map(String::as_str).filter(|word| !NOUNS.contains(word)).collect();
    if telling.is_empty() { all.concat() } else { telling.concat() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_stands_here_that_means_the_same_where_it_says_what_became_of_a_contact() {
        for (step, list) in WORDS {
            for word in list.split(' ') {
                let there = Word::of(word).map(step_of_word);
                assert_ne!(there, Some(step), "{word}");
            }
        }
    }

    #[test]
    fn activities_of_real_systems_mean_what_they_say() {
        for (activity, step) in [
            ("New", Some(Step::Arrives)),
            ("Case created", Some(Step::Arrives)),
            ("Re-Opened", Some(Step::Opens)),
            ("Reopen ticket", Some(Step::Opens)),
            ("ANSWERED", Some(Step::Answers)),
            ("First_Response", Some(Step::Answers)),
            ("Take in charge ticket", Some(Step::Answers)),
            ("Work In Progress", Some(Step::Answers)),
            ("In Bearbeitung", Some(Step::Answers)),
            ("Resolve ticket", Some(Step::Settles)),
            ("Completed", Some(Step::Settles)),
            ("Gelöst", Some(Step::Settles)),
            ("Close Incident", Some(Step::Closes)),
            ("clôturée", Some(Step::Closes)),
            ("Hangup", Some(Step::Closes)),
            ("Caller hung-up", Some(Step::GivesUp)),
            ("CANCELED", Some(Step::GivesUp)),
            ("Assigned", Some(Step::Opens)),
            ("Awaiting User Info", Some(Step::Opens)),
            ("Transferred", None),
            ("Survey sent", None),
            ("Ticket", None),
            ("", None),
        ] {
            assert_eq!(step_of(activity), step, "{activity}");
        }
    }

    #[test]
    fn words_are_folded_and_mean_one_thing() {
        let all: Vec<&str> = WORDS.iter().flat_map(|(_, words)| words.split(' ')).collect();
        for (at, word) in all.iter().enumerate() {
            assert_eq!(crate::fold::folded(word), *word);
            assert!(!all[..at].contains(word), "{word} comes twice");
        }
    }
}
