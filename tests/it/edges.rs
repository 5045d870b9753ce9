//! Files of edges: found beside the scenario, part of what a run is, and refused with one message.

use heard_contacts::files::{Disk, Files, Memory};
use heard_scenario::study::{Request, Study};

use crate::bad_input::refused;
use crate::program::{Desk, SMALL};

const HEADLINE: &str = "[customers]\n";

/// The bundled scenario with a network.
fn with_network(desk: &Desk, network: &str) -> &'static str {
    desk.changed(HEADLINE, &format!("[network]\n{network}\n\n{HEADLINE}"))
}

fn refused_network(network: &str, says: &[&str]) {
    let desk = Desk::new();
    let file = with_network(&desk, network);
    refused(&desk, file, &SMALL, says);
}

fn refused_edges(edges: &str, says: &[&str]) {
    let desk = Desk::new();
    let file = with_network(&desk, "kind = \"edges\"\nfile = \"edges.csv\"");
    desk.write("edges.csv", edges);
    refused(&desk, file, &SMALL, says);
}

#[test]
fn a_line_that_is_wrong_is_shown_with_its_file_and_number() {
    refused_edges(
        "followed,follower\n3,4\n3;5\n",
        &["not two whole numbers", "edges.csv:3:1", "3 | 3;5", "help: write `followed,follower`"],
    );
    refused_edges(
        "# ours\n\n3,200\n",
        &["no customer 200 among 200", "edges.csv:3:1", "numbered from 0 to 199"],
    );
    refused_edges("3,4\n7,7\n", &["customer 7 cannot follow themselves", "edges.csv:2:1"]);
    refused_edges(
        "3,4\n4,3\n3,4\n",
        &["customer 4 already follows customer 3, by line 1", "edges.csv:3:1", "remove one"],
    );
}

#[test]
fn a_file_without_edges_or_no_file_at_all_points_at_the_scenario() {
    refused_edges("# nobody\n", &["edges.csv has no edges", "mine.toml:", "file = \"edges.csv\""]);
    refused_network(
        "kind = \"edges\"\nfile = \"ties.csv\"",
        &["there is no file ties.csv", "mine.toml:", "file = \"ties.csv\""],
    );
    refused_network(
        "kind = \"edges\"\nfile = \".\"",
        &["is not a file of edges", "mine.toml:", "name a text file"],
    );
}

#[test]
fn a_file_and_the_kind_edges_go_together() {
    refused_network(
        "kind = \"edges\"",
        &["`kind = \"edges\"` needs a file", "mine.toml:", "write `file = \"edges.csv\"`"],
    );
    refused_network(
        "kind = \"small-world\"\nfile = \"edges.csv\"",
        &["network.file: only `kind = \"edges\"` reads a file", "mine.toml:", "take `file` out"],
    );
}

#[test]
fn nobody_has_more_followers_than_there_are_others() {
    refused_network(
        "kind = \"heavy-tailed\"\nmean_degree = 200",
        &["nobody can have 200 followers among 200 customers", "mine.toml:", "mean_degree = 199"],
    );
    let desk = Desk::new();
    let file = with_network(&desk, "kind = \"small-world\"\nmean_degree = 10_000");
    let more = ["--set", "customers.count=100_000"];
    refused(&desk, file, &more, &["more ties than", "write `mean_degree = 2000` or less"]);
}

#[test]
fn a_network_needs_customers() {
    let desk = Desk::new();
    let file = with_network(&desk, "kind = \"heavy-tailed\"");
    let stream = "stream.calls={ channel = \"email\", per_hour = 1.0 }";
    let more = ["--set", "customers.count=0", "--set", stream];
    refused(&desk, file, &more, &["no customers who could follow each other", "mine.toml:"]);
}

#[test]
fn a_bundled_scenario_has_no_folder_to_look_in() {
    let desk = Desk::new();
    desk.write("edges.csv", "3,4\n");
    refused(
        &desk,
        "listening-vs-responding",
        &["--set", "network={ kind = \"edges\", file = \"edges.csv\" }"],
        &["lies in no folder", "--set", "heard new mine.toml --from listening-vs-responding"],
    );
}

#[test]
fn the_file_is_found_from_where_the_scenario_lies() {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.path("shop/data")).unwrap();
    let file = with_network(&desk, "kind = \"edges\"\nfile = \"data/edges.csv\"");
    std::fs::rename(desk.path(file), desk.path("shop/mine.toml")).unwrap();
    desk.write("shop/data/edges.csv", "3,4\n");
    let outcome = desk.heard(&[&["check", "shop/mine.toml"], &SMALL[..]].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
}

#[test]
fn a_run_does_not_go_on_with_other_edges() {
    let desk = Desk::new();
    let file = with_network(&desk, "kind = \"edges\"\nfile = \"edges.csv\"");
    let run = |replications: &str| {
        let arguments = [
            "run",
            file,
            "--out",
            "out",
            "--no-charts",
            "--resume",
            "--replications",
            replications,
        ];
        desk.heard(&[&arguments, &SMALL[..]].concat())
    };
    desk.write("edges.csv", "3,4\n");
    assert_eq!(run("2").code, 0);
    assert_eq!(run("3").code, 0);
    desk.write("edges.csv", "3,5\n");
    let outcome = run("4");
    assert_eq!(outcome.code, 2, "{}", outcome.err);
    assert!(outcome.err.contains("--restart"), "{}", outcome.err);
}

#[test]
fn a_scenario_and_the_file_that_it_names_are_read_from_memory_as_from_disk() {
    let desk = Desk::new();
    let edges = "followed,follower\n0,1\n2,1\n";
    desk.write("edges.csv", edges);
    let network = "kind = \"edges\"\nfile = \"edges.csv\"";
    let path = desk.path(with_network(&desk, network)).display().to_string();
    let mut memory = Memory::default();
    memory.put("else/where.toml", std::fs::read(&path).unwrap());
    memory.put("else/edges.csv", edges);
    let request = |scenario: &str| Request { scenario: scenario.to_owned(), ..Request::default() };
    let read = |files: &dyn Files, scenario: &str| {
        Study::read(&request(scenario), files).map_err(|refusal| refusal.render(false))
    };
    let (ours, theirs) = (read(&memory, "else/where.toml").unwrap(), read(&Disk, &path).unwrap());
    assert_eq!(ours.edges, theirs.edges);
    assert_eq!(ours.to_json(), theirs.to_json());
    let missing = read(&memory, "else/wher.toml").unwrap_err();
    assert!(missing.contains("did you mean else/where.toml?"), "{missing}");
}
