/// What values a property takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DataType {
    Integer,
    Varchar,
    MultilineVarchar,
    Real,
    Timestamp,
    Date,
    Boolean,
    ControlledVocabulary,
    Material,
    Hyperlink,
    Xml,
    Sample,
    Json,
    ArrayString,
    ArrayInteger,
    ArrayReal,
    ArrayTimestamp,
}

impl DataType {
    /// With the names they have in openBIS.
    pub const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Integer, "INTEGER"),
        (Self::Varchar, "VARCHAR"),
        (Self::MultilineVarchar, "MULTILINE_VARCHAR"),
        (Self::Real, "REAL"),
        (Self::Timestamp, "TIMESTAMP"),
        (Self::Date, "DATE"),
        (Self::Boolean, "BOOLEAN"),
        (Self::ControlledVocabulary, "CONTROLLEDVOCABULARY"),
        (Self::Material, "MATERIAL"),
        (Self::Hyperlink, "HYPERLINK"),
        (Self::Xml, "XML"),
        (Self::Sample, "SAMPLE"),
        (Self::Json, "JSON"),
        (Self::ArrayString, "ARRAY_STRING"),
        (Self::ArrayInteger, "ARRAY_INTEGER"),
        (Self::ArrayReal, "ARRAY_REAL"),
        (Self::ArrayTimestamp, "ARRAY_TIMESTAMP"),
    ];

    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    pub fn name(self) -> &'static str {
        let row = Self::NAMES.iter().find(|row| row.0 == self);
        row.expect("every data type has a row").1
    }
}
