//! What the TOML parser says, in plain words, with what would be right.

use super::words::{code, shorten, string_text};

/// The text around the place where the parser stopped.
pub(super) struct Spot<'t> {
    /// What the parser refused; often empty.
    pub inside: &'t str,
    /// What stands before it on the line.
    pub before: &'t str,
    /// What stands from there to the end of the line.
    pub after: &'t str,
}

impl Spot<'_> {
    /// The word that begins at the place.
    fn word(&self) -> &str {
        let ends = |c: char| c.is_whitespace() || matches!(c, '=' | ',' | ']' | '}');
        self.after.split(ends).next().unwrap_or_default()
    }
}

type Phrase = (String, Option<String>);

/// The message and the help for a parser's message.
pub(super) fn phrase(message: &str, spot: &Spot<'_>) -> Phrase {
    let (what, expected) = match message.split_once(", expected ") {
        Some((what, expected)) if expected != "nothing" => (what, Some(expected)),
        Some((what, _)) => (what, None),
        None => (message, None),
    };
    let found = match what {
        "string values must be quoted" => Some(unquoted(spot)),
        "key with no value" | "missing assignment between key-value pairs" => Some(no_value(spot)),
        _ if what.starts_with("cannot extend value") => Some((
            format!(
                "{} is given a key, but is not a table",
                code(spot.word().split('.').next().unwrap_or_default())
            ),
            "give it either a value or keys of its own, not both".to_owned(),
        )),
        _ => string(what, spot)
            .or_else(|| stretch(what, spot))
            .or_else(|| number(what, spot))
            .or_else(|| structure(what, spot)),
    };
    match found {
        Some((message, help)) => (message, Some(help)),
        None => {
            let help = expected.map(|expected| format!("expected here: {expected}"));
            (format!("this is not TOML: {what}"), help)
        }
    }
}

fn unquoted(spot: &Spot<'_>) -> (String, String) {
    let text = spot.inside;
    if text.is_empty() {
        return missing_value();
    }
    let help = if text.starts_with(['“', '”', '„', '‘', '’', '«']) {
        let bare = text.trim_matches(|c| matches!(c, '“' | '”' | '„' | '‘' | '’' | '«' | '»'));
        format!("use straight quotes: {}", string_text(&shorten(bare, 40)))
    } else if let Some(percent) = text.strip_suffix('%').and_then(|text| text.parse::<f64>().ok()) {
        let share = (percent * 1e6).round() / 1e8;
        format!("write a share as a number: {share}")
    } else if text.contains(' ') && text.split(' ').all(|part| part.parse::<f64>().is_ok()) {
        format!("separate entries by commas: {}", shorten(&text.replace(' ', ", "), 40))
    } else {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        match text.get(..end).filter(|number| number.parse::<f64>().is_ok()) {
            Some(number) => {
                format!("a number stands alone, without a unit; comments begin with `#`: {number}")
            }
            None => format!("put quotes around text: {}", string_text(&shorten(text, 40))),
        }
    };
    (format!("{} is neither a number nor a quoted string", code(text)), help)
}

fn no_value(spot: &Spot<'_>) -> (String, String) {
    let key = spot.before.rsplit([',', '{']).next().unwrap_or_default().trim();
    let message = format!("{} has no value", code(key));
    let help = if key.starts_with("//") {
        "comments begin with `#`".to_owned()
    } else if let Some(key) = key.strip_suffix(':') {
        format!("write `=` instead of `:`: {}", code(&format!("{key} = ...")))
    } else if let Some((rest, _)) = spot.after.split_once('=').filter(|_| !key.is_empty()) {
        let whole = format!("{key} {}", rest.trim());
        format!("a key with spaces goes in quotes: {}", string_text(&shorten(&whole, 40)))
    } else {
        "every line is `key = value`, a `[table]` header or a `# comment`".to_owned()
    };
    (message, help)
}

fn missing_value() -> (String, String) {
    (
        "a value is missing here".to_owned(),
        "write a number, a quoted string, true, false, a [list] or a {table}".to_owned(),
    )
}

fn string(what: &str, spot: &Spot<'_>) -> Option<(String, String)> {
    let (message, help) = match what {
        "invalid basic string" | "invalid literal string" if spot.after.is_empty() => {
            ("the string is not closed", "end it with the quote it begins with, on the same line")
        }
        "invalid basic string" | "invalid literal string" => (
            "the string holds a character that may not stand in it",
            "tabs and other control characters are written as escapes, such as \\t",
        ),
        "invalid multi-line basic string" | "invalid multi-line literal string" => {
            ("the string of several lines is never closed", "end it with three quotes")
        }
        "missing escaped value" => (
            "the backslash is followed by no known escape",
            "write \\\\ for a backslash, or put the text in single quotes",
        ),
        _ => return None,
    };
    Some((message.to_owned(), help.to_owned()))
}

/// A stretch of days without its quotes, `7-21`, which the parser takes for a date or a number. It
/// stops before the stretch, or at its hyphen.
fn stretch(what: &str, spot: &Spot<'_>) -> Option<(String, String)> {
    let begun = spot.before.rsplit(|c: char| c != '.' && !c.is_ascii_digit()).next()?;
    let text = match what {
        "invalid date" => spot.word().to_owned(),
        "invalid float" => format!("{begun}{}", spot.word()),
        _ => return None,
    };
    let is_day = |part: &str| part.parse::<f64>().is_ok_and(|day| day >= 0.0);
    let (from, to) = text.split_once('-')?;
    (is_day(from) && is_day(to)).then(|| {
        (
            format!("{} is neither a number nor a date", code(&text)),
            format!("a stretch of days goes in quotes: {}", string_text(&text)),
        )
    })
}

fn number(what: &str, spot: &Spot<'_>) -> Option<(String, String)> {
    let word = code(spot.word());
    Some(match what {
        "unexpected leading zero" => {
            let number = spot.word().trim_start_matches(['+', '-', '0', '_']);
            (format!("{word} begins with a zero too many"), format!("write {}", code(number)))
        }
        "invalid mantissa" | "invalid fraction" => (
            "the decimal point lacks digits on one side".to_owned(),
            "write 0.5 rather than .5, and 5.0 rather than 5.".to_owned(),
        ),
        "invalid boolean" => (
            format!("{word} is not a value"),
            "write `true` or `false` in small letters, or put quotes around text".to_owned(),
        ),
        _ => return None,
    })
}

fn structure(what: &str, spot: &Spot<'_>) -> Option<(String, String)> {
    let word = code(if spot.inside.is_empty() { spot.word() } else { spot.inside });
    let header = "a header is `[table]` for one table, `[[table]]` for an entry of a list";
    let (message, help) = match what {
        "duplicate key" => (
            format!("{word} is given twice"),
            "keep one of the two; the keys of a table stand together under one header",
        ),
        "missing value for key" | "missing value" => return Some(missing_value()),
        "unexpected key or value" if spot.before.starts_with('[') => {
            ("there is more on this line than a header".to_owned(), header)
        }
        "unexpected key or value" => (
            "there is more on this line than one value".to_owned(),
            "decimals take a point: 1.5; several values are a list: [1, 5]",
        ),
        "unclosed array" => {
            ("the list is never closed".to_owned(), "put a `]` after its last entry")
        }
        "unclosed inline table" => {
            ("the `{` is never closed".to_owned(), "put a `}` after the table's last entry")
        }
        "unclosed table" | "unclosed array table" if spot.after.trim_end().ends_with(']') => (
            "the table header is not a dotted key in brackets".to_owned(),
            "parts are joined by dots, and names with spaces quoted: [team.\"front desk\"]",
        ),
        "unclosed table" | "unclosed array table" => {
            ("the table header is not closed".to_owned(), header)
        }
        "missing comma between array elements" => (
            format!("a comma, or the list's closing `]`, is missing before {word}"),
            "a list is `[1, 2, 3]`",
        ),
        "missing comma between key-value pairs" | "extra assignment between key-value pairs" => (
            "a comma is missing between the entries of this table".to_owned(),
            "write `{ a = 1, b = 2 }`",
        ),
        "extra comma in array" | "extra comma in inline table" => {
            ("there is a comma too many".to_owned(), "one comma between two entries")
        }
        "extra `=`" => ("there is an `=` too many".to_owned(), "every line is `key = value`"),
        "unquoted keys cannot be empty" | "invalid key-value pair" => {
            ("a key is missing here".to_owned(), "every line is `key = value`")
        }
        "invalid unquoted key" => (
            format!("{word} may not stand in a key without quotes"),
            "keys are letters from a to z, digits, `_` and `-`; quote others: \"front desk\"",
        ),
        _ => return None,
    };
    Some((message, help.to_owned()))
}

#[cfg(test)]
mod tests;
