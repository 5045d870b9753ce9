//! What reading a file of edges promises.

use std::fs;

use heard_contacts::files::Disk;

use super::*;

/// Reads a text for as many people; an error is rendered, the folder taken out.
fn read(text: impl AsRef<[u8]>, people: u32) -> Result<Edges, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("edges.csv");
    fs::write(&path, text).unwrap();
    let mut sources = Sources::new();
    Edges::read(&path, people, &Disk, &mut sources).map_err(|problem| {
        let folder = format!("{}/", folder.path().display());
        problem.diagnostic(&sources).render(false).replace(&folder, "")
    })
}

fn followers(edges: &Edges, who: usize) -> &[u32] {
    let (starts, followers) = edges.rows();
    &followers[starts[who]..starts[who + 1]]
}

fn assert_refused(text: impl AsRef<[u8]>, says: &[&str]) {
    let error = read(text, 100).unwrap_err();
    assert_eq!(error.matches("error:").count(), 1, "{error}");
    let mut rest = error.as_str();
    for part in says {
        let at = rest.find(part).unwrap_or_else(|| panic!("`{part}` is missing in\n{error}"));
        rest = &rest[at..];
    }
}

#[test]
fn edges_come_in_rows_whatever_the_order_of_the_lines() {
    let edges = read("3,1\n0,2\n3,0\n0,1\n", 5).unwrap();
    let rows: Vec<&[u32]> = (0..5).map(|who| followers(&edges, who)).collect();
    assert_eq!(rows, [&[1, 2][..], &[], &[], &[0, 1], &[]]);
    assert_eq!(edges.rows(), read("0,1\n0,2\n3,0\n3,1", 5).unwrap().rows());
}

#[test]
fn header_comments_blank_lines_and_line_ends_change_nothing() {
    let plain = read("1,0\n2,0\n", 3).unwrap();
    for text in [
        "followed,follower\n1,0\n2,0\n",
        "# of 2011\n\n followed , follower \r\n1, 0\r\n\r\n  # and\n 2,0",
        "\u{feff}followed,follower\n1,0\n2,0\n",
        "\u{feff}1,0\n2,0\n",
        "01,0\n2,00\n",
    ] {
        assert_eq!(read(text, 3).unwrap().rows(), plain.rows(), "{text}");
    }
}

#[test]
fn the_hash_is_that_of_the_file() {
    let edges = read("1,0\n", 2).unwrap();
    assert_eq!(edges.sha256(), hexadecimal(&Sha256::digest(b"1,0\n")));
    assert_ne!(edges.sha256(), read("1,0", 2).unwrap().sha256());
}

#[test]
fn a_line_that_is_not_two_whole_numbers_is_shown() {
    let says = |line: usize| {
        ["not two whole numbers", "edges.csv:", "such as `17,4`"]
            .map(|part| part.replace("csv:", &format!("csv:{line}:")))
    };
    for bad in
        ["1", "1;2", "1,2,3", "a,2", "1,", ",", "-1,2", "1.5,2", "+1,2", "1 2", "\"1\",\"2\""]
    {
        let text = format!("followed,follower\n3,4\n\n{bad}\n5,6\n");
        let parts = says(4);
        assert_refused(text, &[&parts[0], &parts[1], bad, &parts[2]]);
    }
    let parts = says(2);
    let parts = parts.each_ref().map(String::as_str);
    assert_refused("1,2\nfollowed,follower\n", &parts);
    assert_refused(b"1,2\n\xff\xfe,3\n", &parts);
    assert_refused("1,2\n1,2 # a friend\n", &parts);
    assert_refused(b"1,2\n\0\0\0\n", &parts);
}

#[test]
fn customers_who_do_not_exist_are_named() {
    let last = "customers are numbered from 0 to 99";
    assert_refused("1,2\n100,3\n", &["no customer 100 among 100", "edges.csv:2:", "100,3", last]);
    assert_refused("3,99\n3,4294967296\n", &["no customer 4294967296", "edges.csv:2:", last]);
    let endless = format!("3,{}\n", "9".repeat(3_000));
    assert_refused(endless, &["no customer 99999999999999999999 among", "edges.csv:1:", last]);
}

#[test]
fn nobody_follows_themselves() {
    let says = ["customer 7 cannot follow themselves", "edges.csv:3:1", "7,7", "remove this line"];
    assert_refused("# x\n1,2\n7,7\n", &says);
}

#[test]
fn an_edge_that_stands_twice_names_both_lines() {
    let says = ["customer 4 already follows customer 3, by line 2", "edges.csv:5:", "3,4"];
    assert_refused("9,8\n3,4\n\n4,3\n3,4\n9,8\n3,4\n", &says);
}

#[test]
fn a_file_without_edges_is_refused() {
    for text in ["", "\n\n", "followed,follower\n", "# nobody\n", "\u{feff}"] {
        assert_refused(text, &["edges.csv has no edges", "such as `17,4`"]);
    }
}

#[test]
fn a_line_without_end_is_not_read_to_its_end() {
    let says = ["longer than 4096 bytes", "edges.csv:2:"];
    assert_refused(format!("1,2\n#{}", "x".repeat(10_000_000)), &says);
}

#[test]
fn a_path_that_is_no_file_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |name: &str| {
        Edges::read(&folder.path().join(name), 9, &Disk, &mut Sources::new()).unwrap_err()
    };
    assert!(refused("no.csv").message.starts_with("there is no file "));
    assert!(refused("").message.ends_with("is not a file of edges"));
    assert!(refused("no.csv").place.is_none());
}

/// Twenty million edges, the most that are read. `cargo test --release --lib edges -- --ignored`
#[test]
#[ignore = "a measurement"]
fn the_most_edges() {
    let line =
        |edge: usize| format!("{},{}\n", edge * 7_919 % 1_000_000, 1_000_000 + edge / 1_000_000);
    let text: String = (0..MOST_EDGES).map(line).collect();
    let clock = std::time::Instant::now();
    let edges = read(&text, 2_000_000).unwrap();
    println!("{} edges in {:?}", edges.rows().1.len(), clock.elapsed());
    let more = text + &line(MOST_EDGES);
    assert!(read(more, 2_000_000).unwrap_err().contains("this is edge 20000001"));
}
