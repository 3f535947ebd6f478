//! A certificate that nobody vouches for: shown at first use, and pinned where somebody
//! says that it is the right one.
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::console::Terminal;
use super::place::Server;
use crate::cli::settings::{Editor, Setting, Source};
use crate::client::{
    Answer, Distrust, Error, Fingerprint, Http, Route, Transport, Trust, Visit, Visited,
};
use crate::script::{Console, Level};

/// What was said about certificates in this process, by address.
pub(crate) struct Confirmed {
    terminal: Arc<Terminal>,
    config: PathBuf,
    said: Mutex<HashMap<String, Answered>>,
}

#[derive(Clone, Copy)]
enum Answered {
    Yes(Fingerprint),
    No,
}

impl Confirmed {
    pub(crate) fn new(terminal: Arc<Terminal>, config: PathBuf) -> Self {
        Self { terminal, config, said: Mutex::default() }
    }

    /// Whether somebody may be asked about the certificate of this server: a profile has to
    /// be there that can remember it.
    pub(super) fn may_ask(&self, server: &Server, route: &Route) -> bool {
        self.terminal.may_ask()
            && matches!(route.trust, Trust::System)
            && server.profile.is_some()
            && server.settings.source("url").is_some_and(Source::is_profile)
            && server.url.starts_with("https://")
    }

    /// Whether the certificate is to be trusted; asked once, whoever wants to know.
    fn is_right(&self, server: &Server, found: Fingerprint, why: &str) -> bool {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = said.entry(server.url.clone()).or_insert_with(|| {
            match self.terminal.confirm_certificate(&server.url, found, why) {
                true => {
                    self.remember(server, found);
                    Answered::Yes(found)
                }
                false => Answered::No,
            }
        });
        matches!(answer, Answered::Yes(right) if *right == found)
    }

    /// One that cannot be remembered holds for this process.
    fn remember(&self, server: &Server, found: Fingerprint) {
        let (Some(profile), Some(pin)) = (&server.profile, Setting::named("pin")) else {
            return;
        };
        let saved = Editor::open(&self.config).and_then(|mut editor| {
            editor.set(profile, pin, &found.to_string());
            editor.save()
        });
        if let Err(error) = saved {
            let told = format!("the certificate is not remembered: {error:#}");
            self.terminal.say(Level::Warning, &told);
        }
    }
}

impl Terminal {
    /// What somebody says who is shown the certificate. No answer beforehand counts.
    pub(crate) fn confirm_certificate(
        &self,
        url: &str,
        found: Fingerprint,
        why: &str,
    ) -> bool {
        self.talk(&format!(
            "The certificate of {url} is not to be trusted: {why}.\n\
             Its SHA-256 is\n\n    {found}\n\n\
             Ask those who run the server whether that is theirs."
        ));
        let question = "Is it, and is it the only one to be trusted from now on? [y/N] ";
        matches!(self.ask(question).as_deref(), Some("y" | "Y" | "yes"))
    }
}

/// The way to a server whose certificate may have to be confirmed.
pub(super) struct FirstUse {
    http: RwLock<Arc<Http>>,
    url: String,
    server: Server,
    route: Route,
    confirmed: Arc<Confirmed>,
}

impl FirstUse {
    pub(super) fn new(
        server: &Server,
        route: Route,
        confirmed: &Arc<Confirmed>,
    ) -> Result<Self, Error> {
        let http = Http::by(&server.url, &route, server.timeouts())?;
        Ok(Self {
            url: http.url().to_owned(),
            http: RwLock::new(Arc::new(http)),
            server: server.clone(),
            route,
            confirmed: Arc::clone(confirmed),
        })
    }

    fn http(&self) -> Arc<Http> {
        Arc::clone(&self.http.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Nothing was sent to whom is not trusted, so that it is sent once.
    fn sent<T>(&self, send: impl Fn(&Http) -> Result<T, Error>) -> Result<T, Error> {
        match send(&self.http()) {
            Err(Error::Untrusted {
                source: Distrust::Unknown { fingerprint, ref why },
                ..
            }) if self.confirmed.is_right(&self.server, fingerprint, why) => {
                send(&*self.pin(fingerprint)?)
            }
            outcome => outcome,
        }
    }

    /// From now on that certificate alone is taken.
    fn pin(&self, found: Fingerprint) -> Result<Arc<Http>, Error> {
        let route = Route { trust: Trust::Pin(found), ..self.route.clone() };
        let http = Arc::new(Http::by(&self.server.url, &route, self.server.timeouts())?);
        *self.http.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&http);
        Ok(http)
    }
}

impl Transport for FirstUse {
    fn url(&self) -> &str {
        &self.url
    }

    fn carry(&self, service: &str, request: &str) -> Result<Answer, Error> {
        self.sent(|http| http.carry(service, request))
    }

    fn visit(&self, visit: &Visit) -> Result<Visited, Error> {
        self.sent(|http| http.visit(visit))
    }
}
