use rhai::plugin::*;

/// Errors, as `catch (e)` gets them.
#[export_module]
pub mod errors {
    use rhai::{Array, Dynamic};

    use crate::script::ScriptError;

    /// What went wrong.
    #[expect(dead_code, reason = "the name that scripts see")]
    pub type Error = ScriptError;

    /// What sort of error: `not_found`, `unauthorized`, `refused`, `invalid`, `conflict`,
    /// `unreachable`, `timeout`, `limit`, `denied`, `script` …
    ///
    /// ```rhai
    /// try { o.get_space("NOWHERE") } catch (e) { assert_eq(e.kind, "not_found"); }
    /// ```
    #[rhai_fn(get = "kind", pure)]
    pub fn kind(error: &mut ScriptError) -> String {
        error.kind.name().to_owned()
    }

    /// What happened, in words.
    ///
    /// ```rhai
    /// try { o.get_space("NOWHERE") } catch (e) { assert_eq(e.message, "no space `NOWHERE`"); }
    /// ```
    #[rhai_fn(get = "message", pure)]
    pub fn message(error: &mut ScriptError) -> String {
        error.message.clone()
    }

    /// What to do about it; `()` when there is nothing to say.
    ///
    /// ```rhai
    /// try { o.get_space("LABB") } catch (e) { assert_eq(e.hint, "did you mean `LAB`?"); }
    /// ```
    #[rhai_fn(get = "hint", pure)]
    pub fn hint(error: &mut ScriptError) -> Dynamic {
        match error.hints.is_empty() {
            true => Dynamic::UNIT,
            false => error.hints.join("; ").into(),
        }
    }

    /// All hints.
    ///
    /// ```rhai
    /// try { o.get_space("LABB") } catch (e) { assert_eq(e.hints.len(), 1); }
    /// ```
    #[rhai_fn(get = "hints", pure)]
    pub fn hints(error: &mut ScriptError) -> Array {
        error.hints.iter().cloned().map(Dynamic::from).collect()
    }

    /// Whether the same may go well a moment later.
    ///
    /// ```rhai
    /// try { o.get_space("NOWHERE") } catch (e) { assert(!e.retryable); }
    /// ```
    #[rhai_fn(get = "retryable", pure)]
    pub fn retryable(error: &mut ScriptError) -> bool {
        error.is_retryable()
    }

    /// The message.
    ///
    /// ```rhai
    /// try { o.get_space("NOWHERE") } catch (e) { print(e); }
    /// ```
    #[rhai_fn(name = "to_string", name = "to_debug", pure)]
    pub fn to_text(error: &mut ScriptError) -> String {
        error.message.clone()
    }
}
