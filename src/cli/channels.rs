//! What channels of a log are.

use clap::Args;

use heard_lab::line::Told;

/// What channels are said to be.
#[derive(Clone, Debug, Args)]
pub struct Channels {
    /// Take a channel for one on which customers hold the line, as on the phone
    #[arg(long, value_name = "CHANNEL")]
    line: Vec<String>,
    /// Take a channel for an inbox
    #[arg(long, value_name = "CHANNEL")]
    inbox: Vec<String>,
}

impl Channels {
    /// What they say.
    pub fn told(&self) -> Told {
        Told { line: self.line.clone(), inbox: self.inbox.clone() }
    }
}
