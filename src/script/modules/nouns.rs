//! `get_sample`, `get_samples`, `new_sample` … for every kind, under all its names.
use rhai::{Array, Dynamic, EvalAltResult, FuncRegistration, Map, Module};

use crate::model::{Kind, Verb};
use crate::script::{Entity, Results, Session, asking, examples, holding, search};

type Result<T> = std::result::Result<T, Box<EvalAltResult>>;

/// The functions of all kinds.
pub(super) fn module() -> Module {
    let mut module = Module::new();
    for kind in Kind::ALL.iter().copied() {
        for (one, many) in kind.spec().names {
            if kind.spec().offers(Verb::Get) {
                add_get(&mut module, kind, one);
            }
            if kind.spec().offers(Verb::Search) {
                add_search(&mut module, kind, many);
            }
            if kind.spec().offers(Verb::Create) {
                add_new(&mut module, kind, one);
            }
            if holding::is_held(kind) {
                add_in_holder(&mut module, kind, one);
            }
        }
    }
    module
}

/// A function with its documentation, under a name.
fn function(name: String, params: &[&str], lines: Vec<String>) -> FuncRegistration {
    let lines = lines.into_iter().map(|line| match line.is_empty() {
        true => "///".to_owned(),
        false => format!("/// {line}"),
    });
    FuncRegistration::new(name)
        .with_params_info(params)
        .with_purity(true)
        .with_comments(lines)
}

/// `get_sample(id)`, `get_sample_opt(id)`; a term also by code and vocabulary.
fn add_get(module: &mut Module, kind: Kind, noun: &'static str) {
    let params = ["session: &mut Openbis", "id: ?", "Result<?>"];
    function(format!("get_{noun}"), &params, examples::get(kind, noun)).set_into_module(
        module,
        move |session: &mut Session, id: Dynamic| -> Result<Dynamic> {
            Ok(asking::get(session, kind, &id)?)
        },
    );
    let params = ["session: &mut Openbis", "id: ?", "options: ?", "Result<?>"];
    function(format!("get_{noun}"), &params, examples::get(kind, noun)).set_into_module(
        module,
        move |session: &mut Session, id: Dynamic, options: Dynamic| -> Result<Dynamic> {
            Ok(asking::get_with(session, kind, &id, &options)?)
        },
    );
    let params = ["session: &mut Openbis", "id: ?", "Result<?>"];
    let lines = examples::get_opt(kind, noun);
    function(format!("get_{noun}_opt"), &params, lines).set_into_module(
        module,
        move |session: &mut Session, id: Dynamic| -> Result<Dynamic> {
            Ok(asking::get_opt(session, kind, &id)?)
        },
    );
    if kind != Kind::VocabularyTerm {
        return;
    }
    let params = ["session: &mut Openbis", "code: ?", "vocabulary: ?", "Result<?>"];
    let lines = examples::get_opt(kind, noun);
    function(format!("get_{noun}_opt"), &params, lines).set_into_module(
        module,
        move |session: &mut Session, code: Dynamic, of: Dynamic| -> Result<Dynamic> {
            let term = asking::term(session, &code, &of)?;
            Ok(term.map_or(Dynamic::UNIT, Dynamic::from))
        },
    );
}

/// `get_samples()`, `get_samples(#{ … })`; of the session, and of what holds them.
fn add_search(module: &mut Module, kind: Kind, nouns: &'static str) {
    let name = format!("get_{nouns}");
    let lines = || examples::search(kind, nouns);
    let params = ["session: &mut Openbis", "Result<Found>"];
    function(name.clone(), &params, lines()).set_into_module(
        module,
        move |session: &mut Session| -> Result<Results> {
            Ok(search::results(session, kind, &Map::new())?)
        },
    );
    let find = move |session: &Session, args: Array| -> Result<Dynamic> {
        Ok(asking::search(session, kind, args)?)
    };
    let params = ["session: &mut Openbis", "search: ?", "Result<Found>"];
    function(name.clone(), &params, lines())
        .set_into_module(module, move |session: &mut Session, a: Dynamic| {
            find(session, vec![a])
        });
    let params = ["session: &mut Openbis", "a: ?", "search: ?", "Result<Found>"];
    function(name.clone(), &params, lines())
        .set_into_module(module, move |session: &mut Session, a: Dynamic, b: Dynamic| {
            find(session, vec![a, b])
        });
    let params = ["session: &mut Openbis", "a: ?", "b: ?", "search: ?", "Result<Found>"];
    function(name.clone(), &params, lines()).set_into_module(
        module,
        move |session: &mut Session, a: Dynamic, b: Dynamic, c: Dynamic| {
            find(session, vec![a, b, c])
        },
    );
    let params =
        ["session: &mut Openbis", "a: ?", "b: ?", "c: ?", "search: ?", "Result<Found>"];
    function(name.clone(), &params, lines()).set_into_module(
        module,
        move |session: &mut Session, a: Dynamic, b: Dynamic, c: Dynamic, d: Dynamic| {
            find(session, vec![a, b, c, d])
        },
    );
    if !holding::is_held(kind) {
        return;
    }
    let held = || examples::held(kind, nouns);
    let params = ["record: &mut Record", "Result<Found>"];
    function(name.clone(), &params, held()).set_into_module(
        module,
        move |holder: &mut Entity| -> Result<Results> {
            Ok(holding::held(holder, kind, Map::new())?)
        },
    );
    let params = ["record: &mut Record", "search: Map", "Result<Found>"];
    function(name, &params, held()).set_into_module(
        module,
        move |holder: &mut Entity, args: Map| -> Result<Results> {
            Ok(holding::held(holder, kind, args)?)
        },
    );
}

/// `space.get_project("CODE")`, `project.new_collection(#{ … })` …
fn add_in_holder(module: &mut Module, kind: Kind, noun: &'static str) {
    let params = ["record: &mut Record", "code: ?", "Result<Record>"];
    let lines = examples::get_held(noun);
    function(format!("get_{noun}"), &params, lines).set_into_module(
        module,
        move |holder: &mut Entity, code: Dynamic| -> Result<Entity> {
            Ok(holding::get(holder, kind, &code)?)
        },
    );
    let params = ["record: &mut Record", "code: ?", "search: Map", "Result<Record>"];
    let lines = examples::get_held(noun);
    function(format!("get_{noun}"), &params, lines).set_into_module(
        module,
        move |holder: &mut Entity, code: Dynamic, args: Map| -> Result<Entity> {
            Ok(holding::get_where(holder, kind, &code, args)?)
        },
    );
    let params = ["record: &mut Record", "a: ?", "Result<Record>"];
    let lines = examples::new_held(noun);
    function(format!("new_{noun}"), &params, lines).set_into_module(
        module,
        move |holder: &mut Entity, a: Dynamic| -> Result<Entity> {
            Ok(holding::new(holder, kind, vec![a])?)
        },
    );
    let params = ["record: &mut Record", "a: ?", "b: ?", "Result<Record>"];
    let lines = examples::new_held(noun);
    function(format!("new_{noun}"), &params, lines).set_into_module(
        module,
        move |holder: &mut Entity, a: Dynamic, b: Dynamic| -> Result<Entity> {
            Ok(holding::new(holder, kind, vec![a, b])?)
        },
    );
}

/// `new_sample(#{ … })`, and with what pyBIS takes by position before the map.
fn add_new(module: &mut Module, kind: Kind, noun: &'static str) {
    let name = format!("new_{noun}");
    let lines = || examples::new(kind, noun);
    let make = move |session: &Session, args: Array| -> Result<Entity> {
        Ok(asking::new(session, kind, args)?)
    };
    let params = ["session: &mut Openbis", "a: ?", "Result<Record>"];
    function(name.clone(), &params, lines())
        .set_into_module(module, move |session: &mut Session, a: Dynamic| {
            make(session, vec![a])
        });
    let params = ["session: &mut Openbis", "a: ?", "b: ?", "Result<Record>"];
    function(name.clone(), &params, lines())
        .set_into_module(module, move |session: &mut Session, a: Dynamic, b: Dynamic| {
            make(session, vec![a, b])
        });
    let params = ["session: &mut Openbis", "a: ?", "b: ?", "c: ?", "Result<Record>"];
    function(name.clone(), &params, lines()).set_into_module(
        module,
        move |session: &mut Session, a: Dynamic, b: Dynamic, c: Dynamic| {
            make(session, vec![a, b, c])
        },
    );
    let params =
        ["session: &mut Openbis", "a: ?", "b: ?", "c: ?", "d: ?", "Result<Record>"];
    function(name, &params, lines()).set_into_module(
        module,
        move |session: &mut Session, a: Dynamic, b: Dynamic, c: Dynamic, d: Dynamic| {
            make(session, vec![a, b, c, d])
        },
    );
}
