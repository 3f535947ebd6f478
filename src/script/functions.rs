//! Functions that a script calls and that are not there.
use rhai::{AST, ASTNode, Engine, EvalAltResult, Expr, Position, Stmt};

use super::engine::CALL;
use super::{ErrorKind, Failure, nearest};

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
    let name = spoken(name.rsplit("::").next().unwrap_or(name).trim());
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
        ways.sort_by_key(|way| (way.len(), *way));
        ways.dedup();
        ways.truncate(3);
        let hints = ways.into_iter().map(|way| format!("there is `{way}`")).collect();
        return Failure { message, hints, ..failure };
    }
    let names: Vec<&str> = known.iter().map(|function| function.name.as_str()).collect();
    let hints = nearest::hint(name, &names).into_iter().collect();
    Failure { message: format!("no function `{name}`"), hints, ..failure }
}

/// The first call of a function that nothing has under this name, neither rhobis nor the
/// script: found without running it.
pub(super) fn unknown(engine: &Engine, ast: &AST) -> Option<Failure> {
    let calls = calls(ast);
    let known = all(engine, ast);
    let names: Vec<&str> = known.iter().map(|function| function.name.as_str()).collect();
    let is_known = |name: &String| {
        WORDS.contains(&name.as_str())
            || names.contains(&name.as_str())
            || calls.kept.contains(name)
    };
    let (name, position) = calls.made.iter().find(|(name, _)| !is_known(name))?;
    let failure = Failure::new(ErrorKind::Script, format!("no function `{name}`"));
    let failure = nearest::hint(name, &names).into_iter().fold(failure, Failure::hint);
    Some(failure.at(*position))
}

/// Functions that the language has itself.
const WORDS: &[&str] = &[
    "print",
    "debug",
    "type_of",
    "eval",
    "Fn",
    "call",
    "curry",
    "is_shared",
    "is_def_var",
    "is_def_fn",
];

/// What a script calls by name.
#[derive(Default)]
struct Calls {
    made: Vec<(String, Position)>,
    /// Names in maps: a function may be kept there, and is called like a method.
    kept: Vec<String>,
}

fn calls(ast: &AST) -> Calls {
    let mut calls = Calls::default();
    ast.walk(&mut |path: &[ASTNode<'_>]| {
        if let Some(node) = path.last() {
            note(&mut calls, node);
        }
        true
    });
    calls.made.sort_by_key(|(_, place)| (place.line(), place.position()));
    calls
}

fn note(calls: &mut Calls, node: &ASTNode<'_>) {
    match node {
        ASTNode::Expr(Expr::FnCall(call, place) | Expr::MethodCall(call, place))
        | ASTNode::Stmt(Stmt::FnCall(call, place)) => {
            let named = call.name.starts_with(char::is_alphabetic);
            if named && call.namespace.is_empty() && call.op_token.is_none() {
                calls.made.push((spoken(&call.name).to_owned(), *place));
            }
        }
        ASTNode::Expr(Expr::Map(map, _)) => {
            calls.kept.extend(map.0.iter().map(|(name, _)| name.name.to_string()));
        }
        ASTNode::Expr(Expr::DynamicConstant(value, _)) => {
            if let Some(map) = value.read_lock::<rhai::Map>() {
                calls.kept.extend(map.keys().map(ToString::to_string));
            }
        }
        ASTNode::Expr(Expr::Property(property, _)) => {
            calls.kept.push(property.2.to_string());
        }
        _ => {}
    }
}

/// A name as scripts write it.
fn spoken(name: &str) -> &str {
    if name == CALL { "call" } else { name }
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
            let name = spoken(&function.metadata.name).to_owned();
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
