//! Names of what does not exist yet: `~SAMPLE-1`.
use crate::model::{Id, IdForm, Kind, Record, Value};

/// No code of openBIS begins like this.
const SIGN: char = '~';

/// Kinds whose creations may be named by others of the same call.
const NAMED: &[Kind] = &[
    Kind::Space,
    Kind::Project,
    Kind::Experiment,
    Kind::Sample,
    Kind::DataSet,
    Kind::Material,
    Kind::ExternalDms,
];

/// The name that a new object goes by until it exists: one of its own, or the one that it
/// will have, where its code says that.
pub(super) fn name(record: &Record, number: u64) -> Id {
    let kind = record.kind();
    let own = || new(kind, number);
    if NAMED.contains(&kind) {
        return own();
    }
    match kind.spec().ids.first() {
        Some(form @ IdForm::Coded(_, field)) => {
            record.text(field).map_or_else(own, |text| Id::told(kind, *form, text))
        }
        Some(form @ IdForm::TypePermId(_)) => {
            record.text("code").map_or_else(own, |code| Id::told(kind, *form, code))
        }
        Some(IdForm::TermPermId(_)) => term(record).unwrap_or_else(own),
        Some(IdForm::Opaque(_)) if kind == Kind::Tag => record
            .text("code")
            .map_or_else(own, |code| Id::told(kind, kind.spec().ids[1], code)),
        Some(
            IdForm::PermId(_)
            | IdForm::Identifier(_)
            | IdForm::Opaque(_)
            | IdForm::TechId(_)
            | IdForm::Code(_)
            | IdForm::AssignmentPermId(_)
            | IdForm::MaterialPermId(_)
            | IdForm::GroupedTypeId(_),
        )
        | None => own(),
    }
}

/// A name that nothing else has.
pub(super) fn new(kind: Kind, number: u64) -> Id {
    let noun = kind.spec().noun().to_uppercase();
    Id::creation(kind, format!("{SIGN}{noun}-{number}"))
}

pub(super) fn may_be_named(kind: Kind) -> bool {
    NAMED.contains(&kind)
}

/// The id that a text means which is such a name, or an identifier that ends with one.
pub(in crate::script) fn read(kind: Kind, text: &str) -> Option<Id> {
    let last = text.trim().rsplit('/').next()?;
    last.starts_with(SIGN).then(|| Id::creation(kind, last.to_uppercase()))
}

fn term(record: &Record) -> Option<Id> {
    let Ok(Some(Value::One(vocabulary))) = record.get("vocabulary") else { return None };
    Some(Id::term(record.text("code")?, vocabulary.id.text()))
}
