//! The pieces that a written time is made of.

/// Pieces that a time may have.
const MOST: usize = 24;

/// A piece of a written time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Digits.
    Number(Number),
    /// Letters, and full stops among them: where they begin and end.
    Word(u8, u8),
    /// Any other character but a blank.
    Sign(u8),
}

/// Digits of a written time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// What they say.
    pub value: u64,
    /// How many they are.
    pub digits: u8,
    /// Whether a blank stands before them.
    pub apart: bool,
}

/// The pieces of a written time.
pub(super) struct Tokens<'a> {
    text: &'a [u8],
    tokens: [Token; MOST],
    len: usize,
}

impl<'a> Tokens<'a> {
    /// Takes a text apart; `None` where it has more pieces than a time has.
    pub fn of(text: &'a [u8]) -> Option<Self> {
        if text.len() > usize::from(u8::MAX) {
            return None;
        }
        let mut all = Self { text, tokens: [Token::Sign(0); MOST], len: 0 };
        let (mut at, mut apart) = (0, false);
        while let Some(&byte) = text.get(at) {
            let start = at;
            if let Some(blank) = blank(&text[at..]) {
                at += blank;
                apart = true;
                continue;
            }
            if byte.is_ascii_digit() {
                let mut value: u64 = 0;
                while let Some(digit) = text.get(at).filter(|byte| byte.is_ascii_digit()) {
                    value = value.checked_mul(10)?.checked_add(u64::from(digit - b'0'))?;
                    at += 1;
                }
                let digits = u8::try_from(at - start).ok()?;
                all.push(Token::Number(Number { value, digits, apart }))?;
            } else if is_letter(byte) {
                while let Some(&byte) = text.get(at) {
                    let joins = byte == b'.' && text.get(at + 1).copied().is_some_and(is_letter);
                    if !is_letter(byte) && !joins || blank(&text[at..]).is_some() {
                        break;
                    }
                    at += 1;
                }
                all.push(Token::Word(u8::try_from(start).ok()?, u8::try_from(at).ok()?))?;
            } else {
                at += 1;
                all.push(Token::Sign(byte))?;
            }
            apart = false;
        }
        Some(all)
    }

    fn push(&mut self, token: Token) -> Option<()> {
        *self.tokens.get_mut(self.len)? = token;
        self.len += 1;
        Some(())
    }

    /// The piece at a place.
    pub fn get(&self, at: usize) -> Option<Token> {
        self.tokens[..self.len].get(at).copied()
    }

    /// The number at a place.
    pub fn number(&self, at: usize) -> Option<Number> {
        match self.get(at) {
            Some(Token::Number(number)) => Some(number),
            _ => None,
        }
    }

    /// Whether a sign stands at a place.
    pub fn is_sign(&self, at: usize, sign: u8) -> bool {
        self.get(at) == Some(Token::Sign(sign))
    }

    /// The word at a place, folded.
    pub fn word(&self, at: usize) -> Option<String> {
        match self.get(at) {
            Some(Token::Word(from, to)) => {
                let word = self.text.get(usize::from(from)..usize::from(to))?;
                Some(crate::fold::folded(std::str::from_utf8(word).ok()?))
            }
            _ => None,
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }
}

/// The length of the blank that a text begins with: ASCII, or one of those that spreadsheets put
/// before AM and PM.
fn blank(text: &[u8]) -> Option<usize> {
    match text {
        [b' ' | b'\t' | b'\r' | b'\n', ..] => Some(1),
        [0xc2, 0xa0, ..] => Some(2),
        [0xe2, 0x80, 0xaf, ..] => Some(3),
        _ => None,
    }
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte >= 0x80
}
