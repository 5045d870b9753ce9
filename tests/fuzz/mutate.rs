//! Damage that any bytes can take.

use super::random::Random;

/// Pieces that readers of text trip over.
const PIECES: [&[u8]; 22] = [
    b"\0",
    b"\r\n",
    b"\r",
    b"\n",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xc3\x28",
    "\u{202e}".as_bytes(),
    "\u{1f600}".as_bytes(),
    "\u{e9}\u{301}".as_bytes(),
    b"\x1b[31m",
    b"\"",
    b"'",
    b"\"\"\"",
    b"[",
    b"{",
    b"=",
    b".",
    b",",
    b"#",
    b"-",
    b"1e308",
];

/// Damages bytes once.
pub fn bytes(random: &mut Random, input: &mut Vec<u8>) {
    let at = random.below(input.len() + 1);
    match random.below(9) {
        0 => {
            if let Some(byte) = input.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        1 => {
            if let Some(byte) = input.get_mut(at) {
                *byte = random.next() as u8;
            }
        }
        2 => input.truncate(at),
        3 => {
            let range = random.range(input.len());
            input.drain(range);
        }
        4 => {
            let range = random.range(input.len());
            let piece = input[range].to_vec();
            input.splice(at..at, piece);
        }
        5 => {
            let ends: Vec<u8> = String::from_utf8_lossy(input).replace('\n', "\r\n").into_bytes();
            *input = ends;
        }
        6 => {
            input.splice(0..0, b"\xef\xbb\xbf".iter().copied());
        }
        _ => {
            let piece = *random.pick(&PIECES);
            input.splice(at..at, piece.iter().copied());
        }
    }
}

/// Deletes, doubles, swaps or repeats lines, or takes some of another text.
pub fn lines(random: &mut Random, input: &mut Vec<u8>, other: &[u8]) {
    let mut all: Vec<Vec<u8>> = input.split(|&b| b == b'\n').map(<[u8]>::to_vec).collect();
    let (at, to) = (random.below(all.len()), random.below(all.len()));
    match random.below(6) {
        0 => {
            all.remove(at);
        }
        1 => all.insert(to, all[at].clone()),
        2 => all.swap(at, to),
        3 => {
            let rare = if random.one_in(20) { 1_000 } else { 8 };
            let times = random.below(rare);
            let line = all[at].clone();
            all.splice(at..at, std::iter::repeat_n(line, times));
        }
        4 => {
            let end = (at + 1 + random.below(12)).min(all.len());
            all.drain(at..end);
        }
        _ => {
            let theirs: Vec<Vec<u8>> = other.split(|&b| b == b'\n').map(<[u8]>::to_vec).collect();
            let from = random.below(theirs.len());
            let end = (from + 1 + random.below(12)).min(theirs.len());
            all.splice(at..at, theirs[from..end].iter().cloned());
        }
    }
    *input = all.join(&b'\n');
}
