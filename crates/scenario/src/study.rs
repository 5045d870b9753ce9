//! From a file and its `--set` arguments to checked arms.
//!
//! The order in which values win: defaults, file, `--set`, then the arm that an arm is `like`, then
//! the arm itself, whose `--set arm.NAME.key` comes last. `--seed` and `--replications` beat all.
//!
//! An arm is a row of phases, one from each switch on, and a phase has a whole scenario for each of
//! its companies. Where nothing is switched and there is one company, that is one scenario.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use heard_contacts::files::{Disk, Files, Kind, Memory};
use indexmap::IndexMap;
use serde::de::DeserializeOwned;
use serde_json::json;

use heard_text::diagnostic::Diagnostic;
use heard_text::list::list;

use super::Scenario;
use super::bundled;
use super::edges::Edges;
use super::network::NetworkKind;
use super::replay::Replayed;
use super::size;
use super::source::{
    Node, Place, Problem, Source, Sources, Value, check, diagnostic, nearest, overlay, parse,
    parse_set, read_file, to_json,
};
use super::validate::{self, Finding};

/// Sections that all arms share, so that they face the same customers for the same time.
const SHARED: [&str; 13] = [
    "title",
    "claim",
    "source",
    "status",
    "finding",
    "figure",
    "run",
    "customers",
    "replay",
    "market",
    "network",
    "audit",
    "arm",
];

/// Sections that companies share, besides those that arms share: they belong to people.
const OF_PEOPLE: [&str; 3] = ["reaction", "publicity", "switch"];

/// Sections that stay as they are through all switches, besides those that arms share.
const UNSWITCHED: [&str; 4] = ["mistake", "detractors", "stream", "switch"];

/// The company of a scenario that has only one.
pub const COMPANY: &str = "company";

/// Sections whose entries have names of the user's choosing.
const NAMED: [&str; 3] = ["channel", "team", "stream"];

/// What to load.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// A path, or the name of a bundled scenario.
    pub scenario: String,
    /// `key=value` overrides.
    pub sets: Vec<String>,
    /// Replaces `run.seed`.
    pub seed: Option<u64>,
    /// Replaces `run.replications`.
    pub replications: Option<u32>,
}

impl Request {
    fn apply(&self, scenario: &mut Scenario) {
        scenario.run.seed = self.seed.unwrap_or(scenario.run.seed);
        scenario.run.replications = self.replications.unwrap_or(scenario.run.replications);
    }
}

/// A scenario ready to be run: checked, with every default filled in.
#[derive(Clone, Debug)]
pub struct Study {
    /// The file's stem, or the bundled scenario's name.
    pub name: String,
    /// The scenario before its arms.
    pub base: Scenario,
    /// The companies, in the order in which they were written; one named [`COMPANY`] where the
    /// scenario names none.
    pub companies: Vec<String>,
    /// The arms, in the order in which they were written; one named `base` where there are none.
    pub arms: Vec<Arm>,
    /// Index of the arm that the others are compared with.
    pub baseline: usize,
    /// The ties of the network, where they come from a file.
    pub edges: Option<Arc<Edges>>,
    /// The arrivals of streams, where they come from a file.
    pub replayed: Option<Arc<Replayed>>,
    /// The files that it was read from: the scenario's own, and those that the scenario names.
    pub files: Vec<PathBuf>,
    /// What the user should know, though it is not an error.
    pub warnings: Vec<String>,
}

/// One arm.
#[derive(Clone, Debug)]
pub struct Arm {
    /// Its name.
    pub name: String,
    /// What the companies do, from the start and from each switch on. There is at least one.
    pub phases: Vec<Phase>,
}

/// A stretch of time in which no policy changes.
#[derive(Clone, Debug)]
pub struct Phase {
    /// The day on which it begins.
    pub from_day: f64,
    /// The whole scenario as each company has it, the same companies in every phase. There is at
    /// least one.
    pub companies: Vec<Scenario>,
}

impl Arm {
    /// The scenario of the first company at the start.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        &self.phases[0].companies[0]
    }

    /// Every scenario of every phase.
    pub fn scenarios(&self) -> impl Iterator<Item = &Scenario> {
        self.phases.iter().flat_map(|phase| &phase.companies)
    }
}

impl Study {
    /// Reads and checks a scenario on the disk, or a bundled one.
    ///
    /// # Errors
    /// Where anything about it is wrong.
    pub fn load(request: &Request) -> Result<Self, Diagnostic> {
        Self::read(request, &Disk)
    }

    /// The same, from files that may lie anywhere.
    ///
    /// # Errors
    /// As for [`Self::load`].
    pub fn read(request: &Request, files: &dyn Files) -> Result<Self, Diagnostic> {
        let mut sources = Sources::new();
        read(request, files, &mut sources).map_err(|problems| refusal(problems, &sources))
    }

    /// The same for a scenario whose text is at hand; `name` is what messages call it. It lies in no
    /// folder, so it can name no files.
    ///
    /// # Errors
    /// As for [`Self::load`].
    pub fn of_text(name: &str, text: &str, request: &Request) -> Result<Self, Diagnostic> {
        let mut sources = Sources::new();
        let source = Source { name: format!("{name}.toml"), text: text.to_owned() };
        compose_study(name.to_owned(), source, request, &Memory::default(), &mut sources)
            .map_err(|problems| refusal(problems, &sources))
    }

    /// The scenario as JSON with every default filled in: the base, and each arm, whole; an arm with
    /// several phases or companies is a list of its phases, each with its companies by name.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        let simple = |arm: &Arm| arm.phases.len() == 1 && self.companies.len() == 1;
        let phase = |phase: &Phase| {
            let companies = self.companies.iter().zip(&phase.companies);
            let companies: serde_json::Map<_, _> =
                companies.map(|(name, scenario)| (name.clone(), json!(scenario))).collect();
            json!({ "from_day": phase.from_day, "companies": companies })
        };
        let whole = |arm: &Arm| {
            if simple(arm) { json!(arm.scenario()) } else { arm.phases.iter().map(phase).collect() }
        };
        let arms: serde_json::Map<_, _> =
            self.arms.iter().map(|arm| (arm.name.clone(), whole(arm))).collect();
        json!({ "base": self.base, "arms": arms })
    }
}

/// Whether a SCENARIO argument is a path; anything else is the name of a bundled scenario.
#[must_use]
pub fn is_path(argument: &str) -> bool {
    argument.contains('/') || argument.ends_with(".toml")
}

/// The text of a scenario, and its name.
///
/// # Errors
/// Where there is none.
pub fn find(argument: &str, files: &dyn Files) -> Result<(String, Source), Diagnostic> {
    locate(argument, files).map_err(|problem| problem.diagnostic(&Sources::new()))
}

fn locate(argument: &str, files: &dyn Files) -> Result<(String, Source), Problem> {
    if is_path(argument) {
        let stem = Path::new(argument).file_stem().map(|stem| stem.to_string_lossy().into_owned());
        return Ok((stem.unwrap_or_default(), read_file(argument, files)?));
    }
    let Some(bundled) = bundled::find(argument) else {
        let problem = Problem::new(format!("there is no bundled scenario `{argument}`"));
        let close = nearest(argument, bundled::BUNDLED.iter().map(|b| b.name));
        if files.info(Path::new(argument)).is_ok_and(|info| info.kind == Kind::File) {
            return Err(
                problem.help(format!("to name the file of this name, write `./{argument}`"))
            );
        }
        return Err(problem.help(match close {
            Some(name) => {
                format!("did you mean `{name}`? A file is named by its path: `./{argument}.toml`")
            }
            None => {
                format!("`heard list` shows them; a file is named by its path: `./{argument}.toml`")
            }
        }));
    };
    let source = Source { name: format!("{}.toml", bundled.name), text: bundled.text.to_owned() };
    Ok((bundled.name.to_owned(), source))
}

/// The JSON Schema of a scenario.
#[must_use]
pub fn schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Scenario).to_value();
    let arm = arm_schema(&schema);
    if let Some(entry) = schema.pointer_mut("/properties/arm/additionalProperties") {
        *entry = arm;
    }
    schema
}

/// The schema of a scenario's own keys, made once: it takes longer than reading a small scenario.
static SCHEMA: LazyLock<serde_json::Value> =
    LazyLock::new(|| schemars::schema_for!(Scenario).to_value());

/// A scenario of defaults, as a text and as a tree; made once for the same reason.
static DEFAULT_TREE: LazyLock<Result<(String, Node), Problem>> = LazyLock::new(|| {
    let text = toml::to_string(&Scenario::default())
        .map_err(|error| Problem::new(format!("the defaults cannot be written: {error}")))?;
    let mut sources = Sources::new();
    let number = sources.add_text("defaults", text.clone());
    debug_assert_eq!(number, DEFAULTS);
    Ok((text, parse(&sources, number)?))
});

/// What an arm may hold: `like`, and every section that arms do not share.
fn arm_schema(schema: &serde_json::Value) -> serde_json::Value {
    let mut properties = serde_json::Map::new();
    properties.insert(
        "like".to_owned(),
        json!({ "type": "string", "description": "The arm that this one starts from." }),
    );
    if let Some(sections) = schema["properties"].as_object() {
        let own = sections.iter().filter(|(name, _)| !SHARED.contains(&name.as_str()));
        properties.extend(own.map(|(name, section)| (name.clone(), section.clone())));
    }
    json!({ "type": "object", "properties": properties })
}

/// Numbers of the first two sources.
const DEFAULTS: usize = 0;
const FILE: usize = 1;

/// Why a scenario is refused: its problems as one diagnostic.
fn refusal(mut problems: Vec<Problem>, sources: &Sources) -> Diagnostic {
    problems.iter_mut().for_each(in_the_scenario);
    diagnostic(&problems, sources)
}

/// A problem with a default is one with the scenario as a whole, which does not say otherwise: nobody
/// can look the defaults up by line.
fn in_the_scenario(problem: &mut Problem) {
    if let Some(place) = problem.place.as_mut().filter(|place| place.source == DEFAULTS) {
        *place = Place { source: FILE, range: 0..0 };
    }
}

fn read(
    request: &Request,
    files: &dyn Files,
    sources: &mut Sources,
) -> Result<Study, Vec<Problem>> {
    let (name, source) = locate(&request.scenario, files).map_err(|problem| vec![problem])?;
    compose_study(name, source, request, files, sources)
}

fn compose_study(
    name: String,
    source: Source,
    request: &Request,
    files: &dyn Files,
    sources: &mut Sources,
) -> Result<Study, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let schema = &*SCHEMA;
    let (text, mut tree) = DEFAULT_TREE.clone().map_err(one)?;
    sources.add_text("defaults", text);
    let file = sources.add(source);
    debug_assert_eq!(file, FILE);
    overlay(&mut tree, &parse(sources, file).map_err(one)?);
    let windows = keys_of(&tree, &["run", "windows"]);
    let mut sets = Vec::new();
    for argument in &request.sets {
        let set = parse_set(sources, argument).map_err(one)?;
        refuse_names(&tree, &set, "arm", false).map_err(one)?;
        refuse_slips(&tree, &set).map_err(one)?;
        make_room(&mut tree, &set);
        overlay(&mut tree, &set);
        sets.push(set);
    }
    let ids = company_ids(&tree, schema);
    let mut whole = tree.clone();
    take_companies(&mut whole, &ids);
    fail_on(check(&whole, schema))?;
    let arms = take_arms(&mut tree);
    size::check_arms(&arms).map_err(one)?;
    let mut base: Scenario = typed(&without_companies(&tree, &ids))?;
    if ids.is_empty() {
        fail_on(findings(&tree, validate::errors(&base)))?;
    }

    let reader = Reader { schema, tree: &tree, arms: &arms, request };
    let mut trees = Vec::new();
    let mut warnings = Vec::new();
    if arms.is_empty() {
        trees.push(("base".to_owned(), tree.clone()));
    }
    for name in arms.keys() {
        let over = compose(name, &arms, &mut Vec::new())?;
        warnings.extend(masked(&sets, &over, name, &request.sets));
        trees.push((name.clone(), reader.lay(&over, name)?));
    }
    let ids = company_ids(&trees[0].1, schema);
    size::check_companies(&trees[0].1, &ids).map_err(one)?;
    size::check_values(&trees, &arms, ids.len()).map_err(one)?;
    let mut checked = Vec::new();
    for (name, tree) in &trees {
        let here = |problem: Problem| problem.context(format!("in arm `{name}`"));
        let phases = reader
            .phases(tree, &ids)
            .map_err(|problems| problems.into_iter().map(here).collect::<Vec<_>>())?;
        checked.push(Arm { name: name.clone(), phases });
    }
    request.apply(&mut base);
    let baseline = baseline(&base, &checked, &tree)?;
    let edges = read_edges(request, &base, &tree, files, sources).map_err(one)?;
    let replayed = read_replayed(request, &base, &tree, files).map_err(one)?;
    let companies = if ids.is_empty() { vec![COMPANY.to_owned()] } else { ids };
    let files = named_files(request, &base);
    let study =
        Study { name, base, companies, arms: checked, baseline, edges, replayed, files, warnings };
    fail_on(findings(&tree, validate::study_errors(&study, &windows)))?;
    let doubts = validate::warnings(&study.arms, &study.companies);
    Ok(Study { warnings: study.warnings.into_iter().chain(doubts).collect(), ..study })
}

/// Tables of `run` that `--set` replaces as a whole, so that it can take entries out.
const REPLACED: [&str; 2] = ["windows", "worth"];

/// Makes room for a table that an argument sets as a whole: the file's windows may not even fit the days
/// that are set besides. A dotted key, `run.worth.customer=...`, sets one entry and leaves the others.
fn make_room(tree: &mut Node, set: &Node) {
    for table in REPLACED {
        // A table that only a dotted key makes stands where its key stands.
        let whole = |node: &Node| node.key_place.as_ref() != Some(&node.place);
        if set.at(&["run", table]).is_some_and(whole)
            && let Some(Value::Table(run)) = table_mut(tree, "run")
        {
            run.shift_remove(table);
        }
    }
}

/// The keys of the table at a path; none where there is no table.
fn keys_of(tree: &Node, path: &[&str]) -> Vec<String> {
    match tree.at(path).map(|node| &node.value) {
        Some(Value::Table(entries)) => entries.keys().cloned().collect(),
        _ => Vec::new(),
    }
}

/// The ties of the network, where the scenario names a file of them.
fn read_edges(
    request: &Request,
    base: &Scenario,
    tree: &Node,
    files: &dyn Files,
    sources: &mut Sources,
) -> Result<Option<Arc<Edges>>, Problem> {
    let Some(file) = edges_file(base) else { return Ok(None) };
    let place = tree.place_of(&["network", "file"]);
    let path = beside(request, "network.file", file, &place)?;
    let edges = Edges::read(&path, base.customers.count, files, sources);
    edges.map(|edges| Some(Arc::new(edges))).map_err(|problem| match problem.place {
        None => problem.at(place),
        Some(_) => problem,
    })
}

/// The arrivals of streams, where the scenario names a file of them.
fn read_replayed(
    request: &Request,
    base: &Scenario,
    tree: &Node,
    files: &dyn Files,
) -> Result<Option<Arc<Replayed>>, Problem> {
    let Some(replay) = &base.replay else { return Ok(None) };
    let place = tree.place_of(&["replay", "file"]);
    let streams: Vec<&str> = base.stream.keys().map(String::as_str).collect();
    let path = beside(request, "replay.file", &replay.file, &place)?;
    let replayed = replay.read(&path, base.run.days, &streams, files);
    replayed.map(|replayed| Some(Arc::new(replayed))).map_err(|problem| problem.at(place))
}

/// The name of the network's file, where the network is one of edges.
fn edges_file(base: &Scenario) -> Option<&str> {
    let network = base.network.as_ref().filter(|network| network.kind == NetworkKind::Edges)?;
    network.file.as_deref()
}

/// The files that a scenario is read from: its own, and those that it names.
fn named_files(request: &Request, base: &Scenario) -> Vec<PathBuf> {
    let own = is_path(&request.scenario).then(|| PathBuf::from(&request.scenario));
    let replayed = base.replay.as_ref().map(|replay| replay.file.as_str());
    let named = edges_file(base).into_iter().chain(replayed);
    own.into_iter().chain(named.filter_map(|file| Some(folder(request)?.join(file)))).collect()
}

/// The folder that a scenario lies in; `None` where it lies in none.
fn folder(request: &Request) -> Option<&Path> {
    is_path(&request.scenario).then(|| Path::new(&request.scenario).parent()).flatten()
}

/// The path of a file that the scenario names, from where it lies.
fn beside(request: &Request, key: &str, file: &str, place: &Place) -> Result<PathBuf, Problem> {
    let name = &request.scenario;
    folder(request).map(|folder| folder.join(file)).ok_or_else(|| {
        let message =
            format!("{key}: a bundled scenario lies in no folder that a file could be in");
        let help = format!(
            "`heard new mine.toml --from {name}` writes a copy of it; lay the file beside the copy"
        );
        Problem::new(message).at(place.clone()).help(help)
    })
}

/// What reading the arms takes.
struct Reader<'a> {
    schema: &'a serde_json::Value,
    tree: &'a Node,
    arms: &'a IndexMap<String, Node>,
    request: &'a Request,
}

impl Reader<'_> {
    /// The scenario's tree with an arm's overrides laid over it.
    fn lay(&self, over: &Node, name: &str) -> Result<Node, Vec<Problem>> {
        refuse_slips(self.tree, over)
            .map_err(|slip| vec![slip.context(format!("in arm `{name}`"))])?;
        let mut tree = self.tree.clone();
        overlay(&mut tree, over);
        Ok(tree)
    }

    /// The phases of an arm: from the start, and from each of its switches on.
    fn phases(&self, tree: &Node, ids: &[String]) -> Result<Vec<Phase>, Vec<Problem>> {
        let mut phases = vec![Phase { from_day: 0.0, companies: self.companies(tree, ids)? }];
        let mut now = tree.clone();
        for switch in entries(tree, "switch") {
            let before = phases[phases.len() - 1].from_day;
            let days = phases[0].companies[0].run.days;
            let mut over = switch.clone();
            let at_day = take_day(&mut over, before, days)?;
            if let Some(like) = take(&mut over, "like") {
                let Value::String(name) = &like.value else {
                    return Err(vec![wrong(&like, "`like` must be the name of an arm")]);
                };
                now = match self.arms.contains_key(name) {
                    true => self.lay(&compose(name, self.arms, &mut Vec::new())?, name)?,
                    false => return Err(vec![no_arm(&like, name, self.arms)]),
                };
            }
            self.check_switch(&over, tree)?;
            overlay(&mut now, &over);
            let companies = self.companies(&now, ids)?;
            if let Some(section) = other_names(&phases[0].companies, &companies) {
                let message = format!(
                    "from this switch on the arm would have other {section}s than at the start"
                );
                let help = format!("give both arms every {section}, and those not in use no work");
                return Err(vec![wrong(switch, message).help(help)]);
            }
            phases.push(Phase { from_day: at_day, companies });
        }
        Ok(phases)
    }

    /// Refuses what a switch cannot change: whatever arms share, and what would have to be there from
    /// the start.
    fn check_switch(&self, over: &Node, tree: &Node) -> Result<(), Vec<Problem>> {
        let Value::Table(sections) = &over.value else { return Ok(()) };
        for (key, node) in sections {
            if SHARED.contains(&key.as_str()) || UNSWITCHED.contains(&key.as_str()) {
                let message = format!("a switch cannot change `{key}`: it holds for the whole run");
                let problem = Problem::new(message).at(node.key_or_place().clone());
                return Err(vec![
                    problem.help("change it at the top of the scenario, or in an arm"),
                ]);
            }
        }
        NAMED
            .iter()
            .try_for_each(|section| refuse_names(tree, over, section, false))
            .map_err(|problem| vec![problem])
    }

    /// The scenario as each company has it.
    fn companies(&self, tree: &Node, ids: &[String]) -> Result<Vec<Scenario>, Vec<Problem>> {
        let common = without_companies(tree, ids);
        if ids.is_empty() {
            return Ok(vec![self.scenario(&common)?]);
        }
        // What every company replaces must be right as well.
        fail_on(check(&common, self.schema))?;
        let known = company_ids(tree, self.schema);
        if let Some(new) = known.iter().find(|id| !ids.contains(id)) {
            let node = tree.at(&["company", new]).unwrap_or(tree);
            let message =
                format!("company `{new}` is not in every arm: all have the same companies");
            let problem = Problem::new(message).at(node.key_or_place().clone());
            return Err(vec![problem.help(format!("known: {}", ids.join(", ")))]);
        }
        ids.iter()
            .map(|id| {
                let own = tree.at(&["company", id]).unwrap_or(tree);
                let here = |problem: Problem| problem.context(format!("in company `{id}`"));
                let over = self.company_overrides(own).map_err(|p| vec![here(p)])?;
                refuse_names(&common, &over, "channel", false).map_err(|p| vec![here(p)])?;
                let mut tree = common.clone();
                overlay(&mut tree, &over);
                self.scenario(&tree).map_err(|all| all.into_iter().map(here).collect())
            })
            .collect()
    }

    /// A company's table as overrides of the whole: its sections, and its own keys under `company`.
    fn company_overrides(&self, own: &Node) -> Result<Node, Problem> {
        let mut over = own.clone();
        let Value::Table(entries) = &mut over.value else { return Ok(over) };
        let keys = self.schema["$defs"]["Company"]["properties"].as_object();
        let mut sections = IndexMap::new();
        let mut company = own.clone();
        let mut settings = IndexMap::new();
        for (key, node) in std::mem::take(entries) {
            if SHARED.contains(&key.as_str()) || OF_PEOPLE.contains(&key.as_str()) {
                let message = format!("a company cannot change `{key}`: all companies share it");
                return Err(Problem::new(message).at(node.key_or_place().clone()));
            }
            let section = self.schema["properties"].get(&key).is_some() && key != COMPANY;
            let setting = keys.is_some_and(|keys| keys.contains_key(&key));
            if section && !setting {
                sections.insert(key, node);
            } else {
                settings.insert(key, node);
            }
        }
        company.value = Value::Table(settings);
        sections.insert(COMPANY.to_owned(), company);
        *entries = sections;
        Ok(over)
    }

    fn scenario(&self, tree: &Node) -> Result<Scenario, Vec<Problem>> {
        fail_on(check(tree, self.schema))?;
        let mut scenario: Scenario = typed(tree)?;
        fail_on(findings(tree, validate::errors(&scenario)))?;
        self.request.apply(&mut scenario);
        Ok(scenario)
    }
}

/// Names of the tables under `company` that are companies of their own: all but the tables that a
/// company's own keys hold.
fn company_ids(tree: &Node, schema: &serde_json::Value) -> Vec<String> {
    let Some(Value::Table(entries)) = tree.at(&[COMPANY]).map(|node| &node.value) else {
        return Vec::new();
    };
    let keys = schema["$defs"]["Company"]["properties"].as_object();
    let is_company = |(key, node): &(&String, &Node)| {
        matches!(node.value, Value::Table(_)) && !keys.is_some_and(|k| k.contains_key(key.as_str()))
    };
    entries.iter().filter(is_company).map(|(key, _)| key.clone()).collect()
}

/// Takes the companies' own tables out, in the scenario and in its arms.
fn take_companies(tree: &mut Node, ids: &[String]) {
    if let Some(Value::Table(entries)) = table_mut(tree, COMPANY) {
        entries.retain(|key, _| !ids.contains(key));
    }
}

fn without_companies(tree: &Node, ids: &[String]) -> Node {
    let mut tree = tree.clone();
    take_companies(&mut tree, ids);
    tree
}

fn table_mut<'a>(tree: &'a mut Node, key: &str) -> Option<&'a mut Value> {
    match &mut tree.value {
        Value::Table(entries) => entries.get_mut(key).map(|node| &mut node.value),
        _ => None,
    }
}

/// The entries of a list of tables.
pub(super) fn entries<'a>(tree: &'a Node, key: &str) -> &'a [Node] {
    match tree.at(&[key]).map(|node| &node.value) {
        Some(Value::Array(entries)) => entries,
        _ => &[],
    }
}

fn take(tree: &mut Node, key: &str) -> Option<Node> {
    match &mut tree.value {
        Value::Table(entries) => entries.shift_remove(key),
        _ => None,
    }
}

fn wrong(node: &Node, message: impl Into<String>) -> Problem {
    Problem::new(message.into()).at(node.place.clone())
}

/// The day of a switch, which must lie after `before` and before `end`.
fn take_day(switch: &mut Node, before: f64, end: f64) -> Result<f64, Vec<Problem>> {
    let example = "write for instance `switch = [{ at_day = 30, like = \"responding\" }]`";
    let Some(node) = take(switch, "at_day") else {
        return Err(vec![wrong(switch, "a switch needs `at_day`").help(example)]);
    };
    let day = match node.value {
        Value::Integer(day) => day as f64,
        Value::Float(day) => day,
        _ => return Err(vec![wrong(&node, "`at_day` must be a number of days").help(example)]),
    };
    if !(day > before && day < end) {
        let message =
            format!("at_day: {day} is not within the run, after day {before} and before day {end}");
        return Err(vec![wrong(&node, message).help("switches stand in the order of time")]);
    }
    Ok(day)
}

fn no_arm(place: &Node, name: &str, arms: &IndexMap<String, Node>) -> Problem {
    let unknown = wrong(place, format!("there is no arm `{name}` to be like"));
    match nearest(name, arms.keys().map(String::as_str)) {
        Some(known) => unknown.help(format!("did you mean `{known}`?")),
        None => unknown,
    }
}

fn fail_on(problems: Vec<Problem>) -> Result<(), Vec<Problem>> {
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

fn findings(tree: &Node, found: Vec<Finding>) -> Vec<Problem> {
    let problem = |finding: Finding| {
        let problem = Problem::about(tree, &finding.path, finding.message);
        match finding.help {
            Some(help) => problem.help(help),
            None => problem,
        }
    };
    found.into_iter().map(problem).collect()
}

/// Reads the checked tree into its type. What a schema cannot say, such as the form of a shift's
/// hours, is found here.
fn typed<T: DeserializeOwned>(tree: &Node) -> Result<T, Vec<Problem>> {
    serde_path_to_error::deserialize(to_json(tree)).map_err(|error| {
        let text = error.path().to_string().replace('[', ".").replace(']', "");
        let path: Vec<&str> = text.split('.').filter(|step| !step.is_empty()).collect();
        let said = error.inner().to_string();
        // What would be right stands behind a semicolon.
        let (message, help) = said.split_once("; ").unwrap_or((&said, ""));
        let problem = Problem::about(tree, &path, format!("{}: {message}", error.path()));
        vec![if help.is_empty() { problem } else { problem.help(help) }]
    })
}

fn take_arms(tree: &mut Node) -> IndexMap<String, Node> {
    let Value::Table(sections) = &mut tree.value else { return IndexMap::new() };
    match sections.shift_remove("arm").map(|arms| arms.value) {
        Some(Value::Table(arms)) => arms,
        _ => IndexMap::new(),
    }
}

/// An arm's overrides, laid over those of the arm that it is like.
fn compose(
    name: &str,
    arms: &IndexMap<String, Node>,
    seen: &mut Vec<String>,
) -> Result<Node, Vec<Problem>> {
    let own = &arms[name];
    let here = format!("in arm `{name}`");
    seen.push(name.to_owned());
    let mut over = own.clone();
    let Value::Table(sections) = &mut over.value else { return Ok(over) };
    for (key, node) in sections.iter() {
        if SHARED.contains(&key.as_str()) {
            let message = format!("an arm cannot change `{key}`: all arms share it");
            let problem = Problem::new(message).at(node.key_or_place().clone()).context(here);
            return Err(vec![
                problem.help("change it at the top of the scenario, or write a second scenario"),
            ]);
        }
    }
    let Some(like) = sections.shift_remove("like") else { return Ok(over) };
    let problem =
        |message: String| Problem::new(message).at(like.place.clone()).context(here.clone());
    let Value::String(other) = &like.value else {
        return Err(vec![problem("`like` must be the name of another arm".to_owned())]);
    };
    if !arms.contains_key(other) {
        return Err(vec![no_arm(&like, other, arms).context(here)]);
    }
    if seen.contains(other) {
        let circle = format!("{} -> {other}", seen.join(" -> "));
        return Err(vec![problem(format!("these arms are like each other in a circle: {circle}"))]);
    }
    let mut whole = compose(other, arms, seen)?;
    overlay(&mut whole, &over);
    Ok(whole)
}

/// Overrides may add a team or a channel, but a name that is nearly one of the scenario's own is a
/// slip.
fn refuse_slips(base: &Node, over: &Node) -> Result<(), Problem> {
    NAMED.iter().try_for_each(|section| refuse_names(base, over, section, true))
}

/// Refuses names in a section that the scenario does not have: all, or only slips, those that are
/// near one that it has.
fn refuse_names(base: &Node, over: &Node, section: &str, only_slips: bool) -> Result<(), Problem> {
    let known = names(base, section);
    for name in names(over, section).into_iter().filter(|name| !known.contains(name)) {
        let close = nearest(name, known.iter().copied());
        let Some(node) = over.at(&[section, name]).filter(|_| close.is_some() || !only_slips)
        else {
            continue;
        };
        let message = format!("there is no {section} `{name}` in the scenario");
        let problem = Problem::new(message).at(node.key_or_place().clone());
        return Err(match close {
            Some(close) => problem.help(format!("did you mean `{close}`?")),
            None if known.is_empty() => problem,
            None => problem.help(format!("known: {}", known.join(", "))),
        });
    }
    Ok(())
}

/// A section in which the companies of two phases do not have the same entries in the same order: desks
/// know them by their number.
fn other_names(before: &[Scenario], after: &[Scenario]) -> Option<&'static str> {
    before.iter().zip(after).find_map(|(before, after)| {
        [
            ("channel", before.channel.keys().eq(after.channel.keys())),
            ("team", before.team.keys().eq(after.team.keys())),
            ("stream", before.stream.keys().eq(after.stream.keys())),
        ]
        .into_iter()
        .find_map(|(section, same)| (!same).then_some(section))
    })
}

/// Names of the entries of a section.
fn names<'a>(root: &'a Node, section: &str) -> Vec<&'a str> {
    match root.at(&[section]).map(|node| &node.value) {
        Some(Value::Table(entries)) => entries.keys().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Notes on `--set` values that an arm replaces with its own.
fn masked(sets: &[Node], over: &Node, arm: &str, texts: &[String]) -> Vec<String> {
    fn touches(set: &Node, over: &Node) -> bool {
        match (&set.value, &over.value) {
            (Value::Table(set), Value::Table(over)) => set
                .iter()
                .any(|(key, value)| over.get(key).is_some_and(|other| touches(value, other))),
            _ => true,
        }
    }
    sets.iter()
        .zip(texts)
        .filter(|(set, _)| touches(set, over))
        .map(|(_, text)| {
            let key = text.split('=').next().unwrap_or_default().trim();
            format!(
                "--set {key} has no effect in arm `{arm}`, which sets it itself; \
                 `--set arm.{arm}.{key}=...` changes it there"
            )
        })
        .collect()
}

fn baseline(base: &Scenario, arms: &[Arm], tree: &Node) -> Result<usize, Vec<Problem>> {
    let Some(name) = &base.run.baseline else { return Ok(0) };
    if let Some(index) = arms.iter().position(|arm| arm.name == *name) {
        return Ok(index);
    }
    let problem = Problem::about(
        tree,
        &["run", "baseline"],
        format!("there is no arm `{name}` to compare with"),
    );
    let names: Vec<&str> = arms.iter().map(|arm| arm.name.as_str()).collect();
    Err(vec![problem.help(match nearest(name, names.iter().copied()) {
        Some(close) => format!("did you mean `{close}`?"),
        None => format!("the arms are {}", list(&names)),
    })])
}
