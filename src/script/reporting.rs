//! How changes of many objects end, as scripts see it.
use rhai::{Array, Dynamic, Map};

use super::saving::Report;
use super::{ScriptError, value};

/// What is done where one of many objects is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OnError {
    /// All of a call, or none.
    Stop,
    /// Each that can be changed is changed.
    Each,
}

/// Takes out of the options whether openBIS is to carry it out after its answer.
pub(super) fn asynchronous(options: &mut Map) -> Result<bool, ScriptError> {
    let Some(given) = options.remove("asynchronous") else { return Ok(false) };
    given.as_bool().map_err(|_| {
        ScriptError::invalid(format!("`asynchronous` takes no `{given}`"))
            .hint("it is `true` or `false`")
    })
}

/// What the options say; there is none beside `on_error`.
pub(super) fn on_error(options: &Map) -> Result<OnError, ScriptError> {
    if let Some(other) = options.keys().find(|key| key.as_str() != "on_error") {
        let message = format!("there is no option `{other}`");
        let hint = "there are `on_error` and `asynchronous`";
        return Err(ScriptError::invalid(message).hint(hint));
    }
    match options.get("on_error").map(|given| (value::text(given), given)) {
        None => Ok(OnError::Stop),
        Some((Some(word), _)) if word == "stop" => Ok(OnError::Stop),
        Some((Some(word), _)) if word == "each" => Ok(OnError::Each),
        Some((_, given)) => {
            let error = ScriptError::invalid(format!("`on_error` takes no `{given}`"));
            Err(error.hint("it is `\"stop\"` or `\"each\"`"))
        }
    }
}

/// `#{ done: …, failed: [#{ item: …, error: … }] }`.
pub(super) fn told(report: Report) -> Map {
    let one = |(entity, error)| {
        let item = ("item".into(), Dynamic::from(entity));
        let map: Map = [item, ("error".into(), Dynamic::from(error))].into();
        Dynamic::from_map(map)
    };
    let failed: Array = report.failed.into_iter().map(one).collect();
    [
        ("done".into(), value::count(report.done as u64).into()),
        ("failed".into(), failed.into()),
    ]
    .into()
}
