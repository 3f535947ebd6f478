//! One field of an answer.
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Answerer;
use super::related::relation;
use crate::model::{DataType, FieldType, Kind};
use crate::sandbox::store::{NULL, Number, Object, Slot, Store};
use crate::sandbox::{executions, formats, ids, meaning, search};
use crate::wire::Fault;
use crate::wire::bean::{Node, View};

/// A value that leads nowhere.
pub(super) fn plain(slot: &Slot) -> Node {
    match slot {
        Slot::Text(text) => text.as_str().into(),
        Slot::Flag(flag) => (*flag).into(),
        Slot::Integer(number) | Slot::Time(number) => (*number).into(),
        Slot::Bytes(bytes) => STANDARD.encode(bytes).into(),
        Slot::Texts(texts) => {
            Node::List(texts.iter().map(|text| text.as_str().into()).collect())
        }
        Slot::Map(map) => {
            let items = map.iter().map(|(key, value)| (key.clone(), text(value)));
            Node::Map(items.collect())
        }
        Slot::One(_) | Slot::Many(_) | Slot::Past(_) => Node::Null,
    }
}

/// Only assignments of sample types tell their annotations.
fn is_without_meaning(store: &Store, object: &Object) -> bool {
    let holder = object.one("entityType").and_then(|number| store.get(number));
    object.kind == Kind::PropertyAssignment
        && holder.is_some_and(|holder| holder.kind != Kind::SampleType)
}

/// A text of a map, which may stand for a null.
pub(super) fn text(text: &str) -> Node {
    if text == NULL { Node::Null } else { text.into() }
}

impl Answerer<'_> {
    /// Sets a field that the fetch options ask for.
    pub(super) fn set_asked(
        &mut self,
        bean: usize,
        object: &Object,
        name: &'static str,
        options: View<'_>,
    ) -> Result<(), Fault> {
        if name == "sort" {
            return Ok(());
        }
        if object.kind == Kind::OperationExecution {
            let copy = self.options(options);
            let told = executions::tell(self.graph, object, name, (options, copy));
            self.graph.set(bean, name, told);
            return Ok(());
        }
        if name == "semanticAnnotations" {
            if is_without_meaning(self.store, object) {
                return Ok(());
            }
            if object.kind == Kind::PropertyAssignment {
                let inherited = meaning::own(self.store, object).is_empty();
                self.graph.set(bean, "semanticAnnotationsInherited", inherited);
            }
            let numbers = meaning::of(self.store, object);
            return self.set_collection(bean, object, name, (numbers, options));
        }
        if let Some(format) = formats::Format::named(name) {
            let told = self.format(object, format, options);
            self.graph.set(bean, name, told);
            return Ok(());
        }
        if let Some(numbers) = self.collection(object, name) {
            return self.set_collection(bean, object, name, (numbers, options));
        }
        let node = match name {
            "properties" => Node::Map(self.properties(object)?),
            "sampleProperties" => self.named(DataType::Sample, object, options)?,
            "materialProperties" => self.named(DataType::Material, object, options)?,
            "deletedObjects" => self.deleted_objects(bean, object),
            "linkedData" => self.linked_data(object)?,
            "physicalData" => self.part(Kind::PhysicalData, object, options)?,
            "previousVersion" => self.previous_version(object, options)?,
            "materials" => Node::List(Vec::new()),
            _ if name.ends_with("istory") => self.history(bean, object, name, options)?,
            _ => self.single(object, name, options)?,
        };
        self.graph.set(bean, name, node);
        Ok(())
    }

    /// The objects behind a field that may lead to several.
    fn collection(&self, object: &Object, name: &str) -> Option<Vec<Number>> {
        if let Some(relation) = relation(object.kind, name) {
            let from =
                self.store.live_linking(relation.from, relation.link, object.number);
            let mut from: Vec<&Object> = from.map(|object| &**object).collect();
            match relation.from {
                Kind::Attachment => from = latest(from),
                Kind::PropertyAssignment => {
                    from.sort_by_key(|assignment| assignment.integer("ordinal"));
                }
                Kind::VocabularyTerm => {
                    from.sort_by_cached_key(|term| search::natural(term.code()));
                }
                _ => {}
            }
            return Some(from.iter().map(|object| object.number).collect());
        }
        let field = object.kind.spec().field(name)?;
        let mut numbers =
            matches!(field.ty, FieldType::Many(_)).then(|| object.many(name).to_vec())?;
        if name == "components" {
            numbers.sort_by_key(|&number| self.store.get(number).map(|it| it.code()));
        }
        Some(numbers)
    }

    fn set_collection(
        &mut self,
        bean: usize,
        object: &Object,
        name: &'static str,
        (mut numbers, options): (Vec<Number>, View<'_>),
    ) -> Result<(), Fault> {
        numbers.retain(|&number| self.sees(number));
        if object.kind == Kind::Sample && matches!(name, "parents" | "children") {
            self.set_relationships(bean, object, name, &numbers);
        }
        let first = numbers.first().and_then(|&number| self.store.get(number));
        if let Some(kind) = first.map(|object| object.kind) {
            let sorted = search::sort(self.store, kind, &mut numbers, options);
            sorted.map_err(|_| self.unsortable(object, name))?;
        }
        let page = search::page(&numbers, options).unwrap_or_default();
        let mut items = Vec::with_capacity(page.len());
        for &number in page {
            items.push(self.answer(number, options)?);
        }
        self.graph.set(bean, name, Node::List(items));
        Ok(())
    }

    fn unsortable(&self, object: &Object, name: &str) -> Fault {
        let mut letters = name.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        let field: String = first.into_iter().chain(letters).collect();
        crate::sandbox::fault::failed(format!(
            "Sorting and paging failed for object: + {} {} and fieldName: {field}",
            object.kind.spec().name,
            ids::perm_id(self.store, object.number),
        ))
    }

    /// What is noted about each parent or child.
    fn set_relationships(
        &mut self,
        bean: usize,
        object: &Object,
        name: &str,
        others: &[Number],
    ) {
        let mut items = Vec::with_capacity(others.len());
        for &other in others {
            let (child, parent) = if name == "parents" {
                (object.number, other)
            } else {
                (other, object.number)
            };
            let one = self.relationship(child, parent);
            items.push((ids::perm_id(self.store, other), Node::Bean(one)));
        }
        let field = if name == "parents" {
            "parentsRelationships"
        } else {
            "childrenRelationships"
        };
        self.graph.set(bean, field, Node::Map(items));
    }

    fn relationship(&mut self, child: Number, parent: Number) -> usize {
        let notes = self.store.get(child).and_then(|child| child.map("relationships"));
        let one = self.graph.add("as.dto.common.Relationship");
        for (field, side) in [("childAnnotations", 'c'), ("parentAnnotations", 'p')] {
            let prefix = format!("{}{side} ", parent.0);
            let own = notes.into_iter().flatten().filter_map(|(key, text)| {
                let key = key.strip_prefix(&prefix)?;
                Some((key.to_owned(), Node::from(text.as_str())))
            });
            self.graph.set(one, field, Node::Map(own.collect()));
        }
        one
    }

    fn single(
        &mut self,
        object: &Object,
        name: &str,
        options: View<'_>,
    ) -> Result<Node, Fault> {
        match object.fields.get(name) {
            Some(&Slot::One(number)) if self.sees(number) => {
                let paged = ["from", "count", "sort"];
                if paged.iter().any(|name| !matches!(options.get(name), Node::Null)) {
                    return Err(self.unsortable(object, name));
                }
                self.answer(number, options)
            }
            Some(slot) => Ok(plain(slot)),
            None => Ok(Node::Null),
        }
    }

    fn part(
        &mut self,
        kind: Kind,
        object: &Object,
        options: View<'_>,
    ) -> Result<Node, Fault> {
        let part = self.store.linking(kind, "holder", object.number).next();
        let Some(part) = part.map(|part| part.number) else { return Ok(Node::Null) };
        self.answer(part, options)
    }

    fn previous_version(
        &mut self,
        object: &Object,
        options: View<'_>,
    ) -> Result<Node, Fault> {
        let before = object.integer("version").unwrap_or(1) - 1;
        let holder = object.one("holder").unwrap_or(object.number);
        let mut versions = self.store.linking(Kind::Attachment, "holder", holder);
        let previous = versions.find(|other| {
            other.text("fileName") == object.text("fileName")
                && other.integer("version") == Some(before)
        });
        let Some(number) = previous.map(|previous| previous.number) else {
            return Ok(Node::Null);
        };
        self.answer(number, options)
    }

    /// The objects that were named when they were deleted; with them come the counts.
    fn deleted_objects(&mut self, bean: usize, deletion: &Object) -> Node {
        for field in ["totalExperimentsCount", "totalSamplesCount", "totalDataSetsCount"]
        {
            self.graph.set(bean, field, deletion.integer(field).unwrap_or(0));
        }
        let mut items = Vec::new();
        for &number in deletion.many("roots") {
            let Some(object) = self.store.get(number) else { continue };
            let one = self.graph.add("as.dto.deletion.DeletedObject");
            let perm_id = super::id(self.graph, self.store, object);
            self.graph.set(one, "id", perm_id);
            let identifier = match object.kind {
                Kind::DataSet => object.code().to_owned(),
                _ => ids::identifier::in_trash(self.store, object),
            };
            self.graph.set(one, "identifier", identifier);
            let kind = object.one("type").and_then(|number| self.store.get(number));
            self.graph.set(one, "entityTypeCode", kind.map(|kind| kind.code()));
            self.graph.set(one, "entityKind", ids::entity_kind(object.kind));
            items.push(Node::Bean(one));
        }
        Node::List(items)
    }
}

/// The latest version of each file.
fn latest(mut attachments: Vec<&Object>) -> Vec<&Object> {
    let newest = |one: &Object| {
        let same = attachments
            .iter()
            .filter(|other| other.text("fileName") == one.text("fileName"));
        same.filter_map(|other| other.integer("version")).max()
    };
    let keep: Vec<bool> =
        attachments.iter().map(|one| newest(one) == one.integer("version")).collect();
    let mut keep = keep.into_iter();
    attachments.retain(|_| keep.next().unwrap_or(false));
    attachments
}
