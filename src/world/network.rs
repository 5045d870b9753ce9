//! stub
use crate::engine::keyed::Draws;
use crate::scenario::network::Network;
#[derive(Clone, Debug)]
pub struct Graph;
#[derive(Debug)]
pub struct Edges;
impl Graph {
    pub fn degree(&self, _: usize) -> u32 {
        0
    }
    pub fn followers_of(&self, _: usize) -> &[u32] {
        &[]
    }
    pub fn people(&self) -> usize {
        0
    }
    pub fn edges(&self) -> usize {
        0
    }
}
pub fn build(_: &Network, _: u32, _: f64, _: Option<&Edges>, _: &Draws) -> Graph {
    Graph
}
