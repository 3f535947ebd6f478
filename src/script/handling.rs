//! Functions of a script that decide what becomes of failed calls.
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rhai::{
    Dynamic, Engine, EvalAltResult, FnPtr, GlobalRuntimeState, NativeCallContext,
    Position,
};

use super::error::client_kind;
use super::{Host, Level, ScriptError, engine};
use crate::client::{self, Decision, Handler};

/// What `maintenance_sleeper()` and `rate_limit_sleeper()` give.
#[derive(Clone)]
pub struct Sleeper(pub(super) Handler);

/// A function of a script, with what it takes to call it while the script waits.
struct Asked {
    host: Host,
    function: FnPtr,
    global: GlobalRuntimeState,
    position: Position,
    /// Made at the first failure: most scripts meet none.
    engine: OnceLock<Engine>,
}

/// Asks a function of the script: with the error, and with the number of the attempt where
/// it takes two.
pub(super) fn by(
    context: &NativeCallContext<'_>,
    host: &Host,
    function: FnPtr,
) -> Handler {
    let asked = Asked {
        host: host.clone(),
        function,
        global: context.global_runtime_state().clone(),
        position: context.call_position(),
        engine: OnceLock::new(),
    };
    let asked = Arc::new(asked);
    Arc::new(move |error, attempt| asked.decide(error, attempt))
}

impl Asked {
    fn decide(&self, error: &client::Error, attempt: u32) -> Decision {
        let told = ScriptError::new(client_kind(error), error.to_string());
        let engine = self.engine.get_or_init(|| engine(&self.host));
        let context = (engine, "on_error", None, &self.global, self.position);
        let context = NativeCallContext::from(context);
        let (args, extras) = ([Dynamic::from(told)], [Dynamic::from(i64::from(attempt))]);
        let answer = self
            .function
            .call_raw_with_extra_args("on_error", &context, None, args, extras, None);
        let wrong = match answer {
            Ok(answer) => match decision(&answer) {
                Some(decision) => return decision,
                None => {
                    "what `on_error` is given gives `()`, seconds or `false`".to_owned()
                }
            },
            Err(error) => self.misfit(&error).unwrap_or_else(|| error.to_string()),
        };
        self.host.console.say(Level::Warning, &wrong);
        Decision::Default
    }
}

impl Asked {
    /// What is wrong with a function that takes something else.
    fn misfit(&self, error: &EvalAltResult) -> Option<String> {
        let EvalAltResult::ErrorFunctionNotFound(signature, _) = error.unwrap_inner()
        else {
            return None;
        };
        let is_own = signature.starts_with(self.function.fn_name());
        is_own.then(|| {
            "what `on_error` is given takes the error: `|e|`, or `|e, attempt|`"
                .to_owned()
        })
    }
}

/// `()`: as usual; seconds: again then; `false`: no more.
fn decision(answer: &Dynamic) -> Option<Decision> {
    if answer.is_unit() {
        return Some(Decision::Default);
    }
    if let Ok(again) = answer.as_bool() {
        return (!again).then_some(Decision::Fail);
    }
    if let Ok(seconds) = answer.as_int() {
        let seconds = u64::try_from(seconds).ok()?;
        return Some(Decision::Retry(Duration::from_secs(seconds)));
    }
    let seconds = answer.as_float().ok()?;
    Duration::try_from_secs_f64(seconds).ok().map(Decision::Retry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_nothing_seconds_or_false() {
        let second = Duration::from_secs(1);
        let cases = [
            (Dynamic::UNIT, Some(Decision::Default)),
            (Dynamic::from(1_i64), Some(Decision::Retry(second))),
            (Dynamic::from(0.5), Some(Decision::Retry(second / 2))),
            (Dynamic::FALSE, Some(Decision::Fail)),
            (Dynamic::TRUE, None),
            (Dynamic::from(-1_i64), None),
            (Dynamic::from("soon"), None),
        ];
        for (answer, expected) in cases {
            assert_eq!(decision(&answer), expected, "{answer}");
        }
    }
}
