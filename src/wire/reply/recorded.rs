//! Every answer that was recorded from a real server can be read. Skipped where the
//! recordings are not at hand.
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use super::Reply;
use crate::model::{Fetch, Kind, Verb};
use crate::wire::{Refusal, names};

fn files(folder: &str) -> Vec<PathBuf> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/openbis").join(folder);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/openbis");
    let folder =
        if folder.is_dir() { folder } else { beside.join(folder.file_name().unwrap()) };
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: there is no {}", folder.display());
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// A recorded reply with what differs from server to server filled in.
fn filled(reply: &Json) -> String {
    let mut text = reply.to_string();
    text = text.replace("\"{{time}}\"", "1695735421234");
    for number in 0..100 {
        text = text.replace(&format!("\"{{{{techId:{number}}}}}\""), &number.to_string());
    }
    text
}

fn stories() -> impl Iterator<Item = (String, Json)> {
    files("recorded").into_iter().flat_map(|file| {
        let story: Json =
            serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let name = story["story"].as_str().unwrap().to_owned();
        let exchanges = story["exchanges"].as_array().unwrap().clone();
        exchanges
            .into_iter()
            .enumerate()
            .map(move |(number, exchange)| (format!("{name}#{}", number + 1), exchange))
            .collect::<Vec<_>>()
    })
}

#[test]
fn every_recorded_answer_can_be_read() {
    let mut wrong = Vec::new();
    let mut read = 0;
    for (name, exchange) in stories() {
        let reply = &exchange["reply"];
        if reply.get("result").is_none() && reply.get("error").is_none() {
            continue;
        }
        read += 1;
        if let Err(error) = Reply::read(&filled(reply), None) {
            wrong.push(format!("{name}: {error:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {read}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_example_of_the_wire_can_be_read() {
    let wrong: Vec<String> = files("wire-examples")
        .iter()
        .filter_map(|file| {
            let text = std::fs::read_to_string(file).unwrap();
            let error = Reply::read(&text, None).err()?;
            Some(format!("{}: {error:?}", file.display()))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn recorded_refusals_are_told_apart() {
    let mut counts = std::collections::BTreeMap::new();
    for (name, exchange) in stories() {
        let reply = &exchange["reply"];
        if reply["error"]["code"] != 0 {
            continue;
        }
        let Ok(Err(fault)) = Reply::read(&filled(reply), None) else { panic!("{name}") };
        let refusal = fault.refusal();
        *counts.entry(format!("{refusal:?}")).or_insert(0) += 1;
        let says = |text: &str| fault.message.contains(text);
        if fault.class.ends_with("InvalidSessionException") {
            assert_eq!(refusal, Refusal::SessionLost, "{name}: {fault}");
        } else if says("Object with") && says("has not been found") {
            assert_eq!(refusal, Refusal::NotFound, "{name}: {fault}");
        } else if says("Access denied") || says("Authorization failure") {
            assert_eq!(refusal, Refusal::Unauthorized, "{name}: {fault}");
        }
    }
    println!("{counts:?}");
}

#[test]
fn every_recorded_search_result_of_a_known_kind_gives_records() {
    for (name, exchange) in stories() {
        let result = &exchange["reply"]["result"];
        let Some(first) = result["objects"][0]["@type"].as_str() else { continue };
        let mut kinds = Kind::ALL.iter().copied();
        let Some(kind) = kinds.find(|k| names::entity(k.spec()) == first) else {
            continue;
        };
        if exchange["send"]["method"] != names::method(kind.spec(), Verb::Search) {
            continue;
        }
        let fetch = Fetch::plain(kind);
        let reply =
            Reply::read(&filled(&exchange["reply"]), Some(&fetch)).unwrap().unwrap();
        let (records, _) = reply.found(&fetch).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(records.len(), result["objects"].as_array().unwrap().len(), "{name}");
        assert!(records.iter().all(|record| record.id().is_some()), "{name}");
    }
}
