//! What somebody says that channels are, whatever a log shows.

use heard_contacts::About;
use heard_scenario::source::nearest;
use heard_text::diagnostic::Diagnostic;
use heard_text::list::list;

/// What channels are said to be, by their names in the log, whatever their contacts show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Customers hold the line there.
    pub line: Vec<String>,
    /// Messages lie there until somebody has time.
    pub inbox: Vec<String>,
}

impl Told {
    /// Whether it is said that customers hold the line on this channel; `None` where nothing is.
    #[must_use]
    pub fn of(&self, channel: &str) -> Option<bool> {
        let says = |names: &[String]| names.iter().any(|name| name == channel);
        says(&self.line).then_some(true).or_else(|| says(&self.inbox).then_some(false))
    }

    /// # Errors
    /// Where the log has no such channel, or one is said to be both.
    pub fn check(&self, about: &About) -> Result<(), Diagnostic> {
        let channels = &about.names.channels;
        let refused = |message: String| Diagnostic::in_source(&about.name, None, message);
        if let Some(both) = self.line.iter().find(|name| self.inbox.contains(name)) {
            let message = format!("channel `{both}` cannot be both a line and an inbox");
            return Err(refused(message).help("leave out `--line` or `--inbox`"));
        }
        let unknown = |name: &&String| !channels.iter().any(|channel| channel == name.as_str());
        let Some(name) = self.line.iter().chain(&self.inbox).find(unknown) else { return Ok(()) };
        let help = match nearest(name, channels.iter()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                let more = channels.len().saturating_sub(10);
                let more = (more > 0).then(|| format!("{more} more"));
                let some = channels.iter().take(10).map(ToString::to_string).chain(more);
                format!("the channels are: {}", list(&some.collect::<Vec<_>>()))
            }
        };
        Err(refused(format!("there is no channel `{name}` in the log")).help(help))
    }
}
