use serde::{Deserialize, Serialize};

use super::secret::is_secret_kind;
use crate::ledger::Error;
use crate::model::{Id, IdForm, Kind};

/// `{"kind":"Sample","id":"20230926133701234-57"}`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::ledger) struct WrittenId {
    kind: String,
    /// Absent where it is a secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// Which of its kind's forms it has, where that is not the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    form: Option<String>,
    /// The vocabulary of a term, the type of a material.
    #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
}

impl WrittenId {
    pub(super) fn of(id: &Id) -> Self {
        let spec = id.kind().spec();
        let usual = spec.ids.first() == Some(&id.form());
        Self {
            kind: spec.name.to_owned(),
            id: (!is_secret_kind(id.kind())).then(|| id.text().to_owned()),
            form: (!usual).then(|| form_of(id).to_owned()),
            scope: id.scope().map(str::to_owned),
        }
    }

    pub(super) fn into_id(self) -> Result<Id, Error> {
        let kind = kind(&self.kind)?;
        let text = self.id.unwrap_or_default();
        if self.form.as_deref() == Some(CREATION) {
            return Ok(Id::creation(kind, text));
        }
        let forms = kind.spec().ids;
        let form = match &self.form {
            None => forms.first().copied(),
            Some(name) => forms.iter().copied().find(|form| form_name(*form) == name),
        };
        let id = match form {
            Some(form) => Id::told(kind, form, text),
            None if text.is_empty() => Id::unnamed(kind),
            None => {
                let message = format!("no form of the id `{text}` of {}", self.kind);
                return Err(Error::Unreadable(message));
            }
        };
        Ok(match self.scope {
            Some(scope) => id.within(scope),
            None => id,
        })
    }

    pub(super) fn is_whole(&self) -> bool {
        self.id.is_some()
    }
}

/// A kind by its name in the spec.
pub(super) fn kind(name: &str) -> Result<Kind, Error> {
    let found = Kind::ALL.iter().copied().find(|kind| kind.spec().name == name);
    found.ok_or_else(|| Error::Unreadable(format!("no kind `{name}`")))
}

/// The form of what the same call creates.
const CREATION: &str = "creation";

fn form_of(id: &Id) -> &'static str {
    if id.is_creation() { CREATION } else { form_name(id.form()) }
}

fn form_name(form: IdForm) -> &'static str {
    match form {
        IdForm::PermId(_) => "permId",
        IdForm::Coded(..) => "coded",
        IdForm::Opaque(_) => "opaque",
        IdForm::Identifier(_) => "identifier",
        IdForm::TechId(_) => "techId",
        IdForm::Code(_) => "code",
        IdForm::TypePermId(_) => "type",
        IdForm::TermPermId(_) => "term",
        IdForm::AssignmentPermId(_) => "assignment",
        IdForm::MaterialPermId(_) => "material",
        IdForm::GroupedTypeId(_) => "grouped",
    }
}
