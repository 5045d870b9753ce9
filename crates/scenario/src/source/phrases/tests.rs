//! Every common slip and the words it gets.

use crate::source::Sources;
use crate::source::parse;

/// The text refused with this message and this help.
#[track_caller]
fn says(text: &str, message: &str, help: &str) {
    let mut sources = Sources::new();
    let number = sources.add_text("a.toml", text);
    let problem = parse(&sources, number).unwrap_err();
    assert_eq!(problem.message, message);
    assert_eq!(problem.help.as_deref(), Some(help));
}

#[test]
fn values_that_are_not_toml_come_back_as_toml() {
    let nor = |text: &str| format!("`{text}` is neither a number nor a quoted string");
    says("a = hello", &nor("hello"), "put quotes around text: \"hello\"");
    says("a = “b”", &nor("“b”"), "use straight quotes: \"b\"");
    says("a = 80%", &nor("80%"), "write a share as a number: 0.8");
    says("a = [1 2]", &nor("1 2"), "separate entries by commas: 1, 2");
    let alone = "a number stands alone, without a unit; comments begin with `#`: 3";
    says("a = 3 days", &nor("3 days"), alone);
    says("a = 3 // b", &nor("3 // b"), alone);
    says("a = 07", "`07` begins with a zero too many", "write `7`");
    let point = "write 0.5 rather than .5, and 5.0 rather than 5.";
    says("a = .5", "the decimal point lacks digits on one side", point);
    says("a = 5.", "the decimal point lacks digits on one side", point);
    let small = "write `true` or `false` in small letters, or put quotes around text";
    says("a = True", "`True` is not a value", small);
    let decimals = "decimals take a point: 1.5; several values are a list: [1, 5]";
    says("a = 1,5", "there is more on this line than one value", decimals);
    let write = "write a number, a quoted string, true, false, a [list] or a {table}";
    says("a =", "a value is missing here", write);
}

#[test]
fn a_stretch_of_days_without_quotes_is_shown_with_them() {
    for days in ["7-21", "14-76", "289-351", "1.5-8", "2-8.5", "0-0.5"] {
        for text in [format!("a = {days}"), format!("w = {{ a = {days} }}")] {
            let message = format!("`{days}` is neither a number nor a date");
            says(&text, &message, &format!("a stretch of days goes in quotes: \"{days}\""));
        }
    }
}

#[test]
fn lines_that_are_not_key_and_value_say_what_a_line_is() {
    let line = "every line is `key = value`, a `[table]` header or a `# comment`";
    says("title\n", "`title` has no value", line);
    says("x: 3\n", "`x:` has no value", "write `=` instead of `:`: `x = ...`");
    says("// c\n", "`//` has no value", "comments begin with `#`");
    let quotes = "a key with spaces goes in quotes: \"front desk\"";
    says("front desk = 3\n", "`front` has no value", quotes);
    says("= 3\n", "a key is missing here", "every line is `key = value`");
    let twice = "keep one of the two; the keys of a table stand together under one header";
    says("[run]\na = 1\n[run]\n", "`run` is given twice", twice);
    let either = "give it either a value or keys of its own, not both";
    says("a = 1\na.b = 2\n", "`a` is given a key, but is not a table", either);
}

#[test]
fn what_is_not_closed_says_how_to_close_it() {
    says(
        "a = \"b\n",
        "the string is not closed",
        "end it with the quote it begins with, on the same line",
    );
    says(
        "a = \"\"\"b\n",
        "the string of several lines is never closed",
        "end it with three quotes",
    );
    says("a = [1, 2", "the list is never closed", "put a `]` after its last entry");
    says(
        "a = [1, 2\nb = 3",
        "a comma, or the list's closing `]`, is missing before `b`",
        "a list is `[1, 2, 3]`",
    );
    says("a = { b = 1\n", "the `{` is never closed", "put a `}` after the table's last entry");
    says(
        "a = { b = 1 c = 2 }",
        "a comma is missing between the entries of this table",
        "write `{ a = 1, b = 2 }`",
    );
    let header = "a header is `[table]` for one table, `[[table]]` for an entry of a list";
    says("[[run]\n", "the table header is not closed", header);
    let parts = "parts are joined by dots, and names with spaces quoted: [team.\"front desk\"]";
    says("[team care]\n", "the table header is not a dotted key in brackets", parts);
}

#[test]
fn what_has_no_phrase_of_its_own_keeps_the_words_of_the_parser() {
    says(
        "a = 2024-13-01",
        "this is not TOML: invalid date",
        "expected here: month between 01 and 12",
    );
}
