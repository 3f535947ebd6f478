use rhai::{EvalAltResult, ParseError, ParseErrorType, Position};

use super::{ErrorKind, ScriptError};

/// Why a script did not end well, for people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    pub kind: ErrorKind,
    pub message: String,
    pub hints: Vec<String>,
    /// Where it happened; line and column count from 1.
    pub position: Option<Position>,
    /// Which file it happened in, where it is not the script itself.
    pub file: Option<String>,
    /// The script's functions that were running, innermost first.
    pub calls: Vec<Call>,
}

/// A function of the script that was running.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub function: String,
    /// Where it was called.
    pub position: Option<Position>,
}

impl Failure {
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            hints: Vec::new(),
            position: None,
            file: None,
            calls: Vec::new(),
        }
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    pub fn at(mut self, position: Position) -> Self {
        self.position = known(position);
        self
    }
}

fn known(position: Position) -> Option<Position> {
    (!position.is_none()).then_some(position)
}

impl From<ScriptError> for Failure {
    fn from(error: ScriptError) -> Self {
        Self { hints: error.hints, ..Self::new(error.kind, error.message) }
    }
}

impl From<ParseError> for Failure {
    fn from(error: ParseError) -> Self {
        let message = match error.err_type() {
            ParseErrorType::VariableUndefined(name) => format!("no variable `{name}`"),
            other => other.to_string(),
        };
        Self::new(ErrorKind::Syntax, lower_first(&message)).at(error.position())
    }
}

impl From<Box<EvalAltResult>> for Failure {
    fn from(error: Box<EvalAltResult>) -> Self {
        let position = error.position();
        match *error {
            EvalAltResult::ErrorInFunctionCall(function, source, inner, at) => {
                let mut failure = Self::from(inner);
                failure.calls.push(Call { function, position: known(at) });
                if failure.file.is_none() && !source.is_empty() {
                    failure.file = Some(source);
                }
                failure
            }
            EvalAltResult::ErrorInModule(module, inner, _) => {
                let mut failure = Self::from(inner);
                failure.file.get_or_insert(module);
                failure
            }
            EvalAltResult::ErrorRuntime(value, _) => {
                match value.clone().try_cast::<ScriptError>() {
                    Some(error) => Self::from(error).at(position),
                    None => Self::thrown(&value).at(position),
                }
            }
            EvalAltResult::ErrorTerminated(..) => {
                Self::new(ErrorKind::Cancelled, "the script was stopped").at(position)
            }
            EvalAltResult::ErrorPropertyNotFound(name, at) => {
                let message = format!("the map has no `{name}`");
                let hint = format!("`[\"{name}\"]` gives `()` where there is none");
                Self::new(ErrorKind::Script, message).hint(hint).at(at)
            }
            EvalAltResult::ErrorParsing(kind, at) => {
                Self::new(ErrorKind::Syntax, lower_first(&kind.to_string())).at(at)
            }
            mut other => {
                other.clear_position();
                Self::new(ErrorKind::Script, lower_first(&other.to_string())).at(position)
            }
        }
    }
}

impl Failure {
    /// What a script gave to `throw`: a text, or a map with `message`, `kind` and `hint`.
    fn thrown(value: &rhai::Dynamic) -> Self {
        if let Some(map) = value.read_lock::<rhai::Map>() {
            let text = |name: &str| map.get(name)?.clone().into_string().ok();
            if let Some(message) = text("message") {
                let kind = text("kind").and_then(|kind| ErrorKind::named(&kind));
                let failure = Self::new(kind.unwrap_or(ErrorKind::Script), message);
                return text("hint").into_iter().fold(failure, Self::hint);
            }
        }
        let text = value.clone().into_string().unwrap_or_else(|_| value.to_string());
        Self::new(ErrorKind::Script, text)
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().collect::<String>() + chars.as_str()
    })
}
