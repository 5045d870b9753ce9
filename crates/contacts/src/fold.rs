//! Words as they compare: in lower case, without accents, blanks and signs.

/// A text in lower case, without accents, and without anything but letters and digits: `Não atendida`
/// is `naoatendida`, `NO ANSWER` and `no_answer` are `noanswer`.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    each_folded(text, |letter| {
        if letter.is_alphanumeric() {
            folded.push(letter);
        }
    });
    folded
}

/// The words of a text, each folded: `AvgTalkDuration (min)` is `avg talk duration min`.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut parted = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for letter in text.chars() {
        // `AvgTalk` is two words, `SLA` and `IDs` are one each.
        if before.is_lowercase() && letter.is_uppercase() {
            parted.push(' ');
        }
        parted.push(letter);
        before = letter;
    }
    let mut all = vec![String::new()];
    each_folded(&parted, |letter| {
        if letter.is_alphanumeric() {
            if let Some(last) = all.last_mut() {
                last.push(letter);
            }
        } else if all.last().is_some_and(|last| !last.is_empty()) {
            all.push(String::new());
        }
    });
    all.retain(|word| !word.is_empty());
    all
}

fn each_folded(text: &str, mut each: impl FnMut(char)) {
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => each('a'),
            'ç' => each('c'),
            'è' | 'é' | 'ê' | 'ë' => each('e'),
            'ì' | 'í' | 'î' | 'ï' => each('i'),
            'ñ' => each('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => each('o'),
            'ù' | 'ú' | 'û' | 'ü' => each('u'),
            'ß' => "ss".chars().for_each(&mut each),
            // Accents that stand for themselves.
            '\u{300}'..='\u{36f}' => {}
            other => each(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_blanks_and_signs_do_not_matter() {
        for (text, expected) in [
            ("NO ANSWER", "noanswer"),
            ("no_answer", "noanswer"),
            ("Não atendida", "naoatendida"),
            ("Straße", "strasse"),
            ("cafe\u{301}", "cafe"),
            ("--", ""),
        ] {
            assert_eq!(folded(text), expected, "{text}");
        }
        assert_eq!(words("AvgTalkDuration (min)"), ["avg", "talk", "duration", "min"]);
        assert_eq!(words("time:timestamp"), ["time", "timestamp"]);
        assert_eq!(words("Ticket ID"), ["ticket", "id"]);
        assert_eq!(words("  "), Vec::<String>::new());
    }
}
