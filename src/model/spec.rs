//! The words in which a kind is described.
use super::Kind;

/// Everything rhobis knows about one kind of openBIS object.
///
/// Method names, `@type` names, script functions, the sandbox's rows and the reference are
/// derived from this. A kind has no other code, except a rule in `sandbox::rules`.
#[derive(Debug)]
pub struct Spec {
    /// Java class name: `SampleType`.
    pub name: &'static str,
    /// As in the method names: `createSampleTypes`.
    pub plural: &'static str,
    /// Java package below `as.dto`: `sample`.
    pub package: &'static str,
    /// One line for people.
    pub summary: &'static str,
    /// What scripts call it, one and many: `("sample", "samples"), ("object", "objects")`.
    /// The first is the name used in messages.
    pub names: &'static [(&'static str, &'static str)],
    /// The forms in which an object of this kind may be named; the first is the one that lasts.
    pub ids: &'static [IdForm],
    /// How an update names the object it changes: `typeId`.
    pub own_id: &'static str,
    /// By what the server sorts them so that no two are alike, as it spells it; empty
    /// where it cannot.
    pub sort_key: &'static str,
    /// What the server lets one do.
    pub verbs: &'static [Verb],
    pub fields: &'static [Field],
}

impl Spec {
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    pub fn offers(&self, verb: Verb) -> bool {
        self.verbs.contains(&verb)
    }

    /// What scripts and messages call one of them: `sample`.
    pub fn noun(&self) -> &'static str {
        self.names.first().map_or(self.name, |names| names.0)
    }

    /// What scripts and messages call several of them: `samples`.
    pub fn nouns(&self) -> &'static str {
        self.names.first().map_or(self.plural, |names| names.1)
    }

    /// Whether objects of this kind carry properties.
    pub fn has_properties(&self) -> bool {
        self.fields.iter().any(|field| field.ty == FieldType::Properties)
    }
}

/// What the server lets one do with a kind; one method each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    Create,
    Get,
    Search,
    Update,
    Delete,
}

impl Verb {
    pub const ALL: &'static [Self] =
        &[Self::Create, Self::Get, Self::Search, Self::Update, Self::Delete];

    /// The verb as it begins a method name: `create`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Get => "get",
            Self::Search => "search",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }
}

/// A way to name an object, with its class below `as.dto`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IdForm {
    /// Given by the server for good: `20230926133701234-57`.
    PermId(&'static str),
    /// The text of a field, which is the permId at the same time: a code, a user id, a name.
    Coded(&'static str, &'static str),
    /// Any text: `/USER/TAG`, a token.
    Opaque(&'static str),
    /// Tells where it is: `/SPACE/PROJECT/CODE`.
    Identifier(&'static str),
    /// A number of the data base.
    TechId(&'static str),
    /// A code beside the permId: tags.
    Code(&'static str),
    /// `CODE` of a type, together with the kind of entity that it is for.
    TypePermId(&'static str),
    /// `CODE` together with the vocabulary that holds it.
    TermPermId(&'static str),
    /// The type and the property type that an assignment joins.
    AssignmentPermId(&'static str),
    /// `CODE` of a material together with its type.
    MaterialPermId(&'static str),
    /// `CODE` of a sample type together with the group that it is in.
    GroupedTypeId(&'static str),
}

impl IdForm {
    /// The class below `as.dto`.
    pub const fn class(self) -> &'static str {
        match self {
            Self::PermId(class)
            | Self::Coded(class, _)
            | Self::Opaque(class)
            | Self::Identifier(class)
            | Self::TechId(class)
            | Self::Code(class)
            | Self::TypePermId(class)
            | Self::TermPermId(class)
            | Self::AssignmentPermId(class)
            | Self::MaterialPermId(class)
            | Self::GroupedTypeId(class) => class,
        }
    }
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldType {
    Text,
    Flag,
    Integer,
    /// Milliseconds since 1970 on the wire.
    Timestamp,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A list of texts.
    Texts,
    /// Texts by text: `metaData`.
    Map,
    /// Base64 on the wire.
    Bytes,
    /// Values by property code.
    Properties,
    /// Another object; sent as its id.
    One(Kind),
    /// Other objects; sent as their ids.
    Many(Kind),
    /// An object that lives inside this one.
    Part(Kind),
    /// Objects that live inside this one: sent whole.
    Parts(Kind),
}

impl FieldType {
    /// The kind that the field leads to.
    pub const fn kind(self) -> Option<Kind> {
        match self {
            Self::One(kind) | Self::Many(kind) | Self::Part(kind) | Self::Parts(kind) => {
                Some(kind)
            }
            Self::Text
            | Self::Flag
            | Self::Integer
            | Self::Timestamp
            | Self::Choice(_)
            | Self::Texts
            | Self::Map
            | Self::Bytes
            | Self::Properties => None,
        }
    }
}

/// One attribute of a kind, under openBIS's own name.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of its own")]
pub struct Field {
    pub name: &'static str,
    pub ty: FieldType,
    pub doc: &'static str,
    pub required: bool,
    pub on_create: bool,
    pub on_update: bool,
    /// Whether the server sends it only when the fetch options ask for it.
    pub asked: bool,
    /// The name under which it is sent, where that does not follow from the type.
    pub sent_as: Option<&'static str>,
    /// Whether it is only ever sent, never read.
    pub sent_only: bool,
    /// Whether only servers later than 20.10.7 have it.
    pub newer: bool,
}

impl Field {
    /// Set by the server, read only.
    pub const fn new(name: &'static str, ty: FieldType, doc: &'static str) -> Self {
        let asked = ty.kind().is_some() || matches!(ty, FieldType::Properties);
        Self {
            name,
            ty,
            doc,
            required: false,
            on_create: false,
            on_update: false,
            asked,
            sent_as: None,
            sent_only: false,
            newer: false,
        }
    }

    pub const fn required(mut self) -> Self {
        self.required = true;
        self.on_create = true;
        self
    }

    pub const fn creatable(mut self) -> Self {
        self.on_create = true;
        self
    }

    pub const fn updatable(mut self) -> Self {
        self.on_update = true;
        self
    }

    /// Only sent when asked for, although it leads to no other object.
    pub const fn asked(mut self) -> Self {
        self.asked = true;
        self
    }

    /// Always sent, although it leads to another object.
    pub const fn always(mut self) -> Self {
        self.asked = false;
        self
    }

    /// Whether it holds one value that every answer tells.
    pub const fn is_plain(&self) -> bool {
        let plain = matches!(
            self.ty,
            FieldType::Text
                | FieldType::Flag
                | FieldType::Integer
                | FieldType::Timestamp
                | FieldType::Choice(_)
        );
        plain && !self.sent_only && !self.asked
    }

    /// Sent at creation or update, never read back.
    pub const fn sent_only(mut self) -> Self {
        self.sent_only = true;
        self
    }

    /// Only servers later than 20.10.7 have it.
    pub const fn newer(mut self) -> Self {
        self.newer = true;
        self
    }

    pub const fn sent_as(mut self, name: &'static str) -> Self {
        self.sent_as = Some(name);
        self
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn specs() -> impl Iterator<Item = &'static Spec> {
        Kind::ALL.iter().map(|kind| kind.spec())
    }

    #[test]
    fn no_two_kinds_share_a_name() {
        let mut seen = HashSet::new();
        for (one, many) in specs().flat_map(|spec| spec.names) {
            assert!(seen.insert(*one), "{one}");
            assert!(one == many || seen.insert(*many), "{many}");
        }
    }

    #[test]
    fn a_kind_names_each_field_once() {
        for spec in specs() {
            let mut seen = HashSet::new();
            for field in spec.fields {
                assert!(seen.insert(field.name), "{}.{}", spec.name, field.name);
            }
        }
    }

    #[test]
    fn what_is_required_can_be_given_at_creation() {
        for spec in specs() {
            for field in spec.fields.iter().filter(|field| field.required) {
                assert!(field.on_create, "{}.{}", spec.name, field.name);
            }
        }
    }

    #[test]
    fn what_is_only_sent_can_be_sent() {
        for spec in specs() {
            for field in spec.fields.iter().filter(|field| field.sent_only) {
                assert!(
                    field.on_create || field.on_update,
                    "{}.{}",
                    spec.name,
                    field.name
                );
            }
        }
    }

    #[test]
    fn what_has_verbs_of_its_own_has_a_name_of_its_own() {
        for spec in specs().filter(|spec| !spec.verbs.is_empty()) {
            assert!(!spec.ids.is_empty(), "{}", spec.name);
            assert_eq!(
                spec.offers(Verb::Update),
                !spec.own_id.is_empty(),
                "{}",
                spec.name
            );
        }
    }

    #[test]
    fn every_kind_and_field_says_what_it_is() {
        for spec in specs() {
            assert!(spec.summary.ends_with('.'), "{}", spec.name);
            for field in spec.fields {
                assert!(field.doc.ends_with('.'), "{}.{}", spec.name, field.name);
            }
        }
    }
}
