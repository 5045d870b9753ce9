//! Finds every mutant of a file, by the operators of cargo-mutants.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, BinOp, Block, Expr, Pat, Signature, UnOp};

use crate::mutant::{Mutant, Part};
use crate::values;

/// All mutants of a file in the order of its source.
pub fn mutants(file: &str, source: &str) -> syn::Result<Vec<Mutant>> {
    let tree = syn::parse_file(source)?;
    let mut finder = Finder { file, source, found: Vec::new(), within: Vec::new(), default: false };
    finder.visit_file(&tree);
    let mut found = finder.found;
    found.sort_by_key(|mutant| (mutant.start, mutant.end));
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    for mutant in &mut found {
        let count = seen.entry((mutant.function.clone(), mutant.change.clone())).or_default();
        *count += 1;
        mutant.ordinal = *count;
    }
    Ok(found)
}

/// The files of the modules that this one declares for tests only.
pub fn test_files(path: &Path, source: &str) -> syn::Result<Vec<PathBuf>> {
    let is_root = path.file_name().is_some_and(|name| name == "mod.rs" || name == "lib.rs");
    let folder = if is_root { path.with_file_name("") } else { path.with_extension("") };
    let modules = syn::parse_file(source)?.items.into_iter().filter_map(|item| match item {
        syn::Item::Mod(item) if item.content.is_none() && is_for_tests(&item.attrs) => Some(item),
        _ => None,
    });
    Ok(modules.map(|item| folder.join(format!("{}.rs", item.ident))).collect())
}

struct Finder<'a> {
    file: &'a str,
    source: &'a str,
    found: Vec<Mutant>,
    /// Type and function that the visitor is in.
    within: Vec<String>,
    /// Whether it is in an implementation of `Default`.
    default: bool,
}

impl Finder<'_> {
    fn add(
        &mut self,
        part: Part,
        range: std::ops::Range<usize>,
        change: String,
        text: Option<String>,
    ) {
        self.found.push(Mutant {
            file: self.file.to_owned(),
            line: self.source[..range.start].matches('\n').count() + 1,
            function: self.within.join("::"),
            change,
            ordinal: 1,
            part,
            start: range.start,
            end: range.end,
            text,
        });
    }

    fn text(&self, node: &impl Spanned) -> &str {
        &self.source[node.span().byte_range()]
    }

    fn function(&mut self, attributes: &[Attribute], signature: &Signature, block: &Block) {
        if is_for_tests(attributes) || signature.constness.is_some() {
            return;
        }
        self.within.push(signature.ident.to_string());
        if !block.stmts.is_empty() && !(self.default && signature.ident == "default") {
            self.body(signature, block);
        }
        visit::visit_block(self, block);
        self.within.pop();
    }

    fn body(&mut self, signature: &Signature, block: &Block) {
        let open = block.brace_token.span.open().byte_range().end;
        let close = block.brace_token.span.close().byte_range().start;
        let (part, end, values) = match values::iterated(&signature.output) {
            None => (Part::Head, open, values::returned(&signature.output)),
            Some(item) => {
                let one = values::values(item).into_iter();
                let one = one.map(|value| format!("std::iter::once({value})"));
                let all = std::iter::once("std::iter::empty()".to_owned()).chain(one).collect();
                (Part::Whole, close, all)
            }
        };
        let now = self.source[open..close].trim();
        for value in values.into_iter().filter(|value| value != now) {
            self.add(part, open..end, format!("return {value}"), Some(value));
        }
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_mod(&mut self, node: &'ast syn::ItemMod) {
        if !is_for_tests(&node.attrs) {
            visit::visit_item_mod(self, node);
        }
    }

    fn visit_item_fn(&mut self, node: &'ast syn::ItemFn) {
        self.function(&node.attrs, &node.sig, &node.block);
    }

    fn visit_impl_item_fn(&mut self, node: &'ast syn::ImplItemFn) {
        self.function(&node.attrs, &node.sig, &node.block);
    }

    fn visit_trait_item_fn(&mut self, node: &'ast syn::TraitItemFn) {
        if let Some(block) = &node.default {
            self.function(&node.attrs, &node.sig, block);
        }
    }

    fn visit_item_trait(&mut self, node: &'ast syn::ItemTrait) {
        self.within.push(node.ident.to_string());
        visit::visit_item_trait(self, node);
        self.within.pop();
    }

    fn visit_item_impl(&mut self, node: &'ast syn::ItemImpl) {
        let of = node.trait_.as_ref().and_then(|(_, path, _)| path.segments.last());
        let of = of.map(|last| last.ident.to_string()).unwrap_or_default();
        if of == "Display" || of == "Debug" || is_for_tests(&node.attrs) {
            return;
        }
        let before = std::mem::replace(&mut self.default, of == "Default");
        let name = match &*node.self_ty {
            syn::Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
            other => Some(other.to_token_stream().to_string()),
        };
        self.within.push(name.unwrap_or_default());
        visit::visit_item_impl(self, node);
        self.within.pop();
        self.default = before;
    }

    // What is settled when the program is built cannot be switched when it runs.
    fn visit_item_const(&mut self, _: &'ast syn::ItemConst) {}
    fn visit_item_static(&mut self, _: &'ast syn::ItemStatic) {}
    fn visit_impl_item_const(&mut self, _: &'ast syn::ImplItemConst) {}
    fn visit_trait_item_const(&mut self, _: &'ast syn::TraitItemConst) {}
    fn visit_expr_const(&mut self, _: &'ast syn::ExprConst) {}
    fn visit_type(&mut self, _: &'ast syn::Type) {}
    fn visit_pat(&mut self, _: &'ast Pat) {}
    fn visit_generic_argument(&mut self, _: &'ast syn::GenericArgument) {}
    fn visit_item_enum(&mut self, _: &'ast syn::ItemEnum) {}

    fn visit_expr_repeat(&mut self, node: &'ast syn::ExprRepeat) {
        self.visit_expr(&node.expr);
    }

    fn visit_expr_binary(&mut self, node: &'ast syn::ExprBinary) {
        if !(binds(&node.left) || binds(&node.right)) {
            let now = self.text(&node.op).to_owned();
            for other in others(&node.op) {
                let (left, right) = (self.text(&node.left), self.text(&node.right));
                let text = format!("({left}) {other} ({right})");
                let change = format!("replace {now} with {other}");
                self.add(Part::Expression, node.span().byte_range(), change, Some(text));
            }
        }
        visit::visit_expr_binary(self, node);
    }

    fn visit_expr_unary(&mut self, node: &'ast syn::ExprUnary) {
        if let UnOp::Not(_) | UnOp::Neg(_) = node.op {
            let change = format!("delete {}", self.text(&node.op));
            let text = self.text(&node.expr).to_owned();
            self.add(Part::Expression, node.span().byte_range(), change, Some(text));
        }
        visit::visit_expr_unary(self, node);
    }

    fn visit_expr_match(&mut self, node: &'ast syn::ExprMatch) {
        let is_wild = |arm: &syn::Arm| matches!(arm.pat, Pat::Wild(_)) && arm.guard.is_none();
        let deletable = node.arms.iter().position(is_wild).unwrap_or(0);
        for (index, arm) in node.arms.iter().enumerate() {
            let guard = arm.guard.as_ref().map(|(_, guard)| guard);
            if guard.is_some_and(|guard| binds(guard)) {
                continue;
            }
            let after = arm.pat.span().byte_range().end;
            let range = guard.map_or(after..after, |guard| guard.span().byte_range());
            let pattern = self.text(&arm.pat).split_whitespace().collect::<Vec<_>>().join(" ");
            if guard.is_some() {
                for value in ["true", "false"] {
                    let change = format!("guard of {pattern} is {value}");
                    self.add(Part::Guard, range.clone(), change, Some(value.to_owned()));
                }
            }
            if index < deletable {
                self.add(Part::Guard, range, format!("delete arm {pattern}"), None);
            }
        }
        visit::visit_expr_match(self, node);
    }
}

/// Whether a condition binds names, which only `if` and `while` themselves can.
fn binds(node: &Expr) -> bool {
    match node {
        Expr::Let(_) => true,
        Expr::Binary(node) => binds(&node.left) || binds(&node.right),
        _ => false,
    }
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let text = attribute.meta.to_token_stream().to_string();
        text == "test" || text.replace(' ', "") == "cfg(test)"
    })
}

fn others(operator: &BinOp) -> &'static [&'static str] {
    match operator {
        BinOp::Add(_) => &["-", "*"],
        BinOp::Sub(_) => &["+", "/"],
        BinOp::Mul(_) => &["+", "/"],
        BinOp::Div(_) => &["%", "*"],
        BinOp::Rem(_) => &["/", "+"],
        BinOp::And(_) => &["||"],
        BinOp::Or(_) => &["&&"],
        BinOp::BitXor(_) => &["&", "|"],
        BinOp::BitAnd(_) => &["|", "^"],
        BinOp::BitOr(_) => &["&", "^"],
        BinOp::Shl(_) => &[">>"],
        BinOp::Shr(_) => &["<<"],
        BinOp::Eq(_) => &["!="],
        BinOp::Ne(_) => &["=="],
        BinOp::Lt(_) => &["==", ">", "<="],
        BinOp::Gt(_) => &["==", "<", ">="],
        BinOp::Le(_) => &[">"],
        BinOp::Ge(_) => &["<"],
        BinOp::AddAssign(_) => &["-=", "*="],
        BinOp::SubAssign(_) => &["+=", "/="],
        BinOp::MulAssign(_) => &["+=", "/="],
        BinOp::DivAssign(_) => &["%=", "*="],
        BinOp::RemAssign(_) => &["/=", "+="],
        BinOp::BitXorAssign(_) => &["|=", "&="],
        BinOp::BitAndAssign(_) => &["|=", "^="],
        BinOp::BitOrAssign(_) => &["&=", "^="],
        BinOp::ShlAssign(_) => &[">>="],
        BinOp::ShrAssign(_) => &["<<="],
        _ => &[],
    }
}
