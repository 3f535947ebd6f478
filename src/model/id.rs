use std::fmt;

use super::{IdForm, Kind};

/// The name of one object, in one of the forms of its kind: never a bare string.
///
/// Codes are upper-cased on the way in, as openBIS stores them; user ids are not.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id {
    kind: Kind,
    form: IdForm,
    text: String,
    /// The vocabulary of a term, the user of a tag.
    scope: Option<String>,
}

const CREATION: IdForm = IdForm::Code("common.id.CreationId");

/// A text that cannot name an object of this kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no {} id", .kind.spec().noun())]
pub struct NotAnId {
    pub kind: Kind,
    pub text: String,
    /// The forms that would do, for people.
    pub expected: String,
}

impl Id {
    /// Reads an id as people write it: `/LAB/P/S1`, `20230926133701234-57`, `YEAST`.
    pub fn parse(kind: Kind, text: &str) -> Result<Self, NotAnId> {
        let text = text.trim();
        let form = kind.spec().ids.iter().copied().find(|&form| fits(kind, form, text));
        let Some(form) = form else { return Err(NotAnId::new(kind, text)) };
        let (text, scope) = match form {
            IdForm::TermPermId(_)
            | IdForm::MaterialPermId(_)
            | IdForm::GroupedTypeId(_) => split_term(text),
            IdForm::PermId(_)
            | IdForm::Coded(..)
            | IdForm::Opaque(_)
            | IdForm::Identifier(_)
            | IdForm::TechId(_)
            | IdForm::Code(_)
            | IdForm::TypePermId(_)
            | IdForm::AssignmentPermId(_) => (text.to_owned(), None),
        };
        Ok(Self { kind, form, text: normal(form, kind, &text), scope })
    }

    /// An id as the server told it: taken as it is.
    pub fn told(kind: Kind, form: IdForm, text: impl Into<String>) -> Self {
        Self { kind, form, text: text.into(), scope: None }
    }

    /// In place of an id, for what has none of its own: the parts of another object.
    pub fn unnamed(kind: Kind) -> Self {
        Self { kind, form: IdForm::Code(""), text: String::new(), scope: None }
    }

    /// The name of an object that the same call creates: known to that call alone, in
    /// which any link may bear it.
    pub fn creation(kind: Kind, text: impl Into<String>) -> Self {
        Self { kind, form: CREATION, text: text.into(), scope: None }
    }

    /// Whether the object is one that the same call creates.
    pub fn is_creation(&self) -> bool {
        self.form == CREATION
    }

    /// The same id within a vocabulary or a type.
    pub fn within(mut self, scope: impl Into<String>) -> Self {
        self.scope = Some(scope.into());
        self
    }

    /// The term of a vocabulary.
    pub fn term(code: &str, vocabulary: &str) -> Self {
        let form = Kind::VocabularyTerm.spec().ids[0];
        let scope = Some(vocabulary.to_uppercase());
        Self { kind: Kind::VocabularyTerm, form, text: code.to_uppercase(), scope }
    }

    pub fn kind(&self) -> Kind {
        self.kind
    }

    pub fn form(&self) -> IdForm {
        self.form
    }

    /// The id without its scope: the code of a term, the permId of a sample.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The vocabulary of a term.
    pub fn scope(&self) -> Option<&str> {
        self.scope.as_deref()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.scope {
            Some(scope) => write!(f, "{} ({scope})", self.text),
            None => f.write_str(&self.text),
        }
    }
}

impl NotAnId {
    fn new(kind: Kind, text: &str) -> Self {
        let forms: Vec<&str> =
            kind.spec().ids.iter().map(|&form| example(kind, form)).collect();
        Self { kind, text: text.to_owned(), expected: forms.join(" or ") }
    }
}

/// Whether the text has the shape of this form.
fn fits(kind: Kind, form: IdForm, text: &str) -> bool {
    if text.is_empty() {
        return false;
    }
    match form {
        IdForm::Identifier(_) => {
            text.trim_matches('/').contains('/') || is_shared(kind, text)
        }
        IdForm::TechId(_) => text.bytes().all(|b| b.is_ascii_digit()),
        IdForm::TermPermId(_) | IdForm::MaterialPermId(_) | IdForm::GroupedTypeId(_) => {
            text.ends_with(')') && text.contains(" (")
        }
        IdForm::AssignmentPermId(_) => false,
        IdForm::TypePermId(_) => !text.contains(['/', ' ']),
        IdForm::Code(_) => !text.contains('/'),
        IdForm::PermId(_) => is_generated(text),
        IdForm::Coded(_, "code") => !text.trim_start_matches('/').contains(['/', ' ']),
        IdForm::Coded(..) => true,
        IdForm::Opaque(_) => kind != Kind::Tag || text.starts_with('/'),
    }
}

/// `/CODE`: a sample that lies in no space.
fn is_shared(kind: Kind, text: &str) -> bool {
    kind == Kind::Sample && text.len() > 1 && text.starts_with('/')
}

/// A permId that the server makes: 17 digits, a dash, a number.
fn is_generated(text: &str) -> bool {
    let Some((date, number)) = text.split_once('-') else { return false };
    let digits =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    date.len() == 17 && digits(date) && digits(number)
}

/// Codes in capitals; names of people, tags and plugins as they are.
fn normal(form: IdForm, kind: Kind, text: &str) -> String {
    match form {
        IdForm::Coded(_, "code") => text.trim_start_matches('/').to_uppercase(),
        IdForm::Coded(..) | IdForm::Opaque(_) | IdForm::Code(_) => text.to_owned(),
        IdForm::Identifier(_) => identifier(kind, text),
        IdForm::PermId(_)
        | IdForm::TechId(_)
        | IdForm::TypePermId(_)
        | IdForm::TermPermId(_)
        | IdForm::AssignmentPermId(_)
        | IdForm::MaterialPermId(_)
        | IdForm::GroupedTypeId(_) => text.to_uppercase(),
    }
}

/// With a slash in front; a sample without the collection that the ELN puts before its code.
fn identifier(kind: Kind, text: &str) -> String {
    let upper = text.trim_matches('/').to_uppercase();
    let parts: Vec<&str> = upper.split('/').collect();
    match (kind, &parts[..]) {
        (Kind::Sample, [space, project, _, code]) => format!("/{space}/{project}/{code}"),
        (_, parts) => format!("/{}", parts.join("/")),
    }
}

/// `RED (COLOUR)` as code and vocabulary.
fn split_term(text: &str) -> (String, Option<String>) {
    let Some((code, rest)) = text.split_once(" (") else {
        return (text.to_owned(), None);
    };
    (code.to_owned(), Some(rest.trim_end_matches(')').to_uppercase()))
}

fn example(kind: Kind, form: IdForm) -> &'static str {
    match form {
        IdForm::Identifier(_) => match kind {
            Kind::Project => "`/SPACE/PROJECT`",
            Kind::Experiment => "`/SPACE/PROJECT/CODE`",
            _ => "`/SPACE/CODE`, `/SPACE/PROJECT/CODE`",
        },
        IdForm::PermId(_) => "a permId such as `20230926133701234-57`",
        IdForm::Opaque(_) if kind == Kind::Tag => "`/USER/TAG`",
        IdForm::Coded(_, "code")
        | IdForm::Opaque(_)
        | IdForm::Code(_)
        | IdForm::TypePermId(_) => "a code",
        IdForm::Coded(..) => "a name",
        IdForm::TechId(_) => "a number",
        IdForm::TermPermId(_) => "`TERM (VOCABULARY)`",
        IdForm::MaterialPermId(_) => "`CODE (TYPE)`",
        IdForm::GroupedTypeId(_) => "`TYPE (GROUP)`",
        IdForm::AssignmentPermId(_) => "a type and a property type",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(kind: Kind, text: &str, class: &str, expected: &str) {
        let id = Id::parse(kind, text).unwrap();
        assert_eq!(
            (id.form().class(), id.to_string().as_str()),
            (class, expected),
            "{text}"
        );
    }

    #[test]
    fn a_sample_is_named_by_its_perm_id_or_by_where_it_is() {
        let (perm, path) = ("sample.id.SamplePermId", "sample.id.SampleIdentifier");
        reads(Kind::Sample, " 20230926133701234-57 ", perm, "20230926133701234-57");
        reads(Kind::Sample, "/lab/p/s1", path, "/LAB/P/S1");
        reads(Kind::Sample, "lab/s1", path, "/LAB/S1");
        reads(Kind::Sample, "/SHARED", path, "/SHARED");
        reads(Kind::Sample, "/LAB/P/COLLECTION/S1", path, "/LAB/P/S1");
        reads(Kind::Sample, "/LAB/BOX:A1", path, "/LAB/BOX:A1");
    }

    #[test]
    fn a_bare_code_names_no_sample() {
        let error = Id::parse(Kind::Sample, "S1").unwrap_err();
        assert_eq!(error.to_string(), "`S1` is no sample id");
        assert!(error.expected.contains("/SPACE/CODE"), "{}", error.expected);
        assert!(Id::parse(Kind::Sample, "").is_err());
        assert!(Id::parse(Kind::Sample, "/").is_err());
    }

    #[test]
    fn codes_are_put_in_capitals() {
        reads(Kind::Space, "/lab", "space.id.SpacePermId", "LAB");
        reads(Kind::SampleType, "yeast", "entitytype.id.EntityTypePermId", "YEAST");
        reads(Kind::PropertyType, "$name", "property.id.PropertyTypePermId", "$NAME");
        reads(Kind::Project, "/lab/p", "project.id.ProjectIdentifier", "/LAB/P");
    }

    #[test]
    fn user_ids_and_tags_stay_as_they_are() {
        reads(Kind::Person, "Ann", "person.id.PersonPermId", "Ann");
        reads(Kind::Tag, "checked", "tag.id.TagCode", "checked");
        reads(Kind::Tag, "/ann/checked", "tag.id.TagPermId", "/ann/checked");
    }

    #[test]
    fn a_data_set_may_have_a_code_of_any_form() {
        let class = "dataset.id.DataSetPermId";
        reads(Kind::DataSet, "20230926133701234-57", class, "20230926133701234-57");
        reads(Kind::DataSet, "my-container", class, "MY-CONTAINER");
    }

    #[test]
    fn a_term_is_named_with_its_vocabulary() {
        let id = Id::parse(Kind::VocabularyTerm, "red (colour)").unwrap();
        assert_eq!(id, Id::term("RED", "COLOUR"));
        assert_eq!((id.text(), id.scope()), ("RED", Some("COLOUR")));
    }

    #[test]
    fn what_a_call_creates_has_a_name_within_it() {
        let id = Id::creation(Kind::Sample, "s1");
        assert_eq!((id.kind(), id.text()), (Kind::Sample, "s1"));
        assert!(id.is_creation());
        assert!(!Id::parse(Kind::Tag, "s1").unwrap().is_creation());
    }

    #[test]
    fn deletions_and_roles_have_numbers() {
        reads(Kind::Deletion, "14", "deletion.id.DeletionTechId", "14");
        assert!(Id::parse(Kind::RoleAssignment, "ADMIN").is_err());
    }

    #[test]
    fn every_perm_id_that_the_server_tells_can_be_read() {
        for &kind in Kind::ALL {
            let text = match kind.spec().ids.first() {
                Some(IdForm::PermId(_) | IdForm::Coded(..)) => "20230926133701234-57",
                Some(IdForm::Opaque(_)) => "/ann/x",
                _ => continue,
            };
            assert!(Id::parse(kind, text).is_ok(), "{kind:?}");
        }
    }
}
