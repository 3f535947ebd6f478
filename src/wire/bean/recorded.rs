//! The mapper against what a real server took and answered.
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::{
    Graph, Json, Method, Node, Service, Shape, Type, contract, read_params, write,
};

/// The server names the source and the column there: it had to read that text once more.
const WITH_SOURCE: &str = "queries#6";
/// Executions that the server kept as JSON and numbered before it read them back.
const KEPT_AS_TEXT: &str = "ent-operations-async";

/// One call of a story and what the server answered to it.
struct Exchange {
    name: String,
    method: &'static Method,
    params: Vec<Json>,
    reply: Json,
}

/// Every call of every story; none where the stories are not at hand.
fn exchanges() -> Vec<Exchange> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders =
        ["../shared", "../../shared"].map(|up| root.join(up).join("openbis/recorded"));
    let Some(folder) = folders.iter().find(|folder| folder.is_dir()) else {
        println!("skipped: no recorded stories beside the project");
        return Vec::new();
    };
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.flat_map(|file| story(&file)).collect()
}

fn story(file: &PathBuf) -> Vec<Exchange> {
    let text = std::fs::read_to_string(file).unwrap();
    let story: Json = serde_json::from_str(&text).unwrap();
    let Some(Json::List(exchanges)) = story.member("exchanges") else {
        return Vec::new();
    };
    let name = file.file_stem().unwrap().display();
    let numbered = exchanges.iter().enumerate();
    numbered
        .filter_map(|(index, exchange)| call(format!("{name}#{}", index + 1), exchange))
        .collect()
}

fn call(name: String, exchange: &Json) -> Option<Exchange> {
    let send = exchange.member("send")?;
    let (Json::Text(method), Json::List(params)) =
        (send.member("method")?, send.member("params")?)
    else {
        return None;
    };
    let service = match exchange.member("server") {
        Some(Json::Text(service)) if service == "dss" => Service::Dss,
        _ => Service::As,
    };
    let mut found = contract().methods(service, method);
    let method = found.find(|method| method.params.len() == params.len())?;
    let params = params.iter().map(filled).collect();
    Some(Exchange { name, method, params, reply: exchange.member("reply")?.clone() })
}

/// What stands for a number or a time becomes one.
fn filled(json: &Json) -> Json {
    match json {
        Json::Text(text) if text.starts_with("{{") && !text.starts_with("{{perm") => {
            Json::Integer(1)
        }
        Json::List(items) => Json::List(items.iter().map(filled).collect()),
        Json::Object(members) => Json::Object(
            members.iter().map(|(key, value)| (key.clone(), filled(value))).collect(),
        ),
        other => other.clone(),
    }
}

#[test]
fn what_the_server_took_is_taken_and_what_it_refused_is_refused_in_its_words() {
    let mut wrong = Vec::new();
    for Exchange { name, method, params, reply } in exchanges() {
        if name == WITH_SOURCE {
            continue;
        }
        let data = reply.member("error").and_then(|error| error.member("data"));
        let member = |name| match data.and_then(|data| data.member(name)) {
            Some(Json::Text(text)) => text.clone(),
            _ => String::new(),
        };
        let class = member("exceptionTypeName");
        let expected = class.contains("jackson").then(|| (class, member("message")));
        match (read_params(method, &params), expected) {
            (Ok(_), None) => {}
            (Err(fault), Some((class, message)))
                if fault.class == class && fits(&message, &fault.message) => {}
            (Ok(_), Some((class, message))) => {
                wrong.push(format!("{name}: taken, not {class} {message}"));
            }
            (Err(fault), None) => wrong.push(format!("{name}: {fault}")),
            (Err(fault), Some((class, message))) => {
                wrong.push(format!("{name}: {class}: {message}\n  not {fault:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// Whether the text is what was recorded, with anything in place of `{{any}}`.
fn fits(recorded: &str, text: &str) -> bool {
    match recorded.split_once("{{any}}") {
        Some((before, _)) => text.starts_with(before),
        None => recorded == text,
    }
}

#[test]
fn answers_are_written_as_the_server_writes_them() {
    let mut wrong = Vec::new();
    for Exchange { name, method, reply, .. } in exchanges() {
        let Some(result) = reply.member("result") else { continue };
        if name.starts_with(KEPT_AS_TEXT) {
            continue;
        }
        let mut copy = Copy { graph: Graph::new(), ids: HashMap::new() };
        let root = copy.node(&method.returns, result);
        let written: Json = serde_json::from_str(&write(&copy.graph, &root)).unwrap();
        if let Some(difference) = difference("", result, &written) {
            wrong.push(format!("{name}: {difference}"));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

fn difference(path: &str, recorded: &Json, written: &Json) -> Option<String> {
    match (recorded, written) {
        (Json::Object(a), Json::Object(b)) => {
            let added = b.iter().find(|(key, _)| recorded.member(key).is_none());
            added.map(|(key, _)| format!("{path}: `{key}` is too much")).or_else(|| {
                a.iter().find_map(|(key, a)| match written.member(key) {
                    Some(b) => difference(&format!("{path}.{key}"), a, b),
                    None => Some(format!("{path}: no `{key}`")),
                })
            })
        }
        (Json::List(a), Json::List(b)) if a.len() == b.len() => {
            let mut pairs = a.iter().zip(b).enumerate();
            pairs
                .find_map(|(index, (a, b))| difference(&format!("{path}[{index}]"), a, b))
        }
        (a, b) => (a != b).then(|| format!("{path}: {a:?} not {b:?}")),
    }
}

/// An answer read back without its nulls, which the writer has to know.
struct Copy {
    graph: Graph,
    ids: HashMap<i64, usize>,
}

impl Copy {
    fn node(&mut self, ty: &Type, json: &Json) -> Node {
        match json {
            Json::Null => Node::Null,
            Json::Flag(flag) => Node::Flag(*flag),
            Json::Integer(id) if is_bean(ty) => {
                self.ids.get(id).map_or(Node::Integer(*id), |n| Node::Bean(*n))
            }
            Json::Integer(number) => Node::Integer(*number),
            Json::Real(number) => Node::Real(*number),
            Json::Text(text) => Node::Text(text.clone()),
            Json::List(items) => {
                let ty = if let Type::List(ty) = ty { ty } else { &Type::Any };
                Node::List(items.iter().map(|item| self.node(ty, item)).collect())
            }
            Json::Object(members) => self.object(ty, json.member("@type"), members),
        }
    }

    fn object(
        &mut self,
        ty: &Type,
        class: Option<&Json>,
        members: &[(String, Json)],
    ) -> Node {
        if let Some(Json::Text(class)) = class {
            return self.bean(class, members);
        }
        let ty = if let Type::Map(ty) = ty { ty } else { &Type::Any };
        Node::Map(
            members
                .iter()
                .map(|(key, value)| (key.clone(), self.node(ty, value)))
                .collect(),
        )
    }

    fn bean(&mut self, class: &str, members: &[(String, Json)]) -> Node {
        let class = contract().class(class).unwrap();
        let number = self.graph.add(class.name);
        for (key, value) in members {
            if let ("@id", Json::Integer(id)) = (key.as_str(), value) {
                self.ids.insert(*id, number);
            }
            let Some(field) = class.field(key) else { continue };
            let node = self.node(&field.ty, value);
            if node != Node::Null || field.fresh != super::Fresh::Empty {
                self.graph.set(number, field.name, node);
            }
        }
        Node::Bean(number)
    }
}

fn is_bean(ty: &Type) -> bool {
    let Type::Named(name) = ty else { return *ty == Type::Any };
    contract().class(name).is_some_and(|class| class.shape != Shape::Enum)
}
