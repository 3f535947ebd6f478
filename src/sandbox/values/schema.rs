//! XML schemas, as far as they are elements in sequence and numbers and flags in these.
use roxmltree::{Document, Node};

/// What is a value of a simple type, and what its refusals call the type.
type Simple = (&'static [&'static str], &'static str, fn(&str) -> bool);

const WHOLE: &[&str] = &["int", "integer", "long", "short", "byte"];

const SIMPLE: &[Simple] = &[
    (WHOLE, "integer", |text| text.parse::<i64>().is_ok()),
    (&["decimal"], "decimal", |text| text.parse::<f64>().is_ok()),
    (&["double"], "double", |text| text.parse::<f64>().is_ok()),
    (&["float"], "float", |text| text.parse::<f64>().is_ok()),
    (&["boolean"], "boolean", |text| ["true", "false", "1", "0"].contains(&text)),
];

/// Why a well-formed text does not follow the schema, in the words of Java's validator.
pub(crate) fn check(schema: &str, text: &str) -> Result<(), String> {
    let (Ok(schema), Ok(text)) = (Document::parse(schema), Document::parse(text)) else {
        return Ok(());
    };
    let root = text.root_element();
    match elements(schema.root_element()).find(|known| is_for(*known, root)) {
        Some(known) => follow(known, root),
        None => Err(format!(
            "cvc-elt.1.a: Cannot find the declaration of element '{}'.",
            root.tag_name().name()
        )),
    }
}

/// Holds an element against its declaration.
fn follow(declared: Node<'_, '_>, given: Node<'_, '_>) -> Result<(), String> {
    let types = declared.children().filter(|child| child.is_called("complexType"));
    let sequences = types.flat_map(|of_type| of_type.children());
    let Some(sequence) = sequences.into_iter().find(|it| it.is_called("sequence")) else {
        return simple(declared, given);
    };
    let mut rest = given.children().filter(Node::is_element).peekable();
    for expected in elements(sequence) {
        let name = expected.attribute("name").unwrap_or_default();
        let mut seen = 0;
        while let Some(child) = rest.next_if(|child| is_for(expected, *child)) {
            follow(expected, child)?;
            seen += 1;
            if expected.attribute("maxOccurs").unwrap_or("1") == "1" {
                break;
            }
        }
        if seen > 0 || expected.attribute("minOccurs") == Some("0") {
            continue;
        }
        return Err(match rest.peek() {
            Some(other) => format!(
                "cvc-complex-type.2.4.a: Invalid content was found starting with element \
                 '{}'. One of '{{{name}}}' is expected.",
                other.tag_name().name()
            ),
            None => format!(
                "cvc-complex-type.2.4.b: The content of element '{}' is not complete. One \
                 of '{{{name}}}' is expected.",
                given.tag_name().name()
            ),
        });
    }
    Ok(())
}

/// Holds the text of an element against its simple type, if that is known here.
fn simple(declared: Node<'_, '_>, given: Node<'_, '_>) -> Result<(), String> {
    let wanted = declared.attribute("type").unwrap_or_default();
    let wanted = wanted.split_once(':').map_or(wanted, |(_, name)| name);
    let text = given.text().unwrap_or_default().trim();
    match SIMPLE.iter().find(|row| row.0.contains(&wanted)) {
        Some((_, called, fits)) if !fits(text) => Err(format!(
            "cvc-datatype-valid.1.2.1: '{text}' is not a valid value for '{called}'."
        )),
        Some(_) | None => Ok(()),
    }
}

fn elements<'a, 'i>(within: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    within.children().filter(|child| child.is_called("element"))
}

fn is_for(declared: Node<'_, '_>, given: Node<'_, '_>) -> bool {
    declared.attribute("name") == Some(given.tag_name().name())
}

/// Names without their namespace.
trait Local {
    fn is_called(&self, name: &str) -> bool;
}

impl Local for Node<'_, '_> {
    fn is_called(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: &str = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
        <xs:element name="note"><xs:complexType><xs:sequence>
            <xs:element name="to" type="xs:string"/><xs:element name="n" type="xs:int"/>
        </xs:sequence></xs:complexType></xs:element></xs:schema>"#;

    #[test]
    fn what_follows_the_schema_passes() {
        assert_eq!(check(NOTE, "<note><to>x</to><n>5</n></note>"), Ok(()));
    }

    #[test]
    fn what_does_not_is_refused_where_it_leaves_it() {
        for (text, reason) in [
            (
                "<note><to>x</to></note>",
                "cvc-complex-type.2.4.b: The content of element 'note' is not complete. \
                 One of '{n}' is expected.",
            ),
            (
                "<note><to>x</to><n>five</n></note>",
                "cvc-datatype-valid.1.2.1: 'five' is not a valid value for 'integer'.",
            ),
            ("<other/>", "cvc-elt.1.a: Cannot find the declaration of element 'other'."),
        ] {
            assert_eq!(check(NOTE, text), Err(reason.to_owned()));
        }
    }
}
