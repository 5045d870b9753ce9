//! The sections of a page's tables: a company over a window, of those that there are several of.

use heard_lab::experiment::results::Results;
use heard_text::name::safe;

/// A company, and a window, by their numbers.
pub type Section = (usize, usize);

/// Company by company, its windows.
pub fn sections(results: &Results) -> Vec<Section> {
    let windows = 0..results.experiment.windows.len();
    let companies = 0..results.experiment.subjects().len();
    companies.flat_map(|company| windows.clone().map(move |window| (company, window))).collect()
}

/// What the first column holds: names of sections above `rows`.
pub fn first_heading(results: &Results, rows: &str) -> String {
    let (company, window) = several(results);
    let above = [(company, "company"), (window, "window")];
    let above: Vec<&str> = above.into_iter().filter_map(|(is, name)| is.then_some(name)).collect();
    if above.is_empty() { rows.to_owned() } else { format!("{} / {rows}", above.join(", ")) }
}

/// The name of a section: the company and the window, as far as there are several.
pub fn section_name(results: &Results, (company, window): Section) -> String {
    let (companies, windows) = several(results);
    let company = companies.then(|| safe(results.experiment.subjects()[company]));
    let window = windows.then(|| safe(&results.experiment.windows[window].titled()));
    company.into_iter().chain(window).collect::<Vec<String>>().join(", ")
}

/// Whether there are several companies, and several windows.
fn several(results: &Results) -> (bool, bool) {
    (results.experiment.subjects().len() > 1, results.experiment.windows.len() > 1)
}
