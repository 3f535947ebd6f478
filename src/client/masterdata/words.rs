use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::reading;
use crate::client::{Client, Error};
use crate::model::{Criteria, Fetch, Kind};

/// What types, properties and terms are called, for completion. It may be old: nothing
/// that is sent depends on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// By the kind of the types and their code, the codes of their properties.
    types: BTreeMap<(Kind, String), BTreeSet<String>>,
    /// The vocabularies of properties that have one.
    vocabularies: BTreeMap<String, String>,
    /// The terms of vocabularies, in their order.
    terms: BTreeMap<String, Vec<String>>,
}

/// Keeps words from one run to the next.
pub trait Keeper: Send + Sync {
    /// Those of this user, else of whoever it is likely to be; `old` ones too, if they do.
    fn read(&self, user: Option<&str>, old: bool) -> Option<Words>;

    fn write(&self, user: Option<&str>, words: &Words);

    /// They are not true any more, for no user.
    fn forget(&self);
}

impl Words {
    /// The codes of the types of a kind, which is that of the entities or of the types.
    pub fn types(&self, kind: Kind) -> impl Iterator<Item = &str> {
        let kind = super::type_kind(kind);
        let known = self.types.keys().filter(move |(known, _)| *known == kind);
        known.map(|(_, code)| code.as_str())
    }

    /// The codes of the properties of a type.
    pub fn properties_of(&self, kind: Kind, code: &str) -> Option<&BTreeSet<String>> {
        self.types.get(&(super::type_kind(kind), code.to_uppercase()))
    }

    /// The codes of the properties that any type has.
    pub fn properties(&self) -> BTreeSet<&str> {
        self.types.values().flatten().map(String::as_str).collect()
    }

    pub fn vocabularies(&self) -> impl Iterator<Item = &str> {
        self.terms.keys().map(String::as_str)
    }

    /// What a property may hold that has a vocabulary.
    pub fn terms_of(&self, property: &str) -> &[String] {
        let vocabulary = self.vocabularies.get(&property.to_uppercase());
        vocabulary.and_then(|code| self.terms.get(code)).map_or(&[], Vec::as_slice)
    }

    fn ask(client: &Client) -> Result<Self, Error> {
        let mut words = Self::default();
        let kinds: BTreeSet<Kind> = Kind::ALL.iter().copied().filter_map(typed).collect();
        for kind in kinds {
            match words.ask_types(client, kind) {
                // What a server does not have is nothing to complete.
                Err(error) if error.fault().is_some() && !error.is_unauthorized() => {}
                asked => asked?,
            }
        }
        let fetch = Fetch::plain(Kind::Vocabulary).with("terms");
        for record in client.search(&Criteria::all(Kind::Vocabulary), &fetch)?.records {
            let Some(code) = record.text("code") else { continue };
            let terms = reading::many(&record, "terms").filter_map(|it| it.text("code"));
            words.terms.insert(code.to_owned(), terms.map(str::to_owned).collect());
        }
        Ok(words)
    }

    fn ask_types(&mut self, client: &Client, kind: Kind) -> Result<(), Error> {
        let mut fetch = Fetch::plain(kind);
        fetch.add("propertyAssignments").add("propertyType").add("vocabulary");
        for record in client.search(&Criteria::all(kind), &fetch)?.records {
            let Some(code) = record.text("code") else { continue };
            let properties = reading::assignments(&record).unwrap_or_default();
            let codes = properties.iter().map(|property| property.code.clone());
            self.types.insert((kind, code.to_uppercase()), codes.collect());
            let controlled = properties.into_iter();
            self.vocabularies.extend(
                controlled
                    .filter_map(|it| Some((it.code.to_uppercase(), it.vocabulary?))),
            );
        }
        Ok(())
    }
}

/// The kind of the types of entities of the kind.
fn typed(kind: Kind) -> Option<Kind> {
    let own = super::type_kind(kind);
    (own != kind && own.spec().field("propertyAssignments").is_some()).then_some(own)
}

impl Client {
    /// What types, properties and terms are called; nothing where nobody knows. It asks the
    /// server where nothing younger is kept, but takes no trouble, and never logs in where
    /// somebody might be asked for a password.
    pub fn words(&self) -> Arc<Vec<Words>> {
        let user = self.session.user();
        let kept = |old| self.masterdata.keeper()?.read(user.as_deref(), old);
        if !self.session.is_at_hand() {
            return Arc::new(kept(true).into_iter().collect());
        }
        let asked = || {
            let guard = Arc::new(self.guard.hasty());
            let words = Words::ask(&Self { guard, ..self.clone() }).ok()?;
            if let Some(keeper) = self.masterdata.keeper() {
                keeper.write(self.session.user().as_deref(), &words);
            }
            Some(words)
        };
        let found = || {
            let words = kept(false).or_else(asked).or_else(|| kept(true));
            Ok(words.into_iter().collect())
        };
        self.masterdata.words.get(&(), self.now(), found).unwrap_or_default()
    }
}

/// The head of the text that words are kept in.
const HEAD: &str = "rhobis words 1";

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEAD}")?;
        for ((kind, code), properties) in &self.types {
            write!(f, "type {} {code}", kind.spec().name)?;
            properties.iter().try_for_each(|property| write!(f, " {property}"))?;
            writeln!(f)?;
        }
        for (property, vocabulary) in &self.vocabularies {
            writeln!(f, "property {property} {vocabulary}")?;
        }
        for (vocabulary, terms) in &self.terms {
            writeln!(f, "vocabulary {vocabulary} {}", terms.join(" "))?;
        }
        writeln!(f, "end")
    }
}

/// Why a text holds no words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is not what was kept")]
pub struct BadWords;

impl FromStr for Words {
    type Err = BadWords;

    fn from_str(text: &str) -> Result<Self, BadWords> {
        let body = text.strip_prefix(HEAD).ok_or(BadWords)?;
        let body = body.strip_suffix("end\n").ok_or(BadWords)?;
        let mut words = Self::default();
        for line in body.lines().filter(|line| !line.is_empty()) {
            words.take(line).ok_or(BadWords)?;
        }
        Ok(words)
    }
}

impl Words {
    fn take(&mut self, line: &str) -> Option<()> {
        let mut parts = line.split(' ').filter(|part| !part.is_empty());
        let (sort, first) = (parts.next()?, parts.next()?);
        let rest = parts.map(str::to_owned);
        match sort {
            "type" => {
                let kind = Kind::ALL.iter().find(|kind| kind.spec().name == first)?;
                let mut rest = rest;
                self.types.insert((*kind, rest.next()?), rest.collect());
            }
            "property" => {
                let mut rest = rest;
                self.vocabularies.insert(first.to_owned(), rest.next()?);
            }
            "vocabulary" => {
                self.terms.insert(first.to_owned(), rest.collect());
            }
            _ => return None,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_and_what_was_cut_does_not() {
        let set = |codes: [&str; 2]| codes.map(str::to_owned).into();
        let words = Words {
            types: [((Kind::SampleType, "YEAST".to_owned()), set(["$NAME", "STAGE"]))]
                .into(),
            vocabularies: [("STAGE".to_owned(), "STAGES".to_owned())].into(),
            terms: [("STAGES".to_owned(), vec!["NEW".to_owned()])].into(),
        };
        let text = words.to_string();
        assert_eq!(text.parse(), Ok(words.clone()));
        for end in 0..text.len() {
            assert_eq!(text[..end].parse::<Words>(), Err(BadWords), "{end}");
        }
        assert_eq!(words.terms_of("stage"), ["NEW"]);
        assert_eq!(words.types(Kind::Sample).collect::<Vec<_>>(), ["YEAST"]);
    }
}
