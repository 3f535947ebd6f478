//! Every function is documented, and every example runs.
use super::World;
use crate::script::{engine, manual, reference};
use crate::wire::bean::Api;

/// What only newer servers have, as examples name it.
const NEWER: &[&str] =
    &["type_group", "multiValue", "list_files", "ro_crate", "export_xlsx"];

#[test]
fn every_function_is_documented_with_an_example() {
    let world = World::new();
    let bare: Vec<String> = reference::functions(&engine(world.host()))
        .into_iter()
        .filter(|function| function.summary.is_empty() || function.examples.is_empty())
        .map(|function| function.signature)
        .collect();
    assert_eq!(bare, Vec::<String>::new());
}

#[test]
fn every_example_runs() {
    let world = World::new();
    let mut failed = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for function in reference::functions(&engine(world.host())) {
        for example in function.examples {
            if !seen.insert(example.clone()) {
                continue;
            }
            // Each has a lab of its own: the examples change things.
            let newer = NEWER.iter().any(|noun| example.contains(noun));
            let api = if newer { Api::Newer } else { Api::Of2023 };
            if let Err(failure) = World::speaking(api).run(&example) {
                failed.push(format!("{}: {failure}\n{example}", function.signature));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

#[test]
fn what_can_be_read_from_a_container_can_be_written_to_it() {
    let world = World::new();
    let engine = engine(world.host());
    let names = reference::accessors(&engine);
    let lost: Vec<&String> = names
        .getters
        .iter()
        .filter(|(_, container)| *container)
        .map(|(name, _)| name)
        .filter(|name| {
            !names.setters.contains(*name) && !READ_ONLY.contains(&name.as_str())
        })
        .collect();
    assert_eq!(lost, Vec::<&String>::new());
}

#[test]
fn the_reference_is_up_to_date() {
    let functions = reference::functions(&engine(World::new().host()));
    let kept = std::fs::read_to_string("docs/reference.md").unwrap_or_default();
    assert!(
        kept == manual::page(&functions),
        "`rhobis doc --all > docs/reference.md` makes it anew"
    );
}

/// Containers that nobody would write to: what they give is a copy.
const READ_ONLY: &[&str] =
    &["hints", "columns", "objects", "response", "server_information"];
