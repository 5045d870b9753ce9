//! What a mutant is: one spot of the source and what stands there instead.

/// What part of the source a mutant changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// All that a function does, where it promises only a trait of what it returns.
    Whole,
    /// The start of a function's body, where it returns at once.
    Head,
    /// The guard of an arm, or where it would stand.
    Guard,
    /// An expression.
    Expression,
}

/// One change to the source.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// The file, from the root of the repository.
    pub file: String,
    /// Line of the change, from 1.
    pub line: usize,
    /// The function, with its type.
    pub function: String,
    /// The change in words.
    pub change: String,
    /// Tells apart changes of one function that read the same, from 1 in the order of the source.
    pub ordinal: usize,
    /// What is changed.
    pub part: Part,
    /// First byte of what is changed.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// What stands there instead; `None` for an arm that is never taken.
    pub text: Option<String>,
}

impl Mutant {
    /// Names the mutant whatever else changes in the file.
    pub fn key(&self) -> String {
        let key = format!("{}: {}: {}", self.file, self.function, self.change);
        if self.ordinal > 1 { format!("{key} ({})", self.ordinal) } else { key }
    }

    /// The crate that it is in, such as `heard_world`.
    pub fn package(&self) -> String {
        let name = self.file.strip_prefix("crates/").and_then(|path| path.split('/').next());
        format!("heard_{}", name.unwrap_or_default())
    }
}

/// A number that depends on all of the text (FNV-1a, its bits then mixed).
pub fn hash(text: &str, seed: u64) -> u64 {
    let mut value = 0xcbf2_9ce4_8422_2325 ^ seed;
    for byte in text.bytes() {
        value = (value ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}
