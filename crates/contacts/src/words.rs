//! What the words and marks of real systems say.

use std::fmt::{self, Display, Formatter};

use crate::fold::folded;

/// What a word about a contact says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Somebody answered.
    Answered,
    /// Somebody answered and sent the customer elsewhere.
    Redirected,
    /// The customer gave up, or was turned away.
    Abandoned,
    /// Nobody had answered yet: over if the contact is closed, waiting otherwise.
    Unanswered,
    /// Nobody answered; whether the customer still waits, the word does not say.
    NotAnswered,
    /// Somebody answered, if other words say who was answered; otherwise the matter is settled.
    Completed,
    /// The customer gave up, if other words say who was answered; otherwise the matter is over.
    Cancelled,
    /// The matter is settled.
    Resolved,
    /// The matter is over, settled or not.
    Closed,
    /// The matter is not over.
    Open,
    /// The matter is new: nobody has touched it.
    New,
}

impl Word {
    /// Those that `--value` takes, by name.
    pub const NAMED: [(&'static str, Self); 11] = [
        ("answered", Self::Answered),
        ("redirected", Self::Redirected),
        ("abandoned", Self::Abandoned),
        ("unanswered", Self::Unanswered),
        ("not_answered", Self::NotAnswered),
        ("completed", Self::Completed),
        ("cancelled", Self::Cancelled),
        ("resolved", Self::Resolved),
        ("closed", Self::Closed),
        ("open", Self::Open),
        ("new", Self::New),
    ];

    /// Whether it tells if somebody answered; others tell how far a matter is.
    #[must_use]
    pub fn is_about_answers(self) -> bool {
        matches!(
            self,
            Self::Answered
                | Self::Redirected
                | Self::Abandoned
                | Self::Unanswered
                | Self::NotAnswered
        )
    }

    /// What the words of real systems say; `None` for a word that is not in the table. Case, blanks,
    /// accents, hyphens and underscores do not matter.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        Self::of_whole(text).or_else(|| Self::of_remarked(text))
    }

    fn of_whole(text: &str) -> Option<Self> {
        let text = folded(text);
        if text.is_empty() {
            return None;
        }
        let is_there = |words: &str| words.split(' ').any(|word| word == text);
        let found = WORDS.iter().find(|(_, words)| is_there(words));
        found.map(|(word, _)| *word)
    }

    /// The same, of how far a matter is, with a remark in brackets behind it: `Closed (Support Pipeline)`.
    /// What else a remark says of an answer is not known.
    fn of_remarked(text: &str) -> Option<Self> {
        let (word, remark) = text.trim().split_once('(')?;
        let word = remark.ends_with(')').then(|| Self::of_whole(word))??;
        matches!(word, Self::Resolved | Self::Closed | Self::Open | Self::New).then_some(word)
    }

    /// The word of a name that `--value` takes.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let found = Self::NAMED.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map(|(_, word)| *word)
    }
}

impl Display for Word {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let name = Self::NAMED.iter().find(|(_, word)| word == self);
        f.write_str(name.map_or("", |(name, _)| name))
    }
}

/// The words of real systems, folded: English, German, French, Spanish, Portuguese, Italian, Dutch.
const WORDS: [(Word, &str); 11] = [
    (
        Word::Answered,
        "answered answer yes y true t 1 connected callconnected accepted handled \
         served success successful pickedup responded replied received ok agent \
         normalclearing completecaller completeagent ja beantwortet angenommen erledigtanruf \
         entgegengenommen oui o repondu repondue decroche pris traite traitee si \
         contestada contestado respondida respondido atendida atendido \
         sim s risposto risposta beantwoord \
         aangenomen",
    ),
    (
        Word::Redirected,
        "redirected transferred transfer forwarded weitergeleitet verbunden transfere \
         transferee transferida transferido encaminhada encaminhado trasferita trasferito \
         doorverbonden blindtransfer attendedtransfer calltransferred",
    ),
    (
        Word::Abandoned,
        "abandoned abandon abandonedcall callabandoned abandonedinqueue missed missedcall \
         noanswer busy failed failure congestion chanunavail hangup \
         hungup hang voicemail rejected declined dropped lost timeout timedout exitwithtimeout \
         exitempty expired originatorcancel userbusy nouserresponse verpasst abgebrochen \
         aufgelegt besetzt abgelehnt entgangen verloren fehlgeschlagen anrufbeantworter \
         abandonne abandonnee manque manquee perdu perdue occupe raccroche sansreponse echoue \
         messagerie abandonada abandonado perdida perdido ocupado ocupada fallida colgada \
         sinrespuesta buzondevoz rechazada semresposta falhou desistencia desistente rejeitada \
         caixapostal correiodevoz abbandonata abbandonato persa perso occupato nessunarisposta \
         fallita rifiutata segreteria gemist opgehangen bezet geweigerd verlaten geenantwoord \
         opgegeven",
    ),
    (Word::Unanswered, "unanswered"),
    (
        Word::NotAnswered,
        "no n false f 0 notanswered noagent nein nichtbeantwortet nichtangenommen unbeantwortet \
         non nonrepondu nonrepondue nocontestada nocontestado norespondida noatendida \
         noatendido nao naoatendida naoatendido naorespondida nonrisposto nonrisposta nee \
         nietbeantwoord onbeantwoord",
    ),
    (
        Word::Completed,
        "completed complete completada completado completata \
         completato voltooid concluida concluido abgeschlossen",
    ),
    (
        Word::Cancelled,
        "cancelled canceled cancel annule annulee cancelado \
         cancelada annullato annullata geannuleerd storniert",
    ),
    (
        Word::Resolved,
        "resolved solved done fixed gelost erledigt behoben resolu resolue resuelto resuelta \
         solucionado solucionada resolvido resolvida finalizado finalizada risolto risolta \
         opgelost afgerond gereed",
    ),
    (
        Word::Closed,
        "closed closedresolved closedcomplete closedincomplete closedunresolved archived \
         deleted geschlossen ferme fermee clos cloture cloturee cerrado cerrada fechado fechada \
         encerrado encerrada chiuso chiusa gesloten ended beendet termine terminee terminado",
    ),
    (
        Word::Open,
        "open opened reopened pending inprogress workinprogress active onhold hold waiting \
         awaitinguserinfo awaitingcustomer waitingoncustomer waitingforcustomer \
         waitingonthirdparty waitingonus waitingoncontact working waitingforsupport pendingcustomer awaitingvendor awaitingevidence \
         awaitingproblem customerresponded assigned escalated todo backlog inreview ongoing \
         started offen geoffnet inbearbeitung inarbeit wartend ausstehend zugewiesen \
         wiedergeoffnet ouvert ouverte encours enattente assigne assignee abierto abierta \
         enprogreso encurso enproceso pendiente enespera asignado asignada aberto aberta \
         emandamento emprogresso ematendimento pendente emespera aguardando atribuido aperto \
         aperta incorso inattesa sospeso assegnato inbehandeling wachtend inafwachting \
         toegewezen",
    ),
    (
        Word::New,
        "new neu nouveau nouvelle nuevo nueva novo nova nuovo nuova nieuw created submitted \
         unassigned untouched",
    ),
];

/// Whether a field holds a mark that says it is empty.
#[must_use]
pub fn is_empty_mark(field: &[u8]) -> bool {
    // Nearly no field is one, which shows by its first letter or its length.
    let may_be = match field.first() {
        None => return true,
        Some(first) => {
            matches!(first, b'n' | b'N' | b'(' | b'<' | b'[' | b'-' | b'?' | b'#' | b'\\' | 0xe2)
        }
    };
    if !may_be || field.len() > 9 {
        return false;
    }
    const MARKS: [&[u8]; 19] = [
        b"null", b"(null)", b"<null>", b"[null]", b"-", b"--", b"---", b"?", b"n/a", b"#n/a",
        b"na", b"n.a.", b"nan", b"none", b"nil", b"\\n", b"(none)", b"(empty)", b"(blank)",
    ];
    field == "\u{2013}".as_bytes()
        || field == "\u{2014}".as_bytes()
        || MARKS.iter().any(|mark| field.eq_ignore_ascii_case(mark))
}

/// What a field that says yes or no says.
#[must_use]
pub fn truth(text: &str) -> Option<bool> {
    match folded(text).as_str() {
        "true" | "yes" | "y" | "t" | "1" | "public" | "ja" | "oui" | "si" | "sim" | "wahr"
        | "vrai" | "verdadero" | "verdadeiro" | "vero" | "waar" => Some(true),
        "false" | "no" | "n" | "f" | "0" | "private" | "nein" | "non" | "nao" | "nee"
        | "falsch" | "faux" | "falso" | "onwaar" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_real_systems_say_what_became_of_a_contact() {
        for (words, expected) in [
            (
                "ANSWERED|Answered|Y|Yes|true|1|beantwortet|Répondu|contestada|Atendida|risposto|beantwoord",
                Word::Answered,
            ),
            (
                "NO ANSWER|no_answer|No-Answer|BUSY|FAILED|Missed|Abandoned|Voicemail|Verpasst|manqué|perdida|persa|gemist",
                Word::Abandoned,
            ),
            ("N|No|false|0|nein|não|nicht beantwortet|Não atendida", Word::NotAnswered),
            ("Closed|Geschlossen|fermé|cerrado|Fechado|chiuso|gesloten", Word::Closed),
            (
                "Solved|Resolved|Done|gelöst|résolu|resuelto|resolvido|risolto|opgelost",
                Word::Resolved,
            ),
            (
                "Open|Pending|In Progress|On hold|Waiting|Offen|en cours|pendiente|Em andamento|in corso",
                Word::Open,
            ),
            ("New|Neu|Nouveau|nuevo|novo|nuovo|nieuw", Word::New),
            ("Transferred|redirected|weitergeleitet", Word::Redirected),
            ("unanswered", Word::Unanswered),
            ("Completed|Complete|abgeschlossen|Concluída", Word::Completed),
            ("Cancelled|Canceled|annulé|cancelado", Word::Cancelled),
        ] {
            for word in words.split('|') {
                assert_eq!(Word::of(word), Some(expected), "{word}");
            }
        }
        assert_eq!(Word::of("Closed (Support Pipeline)"), Some(Word::Closed));
        assert_eq!(Word::of("Em atendimento (atribuído)"), Some(Word::Open));
        for word in ["", "Low", "SIP/701", "2026", "answered by bot", "Answered (by bot)"] {
            assert_eq!(Word::of(word), None, "{word}");
        }
    }

    #[test]
    fn the_table_is_folded_and_holds_every_word_once() {
        let all: Vec<&str> = WORDS.iter().flat_map(|(_, words)| words.split(' ')).collect();
        for (at, word) in all.iter().enumerate() {
            assert_eq!(folded(word), *word);
            assert!(!all[..at].contains(word), "{word}");
        }
        for (name, word) in Word::NAMED {
            assert_eq!((Word::named(name), word.to_string().as_str()), (Some(word), name));
        }
    }

    #[test]
    fn marks_of_what_is_empty_are_known() {
        for mark in [
            "", "NULL", "null", "(null)", "-", "--", "?", "N/A", "n/a", "#N/A", "NaN", "None",
            "nil", "\\N", "—",
        ] {
            assert!(is_empty_mark(mark.as_bytes()), "{mark}");
        }
        for value in ["0", "x", "no", "nullify", "2026-03-02"] {
            assert!(!is_empty_mark(value.as_bytes()), "{value}");
        }
    }
}
