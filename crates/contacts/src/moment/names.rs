//! Names that stand in dates: months, days of the week, words between them, and zones.

/// The month of a folded name, in English, German, French, Spanish, Portuguese, Italian or Dutch.
pub(super) fn month(name: &str) -> Option<u8> {
    const MONTHS: [&[&str]; 12] = [
        &[
            "january", "januar", "janner", "janvier", "enero", "janeiro", "gennaio", "januari",
            "ene", "gen",
        ],
        &[
            "february",
            "februar",
            "feber",
            "fevrier",
            "febrero",
            "fevereiro",
            "febbraio",
            "februari",
            "fev",
        ],
        &["march", "marz", "maerz", "mars", "marzo", "marco", "maart", "mrz", "mrt"],
        &["april", "avril", "abril", "aprile", "avr", "abr"],
        &["may", "mai", "mayo", "maio", "maggio", "mei", "mag"],
        &["june", "juni", "juin", "junio", "junho", "giugno", "giu"],
        &["july", "juli", "juillet", "julio", "julho", "luglio", "juil", "lug"],
        &["august", "aout", "agosto", "augustus", "ago"],
        &[
            "september",
            "septembre",
            "septiembre",
            "setembro",
            "settembre",
            "sept",
            "set",
            "setiembre",
        ],
        &["october", "oktober", "octobre", "octubre", "outubro", "ottobre", "okt", "out", "ott"],
        &["november", "novembre", "noviembre", "novembro"],
        &["december", "dezember", "decembre", "diciembre", "dezembro", "dicembre", "dez", "dic"],
    ];
    let fits = |full: &&str| {
        // The first three letters are the usual short form: of `june` and `july` in French it is four.
        *full == name || name.len() == 3 && full.len() > 4 && full.starts_with(name)
    };
    let short_of_four = match name {
        "jun" => Some(6),
        "jul" => Some(7),
        _ => None,
    };
    let found = MONTHS.iter().position(|names| names.iter().any(fits));
    short_of_four.or_else(|| found.and_then(|at| u8::try_from(at + 1).ok()))
}

/// Whether a folded word is a day of the week.
pub(super) fn is_weekday(word: &str) -> bool {
    const FULL: [&str; 41] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonnabend",
        "sonntag",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "lunes",
        "martes",
        "miercoles",
        "jueves",
        "viernes",
        "sabado",
        "domingo",
        "segunda",
        "terca",
        "quarta",
        "quinta",
        "sexta",
        "lunedi",
        "martedi",
        "mercoledi",
        "giovedi",
        "venerdi",
        "sabato",
        "domenica",
    ];
    const SHORT: [&str; 10] = ["mo", "di", "mi", "do", "fr", "sa", "so", "tues", "thur", "thurs"];
    FULL.contains(&word)
        || SHORT.contains(&word)
        || word.len() == 3 && FULL.iter().any(|full| full.starts_with(word))
}

/// Whether a folded word may stand between the parts of a date without saying anything.
pub(super) fn is_filler(word: &str) -> bool {
    const FILLERS: [&str; 15] = [
        "t", "at", "of", "de", "del", "um", "uhr", "a", "as", "las", "alle", "ore", "le", "kl",
        "den",
    ];
    FILLERS.contains(&word)
}

/// Minutes by which a zone of this folded name is ahead of UTC. Names that stand for two zones, such
/// as IST, are not among them.
pub(super) fn zone(name: &str) -> Option<i16> {
    Some(match name {
        "z" | "utc" | "gmt" | "ut" | "wet" => 0,
        "cet" | "mez" | "west" => 60,
        "cest" | "mesz" | "eet" => 120,
        "eest" => 180,
        "edt" => -240,
        "est" | "cdt" => -300,
        "cst" | "mdt" => -360,
        "mst" | "pdt" => -420,
        "pst" => -480,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::folded;

    #[test]
    fn months_are_known_in_seven_languages_long_and_short() {
        for (names, number) in [
            ("January Januar Jänner janvier enero janeiro gennaio Jan ene gen", 1),
            ("February Februar février febrero fevereiro febbraio Feb fev", 2),
            ("March März Mrz mars marzo março Mar maart mrt", 3),
            ("April avril abril aprile Apr avr abr", 4),
            ("May Mai mayo maio maggio mag", 5),
            ("June Juni juin junio junho giugno Jun giu", 6),
            ("July Juli juillet julio julho luglio Jul juil lug", 7),
            ("August août agosto Aug ago", 8),
            ("September septembre septiembre setembro settembre Sep Sept set", 9),
            ("October Oktober octobre octubre outubro ottobre Oct Okt out ott", 10),
            ("November novembre noviembre novembro Nov", 11),
            ("December Dezember décembre diciembre dezembro dicembre Dec Dez dic déc", 12),
        ] {
            for name in names.split(' ') {
                assert_eq!(month(&folded(name)), Some(number), "{name}");
            }
        }
        for name in ["", "j", "ja", "utc", "mon", "marc"] {
            assert_eq!(month(name), None, "{name}");
        }
    }
}
