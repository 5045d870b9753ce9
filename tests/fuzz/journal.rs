//! The journal of a run that goes on: whatever happened to it, no row is made up, bent or lost.

use std::fs;
use std::path::Path;

use heard_lab::experiment::journal::{Journal, JournalError, count};

use super::driver::{Pool, Target, fuzz, shape};
use super::mutate;
use super::random::Random;

/// What the journal is said to be of.
const HASH: &str = "0123456789abcdef";

/// Numbers in a row.
const ROW: usize = 3;

/// Bytes of a record.
const RECORD: usize = 8 + ROW * 8 + 4;

const VALUES: [f64; 8] = [0.0, -0.0, 1.5, f64::NAN, f64::INFINITY, f64::MIN_POSITIVE, -1e308, 0.1];

struct Bytes;

fn head(hash: &str, row: usize) -> Vec<u8> {
    format!("heard-journal 1 {hash} {row}\n").into_bytes()
}

/// A whole record of any numbers.
fn record(index: u64, random: &mut Random) -> Vec<u8> {
    let mut record = index.to_le_bytes().to_vec();
    (0..ROW).for_each(|_| record.extend(random.pick(&VALUES).to_le_bytes()));
    record.extend(crc32fast::hash(&record).to_le_bytes());
    record
}

/// The rows that were written and are intact, from the first on without a gap; `None` where the
/// journal is of something else. Written a second time here, to hold the reader to it.
fn intact(bytes: &[u8]) -> Option<Vec<Vec<u64>>> {
    let head = head(HASH, ROW);
    if head.starts_with(bytes) {
        // The first line was being written when the run died.
        return Some(Vec::new());
    }
    let body = bytes.strip_prefix(&head[..])?;
    let mut rows = Vec::new();
    for (index, record) in body.chunks_exact(RECORD).enumerate() {
        let (said, sum) = record.split_at(RECORD - 4);
        if crc32fast::hash(said).to_le_bytes() != sum || said[..8] != (index as u64).to_le_bytes() {
            break;
        }
        let numbers = said[8..].chunks_exact(8);
        rows.push(numbers.map(|bytes| u64::from_le_bytes(bytes.try_into().unwrap())).collect());
    }
    Some(rows)
}

impl Target for Bytes {
    const NAME: &'static str = "journal";
    const ENDING: &'static str = "bin";

    fn seeds(&self) -> Vec<Vec<u8>> {
        let mut random = Random::new(3);
        let mut journal = |rows: u64| {
            let rows = (0..rows).flat_map(|index| record(index, &mut random)).collect::<Vec<_>>();
            [head(HASH, ROW), rows].concat()
        };
        vec![journal(0), journal(1), journal(2), journal(9), journal(40), head(HASH, 4), Vec::new()]
    }

    fn mutate(&self, random: &mut Random, pool: &Pool) -> Vec<u8> {
        let mut input = pool.pick(random).clone();
        let start = head(HASH, ROW).len().min(input.len());
        let changes = [1, 1, 2, 3];
        for _ in 0..*random.pick(&changes) {
            let start = start.min(input.len());
            let whole = (input.len() - start) / RECORD;
            let at = start + random.below(whole + 1) * RECORD;
            match random.below(11) {
                0 => mutate::bytes(random, &mut input),
                1 => input.truncate(random.below(input.len() + 1)),
                2 | 3 => input.splice(at..at, record(whole as u64, random)).for_each(drop),
                4 => input.extend(record(whole as u64, random)),
                5 if whole > 0 => {
                    input.drain(at.min(input.len() - RECORD)..).take(RECORD).for_each(drop)
                }
                6 => {
                    let index = *random.pick(&[0, 1, u64::MAX, 1 << 32, whole as u64 + 1]);
                    input.extend(record(index, random));
                }
                7 => {
                    let garbage = random.below(3 * RECORD);
                    (0..garbage).for_each(|_| input.push(random.next() as u8));
                }
                8 => {
                    let zeros = random.below(4 * RECORD);
                    input.extend(vec![0; zeros]);
                }
                9 if random.one_in(8) => {
                    let row = *random.pick(&[0, 2, 4, usize::MAX]);
                    let hash = *random.pick(&[HASH, "", "0123456789abcdee"]);
                    input.splice(..start, head(hash, row));
                }
                _ => {
                    // A bit of the records, not of the line above them.
                    let place = start + random.below(input.len() - start + 1);
                    if let Some(byte) = input.get_mut(place) {
                        *byte ^= 1 << random.below(8);
                    }
                }
            }
        }
        input
    }

    fn read(&mut self, input: &[u8], file: &Path) -> String {
        let expected = intact(input);
        let counted = count(file, HASH, ROW);
        assert!(fs::read(file).unwrap() == input, "counting changed the journal");
        let mut rows: Vec<Vec<u64>> = Vec::new();
        let opened = Journal::open(file, HASH, ROW, |row| {
            rows.push(row.iter().map(|value| value.to_bits()).collect());
        });
        assert_eq!(counted.is_ok(), opened.is_ok(), "counting and opening differ");
        let whole = expected.as_ref().map_or(0, Vec::len);
        assert!(rows[..] == expected.clone().unwrap_or_default()[..rows.len().min(whole)]);
        assert!(rows.len() <= whole, "{} rows of {whole} intact ones", rows.len());
        let kept = fs::read(file).unwrap();
        match opened {
            Err(error) => {
                refused(&error, expected.is_some(), input, whole, file);
                assert!(kept == input, "a journal that was refused has changed");
                format!("refused: {}", shape(&error.to_string().replace(&name(file), "")))
            }
            Ok(mut journal) => {
                assert!(expected.is_some(), "a journal of something else was opened");
                assert_eq!((rows.len(), counted.unwrap()), (whole, whole));
                let head = head(HASH, ROW);
                let rows = input.get(head.len()..head.len() + whole * RECORD).unwrap_or_default();
                assert!(kept == [&head, rows].concat());
                journal.append(whole as u32, &[0.5, f64::NAN, -0.0]).unwrap();
                assert_eq!(count(file, HASH, ROW).unwrap(), whole + 1);
                format!("accepted: {} {}", whole, input.len() > kept.len() + RECORD)
            }
        }
    }
}

/// Only what is of something else, or damaged, is refused, and by name.
fn refused(error: &JournalError, ours: bool, input: &[u8], whole: usize, file: &Path) {
    let text = error.to_string();
    assert!(text.contains(&name(file)) && text.len() > name(file).len() + 10, "{text}");
    let damaged = input.len() > head(HASH, ROW).len() + whole * RECORD;
    assert!(!ours || damaged, "an intact journal was refused: {text}");
}

fn name(file: &Path) -> String {
    file.display().to_string()
}

#[test]
fn any_bytes_are_read_as_a_journal_up_to_the_damage_or_refused() {
    fuzz(Bytes);
}
