use std::borrow::Cow;
use std::collections::HashMap;
use std::path::PathBuf;

use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::history::DefaultHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Config, Context, Editor, Helper, Hinter};

use super::names::Names;
use super::{Surroundings, completion, input, paint};
use crate::model::Kind;

const PROMPT: &str = "rhobis> ";

/// Words of lines that are not kept in the history: they may carry secrets.
const SECRET: &[&str] = &["login", "password", "token"];

/// What was typed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Nothing, or it was taken back with Ctrl-C.
    Nothing,
    /// What stands behind the dot.
    Command(String),
    Input(String),
    End,
}

/// Reads from the terminal, with history, completion and colours.
pub(super) struct Reader<'a> {
    editor: Editor<Assistant<'a>, DefaultHistory>,
    history: Option<PathBuf>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        names: Names,
        around: &'a dyn Surroundings,
    ) -> Result<Self, ReadlineError> {
        let config = Config::builder()
            .completion_type(CompletionType::List)
            .auto_add_history(false)
            .max_history_size(5000)?
            .build();
        let mut editor = Editor::with_config(config)?;
        let (history, coloured) = (around.history(), around.is_coloured());
        editor.set_helper(Some(Assistant { names, around, coloured }));
        if let Some(file) = &history {
            // There is none yet when it is the first time.
            let _ = editor.load_history(file);
        }
        Ok(Self { editor, history })
    }

    /// Takes over the variables that there are by now.
    pub(super) fn knows(
        &mut self,
        variables: Vec<String>,
        types: HashMap<String, (Kind, String)>,
    ) {
        if let Some(assistant) = self.editor.helper_mut() {
            assistant.names.variables = variables;
            assistant.names.types = types;
        }
    }

    pub(super) fn names(&self) -> &Names {
        &self.editor.helper().expect("it is set when the reader is made").names
    }

    pub(super) fn read(&mut self) -> Result<Line, ReadlineError> {
        let line = match self.editor.readline(PROMPT) {
            Ok(line) => line,
            Err(ReadlineError::Interrupted) => return Ok(Line::Nothing),
            Err(ReadlineError::Eof) => return Ok(Line::End),
            Err(error) => return Err(error),
        };
        let text = line.trim();
        if text.is_empty() {
            return Ok(Line::Nothing);
        }
        self.remember(text);
        Ok(match text.strip_prefix('.') {
            Some(command) => Line::Command(command.to_owned()),
            None => Line::Input(line),
        })
    }

    /// A history that cannot be written is no reason to stop.
    fn remember(&mut self, line: &str) {
        let plain = line.to_lowercase();
        if SECRET.iter().any(|word| plain.contains(word)) {
            return;
        }
        let _ = self.editor.add_history_entry(line);
        if let Some(file) = &self.history {
            if let Some(folder) = file.parent() {
                let _ = std::fs::create_dir_all(folder);
            }
            let _ = self.editor.append_history(file);
        }
    }
}

/// What helps while a line is typed.
#[derive(Helper, Hinter)]
struct Assistant<'a> {
    names: Names,
    around: &'a dyn Surroundings,
    coloured: bool,
}

impl Completer for Assistant<'_> {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        pos: usize,
        _context: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        let words = || self.around.words();
        Ok(completion::candidates(&line[..pos], &self.names, &words))
    }
}

impl Validator for Assistant<'_> {
    fn validate(
        &self,
        context: &mut ValidationContext<'_>,
    ) -> rustyline::Result<ValidationResult> {
        let typed = context.input();
        let open = !typed.starts_with('.') && input::is_incomplete(typed);
        Ok(match open {
            true => ValidationResult::Incomplete,
            false => ValidationResult::Valid(None),
        })
    }
}

impl Highlighter for Assistant<'_> {
    fn highlight<'l>(&self, line: &'l str, _pos: usize) -> Cow<'l, str> {
        if self.coloured { Cow::Owned(paint::painted(line)) } else { Cow::Borrowed(line) }
    }

    fn highlight_char(&self, _line: &str, _pos: usize, kind: CmdKind) -> bool {
        self.coloured && kind != CmdKind::MoveCursor
    }
}
