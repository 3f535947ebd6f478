//! Functions that a script calls and that are not there.
use rhai::{AST, Engine, EvalAltResult};

use super::{Failure, nearest};

/// The call that found no function, as Rhai writes it: `get_smaples (Openbis)`.
pub(super) fn missing(error: &EvalAltResult) -> Option<String> {
    match error {
        EvalAltResult::ErrorFunctionNotFound(signature, _) => Some(signature.clone()),
        EvalAltResult::ErrorInFunctionCall(_, _, inner, _)
        | EvalAltResult::ErrorInModule(_, inner, _) => missing(inner),
        _ => None,
    }
}

/// Says what was called with what, and what there is instead.
pub(super) fn explain(
    engine: &Engine,
    ast: &AST,
    failure: Failure,
    signature: &str,
) -> Failure {
    let (name, given) = signature.split_once(" (").unwrap_or((signature, ""));
    let name = name.rsplit("::").next().unwrap_or(name).trim();
    let given = given.trim_end_matches(')');
    let known = all(engine, ast);
    if known.iter().any(|function| function.name == name) {
        let message = match given {
            "" => format!("`{name}` cannot be called without arguments"),
            given => format!("`{name}` cannot be called with ({})", plain(given)),
        };
        let ways = known.iter().filter(|function| function.name == name);
        let mut ways: Vec<&str> =
            ways.map(|function| function.signature.as_str()).collect();
        ways.dedup();
        ways.truncate(3);
        let hints = ways.into_iter().map(|way| format!("there is `{way}`")).collect();
        return Failure { message, hints, ..failure };
    }
    let names: Vec<&str> = known.iter().map(|function| function.name.as_str()).collect();
    let hints = nearest::hint(name, &names).into_iter().collect();
    Failure { message: format!("no function `{name}`"), hints, ..failure }
}

/// A function by name and signature.
struct Function {
    name: String,
    signature: String,
}

/// All functions that a script can call by name.
fn all(engine: &Engine, ast: &AST) -> Vec<Function> {
    let native = engine.collect_fn_metadata(
        None,
        |function| {
            let name = function.metadata.name.to_string();
            let named =
                name.starts_with(|c: char| c.is_alphabetic()) && !name.contains('$');
            named.then(|| {
                let params: Vec<&str> = function
                    .metadata
                    .params_info
                    .iter()
                    .take(function.metadata.num_params)
                    .map(|param| param.split(':').next().unwrap_or(param).trim())
                    .collect();
                Function { signature: format!("{name}({})", params.join(", ")), name }
            })
        },
        true,
    );
    let own = ast.iter_functions().map(|function| Function {
        name: function.name.to_owned(),
        signature: format!("{}({})", function.name, function.params.join(", ")),
    });
    native.into_iter().chain(own).collect()
}

/// Rhai's names of types as people know them.
fn plain(types: &str) -> String {
    const WORDS: &[(&str, &str)] = &[
        ("&str | ImmutableString | String", "text"),
        ("i64", "integer"),
        ("f64", "real"),
        ("bool", "boolean"),
        ("array", "list"),
    ];
    let words = types
        .split(", ")
        .map(|ty| WORDS.iter().find(|row| row.0 == ty).map_or(ty, |row| row.1));
    words.collect::<Vec<_>>().join(", ")
}
