//! What the words of a company's reply show: where it sends the customer, whether it says sorry,
//! who signed it, and whether it has been said before.

use indexmap::IndexMap;

use crate::checks::hash_of;
use crate::contact::SentTo;

/// Where a reply sends the customer, if it does. A way to write in private comes before a
/// telephone, that before mail, and that before a page.
#[must_use]
pub fn sent_to(text: &str) -> Option<SentTo> {
    let words = words(text);
    let has = |phrase: &str| has(&words, phrase);
    let any = |phrases: &[&str]| phrases.iter().any(|phrase| has(phrase));
    if any(&[
        "dm",
        "dms",
        "direct message",
        "direct messages",
        "private message",
        "private messages",
        // Not "pm" alone: that is mostly the afternoon.
        "pm us",
        "a pm",
        "via pm",
        "inbox us",
    ]) {
        return Some(SentTo::PrivateMessages);
    }
    if any(&[
        "call us",
        "give us a call",
        "call our",
        "phone us",
        "ring us",
        "contact us at 1",
        "contact us on 0",
    ]) {
        return Some(SentTo::Phone);
    }
    if any(&["email us", "e mail us", "send us an email", "drop us an email", "mail us"])
        || text.split_whitespace().any(is_address)
    {
        return Some(SentTo::Mail);
    }
    let links = text.contains("http://") || text.contains("https://") || text.contains("www.");
    links.then_some(SentTo::Page)
}

fn is_address(word: &str) -> bool {
    word.split_once('@').is_some_and(|(before, after)| !before.is_empty() && after.contains('.'))
}

/// Whether a reply says sorry.
#[must_use]
pub fn apologizes(text: &str) -> bool {
    let words = words(text);
    ["sorry", "apologies", "apologize", "apologise", "apology", "we regret"]
        .iter()
        .any(|phrase| has(&words, phrase))
}

/// Who signed a reply: the letters after a `^`, `-`, `*`, `/` or `~` at its end.
#[must_use]
pub fn signature(text: &str) -> Option<&str> {
    let last = text.split_whitespace().rev().find(|word| !word.starts_with("http"))?;
    let name = last.strip_prefix(['^', '-', '*', '/', '~'])?.trim_start_matches(['^', '-']);
    let short = (1..=12).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric());
    // A number such as "-5" is not a signature.
    (short && name.contains(|c: char| c.is_ascii_alphabetic())).then_some(name)
}

/// The words of a text in lower case, without punctuation.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn has(words: &[String], phrase: &str) -> bool {
    let phrase: Vec<&str> = phrase.split(' ').collect();
    words
        .windows(phrase.len())
        .any(|window| window.iter().zip(&phrase).all(|(word, part)| word == part))
}

/// Bands of a fingerprint, and values in each.
const BANDS: usize = 4;
const IN_BAND: usize = 4;
const VALUES: usize = BANDS * IN_BAND;
/// Of the values of two fingerprints, as many as must be alike: about three quarters of the runs of
/// words that either text has are in both.
const ALIKE: usize = 12;

/// Texts, put together where their words are nearly the same: by the smallest of several hashes of
/// their runs of three words (Broder 1997), compared where a band of them is equal.
#[derive(Clone, Debug, Default)]
pub struct Copies {
    first: IndexMap<(u32, usize, u64), u32>,
    prints: Vec<[u64; VALUES]>,
}

impl Copies {
    /// The number of the group that a company's text belongs to: that of an earlier one with nearly
    /// the same words, or a new one. Names, links and numbers do not count, nor who signed.
    pub fn group(&mut self, company: u32, text: &str) -> u32 {
        let print = fingerprint(&said(text));
        let keys = std::array::from_fn::<_, BANDS, _>(|band| {
            let values = &print[band * IN_BAND..][..IN_BAND];
            let key = values.iter().fold(0, |key: u64, value| mixed(key ^ value));
            (company, band, key)
        });
        let earlier = keys.iter().filter_map(|key| self.first.get(key).copied()).find(|&group| {
            let other = &self.prints[group as usize];
            other.iter().zip(&print).filter(|(a, b)| a == b).count() >= ALIKE
        });
        let group = earlier.unwrap_or_else(|| {
            self.prints.push(print);
            (self.prints.len() - 1) as u32
        });
        for key in keys {
            self.first.entry(key).or_insert(group);
        }
        group
    }
}

/// The words that say something: not whom it is said to, by whom, links and numbers.
fn said(text: &str) -> Vec<String> {
    let signed = signature(text).map(str::to_lowercase);
    let plain = text
        .split_whitespace()
        .filter(|word| !word.starts_with(['@', '^']) && !word.starts_with("http"));
    let mut words: Vec<String> = plain.flat_map(words).collect();
    if signed.is_some() && words.last() == signed.as_ref() {
        words.pop();
    }
    words.retain(|word| !word.chars().any(|c| c.is_ascii_digit()));
    words
}

fn fingerprint(words: &[String]) -> [u64; VALUES] {
    let mut print = [u64::MAX; VALUES];
    for run in words.windows(3.min(words.len().max(1))) {
        let hash = hash_of(run.join(" ").as_bytes());
        for (at, value) in print.iter_mut().enumerate() {
            *value = (*value).min(mixed(hash ^ (at as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        }
    }
    print
}

/// Spreads a number over all numbers (the finish of SplitMix64).
fn mixed(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_show_where_they_send_the_customer() {
        for (text, to) in [
            ("@1 Please send us a DM with your number.", Some(SentTo::PrivateMessages)),
            ("@1 Click 'Message' to send a Private Message", Some(SentTo::PrivateMessages)),
            ("@1 Give us a call on 0800 123, or see https://x.y", Some(SentTo::Phone)),
            ("@1 write to care@shop.com please", Some(SentTo::Mail)),
            ("@1 See here: https://t.co/abc", Some(SentTo::Page)),
            ("@1 We called the admiral", None),
            ("@1 We are there until 5 PM", None),
            ("@1 Please pm us", Some(SentTo::PrivateMessages)),
        ] {
            assert_eq!(sent_to(text), to, "{text}");
        }
    }

    #[test]
    fn replies_show_who_signed_and_whether_they_say_sorry() {
        assert_eq!(signature("@1 We will look into it. ^AB"), Some("AB"));
        assert_eq!(signature("@1 On it -Ann https://t.co/x"), Some("Ann"));
        assert_eq!(signature("@1 On it"), None);
        assert_eq!(signature("@1 It was -5"), None);
        assert_eq!(signature(""), None);
        assert!(apologizes("@1 We're SORRY about that"));
        assert!(!apologizes("@1 Nothing to be sorted"));
    }

    #[test]
    fn what_has_been_said_before_is_known_again() {
        let mut copies = Copies::default();
        let line =
            "Hi there, thank you for getting in touch, please tell us more about what happened";
        let first = copies.group(0, &format!("@17 {line}. ^AB"));
        assert_eq!(copies.group(0, &format!("@23 {line}! ^CD")), first);
        assert_eq!(copies.group(0, &format!("@23 {line} https://t.co/x")), first);
        assert_ne!(copies.group(1, &format!("@23 {line}. ^CD")), first, "another company's");
        let other = "The next train leaves from platform nine and stops everywhere on the way";
        assert_ne!(copies.group(0, &format!("@5 {other}")), first);
        let empty = copies.group(0, "@5 https://t.co/x");
        assert_eq!(copies.group(0, "@6 https://t.co/y"), empty);
    }
}
