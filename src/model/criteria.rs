use super::{Id, Kind};

/// What a search looks for, in openBIS's own terms.
#[derive(Clone, Debug, PartialEq)]
pub struct Criteria {
    pub kind: Kind,
    pub items: Vec<Criterion>,
    /// Whether one of the items is enough.
    pub any: bool,
    /// Heeded by the server only on criteria inside criteria of the same kind.
    pub negated: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Criterion {
    /// A plain field, by its name in the spec: `code`, `permId`, `registrationDate`.
    Field { name: &'static str, test: Test },
    /// One of these objects.
    Ids(Vec<Id>),
    /// A property, by its code.
    Property { code: String, test: Test },
    /// Any property.
    AnyProperty(Test),
    /// Any property or attribute.
    AnyField(Test),
    /// A related object, by the field that leads to it: `space`, `parents`, `tags`.
    Linked { field: &'static str, criteria: Criteria },
    /// No object in this field: `space`, `experiment`, `sample`.
    Without { field: &'static str },
    /// The same kind again, with its own logic.
    Sub(Criteria),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    pub operator: Operator,
    pub value: TestValue,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    StartsWith,
    EndsWith,
    Contains,
    /// Words, by the data base's full text search.
    Matches,
    /// Has a value at all.
    Any,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TestValue {
    /// With `wildcards`, `*` and `?` stand for any text and any character.
    Text {
        text: String,
        wildcards: bool,
    },
    Number(f64),
    Integer(i64),
    Flag(bool),
    /// `yyyy-MM-dd` or `yyyy-MM-dd HH:mm:ss`, with hours east of Greenwich.
    Date {
        text: String,
        hour_offset: Option<i32>,
    },
    None,
}

impl Criteria {
    pub fn all(kind: Kind) -> Self {
        Self { kind, items: Vec::new(), any: false, negated: false }
    }

    pub fn any(kind: Kind) -> Self {
        Self { any: true, ..Self::all(kind) }
    }

    pub fn with(mut self, item: Criterion) -> Self {
        self.items.push(item);
        self
    }

    pub fn negate(mut self) -> Self {
        self.negated = true;
        self
    }
}

impl Test {
    /// Exactly this text; `*` and `?` in it are wildcards.
    pub fn equal(text: impl Into<String>) -> Self {
        let value = TestValue::Text { text: text.into(), wildcards: true };
        Self { operator: Operator::Equal, value }
    }

    /// Exactly this text, whatever is in it.
    pub fn exactly(text: impl Into<String>) -> Self {
        let value = TestValue::Text { text: text.into(), wildcards: false };
        Self { operator: Operator::Equal, value }
    }

    /// Has a value.
    pub fn any() -> Self {
        Self { operator: Operator::Any, value: TestValue::None }
    }
}
