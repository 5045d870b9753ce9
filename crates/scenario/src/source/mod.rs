//! The source layer of a scenario: TOML text with places, laid over one another, checked against
//! the JSON Schema derived from the Rust types, and reported on in plain words.
//!
//! The order of work: [`read_file`] and [`parse_set`] give [`Node`] trees, [`overlay`] lays them
//! over one another, [`check()`] compares the result with the schema, and [`to_json`] hands it to
//! serde, which fills in the defaults. Every value keeps its [`Place`], so that later findings can
//! point at the text as well: see [`Problem::about`].

mod check;
mod convert;
mod load;
mod merge;
mod node;
mod parse;
mod phrases;
mod problem;
mod set;
mod sources;
mod syntax;
mod words;

pub use check::{PROBLEM_LIMIT, check};
pub use convert::to_json;
pub use load::{SIZE_LIMIT, read_file};
pub use merge::overlay;
pub use node::{Node, Value};
pub use parse::{DEPTH_LIMIT, parse};
pub use problem::{Problem, diagnostic};
pub use set::parse_set;
pub use sources::{Place, Source, Sources};
pub use words::{nearest, path_text};
