use crate::script::error::Result;
use crate::script::modules::session_of;
use crate::script::{ErrorKind, ScriptError, files as disk};
use rhai::plugin::*;

/// Files below the working folder.
#[export_module]
pub mod files {
    use super::{disk, metadata};

    use crate::script::Moment;
    use crate::script::error::Result;

    /// Whether there is a file or folder.
    ///
    /// ```rhai
    /// o.get_spaces().df.to_csv("spaces.csv");
    /// assert(files::exists("spaces.csv"));
    /// ```
    #[rhai_fn(return_raw)]
    pub fn exists(context: NativeCallContext<'_>, path: &str) -> Result<bool> {
        Ok(metadata(&context, path)?.is_some())
    }

    /// When a file was last written; `()` where there is none.
    ///
    /// ```rhai
    /// o.get_spaces().df.to_csv("spaces.csv");
    /// assert(files::modified("spaces.csv") > at("2020-01-01"));
    /// ```
    #[rhai_fn(return_raw)]
    pub fn modified(context: NativeCallContext<'_>, path: &str) -> Result<Dynamic> {
        let time = metadata(&context, path)?.and_then(|found| found.modified().ok());
        let moment =
            |time| Moment(chrono::DateTime::<chrono::Utc>::from(time).fixed_offset());
        Ok(time.map_or(Dynamic::UNIT, |time| Dynamic::from(moment(time))))
    }

    /// A name from elsewhere as one that a file can have here.
    ///
    /// ```rhai
    /// assert_eq(files::safe_name("../a:b.txt"), "a_b.txt");
    /// ```
    pub fn safe_name(name: &str) -> String {
        disk::safe_name(name)
    }
}

fn metadata(
    context: &NativeCallContext<'_>,
    path: &str,
) -> Result<Option<std::fs::Metadata>> {
    let target = disk::place(session_of(context)?.host(), path)?;
    match std::fs::metadata(target) {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => {
            let message = format!("`{path}` cannot be looked at: {error}");
            Err(ScriptError::new(ErrorKind::File, message).into())
        }
    }
}
