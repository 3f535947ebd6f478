use crate::script::error::Result;
use crate::script::{ScriptError, Session};
use rhai::plugin::*;
use rhai::{Dynamic, INT, Map};

/// What the server is: its version, what it can.
#[export_module]
pub mod server {
    use super::{facts, version};
    use rhai::{INT, Map};

    use crate::script::Session;
    use crate::script::error::Result;

    /// What the server says of itself: `api_version`, `openbis_version` … The flags are
    /// `true` or `false`, the periods of seconds numbers, the technologies a list.
    ///
    /// ```rhai
    /// let info = o.get_server_information();
    /// assert(info.api_version.starts_with("3."));
    /// assert_eq(info.project_samples_enabled, true);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_server_information(session: &mut Session) -> Result<Map> {
        facts(session)
    }

    /// What the server says of itself.
    ///
    /// ```rhai
    /// print(o.server_information.openbis_version);
    /// ```
    #[rhai_fn(get = "server_information", return_raw, pure)]
    pub fn server_information(session: &mut Session) -> Result<Map> {
        facts(session)
    }

    /// The first number of the version of the server's interface.
    ///
    /// ```rhai
    /// assert_eq(o.get_server_information().get_major_version(), 3);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_major_version(information: &mut Map) -> Result<INT> {
        Ok(version(information)?.0)
    }

    /// The second number of the version of the server's interface.
    ///
    /// ```rhai
    /// assert(o.get_server_information().get_minor_version() >= 5);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_minor_version(information: &mut Map) -> Result<INT> {
        Ok(version(information)?.1)
    }

    /// Whether the server's interface is newer than this.
    ///
    /// ```rhai
    /// assert(o.get_server_information().is_version_greater_than(3, 2));
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn is_version_greater_than(
        information: &mut Map,
        major: INT,
        minor: INT,
    ) -> Result<bool> {
        Ok(version(information)? > (major, minor))
    }

    /// Whether the server is openBIS 7 or newer, or does not say.
    ///
    /// ```rhai
    /// assert(o.get_server_information().is_version_7_or_later());
    /// ```
    #[rhai_fn(pure)]
    pub fn is_version_7_or_later(information: &mut Map) -> bool {
        let version = information.get("openbis_version").map(ToString::to_string);
        let major = version.and_then(|text| text.split('.').next()?.parse::<INT>().ok());
        // A build of one's own has no number, and is one of today.
        major.is_none_or(|major| (7..20).contains(&major))
    }

    /// The service properties of the application server, as far as it tells them.
    ///
    /// ```rhai
    /// assert(o.get_server_information().get_service_props().len() >= 0);
    /// ```
    #[rhai_fn(pure)]
    pub fn get_service_props(information: &mut Map) -> Map {
        let told = information.get("as_service_properties");
        let told = told.and_then(crate::script::value::text).unwrap_or_default();
        let lines = told.lines().filter_map(|line| line.split_once('='));
        lines
            .map(|(key, value)| (key.trim().into(), value.trim().to_owned().into()))
            .collect()
    }

    /// Whether the server is openBIS 16.05 or older.
    ///
    /// ```rhai
    /// assert(!o.get_server_information().is_openbis_1605());
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn is_openbis_1605(information: &mut Map) -> Result<bool> {
        let (major, minor) = version(information)?;
        Ok(major == 3 && minor <= 2)
    }

    /// Whether the server is openBIS 18.06 or newer.
    ///
    /// ```rhai
    /// assert(o.get_server_information().is_openbis_1806());
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn is_openbis_1806(information: &mut Map) -> Result<bool> {
        let (major, minor) = version(information)?;
        Ok(major == 3 && minor >= 5)
    }
}

fn facts(session: &Session) -> Result<Map> {
    let told = session.client().server_information().map_err(ScriptError::from)?;
    let facts = told.into_iter();
    Ok(facts
        .map(|(name, text)| {
            let name = name.replace(['-', '.'], "_");
            let value = typed(&name, text);
            (name.into(), value)
        })
        .collect())
}

/// The server writes texts only.
fn typed(name: &str, text: String) -> Dynamic {
    let list = || text.split(',').map(|item| item.trim().to_owned().into()).collect();
    match (text.as_str(), text.parse::<INT>()) {
        _ if name == "enabled_technologies" => Dynamic::from_array(list()),
        ("true", _) => Dynamic::TRUE,
        ("false", _) => Dynamic::FALSE,
        (_, Ok(number)) => number.into(),
        (_, Err(_)) => text.into(),
    }
}

fn version(information: &Map) -> Result<(INT, INT)> {
    let text = information.get("api_version").and_then(crate::script::value::text);
    let numbers = text.as_deref().and_then(|text| {
        let (major, minor) = text.split_once('.')?;
        Some((major.parse().ok()?, minor.parse().ok()?))
    });
    Ok(numbers.ok_or_else(|| ScriptError::invalid("there is no `api_version` in it"))?)
}
