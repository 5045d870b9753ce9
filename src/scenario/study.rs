//! From a file and its `--set` arguments to checked arms.
//!
//! The order in which values win: defaults, file, `--set`, then the arm that an arm is `like`, then
//! the arm itself, whose `--set arm.NAME.key` comes last. `--seed` and `--replications` beat all.

use std::path::Path;

use indexmap::IndexMap;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::Scenario;
use super::bundled;
use super::source::{
    Node, Problem, Source, Sources, Value, check, nearest, overlay, parse, parse_set, read_file,
    render_all, to_json,
};
use super::validate::{self, Finding};

/// Sections that all arms share, so that they face the same customers for the same time.
const SHARED: [&str; 7] = ["title", "claim", "source", "status", "run", "customers", "arm"];

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
    /// The arms, in the order in which they were written; one named `base` where there are none.
    pub arms: Vec<Arm>,
    /// Index of the arm that the others are compared with.
    pub baseline: usize,
    /// What the user should know, though it is no error.
    pub warnings: Vec<String>,
}

/// One arm.
#[derive(Clone, Debug)]
pub struct Arm {
    /// Its name.
    pub name: String,
    /// The whole scenario as this arm has it.
    pub scenario: Scenario,
}

/// Why a scenario was refused.
#[derive(Debug)]
pub struct Refusal {
    problems: Vec<Problem>,
    sources: Sources,
}

impl Refusal {
    /// The message: the first problem in full, the others in a line each.
    #[must_use]
    pub fn render(&self, colour: bool) -> String {
        render_all(&self.problems, &self.sources, colour)
    }
}

impl Study {
    /// Reads and checks a scenario.
    ///
    /// # Errors
    /// Where anything about it is wrong.
    pub fn load(request: &Request) -> Result<Self, Refusal> {
        let mut sources = Sources::new();
        match read(request, &mut sources) {
            Ok(study) => Ok(study),
            Err(problems) => Err(Refusal { problems, sources }),
        }
    }

    /// The scenario as JSON with every default filled in: the base and each arm, whole.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        let arms: serde_json::Map<String, serde_json::Value> =
            self.arms.iter().map(|arm| (arm.name.clone(), json!(arm.scenario))).collect();
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
pub fn find(argument: &str) -> Result<(String, Source), Problem> {
    if is_path(argument) {
        let stem = Path::new(argument).file_stem().map(|stem| stem.to_string_lossy().into_owned());
        return Ok((stem.unwrap_or_default(), read_file(argument)?));
    }
    let Some(bundled) = bundled::find(argument) else {
        let problem = Problem::new(format!("there is no bundled scenario `{argument}`"));
        let close = nearest(argument, bundled::BUNDLED.iter().map(|b| b.name));
        if Path::new(argument).is_file() {
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

fn read(request: &Request, sources: &mut Sources) -> Result<Study, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let (name, source) = find(&request.scenario).map_err(one)?;
    let schema = schemars::schema_for!(Scenario).to_value();
    let defaults = toml::to_string(&Scenario::default())
        .map_err(|error| one(Problem::new(format!("the defaults cannot be written: {error}"))))?;
    let defaults = sources.add_text("defaults", defaults);
    let file = sources.add(source);
    let mut tree = parse(sources, defaults).map_err(one)?;
    overlay(&mut tree, &parse(sources, file).map_err(one)?);
    let mut sets = Vec::new();
    for argument in &request.sets {
        let set = parse_set(sources, argument).map_err(one)?;
        refuse_names(&tree, &set, "arm", false).map_err(one)?;
        refuse_slips(&tree, &set).map_err(one)?;
        overlay(&mut tree, &set);
        sets.push(set);
    }
    refuse_several_companies(&tree)?;
    fail_on(check(&tree, &schema))?;
    let arms = take_arms(&mut tree);
    let mut base: Scenario = typed(&tree)?;
    fail_on(findings(&tree, validate::errors(&base)))?;

    let mut plans = Vec::new();
    let mut warnings = Vec::new();
    if arms.is_empty() {
        plans.push(("base".to_owned(), tree.clone()));
    }
    for name in arms.keys() {
        let over = compose(name, &arms, &mut Vec::new())?;
        warnings.extend(masked(&sets, &over, name, &request.sets));
        refuse_slips(&tree, &over).map_err(|slip| one(slip.context(format!("in arm `{name}`"))))?;
        let mut arm = tree.clone();
        overlay(&mut arm, &over);
        plans.push((name.clone(), arm));
    }
    let mut checked = Vec::new();
    for (name, tree) in plans {
        let here = |problem: Problem| problem.context(format!("in arm `{name}`"));
        let mut problems = check(&tree, &schema);
        if problems.is_empty() {
            let mut scenario: Scenario = typed(&tree)?;
            problems = findings(&tree, validate::errors(&scenario));
            request.apply(&mut scenario);
            checked.push(Arm { name: name.clone(), scenario });
        }
        fail_on(problems.into_iter().map(here).collect())?;
    }
    request.apply(&mut base);
    let baseline = baseline(&base, &checked, &tree)?;
    warnings.extend(validate::warnings(&checked));
    Ok(Study { name, base, arms: checked, baseline, warnings })
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
        let known = nearest(other, arms.keys().map(String::as_str));
        let unknown = problem(format!("there is no arm `{other}` to be like"));
        return Err(vec![match known {
            Some(known) => unknown.help(format!("did you mean `{known}`?")),
            None => unknown,
        }]);
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

/// Names of the entries of a section.
fn names<'a>(root: &'a Node, section: &str) -> Vec<&'a str> {
    match root.at(&[section]).map(|node| &node.value) {
        Some(Value::Table(entries)) => entries.keys().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

/// `[company.ID...]` is reserved for scenarios with several companies.
fn refuse_several_companies(tree: &Node) -> Result<(), Vec<Problem>> {
    let Some(Value::Table(entries)) = tree.at(&["company"]).map(|node| &node.value) else {
        return Ok(());
    };
    let company = entries.iter().find(|(_, node)| {
        ["team", "channel", "triage", "listening"]
            .iter()
            .any(|section| node.at(&[section]).is_some())
    });
    match company {
        Some((name, node)) => Err(vec![
            Problem::new(format!(
                "`company.{name}`: several companies in one scenario are not simulated yet"
            ))
            .at(node.key_or_place().clone())
            .help(
                "put this company's sections at the top level: [team...], [channel...], [[triage]]",
            ),
        ]),
        None => Ok(()),
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
        None => format!("the arms are {}", names.join(", ")),
    })])
}
