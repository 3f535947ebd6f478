//! Every answer that was recorded from a real server can be read. Skipped where the
//! recordings are not at hand.
use std::path::{Path, PathBuf};

use serde::de::IgnoredAny;
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

/// One exchange: its name, what it says, and the reply as it came.
struct Exchange {
    name: String,
    json: Json,
    reply: String,
}

/// The exchanges that got an answer in JSON-RPC.
fn exchanges() -> impl Iterator<Item = Exchange> {
    files("recorded").into_iter().flat_map(|file| {
        let story = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let exchanges = lines.into_iter().filter(|line| line.starts_with("{\"note\""));
        exchanges.enumerate().filter_map(move |(number, line)| {
            let line = line.trim_end_matches(']').trim_end_matches(',');
            let json: Json = serde_json::from_str(line).unwrap();
            json["reply"].get("jsonrpc")?;
            let start = line.rfind("\"reply\": ").unwrap() + "\"reply\": ".len();
            let mut values = serde_json::Deserializer::from_str(&line[start..])
                .into_iter::<IgnoredAny>();
            values.next().unwrap().unwrap();
            let reply = filled(&line[start..start + values.byte_offset()]);
            Some(Exchange { name: format!("{story}#{}", number + 1), json, reply })
        })
    })
}

/// What differs from server to server.
fn filled(reply: &str) -> String {
    let mut text = reply.replace("\"{{time}}\"", "1695735421234");
    text = text.replace("\"{{any}}\"", "null").replace("\"{{now:1}}\"", "1695735421234");
    for number in 0..100 {
        text = text.replace(&format!("\"{{{{techId:{number}}}}}\""), &number.to_string());
    }
    text
}

#[test]
fn every_recorded_answer_can_be_read() {
    let mut wrong = Vec::new();
    let mut read = 0;
    for exchange in exchanges() {
        read += 1;
        if let Err(error) = Reply::read(&exchange.reply, None) {
            wrong.push(format!("{}: {error:?}", exchange.name));
        }
    }
    println!("{read} answers");
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
    for Exchange { name, json, reply } in exchanges() {
        if json["reply"]["error"]["code"] != 0 {
            continue;
        }
        let Ok(Err(fault)) = Reply::read(&reply, None) else { panic!("{name}") };
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
    for Exchange { name, json, reply } in exchanges() {
        let objects = &json["reply"]["result"]["objects"];
        let Some(first) = objects[0]["@type"].as_str() else { continue };
        let mut kinds = Kind::ALL.iter().copied();
        let Some(kind) = kinds.find(|k| names::entity(k.spec()) == first) else {
            continue;
        };
        if json["send"]["method"] != names::method(kind.spec(), Verb::Search) {
            continue;
        }
        let fetch = Fetch::plain(kind);
        let reply = Reply::read(&reply, Some(&fetch)).unwrap().unwrap();
        let (records, _) =
            reply.found(&fetch).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(records.len(), objects.as_array().unwrap().len(), "{name}");
        assert!(records.iter().all(|record| record.id().is_some()), "{name}");
    }
}
