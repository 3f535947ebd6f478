use crate::script::{ScriptError, Session};
use rhai::plugin::*;

/// What can be read of a session, and what cannot.
#[export_module]
pub mod facts {
    use super::{PROPERTIES, TOLD, address, unknown};
    use rhai::{Dynamic, INT, ImmutableString};

    use crate::script::error::Result;
    use crate::script::{Results, ScriptError, Session};

    /// The name of the computer where the openBIS is.
    ///
    /// ```rhai
    /// assert(o.hostname.len() > 0);
    /// ```
    #[rhai_fn(get = "hostname", pure)]
    pub fn hostname(session: &mut Session) -> String {
        address(session).0
    }

    /// The port at which it answers; `()` where the address says none.
    ///
    /// ```rhai
    /// assert_eq(o.port, ());
    /// ```
    #[rhai_fn(get = "port", pure)]
    pub fn port(session: &mut Session) -> Dynamic {
        address(session).1.map_or(Dynamic::UNIT, |port| INT::from(port).into())
    }

    /// Whether types and vocabularies are remembered: they always are, until they change.
    ///
    /// ```rhai
    /// assert(o.use_cache);
    /// ```
    #[rhai_fn(get = "use_cache", pure)]
    pub fn use_cache(session: &mut Session) -> bool {
        let _ = session;
        true
    }

    /// Says whether types and vocabularies are remembered; `false` forgets them now, and they
    /// are read anew.
    ///
    /// ```rhai
    /// o.use_cache = false;
    /// ```
    #[rhai_fn(set = "use_cache")]
    pub fn set_use_cache(session: &mut Session, used: bool) {
        if !used {
            session.forget();
        }
    }

    /// Whether certificates are verified: they always are.
    ///
    /// ```rhai
    /// assert(o.verify_certificates);
    /// ```
    #[rhai_fn(get = "verify_certificates", pure)]
    pub fn verify_certificates(session: &mut Session) -> bool {
        let _ = session;
        true
    }

    /// Refuses a property that a session does not have.
    ///
    /// # Errors
    /// Always; the hint names the nearest.
    ///
    /// ```rhai
    /// try { o.hostnam } catch (e) { assert_eq(e.hint, "did you mean `hostname`?"); }
    /// ```
    #[rhai_fn(index_get, return_raw, pure)]
    pub fn no_property(session: &mut Session, name: ImmutableString) -> Result<Dynamic> {
        let _ = session;
        Err(unknown(&name).into())
    }

    /// Refuses to set a property that a session does not have, or only tells.
    ///
    /// # Errors
    /// Always.
    ///
    /// ```rhai
    /// try { o.url = "https://example.org"; } catch (e) { print(e); }
    /// ```
    #[rhai_fn(index_set, return_raw)]
    pub fn set_no_property(
        session: &mut Session,
        name: ImmutableString,
        value: Dynamic,
    ) -> Result<()> {
        let _ = session;
        // A method called on a property writes the property back.
        let written_back = value.is::<Results>() || value.is_map();
        if written_back && TOLD.contains(&name.as_str()) {
            return Ok(());
        }
        if PROPERTIES.contains(&name.as_str()) {
            let error =
                ScriptError::invalid(format!("`{name}` of a session cannot be set"));
            return Err(error.hint("`Openbis(url)` begins another session").into());
        }
        Err(unknown(&name).into())
    }
}

/// What can be read of a session.
const PROPERTIES: &[&str] = &[
    "url",
    "hostname",
    "port",
    "token",
    "spaces",
    "projects",
    "server_information",
    "use_cache",
    "verify_certificates",
];

/// Those of which methods are called.
const TOLD: &[&str] = &["spaces", "projects", "server_information"];

fn unknown(name: &str) -> ScriptError {
    let message = format!("a session has no property `{name}`");
    let error = ScriptError::new(crate::script::ErrorKind::Script, message);
    let hint = crate::script::nearest::hint(name, PROPERTIES);
    hint.into_iter().fold(error, ScriptError::hint)
}

/// Computer and port of the address.
fn address(session: &Session) -> (String, Option<u16>) {
    let url = session.client().url();
    let Ok(parsed) = url::Url::parse(url) else { return (url.to_owned(), None) };
    (parsed.host_str().unwrap_or(url).to_owned(), parsed.port())
}
