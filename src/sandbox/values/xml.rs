//! XML: well-formed or not, in the words of Java's parser.
use roxmltree::{Document, Error, ParsingOptions};

use super::Refusal;

pub(super) fn checked(text: &str) -> Result<String, Refusal> {
    root(text).map_err(Refusal::User)?;
    Ok(text.to_owned())
}

/// The name of the outermost element, or why this is no document.
pub(super) fn root(text: &str) -> Result<String, String> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    match Document::parse_with_options(text, options) {
        Ok(document) => Ok(document.root_element().tag_name().name().to_owned()),
        Err(error) => Err(format!(
            "Provided value:\n\n{text}\n\nisn't a well formed XML document. {}",
            why(text, &error)
        )),
    }
}

fn why(text: &str, error: &Error) -> String {
    if !text.trim_start().starts_with('<') {
        return "Content is not allowed in prolog.".to_owned();
    }
    match error {
        Error::UnexpectedCloseTag(expected, _, _) => format!(
            "The element type \"{expected}\" must be terminated by the matching end-tag \
             \"</{expected}>\"."
        ),
        Error::UnclosedRootNode | Error::UnexpectedEndOfStream => {
            "XML document structures must start and end within the same entity."
                .to_owned()
        }
        Error::UnknownToken(_) => {
            "The markup in the document following the root element \
                                   must be well-formed."
                .to_owned()
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_formed_documents_are_kept_as_they_are() {
        for text in [
            "<a/>",
            "<a b='c'><d>e</d></a>",
            "<?xml version=\"1.0\"?><a/>",
            "  <a/>  ",
            "<!DOCTYPE a><a/>",
        ] {
            assert_eq!(checked(text), Ok(text.to_owned()));
        }
    }

    #[test]
    fn others_are_refused_with_the_reason() {
        for (text, reason) in [
            ("text", "Content is not allowed in prolog."),
            ("<a>", "XML document structures must start and end within the same entity."),
            (
                "<a/><b/>",
                "The markup in the document following the root element must be well-formed.",
            ),
            (
                "<a></b>",
                "The element type \"a\" must be terminated by the matching end-tag \"</a>\".",
            ),
        ] {
            let Err(Refusal::User(message)) = checked(text) else { panic!("{text}") };
            assert!(message.ends_with(&format!("XML document. {reason}")), "{message}");
        }
    }
}
