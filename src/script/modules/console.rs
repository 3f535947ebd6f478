use crate::script::error::Result;
use crate::script::modules::session_of;
use crate::script::{ErrorKind, ScriptError};
use rhai::plugin::*;
use std::time::Duration;

/// Talking to people, waiting, checking.
#[export_module]
pub mod console {
    use super::wait;
    use std::time::Duration;

    use rhai::{Dynamic, INT, ImmutableString};

    use crate::script::bar::Bar;
    use crate::script::error::Result;
    use crate::script::modules::session_of;
    use crate::script::{ErrorKind, Level, ScriptError, columns};

    /// A bar on the terminal.
    #[expect(dead_code, reason = "the name that scripts see")]
    pub type ProgressBar = Bar;

    /// Says something on stderr, so that it does not mix with the data.
    ///
    /// ```rhai
    /// say("three to go");
    /// ```
    #[rhai_fn(return_raw)]
    pub fn say(context: NativeCallContext<'_>, what: Dynamic) -> Result<()> {
        let session = session_of(&context)?;
        session.host().console.say(Level::Info, &columns::text(&what));
        Ok(())
    }

    /// Asks a person a question; `false` where nobody can be asked.
    ///
    /// ```rhai
    /// if confirm("Delete them?") { say("gone") }
    /// ```
    #[rhai_fn(return_raw)]
    pub fn confirm(context: NativeCallContext<'_>, question: &str) -> Result<bool> {
        Ok(session_of(&context)?.host().console.confirm(question))
    }

    /// A bar that fills up to a total, where there is a terminal.
    ///
    /// ```rhai
    /// let bar = progress(3, "counting");
    /// for i in 0..3 { bar.advance(); }
    /// bar.finish();
    /// ```
    #[rhai_fn(return_raw)]
    pub fn progress(
        context: NativeCallContext<'_>,
        total: INT,
        label: &str,
    ) -> Result<Bar> {
        let session = session_of(&context)?;
        let total = u64::try_from(total).ok();
        Ok(Bar::new(session.host().console.progress(label, total)))
    }

    /// A bar that counts without knowing the end.
    ///
    /// ```rhai
    /// let bar = progress("looking");
    /// bar.advance(10);
    /// ```
    #[rhai_fn(name = "progress", return_raw)]
    pub fn progress_open(context: NativeCallContext<'_>, label: &str) -> Result<Bar> {
        progress(context, -1, label)
    }

    /// One step further.
    ///
    /// ```rhai
    /// progress(2, "two").advance();
    /// ```
    #[rhai_fn(pure)]
    pub fn advance(bar: &mut Bar) {
        bar.advance(1);
    }

    /// Some steps further.
    ///
    /// ```rhai
    /// progress(2, "two").advance(2);
    /// ```
    #[rhai_fn(name = "advance", pure)]
    pub fn advance_by(bar: &mut Bar, steps: INT) {
        bar.advance(u64::try_from(steps).unwrap_or(0));
    }

    /// What is being done now.
    ///
    /// ```rhai
    /// progress(2, "two").message("the first");
    /// ```
    #[rhai_fn(pure)]
    pub fn message(bar: &mut Bar, text: &str) {
        bar.message(text);
    }

    /// Takes the bar away.
    ///
    /// ```rhai
    /// progress(2, "two").finish();
    /// ```
    #[rhai_fn(pure)]
    pub fn finish(bar: &mut Bar) {
        bar.finish();
    }

    /// Waits so many seconds; Ctrl-C ends it.
    ///
    /// ```rhai
    /// sleep(0);
    /// ```
    #[rhai_fn(return_raw)]
    pub fn sleep(context: NativeCallContext<'_>, seconds: INT) -> Result<()> {
        wait(&context, u64::try_from(seconds).unwrap_or(0) * 1000)
    }

    /// Waits so many seconds, which may be a fraction.
    ///
    /// ```rhai
    /// sleep(0.01);
    /// ```
    #[rhai_fn(name = "sleep", return_raw)]
    pub fn sleep_fraction(
        context: NativeCallContext<'_>,
        seconds: rhai::FLOAT,
    ) -> Result<()> {
        let wish = Duration::try_from_secs_f64(seconds).unwrap_or_default();
        wait(&context, u64::try_from(wish.as_millis()).unwrap_or(u64::MAX))
    }

    /// Fails unless it is true.
    ///
    /// # Errors
    /// `script`, when it is false.
    ///
    /// ```rhai
    /// assert(1 < 2);
    /// ```
    #[rhai_fn(return_raw)]
    pub fn assert(condition: bool) -> Result<()> {
        assert_or(condition, "the assertion does not hold".into())
    }

    /// Fails with these words unless it is true.
    ///
    /// ```rhai
    /// assert(1 < 2, "numbers are upside down");
    /// ```
    #[rhai_fn(name = "assert", return_raw)]
    pub fn assert_or(condition: bool, message: ImmutableString) -> Result<()> {
        if condition {
            return Ok(());
        }
        Err(ScriptError::new(ErrorKind::Script, message.to_string()).into())
    }

    /// Fails unless both are equal, and says what they are.
    ///
    /// ```rhai
    /// assert_eq(1 + 1, 2);
    /// ```
    #[rhai_fn(return_raw)]
    pub fn assert_eq(
        context: NativeCallContext<'_>,
        left: Dynamic,
        right: Dynamic,
    ) -> Result<()> {
        let equal = left.is_unit() && right.is_unit()
            || context.call_native_fn::<bool>("==", (left.clone(), right.clone()))?;
        let shown = |value: &Dynamic| match value.is_string() {
            true => format!("{value:?}"),
            false => columns::text(value),
        };
        let message = format!("{} is not {}", shown(&left), shown(&right));
        assert_or(equal, message.into())
    }
}

/// In short steps, so that a wish to stop is heard.
fn wait(context: &NativeCallContext<'_>, mut millis: u64) -> Result<()> {
    const STEP: u64 = 100;
    let session = session_of(context)?;
    let host = session.host();
    while millis > 0 {
        if host.cancel.load(std::sync::atomic::Ordering::Relaxed) {
            let message = "the script was stopped";
            return Err(ScriptError::new(ErrorKind::Cancelled, message).into());
        }
        host.clock.sleep(Duration::from_millis(millis.min(STEP)));
        millis = millis.saturating_sub(STEP);
    }
    Ok(())
}
