use std::io::{BufRead, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::global::{Color, Global};
use crate::script::{Console, Level, Progress};

/// The terminal, or the pipes in its place: data to stdout, talk to stderr.
pub(crate) struct Terminal {
    bars: MultiProgress,
    least: Level,
    may_ask: bool,
    coloured: bool,
    shows_bars: bool,
    /// Raised when nobody reads stdout any more, to end the script.
    cancel: Arc<AtomicBool>,
    unwritten: OnceLock<std::io::Error>,
    /// Whether every question has been answered with yes beforehand.
    agreed: AtomicBool,
}

impl Terminal {
    pub(crate) fn new(global: &Global, no_color: bool, cancel: Arc<AtomicBool>) -> Self {
        let talks_to_person = std::io::stderr().is_terminal();
        let least = match (global.quiet, global.verbose) {
            (true, _) => Level::Warning,
            (false, 0) => Level::Info,
            (false, _) => Level::Debug,
        };
        let coloured = match global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => talks_to_person && !no_color,
        };
        let shows_bars = talks_to_person && !global.quiet;
        let target = if shows_bars {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        Self {
            bars: MultiProgress::with_draw_target(target),
            least,
            may_ask: talks_to_person
                && std::io::stdin().is_terminal()
                && !global.no_input,
            coloured,
            shows_bars,
            cancel,
            unwritten: OnceLock::new(),
            agreed: AtomicBool::new(false),
        }
    }

    /// Whether stderr takes colours.
    pub(crate) fn is_coloured(&self) -> bool {
        self.coloured
    }

    /// How wide stdout is, where it is a terminal.
    pub(crate) fn width() -> Option<u16> {
        terminal_size::terminal_size_of(std::io::stdout()).map(|size| size.0.0)
    }

    /// Says something that `--quiet` silences.
    pub(crate) fn info(&self, text: &str) {
        self.say(Level::Info, text);
    }

    /// What somebody answers; nothing where there is nobody, or no answer.
    pub(crate) fn ask(&self, question: &str) -> Option<String> {
        if !self.may_ask {
            return None;
        }
        self.bars.suspend(|| {
            let _ = write!(std::io::stderr(), "{question}");
            let mut line = String::new();
            std::io::stdin().lock().read_line(&mut line).ok()?;
            let answer = line.trim();
            (!answer.is_empty()).then(|| answer.to_owned())
        })
    }

    /// Whether somebody is there to be asked.
    pub(crate) fn may_ask(&self) -> bool {
        self.may_ask
    }

    /// Answers every question to come with yes.
    pub(crate) fn agree(&self) {
        self.agreed.store(true, Ordering::Relaxed);
    }

    /// Why stdout could not be written, if it could not.
    pub(crate) fn unwritten(&self) -> Option<&std::io::Error> {
        self.unwritten.get()
    }

    /// Writes to stdout. What cannot be written ends the script.
    pub(crate) fn write(&self, text: &str) {
        let written = self.bars.suspend(|| {
            let mut out = std::io::stdout().lock();
            out.write_all(text.as_bytes()).and_then(|()| out.flush())
        });
        if let Err(error) = written {
            self.unwritten.get_or_init(|| error);
            self.cancel.store(true, Ordering::Relaxed);
        }
    }

    /// Writes a line to stderr, whatever the level; a deaf stderr is no error.
    pub(crate) fn talk(&self, text: &str) {
        self.bars.suspend(|| {
            let _ = writeln!(std::io::stderr(), "{text}");
        });
    }
}

impl Console for Terminal {
    fn print(&self, text: &str) {
        self.write(&format!("{text}\n"));
    }

    fn say(&self, level: Level, text: &str) {
        if level < self.least {
            return;
        }
        match level {
            Level::Debug | Level::Info => self.talk(text),
            Level::Warning => self.talk(&format!("warning: {text}")),
            Level::Error => self.talk(&format!("error: {text}")),
        }
    }

    fn progress(&self, label: &str, total: Option<u64>) -> Box<dyn Progress> {
        if !self.shows_bars {
            return Box::new(Bar(ProgressBar::hidden()));
        }
        let (bar, template) = match total {
            Some(total) => {
                (ProgressBar::new(total), "{prefix} {wide_bar} {pos}/{len} {eta} {msg}")
            }
            None => (ProgressBar::no_length(), "{prefix} {spinner} {pos} {msg}"),
        };
        let bar = self.bars.add(bar).with_prefix(label.to_owned());
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Box::new(Bar(bar))
    }

    fn confirm(&self, question: &str) -> bool {
        let agreed = self.agreed.load(Ordering::Relaxed);
        if agreed || !self.may_ask {
            return agreed;
        }
        let answer = self.ask(&format!("{question} [y/N] "));
        matches!(answer.as_deref(), Some("y" | "Y" | "yes"))
    }

    fn is_terminal(&self) -> bool {
        self.may_ask
    }
}

/// A bar of indicatif; hidden where there is no terminal.
struct Bar(ProgressBar);

impl Progress for Bar {
    fn advance(&self, steps: u64) {
        self.0.inc(steps);
    }

    fn message(&self, text: &str) {
        self.0.set_message(text.to_owned());
    }

    fn finish(&self) {
        self.0.finish_and_clear();
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
