//! Laying one tree over another.

use super::node::{Node, Value};

/// Lays `over` over `base`: tables are merged key by key, everything else is replaced.
///
/// Keys keep the order of `base`; new ones follow at the end. What is replaced takes the place of
/// `over`, what stays keeps its own, so that a message points at the text that decided.
pub fn overlay(base: &mut Node, over: &Node) {
    match (&mut base.value, &over.value) {
        (Value::Table(below), Value::Table(above)) => {
            for (key, node) in above {
                match below.get_mut(key) {
                    Some(existing) => overlay(existing, node),
                    None => {
                        below.insert(key.clone(), node.clone());
                    }
                }
            }
        }
        _ => *base = over.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sources::Sources;
    use super::super::{Node, Value, parse, to_json};
    use super::overlay;

    fn merged(base: &str, over: &str) -> Node {
        let mut sources = Sources::new();
        let first = sources.add_text("base.toml", base);
        let second = sources.add_text("over.toml", over);
        let mut node = parse(&sources, first).unwrap();
        overlay(&mut node, &parse(&sources, second).unwrap());
        node
    }

    #[test]
    fn tables_merge_keeping_the_order_of_the_base_and_appending_new_keys() {
        let node = merged("a = 1\n[b]\nx = 1\ny = 2\n[c]\n", "d = 4\n[b]\nz = 3\nx = 9\n");
        let text = serde_json::to_string(&to_json(&node)).unwrap();
        assert_eq!(text, r#"{"a":1,"b":{"x":9,"y":2,"z":3},"c":{},"d":4}"#);
    }

    #[test]
    fn lists_and_scalars_are_replaced_not_merged() {
        let node = merged("a = [1, 2, 3]\nb = 1\nc = { x = 1 }", "a = [9]\nb = { y = 2 }\nc = 5");
        let text = serde_json::to_string(&to_json(&node)).unwrap();
        assert_eq!(text, r#"{"a":[9],"b":{"y":2},"c":5}"#);
    }

    #[test]
    fn each_value_keeps_the_place_of_the_text_that_decided() {
        let node = merged("[b]\nx = 1\ny = 2\n", "[b]\nx = 9\n");
        assert_eq!(node.at(&["b", "x"]).unwrap().place.source, 1);
        assert_eq!(node.at(&["b", "x"]).unwrap().key_or_place().source, 1);
        assert_eq!(node.at(&["b", "y"]).unwrap().place.source, 0);
        assert_eq!(node.at(&["b"]).unwrap().place.source, 0);
        assert_eq!(node.at(&["b", "x"]).unwrap().value, Value::Integer(9));
    }
}
