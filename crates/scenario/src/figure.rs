//! `[[figure]]`: a chart made for the scenario's own question, besides those of every run.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::metric::Metric;

/// What tables and figures call all companies of a market together.
pub const ALL: &str = "all";

/// One chart; its files are `chart-NAME.svg` and `.png`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Its name: letters, digits and `-`. With the name of a chart of every run it takes that
    /// chart's place.
    pub name: String,
    /// What it shows, above it: a question or a plain description, as the answer may differ from run
    /// to run.
    #[schemars(length(max = 300))]
    pub title: String,
    /// What is drawn against what.
    pub draws: Drawing,
    /// What is measured: a panel each. `trade-off` takes two, across and upwards; `hours` none.
    #[serde(default)]
    pub metrics: Vec<Metric>,
    /// The parts that are compared; of `parts`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dimension: Option<Dimension>,
    /// The arms that are drawn; left out: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arms: Option<Vec<String>>,
    /// The companies that are drawn, where there are several, `all` for all of them together; left
    /// out: each of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub companies: Option<Vec<String>>,
    /// Published figures drawn beside the simulated ones.
    #[serde(default)]
    pub published: Vec<Published>,
    /// What the reader should know, below it.
    #[serde(default)]
    #[schemars(length(max = 1_000))]
    pub note: String,
}

/// What a chart draws against what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Drawing {
    /// Each arm's mean with its interval, a panel for each metric.
    Arms,
    /// Metrics from day to day, a panel for each.
    Days,
    /// A metric by the parts of a dimension, a row for each part.
    Parts,
    /// One metric against another, a point for each arm.
    TradeOff,
    /// How many have seen the first mistake, by the hour, on a logarithmic scale.
    Hours,
}

/// How a whole is split into parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// By channel of the first message.
    Channel,
    /// By team.
    Team,
    /// By kind of message.
    Kind,
    /// By severity (mild below a third, serious from two thirds), or by stream.
    Class,
    /// By tenth of followers, 1 the least followed.
    FollowersTenth,
    /// By how a failure ended for the customer: silent, dissatisfied, satisfied, satisfied-fast.
    Outcome,
    /// By channel of an auditor's probe.
    Probe,
}

impl Dimension {
    /// The name in scenarios and files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Channel => "channel",
            Self::Team => "team",
            Self::Kind => "kind",
            Self::Class => "class",
            Self::FollowersTenth => "followers_tenth",
            Self::Outcome => "outcome",
            Self::Probe => "probe",
        }
    }
}

/// A published figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// The metric whose panel it belongs to.
    pub metric: Metric,
    /// The day that it is drawn at, of `days`; without one it is drawn across all days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-unit" = "days"))]
    pub day: Option<f64>,
    /// The value.
    #[schemars(extend("x-unit" = "as the metric"))]
    pub value: f64,
    /// What it says beside it.
    #[schemars(length(max = 200))]
    pub label: String,
}

#[cfg(test)]
mod tests {
    use crate::study::{Request, Study};

    fn refused(figures: &str) -> String {
        let (_, source) =
            crate::study::find("listening-vs-responding", &heard_contacts::files::Disk).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("figures.toml");
        std::fs::write(&path, format!("{}\n{figures}", source.text)).unwrap();
        let scenario = path.to_str().unwrap().to_owned();
        match Study::load(&Request { scenario, ..Request::default() }) {
            Ok(_) => String::new(),
            Err(refusal) => refusal.render(false),
        }
    }

    fn figure(name: &str, rest: &str) -> String {
        format!("[[figure]]\nname = \"{name}\"\ntitle = \"What?\"\n{rest}\n")
    }

    #[test]
    fn what_cannot_be_drawn_is_refused_with_what_would_be_right() {
        let plain = "draws = \"arms\"\nmetrics = [\"heard_rate\"]";
        let cases = [
            (figure("a/b", plain), "letters, digits and `-`"),
            (figure("", plain), "letters, digits and `-`"),
            (figure("one", plain) + &figure("One", plain), "two figures are called `One`"),
            (figure("one", "draws = \"days\""), "there is nothing to draw"),
            (figure("one", &plain.replace("arms", "trade-off")), "takes two, across and upwards"),
            (figure("one", &plain.replace("arms", "hours")), "leave `metrics` out"),
            (figure("one", &plain.replace("arms", "parts")), "dimension = \"channel\""),
            (figure("one", &format!("{plain}\ndimension = \"team\"")), "splits the whole"),
            (figure("one", &format!("{plain}\narms = []")), "none are left to draw"),
            (figure("one", &format!("{plain}\narms = [\"respondin\"]")), "mean `responding`"),
            (figure("one", &format!("{plain}\ncompanies = [\"all\"]")), "no company `all`"),
            (
                figure(
                    "one",
                    &format!(
                        "{plain}\npublished = [{{ metric = \"nps\", value = 1, label = \"\" }}]"
                    ),
                ),
                "not among the figure's metrics",
            ),
        ];
        assert_eq!(refused(&figure("one", plain)), "");
        assert_eq!(refused(&figure("Funnel", plain)), "");
        for (figures, part) in cases {
            let text = refused(&figures);
            assert!(text.contains(part) && text.contains("help"), "{part}: {text}");
            assert_eq!(text.matches("error").count(), 1, "{text}");
        }
    }
}
