//! Values of properties as requests give them: a text, or a list from newer servers on.
use crate::model::several;
use crate::sandbox::fault::refused;
use crate::sandbox::store::Object;
use crate::sandbox::values;
use crate::wire::Fault;
use crate::wire::bean::Node;

/// What a request says of one property.
pub(super) enum Given {
    /// No value.
    Nothing,
    One(String),
    /// Of a property that takes several.
    Several(Vec<String>),
}

impl Given {
    /// What is kept of it, each value checked; nothing where no value is left.
    pub(super) fn kept(
        self,
        check: impl Fn(&str) -> Result<Option<String>, Fault>,
    ) -> Result<Option<String>, Fault> {
        match self {
            Self::Nothing => Ok(None),
            Self::One(text) => check(&text),
            Self::Several(texts) => {
                let kept: Result<Vec<_>, Fault> =
                    texts.iter().map(|text| check(text)).collect();
                let kept: Vec<String> = kept?.into_iter().flatten().collect();
                Ok(Some(kept).filter(|kept| !kept.is_empty()).map(several::joined))
            }
        }
    }
}

/// What is given to a property; `of` is the code of the type that has it.
pub(super) fn texts(
    property_type: &Object,
    given: &Node,
    of: impl Fn() -> String,
) -> Result<Given, Fault> {
    let is_array =
        property_type.text("dataType").is_some_and(|name| name.starts_with("ARRAY_"));
    match (given, property_type.flag("multiValue")) {
        (Node::List(items), true) => {
            let texts = items.iter().filter_map(one);
            Ok(Given::Several(match is_array {
                true => texts.map(|text| values::without_brackets(&text)).collect(),
                false => texts.collect(),
            }))
        }
        (Node::List(items), false) if is_array => Ok(joined(items)),
        (Node::List(items), false) if items.len() > 1 => Err(refused(format!(
            "Property {} of entity type {} is a single-value property. It can not accept \
             multiple values.",
            property_type.code(),
            of()
        ))),
        (Node::List(items), false) => {
            Ok(items.first().and_then(one).map_or(Given::Nothing, Given::One))
        }
        (node, true) => Ok(one(node).map_or(Given::Nothing, |text| {
            Given::Several(values::several_in(&text, is_array))
        })),
        (node, false) => Ok(one(node).map_or(Given::Nothing, Given::One)),
    }
}

/// One value as a text; a list in it stands for a value that is a list.
fn one(node: &Node) -> Option<String> {
    match node {
        Node::Text(text) => Some(text.clone()),
        Node::Flag(flag) => Some(flag.to_string()),
        Node::Integer(number) => Some(number.to_string()),
        Node::Real(number) => Some(number.to_string()),
        Node::List(items) => match joined(items) {
            Given::One(text) => Some(text),
            Given::Nothing | Given::Several(_) => None,
        },
        Node::Null | Node::Map(_) | Node::Bean(_) => None,
    }
}

/// The parts of a list as the one text that is kept.
fn joined(items: &[Node]) -> Given {
    let escaped = |text: String| text.replace("\\,", ",").replace(',', "\\,");
    let parts: Vec<String> = items.iter().filter_map(one).map(escaped).collect();
    if parts.is_empty() { Given::Nothing } else { Given::One(parts.join(", ")) }
}
