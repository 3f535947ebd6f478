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
            IdForm::TermPermId(_) => split_term(text),
            IdForm::PermId(_)
            | IdForm::Identifier(_)
            | IdForm::TechId(_)
            | IdForm::Code(_)
            | IdForm::TypePermId(_)
            | IdForm::AssignmentPermId(_) => (text.to_owned(), None),
        };
        Ok(Self { kind, form, text: normal(kind, form, &text), scope })
    }

    /// An id as the server told it: taken as it is.
    pub fn told(kind: Kind, form: IdForm, text: impl Into<String>) -> Self {
        Self { kind, form, text: text.into(), scope: None }
    }

    /// In place of an id, for what has none of its own: the parts of another object.
    pub fn unnamed(kind: Kind) -> Self {
        Self { kind, form: IdForm::Code(""), text: String::new(), scope: None }
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
        IdForm::Identifier(_) => text.starts_with('/') && text.len() > 1,
        IdForm::TechId(_) => text.bytes().all(|b| b.is_ascii_digit()),
        IdForm::TermPermId(_) => text.ends_with(')') && text.contains(" ("),
        IdForm::AssignmentPermId(_) => false,
        IdForm::TypePermId(_) => !text.contains(['/', ' ']),
        IdForm::Code(_) => !text.contains('/'),
        IdForm::PermId(_) => match kind {
            Kind::Project | Kind::Experiment | Kind::Sample | Kind::DataSet => {
                is_generated(text)
            }
            Kind::Tag => text.starts_with('/'),
            Kind::Space => !text.trim_start_matches('/').contains(['/', ' ']),
            Kind::Person | Kind::Plugin => true,
            Kind::PhysicalData
            | Kind::Attachment
            | Kind::SampleType
            | Kind::ExperimentType
            | Kind::DataSetType
            | Kind::PropertyType
            | Kind::PropertyAssignment
            | Kind::Vocabulary
            | Kind::VocabularyTerm
            | Kind::AuthorizationGroup
            | Kind::RoleAssignment
            | Kind::DataStore
            | Kind::Deletion => !text.contains(['/', ' ']),
        },
    }
}

/// A permId that the server makes: 17 digits, a dash, a number. Data sets may have others.
fn is_generated(text: &str) -> bool {
    let Some((date, number)) = text.split_once('-') else { return false };
    let digits =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    date.len() == 17 && digits(date) && digits(number)
}

fn normal(kind: Kind, form: IdForm, text: &str) -> String {
    match (kind, form) {
        (Kind::Person | Kind::Tag | Kind::Plugin, _) => text.to_owned(),
        (Kind::Space, _) => text.trim_start_matches('/').to_uppercase(),
        (_, _) => text.to_uppercase(),
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
        IdForm::PermId(_) => match kind {
            Kind::Project | Kind::Experiment | Kind::Sample | Kind::DataSet => {
                "a permId such as `20230926133701234-57`"
            }
            Kind::Tag => "`/USER/TAG`",
            _ => "a code",
        },
        IdForm::TechId(_) => "a number",
        IdForm::Code(_) | IdForm::TypePermId(_) => "a code",
        IdForm::TermPermId(_) => "`TERM (VOCABULARY)`",
        IdForm::AssignmentPermId(_) => "a type and a property type",
    }
}
