use crate::script::error::Result;
use crate::script::modules::session_of;
use crate::script::{Level, columns};
use rhai::Dynamic;
use rhai::plugin::*;

/// Words for whoever reads the log: on stderr, by how loud they are.
#[export_module]
pub mod log {
    use super::tell;
    use rhai::Dynamic;

    use crate::script::error::Result;

    use crate::script::Level;

    /// What only matters when something is looked into.
    ///
    /// ```rhai
    /// log::trace("page 3");
    /// ```
    #[rhai_fn(return_raw)]
    pub fn trace(context: NativeCallContext<'_>, what: Dynamic) -> Result<()> {
        tell(&context, Level::Debug, &what)
    }

    /// What is going on.
    ///
    /// ```rhai
    /// log::info("all tagged");
    /// ```
    #[rhai_fn(return_raw)]
    pub fn info(context: NativeCallContext<'_>, what: Dynamic) -> Result<()> {
        tell(&context, Level::Info, &what)
    }

    /// What should not be, but does no harm yet.
    ///
    /// ```rhai
    /// log::warn("no tags were given");
    /// ```
    #[rhai_fn(name = "warn", name = "warning", return_raw)]
    pub fn warn(context: NativeCallContext<'_>, what: Dynamic) -> Result<()> {
        tell(&context, Level::Warning, &what)
    }

    /// What went wrong.
    ///
    /// ```rhai
    /// log::error("two were refused");
    /// ```
    #[rhai_fn(return_raw)]
    pub fn error(context: NativeCallContext<'_>, what: Dynamic) -> Result<()> {
        tell(&context, Level::Error, &what)
    }
}

fn tell(context: &NativeCallContext<'_>, level: Level, what: &Dynamic) -> Result<()> {
    session_of(context)?.host().console.say(level, &columns::text(what));
    Ok(())
}
