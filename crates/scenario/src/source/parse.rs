//! From TOML text to a tree with places.

use std::ops::Range;

use indexmap::IndexMap;
use toml::Spanned;
use toml::de::{DeFloat, DeInteger, DeTable, DeValue};

use super::node::{Node, Value};
use super::problem::Problem;
use super::sources::{Place, Source, Sources};
use super::{syntax, words};

/// How many tables and lists may lie within one another.
pub const DEPTH_LIMIT: usize = 64;

/// How many characters a name may have.
const NAME_LIMIT: usize = 100;

/// The stack for parsing: the parser accepts up to 80 inline tables of 80 dotted parts each within
/// one another, and takes such a tree down by recursion before [`DEPTH_LIMIT`] can refuse it.
const STACK: usize = 64 << 20;

/// Parses one of the sources as a TOML document.
///
/// # Errors
///
/// Where the text is not TOML, nests deeper than [`DEPTH_LIMIT`], or holds a number that a scenario
/// cannot hold.
pub fn parse(sources: &Sources, number: usize) -> Result<Node, Problem> {
    let Some(source) = sources.get(number) else {
        return Err(Problem::new(format!("there is no source number {number}")));
    };
    on_a_large_stack(|| document(source, number))
}

/// Runs the work on a thread of its own, whose stack is large enough for whatever the parser built.
pub(super) fn on_a_large_stack<T: Send>(
    work: impl FnOnce() -> Result<T, Problem> + Send,
) -> Result<T, Problem> {
    let failed = |why: &str| Err(Problem::new(format!("the text cannot be parsed: {why}")));
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        match thread.map(|running| running.join()) {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => failed("the TOML parser stopped unexpectedly"),
            Err(error) => failed(&format!("no thread to parse it on ({error})")),
        }
    })
}

fn document(source: &Source, number: usize) -> Result<Node, Problem> {
    let table = DeTable::parse(&source.text)
        .map_err(|error| syntax::explain(&source.text, number, 0, &error))?;
    let reader = Reader { source: number, offset: 0 };
    let (span, table) = (table.span(), table.into_inner());
    reader.table(table, 0).map(|value| reader.node(value, span, None))
}

/// Turns what the TOML parser gives into nodes.
pub(super) struct Reader {
    /// The source the places are in.
    pub source: usize,
    /// Where the parsed text begins within the source.
    pub offset: usize,
}

impl Reader {
    /// A value without a key.
    pub(super) fn value(&self, value: Spanned<DeValue<'_>>) -> Result<Node, Problem> {
        self.convert(value, None, 0)
    }

    fn convert(
        &self,
        value: Spanned<DeValue<'_>>,
        key: Option<Range<usize>>,
        depth: usize,
    ) -> Result<Node, Problem> {
        let span = value.span();
        if depth > DEPTH_LIMIT {
            return Err(syntax::too_deep().at(self.place(span)));
        }
        let value = match value.into_inner() {
            DeValue::String(text) => Value::String(self.text(text.into_owned(), &span)?),
            DeValue::Integer(number) => Value::Integer(self.integer(&number, &span)?),
            DeValue::Float(number) => Value::Float(self.float(&number, &span)?),
            DeValue::Boolean(flag) => Value::Boolean(flag),
            DeValue::Datetime(date) => Value::Datetime(date.to_string()),
            DeValue::Array(items) => {
                let items = items.into_iter().map(|item| self.convert(item, None, depth + 1));
                Value::Array(items.collect::<Result<_, _>>()?)
            }
            DeValue::Table(table) => self.table(table, depth)?,
        };
        Ok(self.node(value, span, key))
    }

    fn table(&self, table: DeTable<'_>, depth: usize) -> Result<Value, Problem> {
        let mut entries = IndexMap::with_capacity(table.len());
        for (key, value) in table {
            let span = key.span();
            let key = self.key(key.into_inner().into_owned(), &span)?;
            entries.insert(key, self.convert(value, Some(span), depth + 1)?);
        }
        Ok(Value::Table(entries))
    }

    /// A text without what a terminal would obey: texts and names are shown as they are.
    pub(super) fn text(&self, text: String, span: &Range<usize>) -> Result<String, Problem> {
        self.shown(text, span, |c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
    }

    /// A name, which stands in one line of a table or a chart.
    pub(super) fn key(&self, key: String, span: &Range<usize>) -> Result<String, Problem> {
        if key.chars().nth(NAME_LIMIT).is_some() {
            return Err(Problem::new(format!("this name is longer than {NAME_LIMIT} characters"))
                .at(self.place(span.clone()))
                .help("names head the columns of tables and the lines of charts"));
        }
        self.shown(key, span, char::is_control)
    }

    fn shown(
        &self,
        text: String,
        span: &Range<usize>,
        refused: impl Fn(char) -> bool,
    ) -> Result<String, Problem> {
        let Some(c) = text.chars().find(|&c| refused(c)) else { return Ok(text) };
        let code = u32::from(c);
        Err(Problem::new(format!("this text holds the control character U+{code:04X}"))
            .at(self.place(span.clone()))
            .help("take it out: terminals and charts would obey it instead of showing it"))
    }

    fn integer(&self, number: &DeInteger<'_>, span: &Range<usize>) -> Result<i64, Problem> {
        i64::from_str_radix(number.as_str(), number.radix()).map_err(|_| {
            let (least, most) = (i64::MIN, i64::MAX);
            let shown = words::shorten(&number.to_string(), 30);
            Problem::new(format!("the whole number {shown} is too large to hold"))
                .at(self.place(span.clone()))
                .help(format!("whole numbers go from {least} to {most}"))
        })
    }

    fn float(&self, number: &DeFloat<'_>, span: &Range<usize>) -> Result<f64, Problem> {
        let text = number.as_str();
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() || !text.bytes().any(|b| b.is_ascii_digit()) => {
                Ok(value)
            }
            _ => Err(Problem::new(format!("the number {} is too large", words::shorten(text, 30)))
                .at(self.place(span.clone()))
                .help("numbers with decimals go up to about 1.8e308")),
        }
    }

    fn node(&self, value: Value, span: Range<usize>, key: Option<Range<usize>>) -> Node {
        Node { value, place: self.place(span), key_place: key.map(|key| self.place(key)) }
    }

    fn place(&self, span: Range<usize>) -> Place {
        let range = span.start + self.offset..span.end + self.offset;
        Place { source: self.source, range }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sources::Sources;
    use super::super::{Node, Problem, SIZE_LIMIT};
    use super::parse;
    use crate::quick::quick;

    fn read(text: &str) -> Result<Node, Problem> {
        let mut sources = Sources::new();
        let number = sources.add_text("a.toml", text);
        parse(&sources, number)
    }

    /// The rendered error, which must be short and come quickly.
    fn refused(text: &str) -> String {
        let mut sources = Sources::new();
        let number = sources.add_text("a.toml", text);
        let shown =
            quick(|| parse(&sources, number).unwrap_err().diagnostic(&sources).render(false));
        assert!(shown.chars().count() < 700, "{} characters", shown.chars().count());
        shown
    }

    #[test]
    fn deep_nesting_of_every_kind_is_refused_quickly() {
        let n = 100_000;
        let eighty = vec!["a"; 79].join(".");
        let texts = [
            format!("a = {}", "[".repeat(n)),
            format!("a = {}{}", "[".repeat(n), "]".repeat(n)),
            format!("a = {}", "{a=".repeat(n)),
            format!("a = {}1{}", "{a=".repeat(n), "}".repeat(n)),
            format!("{} = 1", vec!["a"; n].join(".")),
            format!("[{}]", vec!["a"; n].join(".")),
            format!("[[{}]]", vec!["a"; n].join(".")),
            format!("a = {{ {} = 1 }}", vec!["a"; n].join(".")),
            format!("{eighty} = {}1{}", format!("{{{eighty}=").repeat(80), "}".repeat(80)),
            format!("[{eighty}]\n{eighty} = 1"),
            format!("{}1", "[".repeat(70).replace('[', "a = [") + &"]".repeat(70)),
        ];
        for text in &texts[..10] {
            let shown = refused(text);
            assert!(shown.contains("within one another"), "{shown}");
        }
        refused(&texts[10]);
    }

    #[test]
    fn a_deep_tree_dropped_inside_the_parser_does_not_overflow() {
        let eighty = vec!["a"; 79].join(".");
        let deep = format!("{}1{}", format!("{{{eighty}=").repeat(79), "}".repeat(79));
        refused(&format!("a = {deep}\na = {deep}\n"));
    }

    #[test]
    fn brackets_at_the_start_of_every_line_are_refused_quickly() {
        refused(&"[[\n".repeat(100_000));
        refused(&"[[".repeat(100_000));
        refused(&"[[a\n".repeat(100_000));
    }

    #[test]
    fn a_mebibyte_of_nonsense_is_refused_quickly() {
        let most = usize::try_from(SIZE_LIMIT).unwrap();
        for piece in
            ["\0", "a", "=", "a=", "a.", "\"", "'", "{", "a b\n", "é", "x = [1,\n", "]", ","]
        {
            refused(&piece.repeat(most / piece.len()));
        }
        let noise = (0..most as u64).map(|i| {
            char::from(
                u8::try_from(32 + (i.wrapping_mul(i).wrapping_mul(2_654_435_761) >> 13) % 95)
                    .unwrap(),
            )
        });
        refused(&noise.collect::<String>());
    }

    #[test]
    fn nesting_up_to_the_limit_is_read() {
        let text = format!("a = {}1{}", "[".repeat(63), "]".repeat(63));
        assert!(read(&text).is_ok());
        let text = format!("a = {}1{}", "[".repeat(64), "]".repeat(64));
        assert!(read(&text).is_err());
    }

    #[test]
    fn numbers_beyond_the_range_are_refused_rather_than_bent() {
        assert!(refused("a = 9223372036854775808").contains("9223372036854775808 is too large"));
        assert!(refused("a = 0xffffffffffffffff").contains("0xffffffffffffffff is too large"));
        assert!(refused("a = 1e400").contains("the number 1e400 is too large"));
        assert!(read("a = 9223372036854775807\nb = -9223372036854775808\nc = 1_000").is_ok());
    }

    #[test]
    fn what_a_terminal_would_obey_is_refused_in_texts_and_names() {
        assert!(refused(&format!("{} = 1", "a".repeat(101))).contains("longer than 100"));
        for text in ["a = \"\\u001b[31m\"", "a = \"x\\u0000\"", "\"a\\u009b\" = 1", "\"a\\nb\" = 1"]
        {
            assert!(refused(text).contains("control character U+00"), "{text}");
        }
        assert!(read("a = \"\"\"x\n\ty\"\"\"\nb = \"é\"").is_ok());
    }

    #[test]
    fn windows_line_ends_are_fine() {
        assert!(read("a = 1\r\n[b]\r\nc = '''x\r\ny'''\r\n").is_ok());
    }
}
