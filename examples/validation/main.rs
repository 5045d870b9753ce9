//! Holds the model against published figures and writes what came out:
//!
//! ```text
//! cargo run --release --example validation > docs/validation.md
//! ```
//!
//! The seeds are those of the scenarios, so the text is the same each time. A group of targets a
//! file; the sentences on why a target was missed are written by hand: read them again when the
//! numbers change.

mod answers;
mod ladder;
mod play;
mod policies;
mod recovery;
mod spread;
mod table;
mod voice;

use std::io::Write;

use play::Error;
use table::{Group, Row, Use, Verdict, table};

fn main() -> Result<(), Error> {
    let groups = [
        voice::group()?,
        spread::group()?,
        answers::group()?,
        recovery::justice()?,
        recovery::paradox()?,
        recovery::recommend()?,
        ladder::group()?,
        policies::wheel()?,
        policies::reach()?,
        policies::cases()?,
    ];
    std::io::stdout().lock().write_all(page(&groups).as_bytes())?;
    Ok(())
}

fn page(groups: &[Group]) -> String {
    let rows: Vec<&Row> = groups.iter().flat_map(|group| &group.rows).collect();
    let count = |used: Use, verdict: Verdict| {
        rows.iter().filter(|row| row.used == used && row.verdict == verdict).count()
    };
    let line = |name: &str, used: Use| {
        format!(
            "| {name} | {} | {} | {} |\n",
            count(used, Verdict::Met),
            count(used, Verdict::Within),
            count(used, Verdict::Missed)
        )
    };
    let mut text = INTRODUCTION.to_owned();
    text.push_str("| Used to | Met | Within a factor of two | Missed |\n|---|---|---|---|\n");
    text.push_str(&line("set", Use::Set));
    text.push_str(&line("check", Use::Check));
    for group in groups {
        text.push_str(&format!(
            "\n## {}\n{}\n\n{}",
            group.title,
            group.setting,
            table(&group.rows)
        ));
    }
    text.push_str(&misses(&rows));
    text.push_str(CONCLUSIONS);
    text
}

fn misses(rows: &[&Row]) -> String {
    let mut text = String::from("\n## Misses\nNothing was tuned to make one of these disappear.\n");
    for (verdict, title) in
        [(Verdict::Missed, "Missed"), (Verdict::Within, "Within a factor of two")]
    {
        text.push_str(&format!("\n### {title}\n"));
        // Rows that miss for one reason stand together.
        let mut reasons: Vec<(&str, Vec<&Row>)> = Vec::new();
        for row in rows.iter().filter(|row| row.verdict == verdict) {
            match reasons.iter_mut().find(|(why, _)| *why == row.why) {
                Some((_, others)) => others.push(row),
                None => reasons.push((row.why, vec![row])),
            }
        }
        for (why, rows) in reasons {
            let names: Vec<String> = rows
                .iter()
                .map(|row| {
                    format!(
                        "{} ({})",
                        row.target,
                        if row.used == Use::Set { "set" } else { "check" }
                    )
                })
                .collect();
            let why = if why.is_empty() { "Why is not known." } else { why };
            text.push_str(&format!("- **{}.** {why}\n", names.join("; ")));
        }
    }
    text
}

const INTRODUCTION: &str = "\
# Validation

The model against published figures. This page is written by a command, and is the same each time:

```sh
cargo run --release --example validation > docs/validation.md
```

Each figure serves one of two ends, never both. From some, defaults were **set**: that the model meets them shows \
only that it was set well. The others are kept to **check** it: nothing was tuned to them, and where the model misses \
one, it says so. Figures and sources are those of [evidence.md](evidence.md), whose section stands after each source.

- **Met**: in the published range, or within a tenth of it; for a sign, a 95% interval that leaves out 0; for a null, \
an interval within a stated small effect.
- **Within a factor of two**: between half and twice what was published.
- **Missed**: further away, the other sign, or none that can be told.

Intervals are Student's over replications with the scenarios' own seeds: Monte Carlo error, and nothing else. What was \
published has errors of its own: 3 answers of 140 may stand for anything from 0.4% to 6%.

";

const CONCLUSIONS: &str = "
## Not checked
- **Simply Measured's redirects** (46% of replies send the customer elsewhere or ask for more): what a company answers is its \
policy, an input here.
- **Losses in money**: the model has severity only; TARP's two ladders stand for severity 0.2 and 0.8.
- `publicity.severity_ratio` took its sign, not its size, from the airlines' tweets, whose figures only check.
- `reaction.second_remedy` took its sign, not its size, from Maxham & Netemeyer, and the default `reaction.voice_relief` = 0 its \
regime from CCMC: the paradox after two failures and the order of the ladder's lowest steps in CCMC's regime are thus checks of size, \
and not wholly independent either.

## What a strategist should conclude
- **Take signs and orders from the model.** Who is answered under overload, the squeaky wheel, the recovery paradox after one failure, \
nulls where an action reaches few: these come out, and no default was moved to bring them about.
- **Do not take levels of loyalty, churn, satisfaction or recommendation.** Loyalty and churn are an order of magnitude milder than what \
people say in surveys; \"satisfied\" here means better than neutral, which is easily had.
- **Do not promise a lower share of negative posts.** Answering changes what is read beneath the posts, not who posts. Public \
sentiment is the number that moves.
- **Where answers hang on TARP or CCMC, say which.** By default those who complain in vain are the least loyal (CCMC), which makes \
inviting complaints that will not be solved costly.
- **Escalation is understated.** Fewer public complaints follow a failed private attempt than in the field, so what good private care \
does for a public name is understated too.
";
