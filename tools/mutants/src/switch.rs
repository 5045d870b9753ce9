//! Copied into `heard-math` under test: says which mutant is switched on.

use std::io::Write;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// The mutant that the environment asks for; 0 if none.
fn active() -> u32 {
    static ACTIVE: OnceLock<u32> = OnceLock::new();
    *ACTIVE.get_or_init(|| {
        std::env::var("MUTANT").ok().and_then(|number| number.parse().ok()).unwrap_or(0)
    })
}

/// Whether this mutant is switched on.
#[inline]
pub fn is(number: u32) -> bool {
    match active() {
        0 => note(number),
        active => active == number,
    }
}

/// With no mutant switched on, notes which places the tests reach, if the environment asks for it.
#[cold]
fn note(number: u32) -> bool {
    static SEEN: [AtomicBool; 8192] = [const { AtomicBool::new(false) }; 8192];
    if !SEEN[number as usize].swap(true, Ordering::Relaxed)
        && let Ok(path) = std::env::var("MUTANTS_REACHED")
        && let Ok(mut file) = std::fs::OpenOptions::new().append(true).create(true).open(path)
    {
        file.write_all(format!("{number}\n").as_bytes()).unwrap_or_default();
    }
    false
}

/// One of two iterators.
#[derive(Clone)]
pub enum Either<A, B> {
    /// The mutant's.
    Mutated(A),
    /// The program's.
    Original(B),
}

impl<T, A: Iterator<Item = T>, B: Iterator<Item = T>> Iterator for Either<A, B> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        match self {
            Self::Mutated(one) => one.next(),
            Self::Original(one) => one.next(),
        }
    }
}
