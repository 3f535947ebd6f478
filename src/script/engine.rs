use std::sync::atomic::{AtomicBool, Ordering};

use rhai::{AST, Dynamic, Engine, Scope, Token};

use super::{Failure, Host, Imports, Session, functions, modules};

/// The engine with everything in it that a script may use.
pub fn engine(host: &Host) -> Engine {
    let mut engine = Engine::new();
    engine.set_strict_variables(true).set_fail_on_invalid_map_property(true);
    engine.set_max_expr_depths(128, 64);
    free_words(&mut engine);
    engine.set_module_resolver(Imports::new(host, None));
    share_session(&mut engine);
    stop_when_told(&mut engine, host);
    talk_through_console(&mut engine, host);
    modules::register(&mut engine, host);
    engine
}

/// The variables that are there before a script begins: `o` and `params`.
pub fn scope(host: &Host) -> Scope<'static> {
    let mut scope = Scope::new();
    scope.push("o", Session::new(host, host.session.clone()));
    scope.push_constant("params", host.params.clone());
    scope
}

/// Reads a script without running it.
///
/// # Errors
/// Where it cannot be read, and where it calls a function that nothing has.
pub fn check(engine: &Engine, source: &str) -> Result<AST, Failure> {
    let ast = engine.compile_with_scope(&known(), source).map_err(Failure::from)?;
    functions::unknown(engine, &ast).map_or(Ok(ast), Err)
}

/// The names that every script may use. No constants: their values would be put in where
/// they are named.
pub(super) fn known() -> Scope<'static> {
    let mut scope = Scope::new();
    scope.push("o", ()).push("params", ());
    scope
}

/// Runs a script; what its last expression gives.
pub fn run(
    engine: &Engine,
    scope: &mut Scope<'_>,
    ast: &AST,
) -> Result<Dynamic, Failure> {
    engine.eval_ast_with_scope::<Dynamic>(scope, ast).map_err(|error| {
        let missing = functions::missing(&error);
        let failure = Failure::from(error);
        match missing {
            Some(signature) => functions::explain(engine, ast, failure, &signature),
            None => failure,
        }
    })
}

/// What `call` behind a dot is within the engine: the language would take every one of them
/// for the call of a function pointer.
pub(super) const CALL: &str = "call_";

/// `default` is a word of headers, though the language keeps it for later, and `call` one of
/// the session as well as of functions.
pub(super) fn free_words(engine: &mut Engine) {
    let behind_dot = AtomicBool::new(false);
    #[expect(deprecated, reason = "the one way to change what a word is")]
    engine.on_parse_token(move |token, _, _| {
        let dot = matches!(token, Token::Period | Token::Elvis);
        let was_dot = behind_dot.swap(dot, Ordering::Relaxed);
        match token {
            Token::Reserved(word) if word.as_str() == "default" => {
                Token::Identifier(word)
            }
            Token::Reserved(word) | Token::Identifier(word)
                if was_dot && word.as_str() == "call" =>
            {
                Token::Identifier(Box::new(CALL.into()))
            }
            other => other,
        }
    });
}

/// A function that names `o` shares it with its surroundings, where `o.transaction(…)`
/// holds it as long as that function runs: so each takes a copy, which is the same session.
fn share_session(engine: &mut Engine) {
    #[expect(deprecated, reason = "the one way to say what a variable is")]
    engine.on_var(|name, _, context| {
        if name != "o" {
            return Ok(None);
        }
        let shared = context.scope().get("o").filter(|value| value.is_shared());
        let session = shared.and_then(|value| value.clone().try_cast::<Session>());
        Ok(session.map(Dynamic::from))
    });
}

fn stop_when_told(engine: &mut Engine, host: &Host) {
    let cancel = host.cancel.clone();
    engine.on_progress(move |_| cancel.load(Ordering::Relaxed).then_some(Dynamic::UNIT));
}

fn talk_through_console(engine: &mut Engine, host: &Host) {
    let console = host.console.clone();
    engine.on_print(move |text| console.print(text));
    let console = host.console.clone();
    engine.on_debug(move |text, _, _| console.say(super::Level::Debug, text));
}
