//! A file of edges. A first line such as `# 40` says how many people there are.

use std::io::Write;
use std::path::Path;

use base16ct::lower::encode_string as hexadecimal;
use heard_contacts::files::Disk;
use heard_scenario::edges::Edges;
use heard_scenario::source::{Sources, render};
use sha2::{Digest, Sha256};

use super::driver::{Pool, Target, fuzz, shape};
use super::mutate;
use super::random::Random;

/// People of one input, at the most: for each there is memory to be cleared.
const MOST_PEOPLE: u32 = 100_000;

const NUMBERS: [&str; 18] = [
    "0",
    "1",
    "2",
    "3",
    "7",
    "99",
    "00",
    "007",
    "-1",
    "+1",
    "1.0",
    "1e3",
    "4294967295",
    "4294967296",
    "18446744073709551616",
    "",
    " 5 ",
    "\u{0663}",
];

struct List;

impl Target for List {
    const NAME: &'static str = "edges";
    const ENDING: &'static str = "csv";

    fn seeds(&self) -> Vec<Vec<u8>> {
        let ring = (0..40).map(|who| format!("{who},{}\n", (who + 1) % 40)).collect::<String>();
        let texts = [
            "# 10\nfollowed,follower\n3,4\n4,3\n",
            "# 100\n# ours\n\n17,4\n 18 , 4 \r\n",
            "# 100000\n99999,0\n",
            "# 1\n0,0\n",
            "# 0\n0,1\n",
            "# 5\n0,1\n0,1\n",
            "# 2\n",
        ];
        texts
            .iter()
            .map(|text| (*text).to_owned())
            .chain([format!("# 40\n{ring}")])
            .map(String::into_bytes)
            .collect()
    }

    fn mutate(&self, random: &mut Random, pool: &Pool) -> Vec<u8> {
        let mut input = pool.pick(random).clone();
        let changes = [1, 1, 2, 3, 6];
        for _ in 0..*random.pick(&changes) {
            match random.below(6) {
                0 => mutate::bytes(random, &mut input),
                1 => {
                    let other = pool.pick(random);
                    mutate::lines(random, &mut input, other);
                }
                2 => {
                    let people = random.pick(&["# 0", "# 1", "# 2", "# 10", "# 100", "# 1000"]);
                    let rest = input.iter().position(|&b| b == b'\n').unwrap_or(input.len());
                    input.splice(..rest, people.bytes());
                }
                3 => {
                    let line = "1".repeat(random.below(5_000));
                    input.extend(line.bytes());
                }
                4 => {
                    let count = random.below(300);
                    let people = 1 + random.below(100);
                    for _ in 0..count {
                        let (one, two) = (random.below(people), random.below(people));
                        writeln!(input, "{one},{two}").unwrap();
                    }
                }
                _ => {
                    let (one, two) = (random.pick(&NUMBERS), random.pick(&NUMBERS));
                    let between = random.pick(&[",", ",", ",", ";", "\t", ",,", " , "]);
                    input.extend(format!("{one}{between}{two}\n").bytes());
                }
            }
        }
        input
    }

    fn read(&mut self, input: &[u8], file: &Path) -> String {
        let people = people(input);
        let mut sources = Sources::new();
        match Edges::read(file, people, &Disk, &mut sources) {
            Ok(edges) => {
                holds(&edges, people, input);
                format!("accepted: {}", edges.rows().1.len().ilog2())
            }
            Err(problem) => {
                let shown = render(&problem, &sources, false);
                let name = file.file_name().unwrap().to_string_lossy().into_owned();
                assert!(problem.message.len() > 5 && shown.contains(&name), "{shown:?}");
                assert!(problem.help.is_some(), "no word on what would be right: {shown:?}");
                assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{shown:?}");
                assert!(shown.len() < 10_000, "an error of {} bytes", shown.len());
                format!("refused: {}", shape(&shape_of_numbers(&problem.message)))
            }
        }
    }
}

/// How many people the first line speaks of.
fn people(input: &[u8]) -> u32 {
    let line = input.split(|&b| b == b'\n').next().unwrap_or_default();
    let said = std::str::from_utf8(line).ok().and_then(|line| line.strip_prefix("# "));
    said.and_then(|said| said.trim().parse().ok()).unwrap_or(100).min(MOST_PEOPLE)
}

fn shape_of_numbers(message: &str) -> String {
    message.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).collect()
}

/// What was accepted is what the file says: nobody is out of range, follows themselves, or follows
/// somebody twice.
fn holds(edges: &Edges, people: u32, text: &[u8]) {
    let (starts, followers) = edges.rows();
    assert_eq!(starts.len(), people as usize + 1);
    assert_eq!((starts[0], starts[people as usize]), (0, followers.len()));
    assert!(starts.is_sorted());
    assert!(followers.iter().all(|&who| who < people), "a customer out of range");
    let unmarked = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let lines = unmarked.split(|&b| b == b'\n').filter(|line| line.contains(&b','));
    let said = lines.filter(|line| !line.trim_ascii_start().starts_with(b"#")).count();
    assert!(followers.len() == said || followers.len() + 1 == said, "{said} lines");
    for who in 0..people as usize {
        let row = &followers[starts[who]..starts[who + 1]];
        assert!(row.windows(2).all(|pair| pair[0] < pair[1]), "{row:?}");
        assert!(!row.contains(&(who as u32)), "{who} follows themselves");
    }
    assert_eq!(edges.sha256(), hexadecimal(&Sha256::digest(text)));
}

#[test]
fn any_bytes_are_read_as_edges_or_refused_with_reason() {
    fuzz(List);
}
