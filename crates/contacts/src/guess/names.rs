//! Names that columns have in real systems, in several languages.

use crate::field::Field;

/// How far a name tells what a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Likeness {
    /// 2 if it is all of the name; 1 if it is, and says little, such as `date`; 0 if it is a part.
    whole: u8,
    /// Words that it has in common with the name.
    words: usize,
    /// Words of the name beyond those: the fewer, the better.
    fewer: std::cmp::Reverse<usize>,
}

impl Likeness {
    /// Whether it is all of the name.
    pub fn is_whole(self) -> bool {
        self.whole > 0
    }
}

/// Names of columns, their words folded and parted by blanks, the names parted by bars. A name behind
/// an equals sign must be all of the column's name.
struct Names(Field, &'static str);

/// Times of a contact.
const TIMES: [Names; 3] = [
    Names(
        Field::Arrived,
        "arrived|arrival|created|created at|created on|created time|created date|creation date|date created\
         |creation time|opened|opened at|opened on|open date|open time|date opened|received|received at\
         |date received|call date|calldate|call time|call start|start time|starttime|call start time\
         |started at|start date|contact date|requested|request date|requested at|requested datetime|reported\
         |date reported|submitted|submitted at|submit date|logged|log date|initiated|initiation timestamp\
         |enqueued|enqueue time|queue entry time|incident date|interaction date|timestamp initiated\
         |erstellt|erstellt am|erstelldatum|erstellungsdatum|eroffnet|eroffnet am|eroffnungsdatum|eingang\
         |eingegangen|eingegangen am|eingangsdatum|angelegt|angelegt am|anrufbeginn|anrufdatum|anrufzeit\
         |gemeldet|gemeldet am\
         |cree le|date de creation|date creation|ouvert le|date d ouverture|date ouverture|date d appel\
         |date appel|debut d appel|recu le|date de reception\
         |fecha de creacion|fecha creacion|creado|creado el|fecha de apertura|fecha apertura|fecha de inicio\
         |fecha inicio|fecha de llamada|fecha llamada|hora de inicio|fecha de ingreso\
         |data de abertura|data abertura|abertura|aberto em|criado em|data de criacao|data criacao|data da ligacao\
         |data inicio|data de inicio|data da chamada|hora inicio\
         |data apertura|data di apertura|data creazione|data di creazione|creato il|aperto il|data chiamata|data inizio\
         |aangemaakt|aangemaakt op|geopend|geopend op|ontvangen|ontvangen op|aanmaakdatum\
         |conversation start|interaction start|segment start|call date time|create date|created date time|review date|date de l appel|segstart|queue enter time|datetime utc|date time utc|anfang|=date|=datetime|=date time|=time|=timestamp|=time timestamp|=datum|=datum uhrzeit|=zeitpunkt|=uhrzeit|=fecha\
         |=fecha y hora|=hora|=data|=data hora|=data e hora|=data ora|=date heure|=heure|=start|=begin|=beginn|=debut|=inicio|=inizio",
    ),
    Names(
        Field::Answered,
        "answered|answered at|answered on|answer time|answer date|answered time|picked up|picked up at|pickup time\
         |pick up time|connected at|connect time|connected time|connection time|first response|first responded at\
         |first response at|first response time|first response date|first reply|first reply at|first reply time|first replied at\
         |first answer|first answered at|initial response|initial response time|responded at|first contacted at|first public reply\
         |first admin reply at|reply date|=answer|=pickup|pickup at|agent connected|connected to agent|on scene\
         |beantwortet|beantwortet am|erste antwort|erste reaktion|angenommen|angenommen um|gesprachsbeginn\
         |premiere reponse|date premiere reponse|date de premiere reponse|repondu|repondu le|decroche|date de reponse\
         |primera respuesta|fecha primera respuesta|fecha de primera respuesta|contestado|respondido|fecha respuesta|hora de respuesta\
         |primeira resposta|data primeira resposta|data da primeira resposta|primeira interacao|atendido em|respondido em|data atendimento\
         |prima risposta|data prima risposta|risposto|risposto il|eerste reactie|eerste antwoord|beantwoord|beantwoord op",
    ),
    Names(
        Field::Closed,
        "closed|closed at|closed on|closed date|close date|date closed|close time|closed time|closure date|resolved|resolved at\
         |resolved on|resolved date|resolved time|date resolved|resolution date|resolution time|resolution at|solved|solved at|solved date|completed|completed at\
         |completed date|completion date|completion time|date completed|end time|endtime|call end|call end time|ended|ended at|end date|finished|finished at\
         |hangup time|=hangup|hung up at|disconnect time|disconnected at|disconnect timestamp|available dt tm\
         |geschlossen|geschlossen am|abschlussdatum|abgeschlossen am|gelost|gelost am|losungsdatum|erledigt|erledigt am|anrufende|gesprachsende|beendet|beendet am\
         |ferme le|date de fermeture|date fermeture|date de cloture|date cloture|cloture le|resolu le|date de resolution|date resolution|fin d appel\
         |fecha de cierre|fecha cierre|cerrado|cerrado el|fecha de resolucion|fecha resolucion|fecha de fin|fecha fin|hora de fin\
         |data de fechamento|data fechamento|fechamento|fechado em|encerrado em|data encerramento|data de encerramento|data solucao|data de solucao|data da solucao|resolvido em|data de resolucao|data fim\
         |data chiusura|data di chiusura|chiuso il|risolto il|data risoluzione|data fine\
         |gesloten|gesloten op|opgelost|opgelost op|sluitdatum\
         |conversation end|interaction end|=end|=ende|=fin|=fim|=fine|=einde|=solucao|=cierre|=cloture|=chiusura",
    ),
];

/// Lengths of time.
const LENGTHS: [Names; 5] = [
    Names(
        Field::Wait,
        "wait|wait time|waiting time|speed of answer|speed to answer|time to answer|answer speed|queue time|queue wait|queue wait time|time to agent|time to first agent reply|time to admin reply|time in queue|total queue|queue duration|ring time|ring duration\
         |ringing|first response time|first reply time|first response|first reply|time to first response|time to first reply|response time\
         |reply time|asa|pickup delay|wait duration|seconds in queue|hold time before answer\
         |erste antwort|erste reaktion|premiere reponse|primera respuesta|primeira resposta|prima risposta|eerste reactie|wartezeit|wartedauer|reaktionszeit|antwortzeit|klingelzeit|klingeldauer|zeit bis zur antwort\
         |temps d attente|attente|duree d attente|delai de reponse|temps de reponse|duree de sonnerie\
         |tiempo de espera|tiempo espera|tiempo de respuesta|tiempo en cola|espera\
         |tempo de espera|tempo espera|tempo para atendimento|tempo de resposta|tempo na fila|tempo de fila|tempo di attesa|tempo attesa|attesa|tempo di risposta\
         |wachttijd|wachtduur|reactietijd",
    ),
    Names(
        Field::Talk,
        "talk|talk time|talktime|talking|duration in call|duree de communication|talk duration|talking time|conversation time|conversation duration|billsec|bill sec|billed seconds|billable seconds\
         |connected duration|interaction duration|in call time\
         |gesprachsdauer|gesprachszeit|sprechzeit|temps de conversation|duree de conversation|duree conversation|temps de parole\
         |tiempo de conversacion|tiempo conversacion|duracion de la conversacion|tiempo hablado|tempo de conversa|tempo conversa|tempo falado|tempo de conversacao\
         |tempo di conversazione|durata conversazione|gesprekstijd|gespreksduur",
    ),
    Names(
        Field::Handle,
        "handle|handle time|handling time|aht|service time|work time|working time|agent time|time worked|bearbeitungszeit|bearbeitungsdauer\
         |temps de traitement|duree de traitement|tiempo de gestion|tiempo de manejo|tempo de atendimento|tempo medio de atendimento|tempo di gestione|afhandeltijd|behandeltijd",
    ),
    Names(
        Field::Duration,
        "=duration|call duration|total duration|total time|call length|total call time|=length|anrufdauer|gesamtdauer|=dauer\
         |duree d appel|duree totale|=duree|duracion de la llamada|duracion total|=duracion|duracao da chamada|duracao total|=duracao|durata chiamata|durata totale|=durata|=duur|totale duur",
    ),
    Names(
        Field::Resolution,
        "resolution time|time to resolution|time to resolve|full resolution time|resolution duration|time to close|time to closure|resolve time|resolution\
         |losungszeit|losungsdauer|temps de resolution|duree de resolution|delai de resolution|tiempo de resolucion|tiempo resolucion\
         |tempo de resolucao|tempo resolucao|tempo di risoluzione|oplostijd",
    ),
];

/// Words on what became of a contact, in the order in which they tell it.
const WORDS: [Names; 1] = [Names(
    Field::Outcome,
    "outcome|disposition|answered|abandoned|abandoned y n|call abandoned|missed|missed call|no answer|not answered|unanswered|dropped|call dropped|hung up|is abandoned|=abandon|angenommen|accepted|handled|served|lost|abandonada|abandonado|perdida|verpasst|abandonne|answered y n|call result|call status|call outcome|call disposition|action result|=result|ticket status|=status|case status|issue status|=state|incident state\
     |ergebnis|anrufstatus|beantwortet|ticketstatus|statut|etat|resultat|repondu|=estado|resultado|contestada|contestado|estado del ticket|situacao|=atendida|atendido|status do chamado|=stato|esito|risposto|beantwoord",
)];

/// Names of which there are few.
const FEW: [Names; 3] = [
    Names(
        Field::Channel,
        "=channel|channel name|channel type|contact channel|media type|mediatype|contact type|ticket channel|case origin|submitted via|=via|=queue|queue name|=canal|=kanal|=canale|=kanaal|=source\
         |canal de atencion|canal de atendimento|eingangskanal|warteschlange|=fila|=cola|=coda|=wachtrij",
    ),
    Names(Field::Company, "=company|=brand|brand name|=marca|=marke|=firma|=empresa"),
    Names(
        Field::Kind,
        "=kind|=topic|=category|ticket category|case category|issue type|issuetype|ticket type|request type|=type|problem type|complaint type|contact reason|call reason|call type|case reason\
         |=thema|=kategorie|=anliegen|vorgangsart|tickettyp|=categorie|motif|type de demande|=categoria|tipo de solicitud|motivo|=tipo|tipo de chamado|tipo di richiesta|=onderwerp|=soort",
    ),
];

/// What tells one from another.
const MARKS: [Names; 3] = [
    Names(
        Field::Id,
        "=id|ticket id|ticketid|ticket number|ticket no|=ticket|=task|task number|case id|caseid|case number|case no|call id|callid|call number|incident id|incident number|=incident|issue key|issue id|conversation id\
         |interaction id|session id|uniqueid|unique id|unique key|linkedid|request id|service request id|request number|contact id|case concept name|sys id|=chamado|numero do chamado|id do chamado|=protocolo\
         |ticketnummer|vorgangsnummer|anruf id|numero de ticket|numero ticket|id ticket|id appel|id de llamada|id llamada|id da chamada|id chiamata|zaaknummer",
    ),
    Names(
        Field::Agent,
        "=agent|agent name|agent id|agentname|=assignee|assignee name|assigned to|assigned agent|assigned user|=operator|operator name|handled by|answered by|=technician|=resource|org resource|=representative|rep name\
         |case owner|ticket owner|owner name|=owner|=attendant|=bearbeiter|bearbeiter in|=mitarbeiter|zugewiesen an|=zustandig|=agente|nombre del agente|nome do agente|=operador|=atendente|=tecnico|=responsavel|=responsable|asignado a|assegnato a|=operatore|=conseiller|assigne a|=medewerker|=behandelaar|toegewezen aan",
    ),
    Names(
        Field::Customer,
        "=customer|customer id|customer number|customer name|customer email|=requester|requester id|requester name|requester email|=caller|caller id|callerid|caller number|=ani|=client|client id|=src|from number|calling number|=kunde|kundennummer|kunden id\
         |=kundin|anrufer|rufnummer|=cliente|id cliente|id del cliente|codigo do cliente|=solicitante|=demandeur|=richiedente|numero client|numero chiamante|klantnummer|=klant|=aanvrager",
    ),
];

/// Words in a name that say that it is something else: a plan, or a later change.
const OTHERWISE: [&str; 25] = [
    "due",
    "sla",
    "target",
    "deadline",
    "expected",
    "planned",
    "updated",
    "modified",
    "breached",
    "breach",
    "violated",
    "last",
    "previous",
    "fallig",
    "frist",
    "prazo",
    "vencimento",
    "vencimiento",
    "echeance",
    "scadenza",
    "business",
    "goal",
    "estimated",
    "scheduled",
    "reopened",
];

/// Fields that a column of this name may hold, and how far the name tells so.
pub(super) fn fields_of(words: &[String]) -> Vec<(Field, Likeness)> {
    if words.is_empty() || words.iter().any(|word| OTHERWISE.contains(&word.as_str())) {
        return Vec::new();
    }
    // Ringing is a part of the wait: any other name of a wait tells more.
    const RINGING: [&str; 6] =
        ["ring", "ringing", "klingelzeit", "klingeldauer", "sonnerie", "timbrado"];
    let is_ringing = words.iter().any(|word| RINGING.contains(&word.as_str()));
    let tables = [&TIMES[..], &LENGTHS, &WORDS, &FEW, &MARKS];
    let all = tables.into_iter().flatten();
    all.filter_map(|Names(field, names)| {
        let likeness = names.split('|').filter_map(|name| likeness(words, name));
        let likeness = likeness.max()?;
        let is_less = is_ringing && *field == Field::Wait;
        Some((*field, if is_less { Likeness { whole: 0, words: 0, ..likeness } } else { likeness }))
    })
    .collect()
}

fn likeness(words: &[String], name: &str) -> Option<Likeness> {
    let (must_be_whole, name) = match name.strip_prefix('=') {
        Some(name) => (true, name),
        None => (false, name),
    };
    let length = name.split(' ').count();
    if length > words.len() {
        return None;
    }
    let is_there =
        words.windows(length).any(|part| part.iter().map(String::as_str).eq(name.split(' ')));
    let whole = length == words.len();
    // A single word in a longer name says little: `closed by`, `created ticket count`.
    let fits = is_there && (whole || !must_be_whole && (length > 1 || words.len() <= 3));
    fits.then_some(Likeness {
        whole: if whole { 2 - u8::from(must_be_whole) } else { 0 },
        words: length,
        fewer: std::cmp::Reverse(words.len() - length),
    })
}

/// Whether a name tells that its lengths end with an answer: those of customers who gave up are not
/// among them.
pub(crate) fn says_replied(words: &[String]) -> bool {
    const REPLIES: [&str; 15] = [
        "response",
        "reply",
        "answer",
        "asa",
        "antwort",
        "reaktionszeit",
        "antwortzeit",
        "reponse",
        "respuesta",
        "resposta",
        "risposta",
        "reactietijd",
        "responded",
        "replied",
        "answered",
    ];
    const WAITS: [&str; 9] = [
        "wait",
        "waiting",
        "queue",
        "wartezeit",
        "attente",
        "espera",
        "attesa",
        "wachttijd",
        "ring",
    ];
    let any = |of: &[&str]| words.iter().any(|word| of.contains(&word.as_str()));
    any(&REPLIES) && !any(&WAITS)
}

/// Whether a name asks whether a contact was lost, so that yes means that nobody answered.
pub(crate) fn asks_for_the_lost(words: &[String]) -> bool {
    const LOST: [&str; 26] = [
        "abandoned",
        "abandon",
        "missed",
        "lost",
        "unanswered",
        "no answer",
        "not answered",
        "noanswer",
        "voicemail",
        "voice mail",
        "dropped",
        "hung up",
        "hangup",
        "rejected",
        "declined",
        "overflow",
        "overflowed",
        "timed out",
        "abandonada",
        "abandonado",
        "abandonne",
        "perdida",
        "perdido",
        "perdu",
        "verpasst",
        "gemist",
    ];
    const MORE: [&str; 4] = ["persa", "abbandonata", "abandonnee", "nicht angenommen"];
    LOST.iter().chain(&MORE).any(|name| {
        let length = name.split(' ').count();
        words.windows(length).any(|part| part.iter().map(String::as_str).eq(name.split(' ')))
    })
}

/// Whether a name tells that its times are those at which a matter was settled.
pub(crate) fn says_settled(words: &[String]) -> bool {
    const SETTLED: [&str; 14] = [
        "resolved",
        "resolution",
        "solved",
        "gelost",
        "losungsdatum",
        "resolu",
        "resolucion",
        "resolvido",
        "resolucao",
        "solucao",
        "risolto",
        "risoluzione",
        "opgelost",
        "erledigt",
    ];
    words.iter().any(|word| SETTLED.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::words;

    fn best(column: &str) -> Option<Field> {
        let mut all = fields_of(&words(column));
        all.sort_by_key(|(_, likeness)| std::cmp::Reverse(*likeness));
        all.first().map(|(field, _)| *field)
    }

    #[test]
    fn names_of_real_systems_are_known() {
        for (column, field) in [
            ("Created time", Field::Arrived),
            ("Created Date", Field::Arrived),
            ("opened_at", Field::Arrived),
            ("Received DtTm", Field::Arrived),
            ("Data Abertura", Field::Arrived),
            ("Erstellt am", Field::Arrived),
            ("time:timestamp", Field::Arrived),
            ("Date", Field::Arrived),
            ("First response time", Field::Answered),
            ("Answered DtTm", Field::Answered),
            ("Primeira Resposta", Field::Answered),
            ("Data Fechamento", Field::Closed),
            ("Available DtTm", Field::Closed),
            ("Resolved Date", Field::Closed),
            ("Speed of answer or wait in seconds", Field::Wait),
            ("AvgTalkDuration", Field::Talk),
            ("billsec", Field::Talk),
            ("Answered (Y/N)", Field::Outcome),
            ("disposition", Field::Outcome),
            ("Status", Field::Outcome),
            ("Ticket ID", Field::Id),
            ("uniqueid", Field::Id),
            ("Assignee", Field::Agent),
            ("Topic", Field::Kind),
        ] {
            assert_eq!(best(column), Some(field), "{column}");
        }
        for column in
            ["Due by", "Last updated", "First response due", "Resolution SLA breached", "", "x"]
        {
            assert_eq!(best(column), None, "{column}");
        }
    }
}
