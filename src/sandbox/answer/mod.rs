//! From objects to the beans of an answer.
//!
//! What the fetch options do not ask for is left null. An object that was already put into
//! the answer under the same fetch options is the same bean again, so that circles of
//! fetch options and of objects come to an end.
mod event;
mod field;
mod format;
mod history;
mod hit;
mod id;
mod linked;
mod options;
mod permlink;
mod property;
mod related;
mod web_apps;

use std::collections::HashMap;

use super::ids::identifier;
use super::rights::Rights;
use super::store::{Number, Object, Store};
use super::work::Work;
use crate::model::{FieldType, Kind};
use crate::wire::bean::{Api, Graph, Node, View};
use crate::wire::{Fault, names};
pub(super) use id::id;

/// Builds the beans of one answer.
pub(super) struct Answerer<'a> {
    store: &'a Store,
    rights: &'a Rights,
    api: Api,
    graph: &'a mut Graph,
    /// The beans of objects, by the fetch options they were asked with.
    objects: HashMap<(Number, usize), usize>,
    /// The beans of histories, by the bean of the object and their place in the whole one.
    entries: HashMap<(usize, usize), usize>,
    /// The beans of formats, by field, code and fetch options.
    formats: HashMap<(&'static str, String, usize), usize>,
    options: options::Copies,
}

impl<'a> Answerer<'a> {
    /// Builds into this graph.
    pub(super) fn new(work: &'a Work<'_>, graph: &'a mut Graph) -> Self {
        Self {
            store: &work.store,
            rights: &work.rights,
            api: work.settings.dialect.api,
            graph,
            objects: HashMap::new(),
            entries: HashMap::new(),
            formats: HashMap::new(),
            options: options::Copies::default(),
        }
    }

    /// The fetch options as they come back.
    pub(super) fn options(&mut self, options: View<'_>) -> usize {
        self.options.whole(self.graph, options)
    }

    /// An object with fetch options of its own, apart from those copied before.
    pub(super) fn apart(
        &mut self,
        number: Number,
        options: View<'_>,
    ) -> Result<Node, Fault> {
        let copy = options::Copies::default().whole(self.graph, options);
        self.object(number, options, copy)
    }

    /// An object whose fetch options come back with it, but for sorting and paging, which
    /// were of the collection; some kinds show these too.
    pub(super) fn answer(
        &mut self,
        number: Number,
        options: View<'_>,
    ) -> Result<Node, Fault> {
        let whole =
            self.store.get(number).is_some_and(|object| shows_paging(object.kind));
        let copy = match whole {
            true => self.options.whole(self.graph, options),
            false => self.options.unpaged(self.graph, options),
        };
        self.object(number, options, copy)
    }

    fn object(
        &mut self,
        number: Number,
        options: View<'_>,
        copy: usize,
    ) -> Result<Node, Fault> {
        if let Some(&bean) = self.objects.get(&(number, copy)) {
            return Ok(Node::Bean(bean));
        }
        let Some(object) = self.store.get(number) else { return Ok(Node::Null) };
        let bean = self.graph.add(class(object.kind));
        self.objects.insert((number, copy), bean);
        let shown = options::shown(self.graph, object.kind, copy);
        self.graph.set(bean, "fetchOptions", Node::Bean(shown));
        self.set_own(bean, object);
        for (name, inner) in options.fields() {
            if let Some(inner) = options.view_of(inner) {
                self.set_asked(bean, object, name, inner)?;
            }
        }
        if object.kind == Kind::Person {
            self.set_web_apps(bean, object, (options, copy));
        }
        Ok(Node::Bean(bean))
    }

    /// What every answer holds: ids and plain values.
    fn set_own(&mut self, bean: usize, object: &Object) {
        for field in object.kind.spec().fields {
            if field.sent_only || field.asked {
                continue;
            }
            let node = match (field.name, object.fields.get(field.name)) {
                ("permId", _) => continue,
                // Counts come with the deleted objects only.
                (name, _) if name.starts_with("total") => continue,
                ("identifier", _) if object.kind != Kind::Event => {
                    self.identifier(object)
                }
                (_, Some(slot)) => field::plain(slot),
                (_, None) if field.ty == FieldType::Flag => Node::Flag(false),
                (_, None) if field.ty == FieldType::Map => Node::Map(Vec::new()),
                (_, None) => continue,
            };
            self.graph.set(bean, field.name, node);
        }
        if object.kind != Kind::TypeGroupAssignment
            && let Some((name, node)) = id::own(self.graph, self.store, object)
        {
            self.graph.set(bean, name, node);
        }
        if object.kind == Kind::Attachment {
            let version = object.integer("version");
            let link = permlink::permlink(self.store, object, version);
            self.graph.set(bean, "permlink", link);
            let latest = permlink::permlink(self.store, object, None);
            self.graph.set(bean, "latestVersionPermlink", latest);
        }
        if let Some((name, node)) = derived(object) {
            self.graph.set(bean, name, node);
        }
        if object.kind == Kind::Event {
            event::set_places(self.graph, self.store, bean, object);
        }
        if object.kind == Kind::Space {
            let node = id::space_number(self.graph, object.number);
            self.graph.set(bean, "id", node);
        }
    }

    fn identifier(&mut self, object: &Object) -> Node {
        let Some(form) = object.kind.spec().ids.get(1) else { return Node::Null };
        let text = identifier::of(self.store, object);
        let bean = self.graph.add(super::ids::class(*form));
        self.graph.set(bean, "identifier", text);
        Node::Bean(bean)
    }

    fn sees(&self, number: Number) -> bool {
        let object = self.store.live(number);
        object.is_some_and(|object| self.rights.sees(self.store, object))
    }
}

fn shows_paging(kind: Kind) -> bool {
    let kinds = [
        Kind::AuthorizationGroup,
        Kind::Plugin,
        Kind::PropertyAssignment,
        Kind::PropertyType,
    ];
    kinds.contains(&kind)
}

/// The class of a kind's objects.
pub(super) fn class(kind: Kind) -> &'static str {
    super::interned(&names::entity(kind.spec()))
}

/// What an answer tells beside the fields of the spec.
fn derived(object: &Object) -> Option<(&'static str, Node)> {
    if object.kind == Kind::PropertyAssignment {
        return Some(("semanticAnnotationsInherited", Node::Flag(false)));
    }
    if object.kind != Kind::Plugin {
        return None;
    }
    let all = ["MATERIAL", "EXPERIMENT", "SAMPLE", "DATA_SET"];
    let kinds = match object.text("entityKind") {
        Some(kind) => vec![kind.into()],
        None => all.map(Node::from).to_vec(),
    };
    Some(("entityKinds", Node::List(kinds)))
}
