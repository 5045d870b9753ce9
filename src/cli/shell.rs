//! `heard completions` and `heard manual`: made from the definition of the command line.

use clap::{Args, Command};
use clap_complete::Shell;

use super::end::{End, print};

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  heard completions bash > ~/.local/share/bash-completion/completions/heard\n  heard completions zsh > ~/.zfunc/_heard"
)]
pub struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub fn run(&self, mut command: Command) -> Result<(), End> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, "heard", &mut script);
        print(&script)
    }
}

/// Print the manual page
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  heard manual | man -l -\n  heard manual > ~/.local/share/man/man1/heard.1"
)]
pub struct Manual {}

impl Manual {
    pub fn run(&self, command: Command) -> Result<(), End> {
        let mut page = Vec::new();
        let mut render = |command: Command| clap_mangen::Man::new(command).render(&mut page);
        let mut all = vec![command.clone()];
        all.extend(command.get_subcommands().map(|verb| {
            verb.clone()
                .name(format!("heard-{}", verb.get_name()))
                .bin_name(format!("heard {}", verb.get_name()))
        }));
        for part in all {
            render(part)
                .map_err(|error| End::failed(format!("cannot write the manual: {error}")))?;
        }
        print(&page)
    }
}
