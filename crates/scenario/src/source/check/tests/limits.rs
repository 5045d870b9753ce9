//! What is accepted, and what the check does with too much.

use super::{PROBLEM_LIMIT, Scenario, check, problems, schema, to_json, tree};

#[test]
fn what_the_check_accepts_serde_accepts_too() {
    let text = "title = 'x'\nnote = 'y'\npair = [1, 255]\n[run]\ndays = 3\nbusy = 1\norder = 'last-come'\n\
                fallback = 'red'\nmean = 0.1\n[plan]\nseed = 0\n[team.care]\nchannels = []\n\
                [[team.care.shifts]]\npeople = 4\n[weights]\na = 1\n[levels]\n3 = 0.5\n\
                [[events]]\nkind = 'outage'\nhours = 2\n[[events]]\nkind = 'campaign'\npeople = 2\n";
    for patience in ["5", "2.5", "'never'", "{ mean = 3 }"] {
        let node = tree(text, &[&format!("patience={patience}")]);
        assert_eq!(check(&node, &schema()), [], "{patience}");
        assert!(serde_json::from_value::<Scenario>(to_json(&node)).is_ok(), "{patience}");
    }
}

#[test]
fn problems_come_in_the_order_of_the_text_and_not_without_end() {
    let found = problems("[run]\nzzz = 1\ndays = 0\n[team.care]\nqqq = 1\n");
    let starts: Vec<_> = found.iter().map(|p| p.place.as_ref().unwrap().range.start).collect();
    assert!(starts.is_sorted() && found.len() == 4, "{found:#?}");
    let many: String = (0..50_000).map(|i| format!("k{i} = 1\n")).collect();
    assert_eq!(problems(&many).len(), PROBLEM_LIMIT);
}

#[test]
fn a_schema_that_refers_to_itself_does_not_hang() {
    let schema =
        serde_json::json!({ "$ref": "#/$defs/a", "$defs": { "a": { "$ref": "#/$defs/a" } } });
    assert_eq!(check(&tree("x = 1", &[]), &schema), []);
}
