//! The two scenarios, and variants of them.

use toml::Table;

/// An inbox in public, one in private, and a phone.
pub const INBOX_AND_PHONE: &str = include_str!("inbox-and-phone.toml");
/// Email near capacity, and a forum to which failed attempts are taken.
pub const EMAIL_WITH_ESCALATION: &str = include_str!("email-with-escalation.toml");

/// A scenario with other values at keys such as `reaction.envy`.
pub fn varied(scenario: &str, changes: &[(&str, &str)]) -> String {
    let mut table: Table = scenario.parse().expect("a table");
    for (key, value) in changes {
        let wanted: Table = format!("it = {value}").parse().expect("a value");
        let (sections, last) = key.rsplit_once('.').expect("a section and a key");
        let mut section = &mut table;
        for name in sections.split('.') {
            section = section[name].as_table_mut().expect("a section");
        }
        let old = section.insert(last.to_owned(), wanted["it"].clone());
        assert!(old.is_some(), "{key} is not in the scenario");
    }
    table.to_string()
}
