//! How candidate occasions are numbered: those of customers count up from 0, and those
//! that belong to no customer have ranges of their own.

/// Where the candidate numbers of detractors' posts begin: a company has 2^26 of them, 2^16 for each
/// detractor.
pub const DETRACTORS: u32 = 0x8000_0000;

/// Which of its company's detractors the candidate post is by.
#[must_use]
pub fn detractor_of(candidate: u32) -> u32 {
    candidate >> 16 & 0x3ff
}

/// Where the candidate numbers of probes begin.
pub const PROBES: u32 = 0xc000_0000;

/// Where the candidate numbers of mistakes begin: a company has 2^16 of them.
pub const MISTAKES: u32 = 0xe000_0000;

/// Which of its company's mistakes the candidate is.
#[must_use]
pub fn mistake_of(candidate: u32) -> u32 {
    candidate & 0xffff
}
