//! From what a search found to what is linked to it.
use rhai::{Array, Dynamic, EvalAltResult, FuncRegistration, Map, Module};

use crate::model::Kind;
use crate::script::{Results, ScriptError, holding, search};

type Result<T> = std::result::Result<T, Box<EvalAltResult>>;

type Follow = fn(&Results, &Map) -> std::result::Result<Results, ScriptError>;

/// The function, what it finds, and how.
const WAYS: &[(&str, &str, Follow)] = &[
    ("get_parents", "What all of these were made from", |all, args| {
        relatives(all, "children", args)
    }),
    ("get_children", "What was made from any of these", |all, args| {
        relatives(all, "parents", args)
    }),
    ("get_projects", "The projects in any of these", |all, args| {
        held(all, Kind::Project, args)
    }),
    ("get_experiments", "The collections in any of these", |all, args| {
        held(all, Kind::Experiment, args)
    }),
    ("get_collections", "The collections in any of these", |all, args| {
        held(all, Kind::Experiment, args)
    }),
    ("get_samples", "The samples in any of these", |all, args| {
        held(all, Kind::Sample, args)
    }),
    ("get_objects", "The samples in any of these", |all, args| {
        held(all, Kind::Sample, args)
    }),
    ("get_datasets", "The data sets of any of these", |all, args| {
        held(all, Kind::DataSet, args)
    }),
];

/// `get_parents`, `get_datasets` … of a whole list.
pub(super) fn module() -> Module {
    let mut module = Module::new();
    for (name, what, follow) in WAYS {
        let source = match *name {
            "get_projects" | "get_experiments" | "get_collections" => "o.get_spaces()",
            "get_samples" | "get_objects" => "o.get_projects()",
            _ => "o.get_samples(#{ type: \"YEAST\" })",
        };
        let function = |params: &[&str], args: &str| {
            let lines = [
                format!("/// {what}, by one search."),
                "///".to_owned(),
                "/// ```rhai".to_owned(),
                format!("/// assert({source}.{name}({args}).total >= 0);"),
                "/// ```".to_owned(),
            ];
            FuncRegistration::new(*name)
                .with_params_info(params)
                .with_purity(true)
                .with_comments(lines)
        };
        let params = ["results: &mut Found", "Result<Found>"];
        function(&params, "").set_into_module(
            &mut module,
            move |results: &mut Results| -> Result<Results> {
                Ok(follow(results, &Map::new())?)
            },
        );
        let params = ["results: &mut Found", "search: Map", "Result<Found>"];
        function(&params, "#{ count: 5 }").set_into_module(
            &mut module,
            move |results: &mut Results, args: Map| -> Result<Results> {
                Ok(follow(results, &args)?)
            },
        );
    }
    module
}

/// What is held by these: the search is for all of them at once.
fn held(
    results: &Results,
    wanted: Kind,
    args: &Map,
) -> std::result::Result<Results, ScriptError> {
    let name = holding::argument(results.kind(), wanted)?;
    let holders: Array = results.to_vec()?.into_iter().map(Dynamic::from).collect();
    let mut args = args.clone();
    if holders.is_empty() {
        return Ok(search::results(results.session(), wanted, &args)?.within(0, Some(0)));
    }
    args.insert(name.into(), Dynamic::from_array(holders));
    search::results(results.session(), wanted, &args)
}

fn relatives(
    results: &Results,
    back: &'static str,
    args: &Map,
) -> std::result::Result<Results, ScriptError> {
    let kind = results.kind();
    if kind.spec().field(back).is_none() {
        let message = format!("{} have no parents or children", kind.spec().nouns());
        return Err(ScriptError::invalid(message));
    }
    results.relatives(back, args)
}
