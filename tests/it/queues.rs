//! Queues whose truth is known, as logs: fitted, they are as busy as they were, whether calls ring or are
//! picked up at once, and whether the log names those who answer or not.

use crate::program::Desk;

/// A queue that is simulated, and written as a log.
#[derive(Clone, Copy)]
struct Queue {
    people: u32,
    /// Share of their time that callers would take if nobody hung up.
    load: f64,
    /// How long calls ring on average, in seconds.
    rings: f64,
    /// Whether the log names those who answer.
    named: bool,
    /// Whether callers hang up, after four minutes on average.
    hangs_up: bool,
    /// Whether they come from eight to six on weekdays, as a day has them, and conversations have a wide
    /// spread; otherwise at any time, with exponential conversations.
    office: bool,
    days: u32,
    seed: u32,
}

const PLAIN: Queue = Queue {
    people: 4,
    load: 0.85,
    rings: 0.0,
    named: true,
    hangs_up: true,
    office: false,
    days: 35,
    seed: 1,
};

/// What the log shows and the fitted scenario does: share answered in percent, mean wait in seconds.
#[derive(Debug)]
struct Found {
    answered: [f64; 2],
    wait: [f64; 2],
    page: String,
}

/// Minutes of a conversation.
const TALK: f64 = 4.0;

impl Queue {
    fn scenario(&self) -> String {
        let Self { people, load, rings, hangs_up, office, days, seed, .. } = *self;
        let all_day = f64::from(people) * load * 60.0 / TALK;
        let (rate, hours, handle, shifts) = if office {
            (
                // The same in fifty hours of the week.
                0.8 * all_day * 50.0 / 168.0,
                "by_hour = [0,0,0,0,0,0,0,0,6,8,9,8,7,6,7,8,6,4,0,0,0,0,0,0]\n\
                 by_weekday = [1.2, 1, 1, 1, 0.9, 0, 0]",
                "sigma = 0.9",
                "days = \"Mon-Fri\", hours = \"08:00-18:00\"",
            )
        } else {
            (all_day, "", "shape = \"exponential\"", "days = \"Mon-Sun\", hours = \"00:00-24:00\"")
        };
        let patience = if hangs_up {
            "patience = { mean_minutes = 4, shape = \"exponential\" }"
        } else {
            "hangs_up = false"
        };
        format!(
            "[run]\ndays = {days}\nwarmup_days = 0\nmargin_days = 0\nreplications = 1\nseed = {seed}\n\
             [customers]\ncount = 0\n\
             [channel.phone]\nseen_by = \"private\"\nwaits = \"on the line\"\n\
             [stream.calls]\nchannel = \"phone\"\nper_hour = {rate}\n{hours}\n\
             handle = {{ mean_minutes = {TALK}, {handle} }}\n{patience}\n\
             [team.agents]\nchannels = [\"phone\"]\npickup_seconds = {rings}\n\
             shifts = [{{ {shifts}, people = {people} }}]\n"
        )
    }

    fn fitted(&self) -> Found {
        let desk = Desk::new();
        desk.write("truth.toml", self.scenario());
        let run =
            desk.heard(&["run", "./truth.toml", "--out", "out", "--log", "--no-charts", "--quiet"]);
        assert_eq!(run.code, 0, "{}", run.err);
        let log = "out/contacts-base.csv";
        if !self.named {
            let rows = nameless(&desk.read(log));
            desk.write(log, rows);
        }
        let fit =
            desk.heard(&["fit", log, "--out", "f.toml", "--check", "20", "--no-charts", "-q"]);
        assert_eq!(fit.code, 0, "{}", fit.err);
        Found {
            answered: row(&fit.out, "share that is answered"),
            wait: row(&fit.out, "mean wait of the served"),
            page: fit.out,
        }
    }

    #[track_caller]
    fn comes_back(&self) {
        let Found { answered, wait, page } = self.fitted();
        assert!((answered[0] - answered[1]).abs() <= 2.0, "{page}");
        let off = (wait[0] - wait[1]).abs();
        assert!(off <= 2.0 || off <= 0.15 * wait[0], "{page}");
    }
}

/// A log without those who answered.
fn nameless(log: &[u8]) -> Vec<u8> {
    let mut rows = csv::Reader::from_reader(log);
    let header = rows.headers().unwrap().clone();
    let agent = header.iter().position(|name| name == "agent").unwrap();
    let mut nameless = csv::Writer::from_writer(Vec::new());
    nameless.write_record(&header).unwrap();
    for row in rows.records().map(Result::unwrap) {
        let cells = row.iter().enumerate();
        nameless.write_record(cells.map(|(at, cell)| if at == agent { "" } else { cell })).unwrap();
    }
    nameless.into_inner().unwrap()
}

/// Two figures of a row of the page, of the log and of the simulation: percent, or seconds.
fn row(page: &str, name: &str) -> [f64; 2] {
    let line = page.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{page}"));
    let cells: Vec<&str> =
        line[name.len()..].split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
    [0, 1].map(|at| {
        let (number, unit) = cells[at].split_once([' ', '%']).unwrap();
        let unit = match unit.trim() {
            "" | "s" => 1.0,
            "min" => 60.0,
            "h" => 3600.0,
            other => panic!("{other} in {page}"),
        };
        unit * number.parse::<f64>().unwrap()
    })
}

#[test]
fn one_named_person_half_of_the_time() {
    Queue { people: 1, load: 0.5, hangs_up: false, ..PLAIN }.comes_back();
}

#[test]
fn four_without_names() {
    Queue { named: false, ..PLAIN }.comes_back();
}

#[test]
fn three_named_at_whom_it_rings() {
    Queue { people: 3, load: 0.7, rings: 10.0, ..PLAIN }.comes_back();
}

#[test]
fn twenty_named_almost_all_of_the_time() {
    Queue { people: 20, load: 0.95, days: 14, ..PLAIN }.comes_back();
}

#[test]
fn fifteen_without_names_at_whom_it_rings() {
    Queue { people: 15, load: 0.9, rings: 20.0, named: false, days: 14, ..PLAIN }.comes_back();
}

#[test]
fn eight_without_names_by_day() {
    Queue { people: 8, load: 0.75, named: false, office: true, ..PLAIN }.comes_back();
}

/// More of them than a test has time for: which ones do not come back is printed.
#[test]
#[ignore = "forty queues, each simulated, fitted and simulated again: some minutes"]
fn forty_more() {
    let mut wrong = Vec::new();
    for at in 0..40_u32 {
        let people = [1, 2, 3, 5, 8, 12, 16, 20][at as usize % 8];
        let queue = Queue {
            people,
            load: 0.5 + 0.45 * f64::from(at * 7 % 10) / 9.0,
            rings: [0.0, 8.0, 15.0][at as usize % 3],
            named: at % 2 == 0,
            hangs_up: true,
            office: at % 5 == 0,
            days: if people > 8 { 14 } else { 35 },
            seed: 100 + at,
        };
        let Found { answered, wait, .. } = queue.fitted();
        let off = (wait[0] - wait[1]).abs();
        if (answered[0] - answered[1]).abs() > 2.0 || (off > 2.0 && off > 0.15 * wait[0]) {
            wrong.push(format!(
                "{people} people, load {:.2}, {} s, named {}, office {}: answered {answered:?}, wait {wait:?}",
                queue.load, queue.rings, queue.named, queue.office
            ));
        }
    }
    println!("{} of 40 do not come back\n{}", wrong.len(), wrong.join("\n"));
    assert!(wrong.len() <= 4, "{wrong:#?}");
}

/// A fit of a case that is kept: what it says, and its scenario.
fn case(name: &str) -> (String, String) {
    let desk = Desk::new();
    let log = format!("{}/tests/cases/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    let fit = desk.heard(&["fit", &log, "--out", "f.toml", "--check", "20", "--no-charts", "-q"]);
    assert_eq!(fit.code, 0, "{}", fit.err);
    (fit.out, String::from_utf8(desk.read("f.toml")).unwrap())
}

/// The number behind a key.
fn number(text: &str, key: &str) -> f64 {
    let rest = text.split(key).nth(1).unwrap_or_else(|| panic!("no {key} in {text}"));
    let rest = rest.trim_start_matches(" = ");
    rest[..rest.find([',', ' ', '\n']).unwrap()].parse().unwrap()
}

#[test]
fn ringing_is_not_queueing() {
    let (page, text) = case("fit_ring_delay");
    // The mean conversation and the mean wait of the log, which no two callers share.
    assert!((number(&text, "mean_minutes") - 4.19).abs() < 0.01, "{text}");
    assert!((number(&text, "pickup_seconds") - 12.0).abs() < 0.3, "{text}");
    for weekday in ["Mon", "Tue", "Wed", "Thu", "Fri"] {
        let shift = format!("days = \"{weekday}\", hours = \"09:00-17:00\", people = 3 }}");
        assert!(text.contains(&shift), "{text}");
    }
    let wait = row(&page, "mean wait of the served");
    assert!((wait[0] - 12.0).abs() < 0.6 && (wait[1] - 12.0).abs() < 1.0, "{page}");
}

#[test]
fn where_nothing_rings_nobody_waits() {
    let (page, text) = case("fit_no_ring");
    assert!(!text.contains("pickup_seconds"), "{text}");
    assert!((number(&text, "mean_minutes") - 4.107).abs() < 0.01, "{text}");
    assert!(text.contains("days = \"Mon\", hours = \"09:00-17:00\", people = 3 }"), "{text}");
    assert!(row(&page, "mean wait of the served")[1] < 1.0, "{page}");
}

#[test]
fn somebody_answers_in_a_small_helpdesk() {
    let (page, text) = case("fit_small_helpdesk");
    assert!(row(&page, "share that is answered")[1] > 98.0, "{page}");
    assert!(!page.contains("NaN"), "{page}");
    assert!(text.contains("people = 1 }"), "{text}");
}
