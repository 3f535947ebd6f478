//! The properties of an object: `s.props`, `s.p`.
use std::collections::BTreeMap;

use rhai::{Dynamic, Map};

use super::type_sheet::TypeSheet;
use super::{Entity, ErrorKind, ScriptError, nearest, typed, value};
use crate::client::PropertyType;
use crate::model::{Edit, Kind, Value};

/// The properties of one object; what is written here is written to the object.
#[derive(Clone)]
pub struct Props(Entity);

/// Of what kind and type an object is, as far as that is known without asking.
pub fn type_of(value: &Dynamic) -> Option<(Kind, String)> {
    let entity = value.read_lock::<Entity>()?;
    let record = entity.record();
    let Ok(Some(Value::One(link))) = record.get("type") else { return None };
    let code = link.record.as_ref().and_then(|record| record.text("code"));
    Some((entity.kind(), code.unwrap_or(link.id.text()).to_owned()))
}

impl Props {
    pub(super) fn new(entity: &Entity) -> Self {
        Self(entity.clone())
    }

    /// One property, typed; `()` when it has no value.
    pub(super) fn get(&self, name: &str) -> Result<Dynamic, ScriptError> {
        let sheet = self.sheet()?;
        if let Some(asked) = name.strip_suffix('_')
            && let Some(rule) = sheet.rule(asked)
        {
            return self.describe(rule);
        }
        let rule = rule(&sheet, name)?;
        let stored = self.stored()?;
        Ok(stored.get(&rule.code).map_or(Dynamic::UNIT, |text| self.read(rule, text)))
    }

    /// Changes one property, checked against its type.
    pub(super) fn set(&self, name: &str, given: &Dynamic) -> Result<(), ScriptError> {
        let sheet = self.sheet()?;
        let rule = rule(&sheet, name)?;
        let text = typed::write(self.0.session(), rule, given)
            .map_err(|error| self.named(error))?;
        let mut stored = self.stored()?;
        let normal = |known: &String| {
            let written = typed::write(self.0.session(), rule, &self.read(rule, known));
            written.ok().flatten()
        };
        let known = stored.get(&rule.code);
        if known == text.as_ref() || known.is_some() && known.and_then(normal) == text {
            return Ok(());
        }
        match &text {
            Some(text) => stored.insert(rule.code.clone(), text.clone()),
            None => stored.remove(&rule.code),
        };
        let code = rule.code.clone();
        self.0.with(|record| {
            let mut edits = match record.edits().get("properties") {
                Some(Edit::Properties(edits)) => edits.clone(),
                Some(_) | None => BTreeMap::new(),
            };
            edits.insert(code, text);
            let edit = Some(Edit::Properties(edits));
            record.set("properties", Value::Properties(stored), edit)
        })?;
        Ok(())
    }

    /// With the object that it is about.
    fn named(&self, error: ScriptError) -> ScriptError {
        let (noun, label) = (value::called(self.0.kind()), self.0.label());
        let message = match label.starts_with("new ") {
            true => format!("a {label}: {}", error.message),
            false => format!("{noun} `{label}`: {}", error.message),
        };
        ScriptError { message, ..error }
    }

    /// `s.props = #{ … }`: these values; the others stay.
    pub(super) fn replace(&self, given: &Dynamic) -> Result<(), ScriptError> {
        if let Some(other) = given.read_lock::<Self>() {
            if other.0.is_same(&self.0) {
                return Ok(());
            }
            let all = other.nonempty()?;
            return all.iter().try_for_each(|(name, value)| self.set(name, value));
        }
        let Some(map) = given.read_lock::<Map>() else {
            return Err(value::mismatch("props", "a map", given));
        };
        map.iter().try_for_each(|(name, value)| self.set(name, value))
    }

    /// All properties that the type has; `()` for those without a value.
    pub(super) fn all(&self) -> Result<Map, ScriptError> {
        let (sheet, stored) = (self.sheet()?, self.stored()?);
        let value = |rule: &PropertyType| {
            stored.get(&rule.code).map_or(Dynamic::UNIT, |text| self.read(rule, text))
        };
        let rules = sheet.properties.iter();
        Ok(rules.map(|rule| (rule.code.to_lowercase().into(), value(rule))).collect())
    }

    /// The properties that have a value.
    pub(super) fn nonempty(&self) -> Result<Map, ScriptError> {
        let mut all = self.all()?;
        all.retain(|_, value| !value.is_unit());
        Ok(all)
    }

    /// The codes of the properties that its type has.
    pub(super) fn codes(&self) -> Result<Vec<String>, ScriptError> {
        Ok(self.sheet()?.properties.iter().map(|rule| rule.code.clone()).collect())
    }

    /// One property; `()` also where the type has none of that code.
    pub(super) fn get_or_unit(&self, name: &str) -> Result<Dynamic, ScriptError> {
        if self.sheet()?.rule(name).is_none() {
            return Ok(Dynamic::UNIT);
        }
        self.get(name)
    }

    /// Refuses an object that lacks a mandatory value, before anything is sent.
    pub(super) fn check_mandatory(&self) -> Result<(), ScriptError> {
        let (sheet, stored) = (self.sheet()?, self.stored()?);
        let missing: Vec<String> = sheet
            .properties
            .iter()
            .filter(|rule| rule.mandatory && !stored.contains_key(&rule.code))
            .map(|rule| format!("`{}`", rule.code.to_lowercase()))
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let noun = value::called(self.0.kind());
        let message =
            format!("a {noun} of type `{}` needs {}", sheet.code, missing.join(", "));
        Err(ScriptError::invalid(message).hint("set it before `save()`"))
    }

    /// What the type says.
    pub(super) fn sheet(&self) -> Result<TypeSheet, ScriptError> {
        let entity = &self.0;
        let Some(kind) = type_kind(entity.kind()) else {
            let noun = value::called(entity.kind());
            return Err(ScriptError::new(
                ErrorKind::Script,
                format!("a {noun} has no properties"),
            ));
        };
        let Some(Value::One(link)) = entity.value("type")? else {
            return Err(ScriptError::invalid("the type has to be set before properties"));
        };
        let code = link.record.as_ref().and_then(|record| record.text("code"));
        entity.session().type_sheet(kind, code.unwrap_or(link.id.text()))
    }

    fn stored(&self) -> Result<BTreeMap<String, String>, ScriptError> {
        Ok(match self.0.value("properties")? {
            Some(Value::Properties(stored) | Value::Map(stored)) => stored,
            Some(_) | None => BTreeMap::new(),
        })
    }

    fn read(&self, rule: &PropertyType, text: &str) -> Dynamic {
        typed::read(self.0.session(), rule, text)
    }

    /// What may be written: the terms of a vocabulary, or what the type takes.
    fn describe(&self, rule: &PropertyType) -> Result<Dynamic, ScriptError> {
        if let Some(vocabulary) = &rule.vocabulary {
            let terms = self.0.session().terms(vocabulary)?;
            return Ok(Dynamic::from_array(
                typed::codes(&terms).into_iter().map(Dynamic::from).collect(),
            ));
        }
        let expected = typed::expected(rule);
        Ok(format!("{}: {expected}", rule.data_type.name()).into())
    }
}

/// The kind of a kind's types.
pub(super) fn type_kind(kind: Kind) -> Option<Kind> {
    if !kind.spec().has_properties() {
        return None;
    }
    kind.spec().field("type")?.ty.kind()
}

fn rule<'s>(sheet: &'s TypeSheet, name: &str) -> Result<&'s PropertyType, ScriptError> {
    sheet.rule(name).ok_or_else(|| {
        let message = format!("type `{}` has no property `{name}`", sheet.code);
        let error = ScriptError::new(ErrorKind::Script, message);
        match nearest::hint(name, &sheet.codes()) {
            Some(hint) => error.hint(hint),
            None => error,
        }
    })
}
