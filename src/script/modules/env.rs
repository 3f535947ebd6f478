use crate::script::modules::session_of;
use rhai::plugin::*;

/// The environment.
#[export_module]
pub mod env {
    use super::session_of;
    use rhai::{Dynamic, NativeCallContext};

    use crate::script::error::Result;

    /// The value of a variable of the environment; `()` where it is not set.
    ///
    /// # Errors
    /// `denied` where nobody permits it: `--allow-environment NAME`, or `needs.environment` of
    /// the header.
    ///
    /// ```rhai
    /// assert_eq(env::get("NO_SUCH_VARIABLE"), ());
    /// ```
    #[rhai_fn(return_raw)]
    pub fn get(context: NativeCallContext<'_>, name: &str) -> Result<Dynamic> {
        let session = session_of(&context)?;
        let host = session.host();
        host.desk.variable(&*host.console, name)?;
        Ok((host.environment)(name).map_or(Dynamic::UNIT, Dynamic::from))
    }
}
