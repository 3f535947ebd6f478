//! What a property takes as its value, and how the server keeps it: text in, text out.
mod hyperlink;
mod json;
mod list;
mod material;
mod moment;
mod number;
mod pattern;
pub(crate) mod schema;
mod xml;

use crate::model::DataType;
pub(crate) use pattern::Pattern;

/// A property that a value is meant for.
pub(crate) struct Property<'a> {
    pub(crate) code: &'a str,
    pub(crate) data_type: DataType,
    pub(crate) domain: Domain<'a>,
}

/// The things that the values of a property may name.
pub(crate) enum Domain<'a> {
    /// Values name nothing.
    Any,
    Terms(Terms<'a>),
    Samples(Samples<'a>),
    Materials(Materials<'a>),
}

/// The words of a vocabulary.
pub(crate) struct Terms<'a> {
    pub(crate) vocabulary: &'a str,
    pub(crate) description: &'a str,
    /// Whether there is a term of this code, given in capitals.
    pub(crate) has: &'a dyn Fn(&str) -> bool,
}

/// Samples, of one type where the property wants one.
pub(crate) struct Samples<'a> {
    pub(crate) wanted: Option<&'a str>,
    /// The sample of a permId or identifier, given in capitals.
    pub(crate) find: &'a dyn Fn(&str) -> Option<Target>,
}

/// Materials, of one type where the property wants one.
pub(crate) struct Materials<'a> {
    pub(crate) wanted: Option<&'a str>,
    /// Whether there is a material of this code and type, given in capitals.
    pub(crate) has: &'a dyn Fn(&str, &str) -> bool,
}

/// A sample that a value names.
pub(crate) struct Target {
    pub(crate) perm_id: String,
    pub(crate) type_code: String,
}

/// A value that the property does not take, in the server's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Reaches the client as a user failure.
    User(String),
    /// Reaches the client as a failure of the server itself.
    Runtime(String),
}

/// The name of the outermost element of a document, or why it is none.
pub(crate) fn root_of_xml(text: &str) -> Result<String, String> {
    xml::root(text)
}

/// The values of a property that takes several, in one text: between commas, maybe in
/// brackets; each in brackets where the values are lists.
pub(crate) fn several_in(text: &str, are_lists: bool) -> Vec<String> {
    list::several(text, are_lists)
}

/// A list without the brackets that it may stand in.
pub(crate) fn without_brackets(text: &str) -> String {
    list::without_brackets(text)
}

/// The parts of a list, as they are kept.
pub(crate) fn parts(text: &str) -> impl Iterator<Item = String> {
    list::parts(text)
}

/// The text that is kept for a value; none where the text means "no value".
pub(crate) fn stored(
    property: &Property<'_>,
    text: &str,
) -> Result<Option<String>, Refusal> {
    if let Domain::Samples(samples) = &property.domain {
        return sample(property.code, samples, text).map(Some);
    }
    if text.chars().all(is_blank) {
        return Ok(None);
    }
    if text.contains('\0') {
        let text = "ERROR: invalid byte sequence for encoding \"UTF8\": 0x00";
        return Err(Refusal::User(text.to_owned()));
    }
    if text.starts_with('\u{fffd}') {
        return Ok(Some(text.to_owned()));
    }
    checked(property, text).map(Some)
}

fn checked(property: &Property<'_>, text: &str) -> Result<String, Refusal> {
    match property.data_type {
        DataType::Varchar | DataType::MultilineVarchar => Ok(text.to_owned()),
        DataType::Integer => number::integer(text),
        DataType::Real => number::real(text),
        DataType::Boolean => flag(text),
        DataType::Date => moment::date(text),
        DataType::Timestamp => moment::timestamp(text),
        DataType::ControlledVocabulary => term(&property.domain, text),
        DataType::Hyperlink => hyperlink::checked(text),
        DataType::Xml => xml::checked(text),
        DataType::Json => json::normalised(text),
        DataType::ArrayString => Ok(list::texts(text)),
        DataType::ArrayInteger => list::integers(text),
        DataType::ArrayReal => list::reals(text),
        DataType::ArrayTimestamp => list::timestamps(text),
        DataType::Sample => Err(unknown_sample(&text.to_uppercase())),
        DataType::Material => match &property.domain {
            Domain::Materials(materials) => material::checked(materials, text),
            Domain::Any | Domain::Terms(_) | Domain::Samples(_) => Ok(text.to_owned()),
        },
    }
}

fn sample(code: &str, samples: &Samples<'_>, text: &str) -> Result<String, Refusal> {
    let name = text.to_uppercase();
    let Some(target) = (samples.find)(&name) else { return Err(unknown_sample(&name)) };
    match samples.wanted {
        Some(wanted) if wanted != target.type_code => Err(Refusal::User(format!(
            "Property {code} is not a sample of type {wanted} but of type {}",
            target.type_code
        ))),
        Some(_) | None => Ok(target.perm_id),
    }
}

fn unknown_sample(name: &str) -> Refusal {
    Refusal::User(format!("Unknown sample: {name}"))
}

fn term(domain: &Domain<'_>, text: &str) -> Result<String, Refusal> {
    let code = text.to_uppercase();
    let Domain::Terms(terms) = domain else { return Ok(code) };
    if (terms.has)(&code) {
        return Ok(code);
    }
    let about = match terms.description {
        "" => String::new(),
        description => format!(" - {description}"),
    };
    Err(Refusal::User(format!(
        "Vocabulary value '{code}' is not valid. It must exist in '{}' controlled \
         vocabulary {about}",
        terms.vocabulary
    )))
}

fn flag(text: &str) -> Result<String, Refusal> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "1" => Ok("true".to_owned()),
        "false" | "no" | "0" => Ok("false".to_owned()),
        _ => Err(improper("Boolean", text, " It should be either 'true' or 'false'.")),
    }
}

fn improper(what: &str, text: &str, more: &str) -> Refusal {
    Refusal::User(format!("{what} value '{text}' has improper format.{more}"))
}

/// What Java trims.
fn is_blank(c: char) -> bool {
    c <= ' '
}

#[cfg(test)]
mod tests {
    use super::*;

    fn property(data_type: DataType) -> Property<'static> {
        Property { code: "P", data_type, domain: Domain::Any }
    }

    fn refused(property: &Property<'_>, text: &str) -> String {
        match stored(property, text) {
            Err(Refusal::User(text) | Refusal::Runtime(text)) => text,
            Ok(kept) => panic!("`{text}` is kept as {kept:?}"),
        }
    }

    #[test]
    fn blank_texts_are_no_value() {
        for text in ["", " ", "\n", "\t "] {
            assert_eq!(stored(&property(DataType::Integer), text), Ok(None));
        }
    }

    #[test]
    fn texts_are_kept_as_they_are() {
        for text in ["   text   ", "a\nb\tc\r\nd", "\u{fffd}marked", "\u{200b}"] {
            let kept = stored(&property(DataType::Varchar), text);
            assert_eq!(kept, Ok(Some(text.to_owned())));
        }
    }

    #[test]
    fn flags_have_three_spellings_each_in_any_case() {
        for (text, kept) in [("TRUE", "true"), ("Yes", "true"), ("0", "false")] {
            let found = stored(&property(DataType::Boolean), text);
            assert_eq!(found, Ok(Some(kept.to_owned())));
        }
        for text in ["t", "y", "on", "2", " true"] {
            refused(&property(DataType::Boolean), text);
        }
    }

    #[test]
    fn terms_are_found_in_any_case_and_refused_in_capitals() {
        let terms = Terms {
            vocabulary: "V",
            description: "of colours",
            has: &|code| code == "RED",
        };
        let domain = Domain::Terms(terms);
        let property = Property { domain, ..property(DataType::ControlledVocabulary) };
        assert_eq!(stored(&property, "Red"), Ok(Some("RED".to_owned())));
        assert_eq!(
            refused(&property, "dark blue"),
            "Vocabulary value 'DARK BLUE' is not valid. It must exist in 'V' controlled \
             vocabulary  - of colours"
        );
    }

    #[test]
    fn samples_are_kept_by_perm_id_and_must_be_of_the_wanted_type() {
        let find = |name: &str| {
            let target = Target { perm_id: "2-1".into(), type_code: "L".into() };
            (name == "/A/L1").then_some(target)
        };
        let any = Domain::Samples(Samples { wanted: None, find: &find });
        let any = Property { domain: any, ..property(DataType::Sample) };
        assert_eq!(stored(&any, "/a/l1"), Ok(Some("2-1".to_owned())));
        assert_eq!(refused(&any, ""), "Unknown sample: ");
        assert_eq!(refused(&any, "r2"), "Unknown sample: R2");
        let one = Domain::Samples(Samples { wanted: Some("K"), find: &find });
        let one = Property { domain: one, ..property(DataType::Sample) };
        let text = "Property P is not a sample of type K but of type L";
        assert_eq!(refused(&one, "/A/L1"), text);
    }
}
