use std::fmt::Write;

use super::super::contract::java;
use crate::wire::Fault;

/// Why a value cannot be read, and where it stands.
#[derive(Debug)]
pub(super) struct Trouble {
    kind: Jackson,
    text: String,
    /// The way to the value, innermost first.
    chain: Vec<String>,
}

/// The mapper's exceptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Jackson {
    /// A value of the wrong shape: a list where text is declared.
    Mismatched,
    /// Text that does not say what is declared.
    Format,
    /// An `@type` that is unknown, missing or out of place.
    TypeId,
    /// An interface that nothing says how to fill.
    Definition,
    /// Anything else.
    Mapping,
}

impl Jackson {
    fn class(self) -> &'static str {
        match self {
            Self::Mismatched => {
                "com.fasterxml.jackson.databind.exc.MismatchedInputException"
            }
            Self::Format => "com.fasterxml.jackson.databind.exc.InvalidFormatException",
            Self::TypeId => "com.fasterxml.jackson.databind.exc.InvalidTypeIdException",
            Self::Definition => {
                "com.fasterxml.jackson.databind.exc.InvalidDefinitionException"
            }
            Self::Mapping => "com.fasterxml.jackson.databind.JsonMappingException",
        }
    }

    /// Whether the mapper says where in the source it was, though it never knows.
    fn located(self) -> bool {
        self != Self::Mapping
    }
}

impl Trouble {
    pub(super) fn new(kind: Jackson, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), chain: Vec::new() }
    }

    /// An item of a list, tried with its `@type` and without.
    pub(super) fn twice(with: &Self, without: &Self) -> Self {
        let text = format!(
            "Could not deserialize object.\nAttempt of deserialization with type failed with: \n\
             {}: {}\nAttempt of deserialization without type failed with: \n{}: {}",
            with.kind.class(),
            with.message(),
            without.kind.class(),
            without.message()
        );
        Self::new(Jackson::Mapping, text)
    }

    /// The value is a field of a bean.
    pub(super) fn in_field(self, class: &str, field: &str) -> Self {
        self.within(format!("{}[\"{field}\"]", java(class)))
    }

    pub(super) fn in_item(self, holder: &str, index: usize) -> Self {
        self.within(format!("{holder}[{index}]"))
    }

    pub(super) fn in_map(self, key: &str) -> Self {
        self.within(format!("java.util.LinkedHashMap[\"{key}\"]"))
    }

    fn within(mut self, step: String) -> Self {
        self.chain.push(step);
        self
    }

    fn message(&self) -> String {
        let mut message = self.text.clone();
        if self.kind.located() {
            message.push_str("\n at [Source: UNKNOWN; line: -1, column: -1]");
        }
        if !self.chain.is_empty() {
            let steps: Vec<_> = self.chain.iter().rev().map(String::as_str).collect();
            let _ = write!(message, " (through reference chain: {})", steps.join("->"));
        }
        message
    }
}

impl From<Trouble> for Fault {
    fn from(trouble: Trouble) -> Self {
        let class = trouble.kind.class().to_owned();
        Self { class, message: trouble.message(), context: None }
    }
}
