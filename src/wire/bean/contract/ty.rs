use std::fmt;

/// What a field, a parameter or a result is declared to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    Void,
    /// Nothing is declared: whatever the JSON says.
    Any,
    Text,
    /// `boolean` or `Boolean`.
    Flag(Form),
    /// `int` or `Integer`.
    Int(Form),
    /// `long` or `Long`.
    Long(Form),
    Double,
    /// Any kind of number.
    Number,
    /// Milliseconds since 1970 on the wire.
    Date,
    /// Base64 on the wire.
    Bytes,
    List(Box<Type>),
    /// From the text of its keys to values.
    Map(Box<Type>),
    /// A class, interface or enumeration, by its full name.
    Named(&'static str),
}

/// Whether a scalar can be null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Never null: false or 0.
    Primitive,
    Boxed,
}

/// As Java spells it, which is how faults name it.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Void => "void",
            Self::Any => "java.lang.Object",
            Self::Text => "java.lang.String",
            Self::Flag(Form::Primitive) => "boolean",
            Self::Flag(Form::Boxed) => "java.lang.Boolean",
            Self::Int(Form::Primitive) => "int",
            Self::Int(Form::Boxed) => "java.lang.Integer",
            Self::Long(Form::Primitive) => "long",
            Self::Long(Form::Boxed) => "java.lang.Long",
            Self::Double => "double",
            Self::Number => "java.lang.Number",
            Self::Date => "java.util.Date",
            Self::Bytes => "byte[]",
            Self::List(_) => "java.util.ArrayList",
            Self::Map(_) => "java.util.LinkedHashMap",
            Self::Named(class) => return f.write_str(&java(class)),
        })
    }
}

/// The Java class behind an `@type`.
pub(crate) fn java(class: &str) -> String {
    match class.strip_prefix("as.") {
        Some(rest) => format!("ch.ethz.sis.openbis.generic.asapi.v3.{rest}"),
        None => format!(
            "ch.ethz.sis.openbis.generic.dssapi.v3.{}",
            class.strip_prefix("dss.").unwrap_or(class)
        ),
    }
}
