//! Compares the model with published figures and writes a page about it:
//!
//! ```text
//! cargo run --release --example validation > docs/validation.md
//! ```
//!
//! It takes a few minutes. The seeds are those of the scenarios, so the text is the same each time. There
//! is one file per group of targets. The sentences on why a target was missed are written by hand: read
//! them again when the numbers change.

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
use table::{Group, Judged, Kind, Row, Use, Verdict, table};

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
    let mut text = INTRODUCTION.to_owned();
    text.push_str(&in_words(&rows));
    text.push_str(&counts(&rows));
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

fn count(rows: &[&Row], used: Use, kind: Kind, verdict: Verdict) -> usize {
    let judged = Judged { kind, verdict };
    rows.iter().filter(|row| row.used == used && row.judged == judged).count()
}

/// The sentence that readers should take away from the counts.
fn in_words(rows: &[&Row]) -> String {
    let of = |kind, verdict| count(rows, Use::Check, kind, verdict);
    let all = |kind| Verdict::ALL.into_iter().map(|verdict| of(kind, verdict)).sum::<usize>();
    let met = |kind| of(kind, Verdict::Met);
    format!(
        "**Of {} published numbers that check the model, {} are met, and {} within a factor of two.** Signs: {} of {} \
         met, {} more in sign only. Nulls: {} of {} met. Another {} checks follow from how the model is built.\n\n",
        all(Kind::Number),
        met(Kind::Number),
        of(Kind::Number, Verdict::Within),
        met(Kind::Sign),
        all(Kind::Sign),
        of(Kind::Sign, Verdict::SignOnly),
        met(Kind::Null),
        all(Kind::Null),
        all(Kind::Built),
    )
}

/// How many targets of each use and kind came out how, as a table of Markdown.
fn counts(rows: &[&Row]) -> String {
    let mut text = String::from(
        "| Used to | Kind | Met | In sign only | Within a factor of two | Missed |\n|---|---|---|---|---|---|\n",
    );
    for used in [Use::Check, Use::Set] {
        for kind in Kind::ALL {
            let each = Verdict::ALL.map(|verdict| count(rows, used, kind, verdict));
            if each.iter().sum::<usize>() > 0 {
                let [met, sign_only, within, missed] = each;
                text.push_str(&format!(
                    "| {used} | {kind} | {met} | {sign_only} | {within} | {missed} |\n"
                ));
            }
        }
    }
    text
}

fn misses(rows: &[&Row]) -> String {
    let mut text = String::from("\n## Misses\nNothing was tuned to remove any of them.\n");
    for (verdict, title) in [
        (Verdict::Missed, "Missed"),
        (Verdict::SignOnly, "Met in sign only"),
        (Verdict::Within, "Within a factor of two"),
    ] {
        text.push_str(&format!("\n### {title}\n"));
        // Rows that miss for one reason stand together.
        let mut reasons: Vec<(&str, Vec<&Row>)> = Vec::new();
        for row in rows.iter().filter(|row| row.judged.verdict == verdict) {
            match reasons.iter_mut().find(|(why, _)| *why == row.why) {
                Some((_, others)) => others.push(row),
                None => reasons.push((row.why, vec![row])),
            }
        }
        for (why, rows) in reasons {
            let names: Vec<String> =
                rows.iter().map(|row| format!("{} ({})", row.target, row.used)).collect();
            let why = if why.is_empty() { "The reason is not known." } else { why };
            text.push_str(&format!("- **{}.** {why}\n", names.join("; ")));
        }
    }
    text
}

const INTRODUCTION: &str = "\
# Validation

The model compared with published figures. A command writes this page, the same each time:

```sh
cargo run --release --example validation > docs/validation.md
```

Some figures were used to **set** defaults; meeting them shows only that the defaults were set well. The others \
**check** the model: no default was tuned to them. No figure does both. Figures and sources are those of \
[evidence.md](evidence.md); the number after each source is the section.

Targets are of four kinds:
- **Number**: a published size. Met if the mean is in the published range or within a tenth of it; within a factor of two \
if between half and twice that.
- **Sign**: a direction only. Met if the 95% interval leaves out 0 on the right side. Where a size was published, an \
effect below a quarter of it is **met in sign only**.
- **Null**: no effect. Met if the interval lies within a stated small effect.
- **By construction**: a rule or a setting of the model brings it about, whatever else happens. It shows that the rule \
works, and nothing about people.

Everything else is **missed**: a number further away, or a sign or null that is not there or cannot be told.

Intervals are Student's over replications, with the scenarios' own seeds. They cover Monte Carlo error only. Published \
figures have errors of their own: 3 answers of 140 are compatible with anything from 0.4% to 6%.

";

const CONCLUSIONS: &str = "
## Not checked
- **Simply Measured's redirects** (46% of replies send the customer elsewhere or ask for more): what a company answers is \
an input here.
- **Losses in money**: the model has severity only; TARP's two ladders stand for severity 0.2 and 0.8.
- `publicity.severity_ratio` took its sign, but not its size, from the airlines' tweets.
- `reaction.second_remedy` took its sign, but not its size, from Maxham & Netemeyer, and the default \
`reaction.voice_relief` = 0 its regime from CCMC. The paradox after two failures and the lowest steps of the ladder in \
CCMC's regime are therefore not entirely independent checks.

## What a strategist should conclude
- **Use the model for signs and orders, not for sizes.** It misses the published numbers that check it. Who is answered \
under overload follows from the rule that sorts the queue; the squeaky wheel and the recovery paradox after one failure \
come from assumed reactions, and no default was moved to produce them.
- **Do not use levels of loyalty, churn, satisfaction or recommendation.** Effects on loyalty and churn are many times \
smaller than what people say in surveys; \"satisfied\" means better than neutral here, which is easy to reach.
- **Do not promise a lower share of negative posts.** Answering changes what people read below the posts, not who posts. \
Public sentiment is the number that moves.
- **If a conclusion depends on TARP or CCMC, say which.** By default those who complain in vain are the least loyal \
(CCMC), which makes it costly to invite complaints that will not be solved.
- **Escalation is understated.** Fewer public complaints follow a failed private attempt than in the field, so the model \
also understates how much good private care protects a public name.
";
