//! What graphs promise.

use super::*;
use heard_contacts::files::Disk;

const PEOPLE: u32 = 20_000;

fn draws() -> Draws {
    Draws::new(3, 1)
}

fn heavy_tailed(people: u32, mean: f64, sigma: f64, draws: &Draws) -> Graph {
    Graph::heavy_tailed(people, mean, sigma, draws, &AtomicBool::new(false)).unwrap()
}

fn small_world(people: u32, mean: f64, rewired: f64, draws: &Draws) -> Graph {
    Graph::small_world(people, mean, rewired, draws, &AtomicBool::new(false)).unwrap()
}

#[test]
fn a_graph_is_not_built_once_it_is_told_to_stop() {
    let stop = AtomicBool::new(true);
    assert_eq!(Graph::heavy_tailed(PEOPLE, 10.0, 1.0, &draws(), &stop), None);
    assert_eq!(Graph::small_world(PEOPLE, 10.0, 0.1, &draws(), &stop), None);
}

/// Nobody follows themselves, nobody twice, nobody from elsewhere.
fn assert_simple(graph: &Graph) {
    for who in 0..graph.people() {
        let row = graph.followers_of(who);
        assert_eq!(row.len(), graph.degree(who));
        assert!(row.windows(2).all(|pair| pair[0] < pair[1]), "{who}: {row:?}");
        assert!(row.iter().all(|&other| other as usize != who), "{who}: {row:?}");
        assert!(row.last().is_none_or(|&last| (last as usize) < graph.people()));
    }
    assert_eq!((0..graph.people()).map(|who| graph.degree(who)).sum::<usize>(), graph.edges());
}

fn mean_degree(graph: &Graph) -> f64 {
    graph.edges() as f64 / graph.people() as f64
}

#[test]
fn a_heavy_tail_has_the_mean_and_the_spread_asked_for() {
    let (mean, sigma) = (40.0, 1.2);
    let graph = heavy_tailed(PEOPLE, mean, sigma, &draws());
    assert_simple(&graph);
    // A lognormal of this spread has a coefficient of variation of 1.8.
    assert!((mean_degree(&graph) / mean - 1.0).abs() < 4.0 * 1.8 / f64::from(PEOPLE).sqrt());
    let mut degrees: Vec<usize> = (0..graph.people()).map(|who| graph.degree(who)).collect();
    degrees.sort_unstable();
    let quantile = |share: f64| degrees[(share * f64::from(PEOPLE)) as usize] as f64;
    let median = sample::lognormal_median(mean, sigma);
    assert!((quantile(0.5) / median - 1.0).abs() < 0.06, "{}", quantile(0.5));
    let one_up = quantile(0.841_345) / quantile(0.5);
    assert!((libm::log(one_up) - sigma).abs() < 0.06, "{one_up}");
}

#[test]
fn a_heavy_tail_keeps_its_mean_where_nobody_can_have_more() {
    // A tenth of the customers would have more followers than there are others.
    let over = |replication| {
        let graph = heavy_tailed(400, 120.0, 1.65, &Draws::new(3, replication));
        assert_simple(&graph);
        mean_degree(&graph)
    };
    let mean = (0..50).map(over).sum::<f64>() / 50.0;
    assert!((mean - 120.0).abs() < 4.0 * 130.0 / 20_000f64.sqrt(), "{mean}");
}

#[test]
fn without_spread_all_have_the_same_number_of_followers() {
    let graph = heavy_tailed(500, 7.0, 0.0, &draws());
    assert!((0..500).all(|who| graph.degree(who) == 7));
    let broken = heavy_tailed(PEOPLE, 6.25, 0.0, &draws());
    assert!((0..PEOPLE as usize).all(|who| [6, 7].contains(&broken.degree(who))));
    assert!((mean_degree(&broken) - 6.25).abs() < 0.015);
}

#[test]
fn everybody_follows_with_the_same_chance() {
    let graph = heavy_tailed(50, 10.0, 1.0, &draws());
    assert_simple(&graph);
    let mut follows = [0.0; 50];
    let mut edges = 0.0;
    for replication in 0..2_000 {
        let graph = heavy_tailed(50, 10.0, 1.0, &Draws::new(4, replication));
        (0..50).for_each(|who| {
            graph.followers_of(who).iter().for_each(|&f| follows[f as usize] += 1.0)
        });
        edges += graph.edges() as f64;
    }
    let expected = edges / 50.0;
    let chi: f64 = follows.iter().map(|&n| (n - expected) * (n - expected) / expected).sum();
    assert!(chi < 85.4, "chi-squared {chi} exceeds the 99.9% point of 49 degrees of freedom");
}

#[test]
fn a_ring_without_rewiring_is_exact() {
    let graph = small_world(10, 4.0, 0.0, &draws());
    assert_eq!(graph.followers_of(0), [1, 2, 8, 9]);
    assert_eq!(graph.followers_of(5), [3, 4, 6, 7]);
    assert_eq!(graph.followers_of(9), [0, 1, 7, 8]);
    let odd = small_world(10, 3.0, 0.0, &draws());
    assert_eq!((odd.followers_of(0), odd.followers_of(5)), (&[1, 2, 9][..], &[4, 6, 7][..]));
}

#[test]
fn as_many_ties_are_rewired_as_asked_for() {
    for rewired in [0.1, 0.5, 1.0] {
        let graph = small_world(PEOPLE, 20.0, rewired, &draws());
        assert_simple(&graph);
        assert_eq!(graph.edges(), 20 * PEOPLE as usize);
        let mut far = 0;
        for who in 0..PEOPLE {
            let distance = |&other: &u32| who.abs_diff(other).min(PEOPLE - who.abs_diff(other));
            let row = graph.followers_of(who as usize);
            far += row.iter().map(distance).filter(|&steps| steps > 10).count();
        }
        let share = far as f64 / graph.edges() as f64;
        assert!((share - rewired).abs() < 0.004, "{share}");
    }
}

#[test]
fn rewired_ties_lead_to_all_others_with_the_same_chance() {
    let mut follows = [0.0f64; 11];
    for replication in 0..5_000 {
        let graph = small_world(11, 4.0, 0.6, &Draws::new(4, replication));
        assert_simple(&graph);
        graph.followers_of(4).iter().for_each(|&other| follows[other as usize] += 1.0 / 5_000.0);
    }
    for (other, share) in follows.into_iter().enumerate() {
        let expected = match other {
            4 => 0.0,
            2..=6 => 0.4,
            _ => 4.0 * 0.6 / 6.0,
        };
        assert!((share - expected).abs() < 0.03, "{other}: {share}");
    }
}

#[test]
fn the_fullest_and_the_emptiest_graphs_are_no_trouble() {
    for people in [0, 1, 2, 3, 9] {
        let most = f64::from(people) - 1.0;
        for mean in [0.0, 0.5, most - 0.5, most, 50.0] {
            for (sigma, rewired) in [(0.0, 0.0), (1.65, 0.5), (4.0, 1.0)] {
                assert_simple(&heavy_tailed(people, mean.max(0.0), sigma, &draws()));
                let ring = small_world(people, mean.max(0.0), rewired, &draws());
                assert_simple(&ring);
                assert_eq!(ring.people(), people as usize);
            }
        }
    }
    assert_eq!(heavy_tailed(9, 8.0, 1.65, &draws()).edges(), 72);
    assert_eq!(small_world(9, 8.0, 0.5, &draws()).edges(), 72);
}

#[test]
fn the_same_seed_gives_the_same_graph_and_another_replication_another() {
    let tail = |draws| heavy_tailed(1_000, 12.0, 1.65, &draws);
    let ring = |draws| small_world(1_000, 12.0, 0.2, &draws);
    assert_eq!(tail(Draws::new(7, 2)), tail(Draws::new(7, 2)));
    assert_eq!(ring(Draws::new(7, 2)), ring(Draws::new(7, 2)));
    for other in [Draws::new(8, 2), Draws::new(7, 3)] {
        assert_ne!(tail(Draws::new(7, 2)), tail(other));
        assert_ne!(ring(Draws::new(7, 2)), ring(other));
    }
}

#[test]
fn a_graph_of_a_file_is_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("edges.csv");
    std::fs::write(&path, "2,1\n0,3\n0,1\n").unwrap();
    let edges = Edges::read(&path, 5, &Disk, &mut heard_scenario::source::Sources::new()).unwrap();
    let settings = Network {
        kind: NetworkKind::Edges,
        mean_degree: 20.0,
        rewired: 0.1,
        file: Some("edges.csv".to_owned()),
    };
    let graph = build(&settings, 5, 1.65, Some(&edges), &draws(), &AtomicBool::new(false)).unwrap();
    assert_simple(&graph);
    assert_eq!((graph.people(), graph.edges()), (5, 3));
    assert_eq!((graph.followers_of(0), graph.followers_of(2)), (&[1, 3][..], &[1][..]));
    let none = build(&settings, 5, 1.65, None, &draws(), &AtomicBool::new(false)).unwrap();
    assert_eq!((none.people(), none.edges()), (5, 0));
}

/// A million customers, twenty followers each: about 2 s on one core, and below 300 MB at its peak.
/// `cargo test --release --lib network -- --ignored --nocapture`
#[test]
#[ignore = "a measurement"]
fn a_million_customers() {
    for name in ["heavy tail", "small world"] {
        let clock = std::time::Instant::now();
        let graph = match name {
            "heavy tail" => heavy_tailed(1_000_000, 20.0, 1.65, &draws()),
            _ => small_world(1_000_000, 20.0, 0.1, &draws()),
        };
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
        println!("{name}: {} ties in {:?}; {peak}", graph.edges(), clock.elapsed());
    }
}
