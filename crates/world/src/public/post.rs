//! A public message and what became of it.

use super::cascade::Tree;

/// A public message and what became of it.
#[derive(Clone, Debug)]
pub struct Post {
    /// The case that it is about.
    pub case: u32,
    /// The company that it is about.
    pub company: u8,
    /// Who shares it.
    pub tree: Tree,
    /// What it says about the company, -1 to 1.
    pub valence: f64,
    /// How often it has been seen.
    pub views: f64,
    /// Of those, how many have seen an answer below it, or looked and passed it by.
    pub shown: f64,
    /// What is shared of what would be, for what is in the thread.
    pub shared: f64,
    /// When the company's first mistake was posted, where this is it.
    pub mistake_at: Option<f64>,
}
