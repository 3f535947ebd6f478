use rhai::plugin::*;
use rhai::{Array, Dynamic, Map};

use crate::script::error::Result;
use crate::script::modules::session_of;
use crate::script::saved_tokens;

/// Tokens in files: those that are kept here, and those of pyBIS.
#[export_module]
pub mod saved {
    use super::{listed, moment};
    use rhai::{Array, Dynamic, Map};

    use crate::script::error::Result;
    use crate::script::modules::session_of;
    use crate::script::saved_tokens::{self, SavedToken};

    /// A token that lies in a file; what shows it does not show the token.
    #[expect(dead_code, reason = "the name that scripts see")]
    pub type Saved = SavedToken;

    /// The personal access tokens in files: those that
    /// `o.get_personal_access_tokens(#{ save_to_disk: true })` has kept, and those that pyBIS
    /// keeps in `~/.pybis`. What `rhobis token create` keeps is used by itself, and not listed.
    ///
    /// # Errors
    /// `unauthorized` when others may read one of the files, as those that pyBIS writes: the hint
    /// has the command that mends it.
    ///
    /// ```rhai
    /// o.get_or_create_personal_access_token("backup");
    /// o.get_personal_access_tokens(#{ save_to_disk: true });
    /// for pat in get_saved_pats() { print(`${pat.sessionName} ends ${pat.validToDate}`); }
    /// ```
    #[rhai_fn(return_raw)]
    pub fn get_saved_pats(context: NativeCallContext) -> Result<Array> {
        listed(&context, &Map::new())
    }

    /// Those for one host, or by a map of `hostname` and `sessionName`.
    ///
    /// # Errors
    /// `unauthorized` when others may read one of the files.
    ///
    /// ```rhai
    /// o.get_or_create_personal_access_token("backup");
    /// o.get_personal_access_tokens(#{ save_to_disk: true });
    /// let pat = get_saved_pats(#{ sessionName: "backup" })[0];
    /// o.set_token(pat.permId);
    /// ```
    #[rhai_fn(name = "get_saved_pats", return_raw)]
    pub fn get_saved_pats_of(
        context: NativeCallContext,
        wanted: Dynamic,
    ) -> Result<Array> {
        match wanted.read_lock::<Map>() {
            Some(map) => listed(&context, &map),
            None => listed(&context, &[("hostname".into(), wanted.clone())].into()),
        }
    }

    /// Those for one host and session name.
    ///
    /// # Errors
    /// `unauthorized` when others may read one of the files.
    ///
    /// ```rhai
    /// assert_eq(get_saved_pats("openbis.example.org", "backup").len(), 0);
    /// ```
    #[rhai_fn(name = "get_saved_pats", return_raw)]
    pub fn get_saved_pats_named(
        context: NativeCallContext,
        hostname: Dynamic,
        name: Dynamic,
    ) -> Result<Array> {
        let wanted = [("hostname".into(), hostname), ("sessionName".into(), name)];
        listed(&context, &wanted.into())
    }

    /// The session tokens in files by their names: those that `rhobis login` keeps, under
    /// profile or host, and those of pyBIS, under the host. What a keyring keeps is not
    /// listed.
    ///
    /// # Errors
    /// `unauthorized` when others may read one of the files.
    ///
    /// ```rhai
    /// for host in get_saved_tokens().keys() { print(host); }
    /// ```
    #[rhai_fn(return_raw)]
    pub fn get_saved_tokens(context: NativeCallContext) -> Result<Map> {
        let saved = session_of(&context)?.host().tokens.sessions()?.into_iter();
        Ok(saved
            .map(|it| (it.hostname.as_str().into(), Dynamic::from(it.clone())))
            .collect())
    }

    /// The session token that is kept in a file for a host, or a profile; `()` where there is
    /// none.
    ///
    /// # Errors
    /// `unauthorized` when others may read the file.
    ///
    /// ```rhai
    /// assert_eq(get_token_for_hostname("openbis.example.org"), ());
    /// ```
    #[rhai_fn(return_raw)]
    pub fn get_token_for_hostname(
        context: NativeCallContext,
        hostname: &str,
    ) -> Result<Dynamic> {
        get_any_token_for_hostname(context, hostname, true)
    }

    /// The same; with `false` a personal access token will do.
    ///
    /// # Errors
    /// `unauthorized` when others may read the file.
    ///
    /// ```rhai
    /// assert_eq(get_token_for_hostname("openbis.example.org", false), ());
    /// ```
    #[rhai_fn(name = "get_token_for_hostname", return_raw)]
    pub fn get_any_token_for_hostname(
        context: NativeCallContext,
        hostname: &str,
        session_token_needed: bool,
    ) -> Result<Dynamic> {
        let session = session_of(&context)?;
        Ok(saved_tokens::of_host(&session, hostname, session_token_needed)?)
    }

    /// The token itself: a secret.
    ///
    /// ```rhai
    /// for pat in get_saved_pats() { assert(is_personal_access_token(pat.permId)); }
    /// ```
    #[rhai_fn(get = "permId", pure)]
    pub fn perm_id(saved: &mut SavedToken) -> String {
        saved.token.reveal().to_owned()
    }

    /// The token itself: a secret.
    ///
    /// ```rhai
    /// let known = get_saved_tokens();
    /// if "openbis.example.org" in known { o.token = known["openbis.example.org"].token; }
    /// ```
    #[rhai_fn(get = "token", pure)]
    pub fn token_itself(saved: &mut SavedToken) -> String {
        perm_id(saved)
    }

    /// Where it logs in; empty where the file does not say it.
    ///
    /// ```rhai
    /// for pat in get_saved_pats() { print(pat.url); }
    /// ```
    #[rhai_fn(get = "url", pure)]
    pub fn url(saved: &mut SavedToken) -> String {
        saved.url.clone()
    }

    /// The host that it is for.
    ///
    /// ```rhai
    /// for pat in get_saved_pats() { print(pat.hostname); }
    /// ```
    #[rhai_fn(get = "hostname", pure)]
    pub fn hostname(saved: &mut SavedToken) -> String {
        saved.hostname.clone()
    }

    /// The user that it belongs to.
    ///
    /// ```rhai
    /// for pat in get_saved_pats() { print(pat.owner); }
    /// ```
    #[rhai_fn(get = "owner", pure)]
    pub fn owner(saved: &mut SavedToken) -> String {
        saved.owner.clone()
    }

    /// The session name of a personal access token.
    ///
    /// ```rhai
    /// for pat in get_saved_pats() { print(pat.sessionName); }
    /// ```
    #[rhai_fn(get = "sessionName", pure)]
    pub fn session_name(saved: &mut SavedToken) -> String {
        saved.session_name.clone()
    }

    /// When it was made; `()` where the file does not say it.
    ///
    /// ```rhai
    /// for pat in get_saved_pats() { print(pat.registrationDate); }
    /// ```
    #[rhai_fn(get = "registrationDate", pure)]
    pub fn registration_date(saved: &mut SavedToken) -> Dynamic {
        moment(saved.registered)
    }

    /// From when it holds.
    ///
    /// ```rhai
    /// for pat in get_saved_pats() { print(pat.validFromDate); }
    /// ```
    #[rhai_fn(get = "validFromDate", pure)]
    pub fn valid_from(saved: &mut SavedToken) -> Dynamic {
        moment(saved.from)
    }

    /// Until when it holds.
    ///
    /// ```rhai
    /// for pat in get_saved_pats() { if pat.validToDate < now() { print(`${pat} has ended`); } }
    /// ```
    #[rhai_fn(get = "validToDate", pure)]
    pub fn valid_to(saved: &mut SavedToken) -> Dynamic {
        moment(saved.until)
    }

    /// What is shown of it: not the token.
    ///
    /// ```rhai
    /// for pat in get_saved_pats() { assert(!pat.to_string().contains("$pat")); }
    /// ```
    #[rhai_fn(name = "to_string", name = "to_debug", pure)]
    pub fn shown(saved: &mut SavedToken) -> String {
        saved.to_string()
    }
}

fn listed(context: &NativeCallContext<'_>, wanted: &Map) -> Result<Array> {
    let saved = saved_tokens::saved(&session_of(context)?, wanted)?;
    Ok(saved.into_iter().map(Dynamic::from).collect())
}

fn moment(time: Option<crate::model::Timestamp>) -> Dynamic {
    time.map_or(Dynamic::UNIT, |time| Dynamic::from(crate::script::Moment::from(time)))
}
