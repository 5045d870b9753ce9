//! What a function could return without doing its work, by its return type.

use quote::ToTokens;
use syn::{GenericArgument, PathArguments, ReturnType, Type, TypeParamBound};

/// The values of a return type; nothing where the function never returns.
pub fn returned(output: &ReturnType) -> Vec<String> {
    match output {
        ReturnType::Default => vec!["()".to_owned()],
        ReturnType::Type(_, kind) => values(kind),
    }
}

/// What the function's iterator yields, where it promises one without naming its type.
pub fn iterated(output: &ReturnType) -> Option<&Type> {
    let ReturnType::Type(_, kind) = output else { return None };
    let Type::ImplTrait(kind) = &**kind else { return None };
    kind.bounds.iter().find_map(|bound| {
        let TypeParamBound::Trait(bound) = bound else { return None };
        let last = bound.path.segments.last().filter(|last| last.ident == "Iterator")?;
        let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
        arguments.args.iter().find_map(|argument| match argument {
            GenericArgument::AssocType(item) if item.ident == "Item" => Some(&item.ty),
            _ => None,
        })
    })
}

/// Values of a type that a careless programmer could have written.
pub fn values(kind: &Type) -> Vec<String> {
    match kind {
        Type::Never(_) => Vec::new(),
        Type::Tuple(tuple) => tuple
            .elems
            .iter()
            .fold(vec!["(".to_owned()], |starts, element| {
                let values = values(element);
                starts
                    .iter()
                    .flat_map(|start| values.iter().map(move |v| format!("{start}{v}, ")))
                    .collect()
            })
            .into_iter()
            .map(|start| format!("{})", if start == "(" { "(" } else { start.trim_end() }))
            .collect(),
        Type::Array(array) => {
            let length = array.len.to_token_stream().to_string();
            values(&array.elem).iter().map(|value| format!("[{value}; {length}]")).collect()
        }
        Type::Paren(inner) => values(&inner.elem),
        Type::Reference(reference) => referenced(&reference.elem, reference.mutability.is_some()),
        Type::Path(path) => path.path.segments.last().map_or_else(Vec::new, named),
        _ => Vec::new(),
    }
}

fn referenced(kind: &Type, mutable: bool) -> Vec<String> {
    let leak = if mutable { "Box::leak" } else { "&*Box::leak" };
    match kind {
        Type::Path(path) if path.path.is_ident("str") => words(&["\"\"", "\"xyzzy\""]),
        Type::Slice(slice) => {
            let one =
                values(&slice.elem).into_iter().map(|value| format!("Vec::leak(vec![{value}])"));
            std::iter::once("Vec::leak(Vec::new())".to_owned()).chain(one).collect()
        }
        _ => values(kind).iter().map(|value| format!("{leak}(Box::new({value}))")).collect(),
    }
}

fn named(last: &syn::PathSegment) -> Vec<String> {
    let inner: Vec<&Type> = match &last.arguments {
        PathArguments::AngleBracketed(arguments) => arguments
            .args
            .iter()
            .filter_map(|argument| {
                if let GenericArgument::Type(inner) = argument { Some(inner) } else { None }
            })
            .collect(),
        _ => Vec::new(),
    };
    let around = |before: &str, after: &str| -> Vec<String> {
        let values = inner.first().map_or_else(Vec::new, |inner| values(inner));
        values.iter().map(|value| format!("{before}{value}{after}")).collect()
    };
    let with = |first: &str, mut others: Vec<String>| {
        others.insert(0, first.to_owned());
        others
    };
    match last.ident.to_string().as_str() {
        "bool" => words(&["true", "false"]),
        "String" => words(&["String::new()", "\"xyzzy\".into()"]),
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => words(&["0", "1"]),
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => words(&["0", "1", "-1"]),
        "f32" | "f64" => words(&["0.0", "1.0", "-1.0"]),
        "Option" => with("None", around("Some(", ")")),
        "Result" => around("Ok(", ")"),
        "Vec" => with("vec![]", around("vec![", "]")),
        "Box" => around("Box::new(", ")"),
        _ => words(&["Default::default()"]),
    }
}

fn words(all: &[&str]) -> Vec<String> {
    all.iter().map(|&word| word.to_owned()).collect()
}
