use crate::client::Credentials;
use crate::script::error::Result;
use crate::script::value::text;
use crate::script::{ConnectOptions, Entity, ScriptError, Session};
use rhai::plugin::*;
use rhai::{Dynamic, INT, Map};

/// The session: who one is, what the server is, saving many at once.
#[export_module]
pub mod session {
    use super::{codes, entity, open, read_options, small};
    use rhai::{Array, Dynamic, INT, Map};

    use crate::client::Credentials;
    use crate::script::error::Result;
    use crate::script::value::count;
    use crate::script::{
        ConnectOptions, Entity, Results, ScriptError, Session, saving, search,
    };

    /// A session with an openBIS.
    #[expect(dead_code, reason = "the name that scripts see")]
    pub type Openbis = Session;

    /// Logs in again, with the user and password of the profile.
    ///
    /// # Errors
    /// `unauthorized` when there are none, or they are wrong.
    ///
    /// ```rhai
    /// o.login("admin", "admin");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn login(session: &mut Session, user: &str, password: &str) -> Result<()> {
        let credentials =
            Credentials::Password { user: user.to_owned(), password: password.into() };
        session.client().login(credentials).map_err(ScriptError::from)?;
        session.forget();
        Ok(())
    }

    /// Logs in now, instead of at first use.
    ///
    /// ```rhai
    /// o.login();
    /// assert(o.is_session_active());
    /// ```
    #[rhai_fn(name = "login", return_raw, pure)]
    pub fn login_now(session: &mut Session) -> Result<()> {
        session.client().token().map_err(ScriptError::from)?;
        Ok(())
    }

    /// Ends the session; the next use begins a new one.
    ///
    /// ```rhai
    /// o.logout();
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn logout(session: &mut Session) -> Result<()> {
        Ok(session.client().logout().map_err(ScriptError::from)?)
    }

    /// Whether the session is alive.
    ///
    /// ```rhai
    /// assert(o.is_session_active());
    /// ```
    #[rhai_fn(name = "is_session_active", name = "is_token_valid", return_raw, pure)]
    pub fn is_session_active(session: &mut Session) -> Result<bool> {
        Ok(session.client().is_session_active(None).map_err(ScriptError::from)?)
    }

    /// Whether the session of another token is alive.
    ///
    /// ```rhai
    /// assert(!o.is_token_valid("nobody-1"));
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn is_token_valid(session: &mut Session, token: &str) -> Result<bool> {
        Ok(session.client().is_session_active(Some(token)).map_err(ScriptError::from)?)
    }

    /// Whose session it is: `userName` and `homeGroupCode`.
    ///
    /// ```rhai
    /// assert_eq(o.get_session_info().userName, "admin");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_session_info(session: &mut Session) -> Result<Map> {
        let told = session.client().session_information().map_err(ScriptError::from)?;
        let home = told.home_space.map_or(Dynamic::UNIT, Dynamic::from);
        Ok([("userName".into(), told.user.into()), ("homeGroupCode".into(), home)].into())
    }

    /// The user id of whom the session belongs to.
    ///
    /// ```rhai
    /// assert_eq(o.whoami(), "admin");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn whoami(session: &mut Session) -> Result<String> {
        Ok(session.client().session_information().map_err(ScriptError::from)?.user)
    }

    /// What the server says of itself: `api_version`, `openbis_version` …, as texts.
    ///
    /// ```rhai
    /// assert(o.get_server_information().api_version.starts_with("3."));
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_server_information(session: &mut Session) -> Result<Map> {
        let told = session.client().server_information().map_err(ScriptError::from)?;
        let facts = told.into_iter();
        Ok(facts
            .map(|(name, text)| (name.replace(['-', '.'], "_").into(), text.into()))
            .collect())
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

    /// Saves many objects, a call per thousand; how many were changed.
    ///
    /// ```rhai
    /// let tags = [o.new_tag("one"), o.new_tag("two")];
    /// assert_eq(o.save_all(tags), 2);
    /// assert_eq(o.save_all(tags), 0);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn save_all(session: &mut Session, records: Array) -> Result<INT> {
        let _ = session;
        let records: Result<Vec<Entity>> = records.iter().map(entity).collect();
        Ok(count(saving::save(&records?)? as u64))
    }

    /// Forgets what is known of types and vocabularies, so that it is read anew.
    ///
    /// ```rhai
    /// o.clear_cache();
    /// ```
    #[rhai_fn(pure)]
    pub fn clear_cache(session: &mut Session) {
        session.forget();
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

fn entity(given: &Dynamic) -> Result<Entity> {
    let entity = given.clone().try_cast::<Entity>();
    Ok(entity.ok_or_else(|| {
        let noun = crate::script::value::noun(given);
        ScriptError::invalid(format!("`save_all` takes objects, not {noun}"))
    })?)
}

fn open(
    context: &NativeCallContext<'_>,
    url: &str,
    options: ConnectOptions,
) -> Result<Session> {
    let own = crate::script::modules::session_of(context)?;
    let client = own.host().connect.url(url, options)?;
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
