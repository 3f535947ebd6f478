use crate::client::Credentials;
use crate::script::error::Result;
use crate::script::value::text;
use crate::script::{ConnectOptions, ScriptError, Session, authority};
use rhai::plugin::*;
use rhai::{INT, Map};

/// The session: who one is, what the server is, saving many at once.
#[export_module]
pub mod session {
    use super::{codes, open, read_options, small};
    use crate::script::reporting::{OnError, asynchronous, on_error, told};
    use rhai::{Array, Dynamic, INT, Map};

    use crate::script::error::Result;
    use crate::script::value::{count, entities};
    use crate::script::{
        ConnectOptions, Results, ScriptError, Session, saving, search, unmodified,
    };

    /// A session with an openBIS.
    #[expect(dead_code, reason = "the name that scripts see")]
    pub type Openbis = Session;

    /// The user id of whom the session belongs to.
    ///
    /// ```rhai
    /// assert_eq(o.whoami(), "admin");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn whoami(session: &mut Session) -> Result<String> {
        Ok(session.client().session_information().map_err(ScriptError::from)?.user)
    }

    /// A new permId from the server.
    ///
    /// ```rhai
    /// assert(o.create_permId().contains("-"));
    /// ```
    #[rhai_fn(name = "create_permId", name = "create_perm_id", return_raw, pure)]
    pub fn create_perm_id(session: &mut Session) -> Result<String> {
        let ids = session.client().create_perm_ids(1).map_err(ScriptError::from)?;
        Ok(ids.into_iter().next().unwrap_or_default())
    }

    /// New permIds from the server, at most 100.
    ///
    /// ```rhai
    /// assert_eq(o.gen_permId(3).len(), 3);
    /// ```
    #[rhai_fn(name = "gen_permId", name = "gen_perm_id", return_raw, pure)]
    pub fn gen_perm_id(session: &mut Session, count: INT) -> Result<Array> {
        let ids =
            session.client().create_perm_ids(small(count)?).map_err(ScriptError::from)?;
        Ok(ids.into_iter().map(Dynamic::from).collect())
    }

    /// New permIds from the server: one.
    ///
    /// ```rhai
    /// assert_eq(o.gen_permId().len(), 1);
    /// ```
    #[rhai_fn(name = "gen_permId", name = "gen_perm_id", return_raw, pure)]
    pub fn gen_one_perm_id(session: &mut Session) -> Result<Array> {
        gen_perm_id(session, 1)
    }

    /// The next code for a sample, collection or data set.
    ///
    /// ```rhai
    /// assert(o.gen_code("sample", "YEA").starts_with("YEA"));
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn gen_code(session: &mut Session, kind: &str, prefix: &str) -> Result<String> {
        let codes = codes(session, kind, prefix, 1)?;
        Ok(codes.into_iter().next().unwrap_or_default())
    }

    /// The next code for a sample, collection or data set, without a prefix.
    ///
    /// ```rhai
    /// assert(o.gen_code("sample").len() > 0);
    /// ```
    #[rhai_fn(name = "gen_code", return_raw, pure)]
    pub fn gen_plain_code(session: &mut Session, kind: &str) -> Result<String> {
        gen_code(session, kind, "")
    }

    /// The next codes for samples, collections or data sets.
    ///
    /// ```rhai
    /// assert_eq(o.gen_codes("sample", "S", 2).len(), 2);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn gen_codes(
        session: &mut Session,
        kind: &str,
        prefix: &str,
        count: INT,
    ) -> Result<Array> {
        let codes = codes(session, kind, prefix, small(count)?)?;
        Ok(codes.into_iter().map(Dynamic::from).collect())
    }

    /// The next codes for samples, collections or data sets: one, without a prefix.
    ///
    /// ```rhai
    /// assert_eq(o.gen_codes("collection").len(), 1);
    /// ```
    #[rhai_fn(name = "gen_codes", return_raw, pure)]
    pub fn gen_plain_codes(session: &mut Session, kind: &str) -> Result<Array> {
        gen_codes(session, kind, "", 1)
    }

    /// The next codes for samples, collections or data sets: one.
    ///
    /// ```rhai
    /// assert_eq(o.gen_codes("sample", "S").len(), 1);
    /// ```
    #[rhai_fn(name = "gen_codes", return_raw, pure)]
    pub fn gen_one_code(
        session: &mut Session,
        kind: &str,
        prefix: &str,
    ) -> Result<Array> {
        gen_codes(session, kind, prefix, 1)
    }

    /// Saves many objects, a call per thousand; how many were changed.
    ///
    /// ```rhai
    /// let tags = [o.new_tag("one"), o.new_tag("two")];
    /// assert_eq(o.save_all(tags), 2);
    /// assert_eq(o.save_all(tags), 0);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn save_all(session: &mut Session, records: Dynamic) -> Result<INT> {
        let _ = session;
        Ok(count(saving::save(&entities(&records)?)? as u64))
    }

    /// Saves many objects, with options: `on_error` is `"stop"`, or `"each"` to save all
    /// that can be saved. Gives `done`, how many were saved, and `failed`, a list of `item`
    /// and `error`; a run that has failed ones ends as partly done. With `asynchronous: true`
    /// all go in one call, which openBIS carries out after it has answered, while it is asked
    /// how far it is: for very many, where an answer would be waited for too long. With
    /// `if_unmodified: true` nothing is sent if somebody has changed one since it was read.
    ///
    /// # Errors
    /// With `"stop"` those of `save()`: nothing of that call was saved. Else only what has
    /// nothing to do with the objects, such as `unreachable` or `limit`.
    ///
    /// ```rhai
    /// let result = o.save_all([o.new_tag("one")], #{ on_error: "each", asynchronous: true });
    /// assert_eq(result.done, 1);
    /// for one in result.failed { log::warn(`${one.item}: ${one.error}`); }
    /// ```
    #[rhai_fn(name = "save_all", return_raw, pure)]
    pub fn save_all_with(
        session: &mut Session,
        records: Dynamic,
        mut options: Map,
    ) -> Result<Map> {
        let later = asynchronous(&mut options)?;
        let careful = unmodified::wanted(&mut options)?;
        let records = entities(&records)?;
        if careful {
            unmodified::check(&records)?;
        }
        let each = on_error(&options)?;
        let report = session.host().desk.asynchronously(later, || match each {
            OnError::Stop => {
                let done = saving::save(&records)?;
                Ok(saving::Report { done, failed: Vec::new() })
            }
            OnError::Each => saving::save_each(&records),
        });
        Ok(told(report?))
    }

    /// The address of the openBIS.
    ///
    /// ```rhai
    /// print(o.url);
    /// ```
    #[rhai_fn(get = "url", pure)]
    pub fn url(session: &mut Session) -> String {
        session.client().url().to_owned()
    }

    /// The spaces that one may see.
    ///
    /// ```rhai
    /// assert(o.spaces.total > 0);
    /// ```
    #[rhai_fn(get = "spaces", pure, return_raw)]
    pub fn spaces(session: &mut Session) -> Result<Results> {
        Ok(search::results(session, crate::model::Kind::Space, &Map::new())?)
    }

    /// The projects that one may see.
    ///
    /// ```rhai
    /// assert(o.projects.total > 0);
    /// ```
    #[rhai_fn(get = "projects", pure, return_raw)]
    pub fn projects(session: &mut Session) -> Result<Results> {
        Ok(search::results(session, crate::model::Kind::Project, &Map::new())?)
    }

    /// The session as a text.
    ///
    /// ```rhai
    /// assert(o.to_string().starts_with("openBIS at "));
    /// ```
    #[rhai_fn(name = "to_string", name = "to_debug", pure)]
    pub fn to_text(session: &mut Session) -> String {
        format!("openBIS at {}", session.client().url())
    }

    /// A session with another openBIS, with the user and password that are known for it.
    ///
    /// # Errors
    /// `denied` where no profile is of that server and nobody permits it: `--allow-hosts`, or
    /// `needs.hosts` of the header.
    ///
    /// ```text
    /// let other = Openbis("https://openbis.example.org");
    /// ```
    #[rhai_fn(name = "Openbis", return_raw)]
    pub fn openbis(context: NativeCallContext<'_>, url: &str) -> Result<Session> {
        open(&context, url, ConnectOptions::default())
    }

    /// A session with another openBIS: `username` and `password`, or `token`.
    ///
    /// ```text
    /// let other = Openbis("https://openbis.example.org", #{ token: env::get("TOKEN") });
    /// ```
    #[rhai_fn(name = "Openbis", return_raw)]
    pub fn openbis_as(
        context: NativeCallContext<'_>,
        url: &str,
        options: Map,
    ) -> Result<Session> {
        open(&context, url, read_options(&options)?)
    }

    /// A session with the openBIS of another profile.
    ///
    /// # Errors
    /// When there is no such profile.
    ///
    /// ```text
    /// let archive = connect("archive");
    /// ```
    #[rhai_fn(return_raw)]
    pub fn connect(context: NativeCallContext<'_>, profile: &str) -> Result<Session> {
        let own = crate::script::modules::session_of(&context)?;
        let client = own.host().connect.profile(profile)?;
        Ok(Session::new(own.host(), client))
    }
}

fn codes(session: &Session, kind: &str, prefix: &str, count: u32) -> Result<Vec<String>> {
    const KINDS: &[(&str, &str)] = &[
        ("sample", "SAMPLE"),
        ("object", "SAMPLE"),
        ("experiment", "EXPERIMENT"),
        ("collection", "EXPERIMENT"),
        ("dataset", "DATA_SET"),
        ("data_set", "DATA_SET"),
    ];
    let wanted = kind.to_lowercase();
    let Some((_, kind)) = KINDS.iter().find(|row| row.0 == wanted) else {
        let error = ScriptError::invalid(format!("no codes are made for `{kind}`"));
        return Err(error.hint("for `sample`, `collection` or `dataset`").into());
    };
    Ok(session.client().create_codes(kind, prefix, count).map_err(ScriptError::from)?)
}

fn small(count: INT) -> Result<u32> {
    let small = u32::try_from(count);
    Ok(small.map_err(|_| ScriptError::invalid(format!("`{count}` is no count")))?)
}

fn open(
    context: &NativeCallContext<'_>,
    url: &str,
    options: ConnectOptions,
) -> Result<Session> {
    let own = crate::script::modules::session_of(context)?;
    let host = own.host();
    let is_own = authority(url) == authority(own.client().url());
    if !is_own && !host.connect.is_known(url) {
        host.desk.host(&*host.console, url)?;
    }
    let client = host.connect.url(url, options)?;
    Ok(Session::new(own.host(), client))
}

fn read_options(options: &Map) -> Result<ConnectOptions> {
    const NAMES: &[&str] =
        &["username", "user", "password", "token", "verify_certificates"];
    if let Some(name) = options.keys().find(|name| !NAMES.contains(&name.as_str())) {
        let error = ScriptError::invalid(format!("`Openbis` has no argument `{name}`"));
        let hint = crate::script::nearest::hint(name, NAMES);
        return Err(hint.into_iter().fold(error, ScriptError::hint).into());
    }
    let get = |name: &str| options.get(name).and_then(text);
    let user = get("username").or_else(|| get("user"));
    let credentials = match (get("token"), user, get("password")) {
        (Some(token), _, _) => Credentials::Token(token.into()),
        (None, Some(user), Some(password)) => {
            Credentials::Password { user, password: password.into() }
        }
        (None, _, _) => Credentials::None,
    };
    let verify_certificates =
        options.get("verify_certificates").and_then(|flag| flag.as_bool().ok());
    Ok(ConnectOptions { credentials, verify_certificates })
}
