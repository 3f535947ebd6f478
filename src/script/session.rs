use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rhai::Dynamic;

use super::changing::placeholder;
use super::type_sheet::TypeSheet;
use super::{Entity, ErrorKind, Host, ScriptError, Step, fetches};
use crate::client::{Client, Outcome, Page, PropertyType, Term};
use crate::model::{Criteria, Criterion, Fetch, Id, Kind, Record, Test};

/// What `o` is: one openBIS, and what was learnt of its masterdata.
#[derive(Clone)]
pub struct Session(Arc<Inner>);

struct Inner {
    client: Client,
    host: Host,
    project_samples: OnceLock<bool>,
    api_version: OnceLock<String>,
}

impl Session {
    pub(super) fn new(host: &Host, client: Client) -> Self {
        let host = Host { session: client.clone(), ..host.clone() };
        let (project_samples, api_version) = Default::default();
        Self(Arc::new(Inner { client, host, project_samples, api_version }))
    }

    pub(super) fn client(&self) -> &Client {
        &self.0.client
    }

    pub(super) fn host(&self) -> &Host {
        &self.0.host
    }

    /// The way of every change; what became of each, in order.
    pub(super) fn submit(&self, steps: Vec<Step>) -> Result<Vec<Outcome>, ScriptError> {
        self.host().desk.submit(self, steps)
    }

    /// One object, with what scripts usually ask of it.
    pub(super) fn get(&self, id: &Id) -> Result<Option<Entity>, ScriptError> {
        let found =
            self.get_many(std::slice::from_ref(id), &fetches::usual(id.kind()))?;
        Ok(found.into_iter().next().flatten())
    }

    /// Several objects in one call, in this order.
    pub(super) fn get_many(
        &self,
        ids: &[Id],
        fetch: &Fetch,
    ) -> Result<Vec<Option<Entity>>, ScriptError> {
        let found = self.records(ids, fetch)?.into_iter();
        Ok(found.map(|record| record.map(|r| Entity::new(self, r))).collect())
    }

    /// Several records in one call, in this order.
    pub(super) fn records(
        &self,
        ids: &[Id],
        fetch: &Fetch,
    ) -> Result<Vec<Option<Record>>, ScriptError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        self.require(fetch.kind)?;
        let found = self.host().desk.records(self, ids, fetch)?;
        self.client().learn(found.iter().flatten());
        Ok(found)
    }

    /// One page of what a search finds.
    pub(super) fn search(
        &self,
        criteria: &Criteria,
        fetch: &Fetch,
    ) -> Result<Page, ScriptError> {
        self.host().desk.search(self, criteria, fetch)
    }

    /// The error for what is not there, with the nearest codes that are.
    pub(super) fn missing(&self, kind: Kind, id: &str) -> ScriptError {
        let noun = super::value::called(kind);
        let error = ScriptError::not_found(format!("no {noun} `{id}`"));
        match super::nearest::best(id, &self.codes_near(kind, id)) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error,
        }
    }

    /// Codes of the kind, as far as there are few of them.
    fn codes_near(&self, kind: Kind, id: &str) -> Vec<String> {
        const FEW: u64 = 500;
        let mut criteria = Criteria::all(kind);
        let label = if kind.spec().field("identifier").is_some() {
            let Some((parent, _)) = id.rsplit_once('/') else { return Vec::new() };
            let test = Test::equal(format!("{parent}/*"));
            criteria = criteria.with(Criterion::Field { name: "identifier", test });
            "identifier"
        } else {
            "code"
        };
        let fetch = Fetch { count: Some(FEW), ..Fetch::plain(kind) };
        let Ok(page) = self.search(&criteria, &fetch) else { return Vec::new() };
        page.records.iter().filter_map(|r| r.text(label)).map(str::to_owned).collect()
    }

    /// What the type allows.
    pub(super) fn type_sheet(
        &self,
        kind: Kind,
        code: &str,
    ) -> Result<TypeSheet, ScriptError> {
        let code = code.to_uppercase();
        let desk = &self.host().desk;
        let id = Id::told(kind, kind.spec().ids[0], code.as_str());
        let more = desk.new_properties(self, &id)?;
        if desk.is_new(self, &id) {
            return Ok(TypeSheet { code, properties: Arc::new(more) });
        }
        match self.client().property_types(kind, &code) {
            Ok(properties) if more.is_empty() => Ok(TypeSheet { code, properties }),
            Ok(known) => {
                let properties = Arc::new(known.iter().cloned().chain(more).collect());
                Ok(TypeSheet { code, properties })
            }
            Err(error) if error.is_not_found() => Err(self.missing(kind, &code)),
            Err(error) => Err(error.into()),
        }
    }

    /// The words of a vocabulary.
    pub(super) fn terms(&self, vocabulary: &str) -> Result<Arc<Vec<Term>>, ScriptError> {
        let vocabulary = vocabulary.to_uppercase();
        let more = self.host().desk.new_terms(self, &vocabulary);
        if more.is_empty() {
            return Ok(self.client().terms(&vocabulary)?);
        }
        let known = self.client().terms(&vocabulary).unwrap_or_default();
        Ok(Arc::new(known.iter().cloned().chain(more).collect()))
    }

    /// All property types of the server.
    pub(super) fn properties(&self) -> Result<Arc<Vec<PropertyType>>, ScriptError> {
        Ok(self.client().all_property_types()?)
    }

    /// Whether samples lie in projects here, or only in spaces.
    pub(super) fn has_project_samples(&self) -> Result<bool, ScriptError> {
        if let Some(has) = self.0.project_samples.get() {
            return Ok(*has);
        }
        let facts = self.client().server_information()?;
        let has = facts.get("project-samples-enabled").is_some_and(|text| text == "true");
        Ok(*self.0.project_samples.get_or_init(|| has))
    }

    /// The version of the interface: `3.6`.
    pub(super) fn api_version(&self) -> Result<String, ScriptError> {
        if let Some(version) = self.0.api_version.get() {
            return Ok(version.clone());
        }
        let facts = self.client().server_information()?;
        let version = facts.get("api-version").cloned().unwrap_or_default();
        Ok(self.0.api_version.get_or_init(|| version).clone())
    }

    /// Whether the server has what came after API 3.6.
    pub(super) fn is_newer(&self) -> Result<bool, ScriptError> {
        let version = self.api_version()?;
        let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
        Ok((parts.next(), parts.next()) > (Some(3), Some(6)))
    }

    /// Refuses kinds that only newer servers have, where the server is older.
    pub(super) fn require(&self, kind: Kind) -> Result<(), ScriptError> {
        if !kind.is_newer() || self.is_newer()? {
            return Ok(());
        }
        let nouns = kind.spec().nouns().replace('_', " ");
        Err(super::calling::not_there(self, &nouns)?)
    }

    /// Forgets types and vocabularies.
    pub(super) fn forget(&self) {
        self.client().clear_cache();
    }
}

/// What a script gave to name an object: a text, or an object of the kind.
pub(super) fn id_of(kind: Kind, value: &Dynamic) -> Result<Id, ScriptError> {
    if let Some(entity) = value.read_lock::<Entity>() {
        return entity.id_as(kind);
    }
    let Some(text) = value.read_lock::<rhai::ImmutableString>() else {
        let noun = super::value::called(kind);
        let given = super::value::noun(value);
        return Err(ScriptError::invalid(format!("{given} does not name a {noun}")));
    };
    if text.trim().is_empty() {
        let noun = super::value::called(kind);
        return Err(ScriptError::new(ErrorKind::Invalid, format!("an empty {noun} id")));
    }
    if let Some(id) = placeholder::read(kind, &text) {
        return Ok(id);
    }
    Ok(Id::parse(kind, &fitting(kind, &text))?)
}

/// Identifiers with the leading slash that people forget, the collection in a sample's
/// identifier left out as the ELN writes it.
fn fitting(kind: Kind, text: &str) -> String {
    let text = text.trim();
    let slashes = text.trim_start_matches('/').matches('/').count();
    match kind {
        Kind::Project | Kind::Experiment | Kind::Sample
            if slashes > 0 && !text.starts_with('/') =>
        {
            format!("/{text}")
        }
        _ => text.to_owned(),
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
