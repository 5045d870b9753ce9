//! Words for what happens to a contact, in logs that have a row for each event.

use super::case::Step;

/// Nouns that say nothing: "Close ticket" closes as "Close" does.
const NOUNS: [&str; 21] = [
    "ticket", "tickets", "case", "incident", "issue", "request", "call", "the", "a", "is", "was",
    "has", "been", "state", "status", "fall", "anfrage", "vorgang", "demande", "caso", "chamado",
];

/// What words mean: in English, German, French, Spanish, Portuguese, Italian and Dutch.
const WORDS: [(Step, &[&str]); 6] = [
    (
        Step::Arrives,
        &[
            "new",
            "created",
            "create",
            "open",
            "opened",
            "reopen",
            "reopened",
            "re open",
            "re opened",
            "registered",
            "register",
            "submitted",
            "received",
            "logged",
            "arrived",
            "incoming",
            "enqueued",
            "queued",
            "enter queue",
            "to do",
            "backlog", // en
            "neu",
            "offen",
            "eröffnet",
            "erstellt",
            "angelegt",
            "eingegangen",
            "wieder geöffnet",
            "wiedereröffnet", // de
            "nouveau",
            "nouvelle",
            "ouvert",
            "ouverte",
            "créé",
            "créée",
            "reçu",
            "reçue",
            "rouvert", // fr
            "nuevo",
            "nueva",
            "abierto",
            "abierta",
            "creado",
            "recibido",
            "reabierto", // es
            "novo",
            "nova",
            "aberto",
            "criado",
            "recebido",
            "reaberto", // pt
            "nuovo",
            "nuova",
            "aperto",
            "aperta",
            "creato",
            "ricevuto",
            "riaperto", // it
            "nieuw",
            "aangemaakt",
            "ontvangen",
            "geopend",
            "heropend", // nl
        ],
    ),
    (
        Step::Answers,
        &[
            "answered",
            "answer",
            "replied",
            "reply",
            "responded",
            "response",
            "first response",
            "first reply",
            "first contact",
            "agent reply",
            "agent replied",
            "agent response",
            "agent answered",
            "connected",
            "connect",
            "picked up",
            "pick up",
            "accepted",
            "accept",
            "acknowledged",
            "acknowledge",
            "taken",
            "take in charge",
            "taken in charge",
            "in progress",
            "work in progress",
            "started work",
            "work started",
            "start progress",
            "in treatment",
            "talking", // en
            "beantwortet",
            "angenommen",
            "in bearbeitung",
            "in arbeit",
            "geantwortet",
            "übernommen", // de
            "répondu",
            "répondue",
            "réponse",
            "décroché",
            "accepté",
            "acceptée",
            "pris en charge",
            "prise en charge",
            "en cours",
            "en cours de traitement", // fr
            "contestado",
            "contestada",
            "respondido",
            "respondida",
            "atendido",
            "atendida",
            "aceptado",
            "en curso",
            "en proceso",
            "en progreso", // es
            "atendida",
            "respondido",
            "aceito",
            "em andamento",
            "em atendimento", // pt
            "risposto",
            "risposta",
            "accettato",
            "preso in carico",
            "presa in carico",
            "in corso",
            "in lavorazione", // it
            "beantwoord",
            "opgenomen",
            "geaccepteerd",
            "in behandeling", // nl
        ],
    ),
    (Step::Redirects, &["redirected", "weitergeleitet an anderen kanal"]),
    (
        Step::Closes,
        &[
            "closed",
            "close",
            "ended",
            "end",
            "hung up",
            "hang up",
            "hangup",
            "disconnected",
            "archived", // en
            "geschlossen",
            "beendet",
            "aufgelegt", // de
            "fermé",
            "fermée",
            "clos",
            "clôturé",
            "clôturée",
            "raccroché", // fr
            "cerrado",
            "cerrada", // es
            "fechado",
            "fechada",
            "encerrado",
            "encerrada", // pt
            "chiuso",
            "chiusa", // it
            "gesloten",
            "afgesloten",
            "beëindigd", // nl
        ],
    ),
    (
        Step::Settles,
        &[
            "resolved",
            "resolve",
            "solved",
            "solve",
            "fixed",
            "completed",
            "complete",
            "done",
            "finished",
            "finish", // en
            "gelöst",
            "erledigt",
            "behoben",
            "abgeschlossen",
            "fertig", // de
            "résolu",
            "résolue",
            "traité",
            "traitée",
            "terminé",
            "terminée", // fr
            "resuelto",
            "resuelta",
            "solucionado",
            "terminado",
            "terminada",
            "finalizado",
            "completado", // es
            "resolvido",
            "resolvida",
            "solucionada",
            "concluído",
            "finalizada", // pt
            "risolto",
            "risolta",
            "completato",
            "concluso",
            "terminato", // it
            "opgelost",
            "afgehandeld",
            "voltooid", // nl
        ],
    ),
    (
        Step::GivesUp,
        &[
            "abandoned",
            "abandon",
            "abandonment",
            "gave up",
            "missed",
            "no answer",
            "cancelled",
            "canceled",
            "cancel",
            "withdrawn",
            "caller hung up",
            "customer hung up", // en
            "abgebrochen",
            "verpasst",
            "zurückgezogen",
            "storniert", // de
            "abandonné",
            "abandonnée",
            "annulé",
            "annulée",
            "manqué",
            "retirée", // fr
            "abandonado",
            "abandonada",
            "perdida",
            "cancelado",
            "anulado", // es
            "cancelada",
            "desistiu",
            "perdido", // pt
            "abbandonato",
            "abbandonata",
            "annullato",
            "annullata",
            "persa", // it
            "afgebroken",
            "gemist",
            "geannuleerd",
            "ingetrokken", // nl
        ],
    ),
];

/// What an activity means; `None` where nobody knows.
pub(crate) fn step_of(activity: &str) -> Option<Step> {
    let plain = plain(activity);
    let (step, _) = WORDS.iter().find(|(_, words)| words.contains(&plain.as_str()))?;
    Some(*step)
}

/// In lower case, with blanks between words and without nouns that say nothing.
pub(crate) fn plain(activity: &str) -> String {
    let lower = activity.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let (telling, nouns): (Vec<&str>, Vec<&str>) = words.partition(|word| !NOUNS.contains(word));
    if telling.is_empty() { nouns.join(" ") } else { telling.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn activities_of_real_systems_mean_what_they_say() {
        for (activity, step) in [
            ("New", Some(Step::Arrives)),
            ("Case created", Some(Step::Arrives)),
            ("Re-Opened", Some(Step::Arrives)),
            ("ANSWERED", Some(Step::Answers)),
            ("First_Response", Some(Step::Answers)),
            ("Take in charge ticket", Some(Step::Answers)),
            ("Work In Progress", Some(Step::Answers)),
            ("Resolve ticket", Some(Step::Settles)),
            ("Gelöst", Some(Step::Settles)),
            ("Close Incident", Some(Step::Closes)),
            ("clôturée", Some(Step::Closes)),
            ("Caller hung-up", Some(Step::GivesUp)),
            ("CANCELED", Some(Step::GivesUp)),
            ("Assigned", None),
            ("Survey sent", None),
            ("Ticket", None),
            ("", None),
        ] {
            assert_eq!(step_of(activity), step, "{activity}");
        }
    }

    #[test]
    fn no_word_means_two_things_and_all_are_written_plainly() {
        let mut seen = indexmap::IndexMap::new();
        for (step, words) in WORDS {
            for word in words {
                assert_eq!(plain(word), *word);
                let earlier = seen.insert(*word, step);
                assert!(
                    earlier.is_none_or(|earlier| earlier == step),
                    "{word}: {earlier:?}, {step:?}"
                );
            }
        }
    }
}
