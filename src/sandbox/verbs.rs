//! The five verbs, written once for all kinds.
use std::collections::{HashMap, HashSet};

use super::answer::{self, Answerer};
use super::fault::{denied, failed, null_pointer, refused};
use super::ids::{self, Lookup};
use super::rights::{Action, Place};
use super::store::Number;
use super::work::Work;
use super::{rules, search};
use crate::model::{Kind, Verb};
use crate::wire::Fault;
use crate::wire::bean::{Graph, Node, View};

/// One verb on one kind, with what came along.
#[derive(Clone, Copy)]
pub(super) struct Call<'g> {
    pub(super) verb: Verb,
    pub(super) kind: Kind,
    pub(super) graph: &'g Graph,
    /// Creations, updates, ids or criteria.
    pub(super) objects: &'g Node,
    /// Fetch options or deletion options.
    pub(super) options: &'g Node,
}

impl<'g> Call<'g> {
    fn view(&self, node: &Node) -> Option<View<'g>> {
        match node {
            Node::Bean(number) => Some(self.graph.view(*number)),
            _ => None,
        }
    }

    /// The items of the list; none where there is no list.
    fn items(&self) -> &'g [Node] {
        match self.objects {
            Node::List(items) => items,
            _ => &[],
        }
    }

    /// The beans of the list, each once; a null among them is the server's null pointer.
    fn views(&self) -> Result<Vec<View<'g>>, Fault> {
        let mut seen = HashSet::new();
        let views = self.items().iter().map(|node| self.view(node));
        let mut views = views.collect::<Option<Vec<_>>>().ok_or_else(null_pointer)?;
        views.retain(|view| seen.insert(view.number()));
        Ok(views)
    }
}

/// Carries out a verb and builds what it answers.
pub(super) fn run(
    work: &mut Work<'_>,
    call: Call<'_>,
    out: &mut Graph,
) -> Result<Node, Fault> {
    match call.verb {
        Verb::Create => create(work, call, out),
        Verb::Update => {
            guard(work, call.kind)?;
            rules::update(work, call.kind, &call.views()?)?;
            Ok(Node::Null)
        }
        Verb::Delete => {
            guard(work, call.kind)?;
            delete(work, call, out)
        }
        Verb::Get => read(work, (Reading::Get, call), out),
        Verb::Search => read(work, (Reading::Search, call), out),
    }
}

/// A verb that changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    Get,
    Search,
}

impl Reading {
    /// The verb, if it is such a one.
    pub(super) fn of(verb: Verb) -> Option<Self> {
        match verb {
            Verb::Get => Some(Self::Get),
            Verb::Search => Some(Self::Search),
            Verb::Create | Verb::Update | Verb::Delete => None,
        }
    }

    pub(super) fn verb(self) -> Verb {
        match self {
            Self::Get => Verb::Get,
            Self::Search => Verb::Search,
        }
    }
}

/// Builds what a reading verb answers.
pub(super) fn read(
    work: &Work<'_>,
    (reading, call): (Reading, Call<'_>),
    out: &mut Graph,
) -> Result<Node, Fault> {
    guard(work, call.kind)?;
    match reading {
        Reading::Get => get(work, call, out),
        Reading::Search => find(work, call, out),
    }
}

/// Refuses the kinds that not everybody may know of.
fn guard(work: &Work<'_>, kind: Kind) -> Result<(), Fault> {
    match kind {
        Kind::AuthorizationGroup | Kind::Event => {
            work.rights.check(Action::Read, kind, Place::Server, ("", ""))
        }
        _ => Ok(()),
    }
}

fn create(work: &mut Work<'_>, call: Call<'_>, out: &mut Graph) -> Result<Node, Fault> {
    let made = rules::create(work, call.kind, &call.views()?)?;
    let mut ids = Vec::with_capacity(made.len());
    for number in made {
        ids.push(answer::id(out, &work.store, work.object(number)?));
    }
    Ok(Node::List(ids))
}

fn delete(work: &mut Work<'_>, call: Call<'_>, out: &mut Graph) -> Result<Node, Fault> {
    if matches!(call.objects, Node::Null) {
        return Err(refused("Entity ids cannot be null"));
    }
    let Some(options) = call.view(call.options) else {
        return Err(refused("Deletion options cannot be null"));
    };
    if options.text("reason").is_none() {
        return Err(refused("Deletion reason cannot be null"));
    }
    let mut numbers = Vec::new();
    for id in call.items().iter().filter_map(|node| call.view(node)) {
        let Some(number) = ids::find(work, call.kind, id, Lookup::Reference)? else {
            continue;
        };
        rules::permit(work, Action::Delete, number, id)?;
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    if numbers.is_empty() {
        return Ok(Node::Null);
    }
    match rules::delete(work, call.kind, &numbers, options)? {
        Some(deletion) => Ok(answer::id(out, &work.store, work.object(deletion)?)),
        None => Ok(Node::Null),
    }
}

fn get(work: &Work<'_>, call: Call<'_>, out: &mut Graph) -> Result<Node, Fault> {
    if matches!(call.objects, Node::Null) {
        return Err(failed("Ids were null"));
    }
    let options = call.view(call.options).ok_or_else(null_pointer)?;
    let mut found: Vec<(String, Number)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for id in call.items().iter().filter_map(|node| call.view(node)) {
        let Some(number) = ids::find(work, call.kind, id, Lookup::Get)? else { continue };
        let key = ids::key(id);
        // Two spellings of a sample's identifier are one id, spelt as the last one.
        let folds = call.kind == Kind::Sample && key.starts_with('/');
        let folded = if folds { key.to_uppercase() } else { key.clone() };
        let place = *places.entry(folded).or_insert(found.len());
        if place == found.len() {
            found.push((key, number));
        } else {
            found[place] = (key, number);
        }
    }
    let mut answerer = Answerer::new(work, out);
    let mut items = Vec::with_capacity(found.len());
    for (key, number) in found {
        if work.rights.sees(&work.store, work.object(number)?) {
            items.push((key, answerer.answer(number, options)?));
        } else if call.kind == Kind::OperationExecution {
            return Err(denied("OperationExecutionPermId", &key));
        }
    }
    Ok(Node::Map(items))
}

fn find(work: &Work<'_>, call: Call<'_>, out: &mut Graph) -> Result<Node, Fault> {
    let criteria =
        call.view(call.objects).ok_or_else(|| failed("Criteria cannot be null."))?;
    let options =
        call.view(call.options).ok_or_else(|| failed("Fetch options cannot be null."))?;
    if options.has("cacheMode") && matches!(options.get("cacheMode"), Node::Null) {
        return Err(failed("Unsupported cache mode: null"));
    }
    if call.kind == Kind::Deletion {
        work.rights.check(Action::Read, call.kind, Place::Server, ("", ""))?;
    }
    let question = search::Question {
        kind: call.kind,
        criteria,
        options,
        caller: work.caller,
        sees: &|object| work.rights.sees(&work.store, object),
    };
    let found = search::run(&work.store, question, &work.memory)?;
    let page = search::page(&found, options)?;
    let mut answerer = Answerer::new(work, out);
    let mut objects = Vec::with_capacity(page.len());
    for &number in page {
        objects.push(answerer.answer(number, options)?);
    }
    Ok(result(out, objects, found.len()))
}

/// A `SearchResult`.
pub(super) fn result(out: &mut Graph, objects: Vec<Node>, total: usize) -> Node {
    let bean = out.add("as.dto.common.search.SearchResult");
    out.set(bean, "objects", objects);
    out.set(bean, "totalCount", i64::try_from(total).unwrap_or(i64::MAX));
    Node::Bean(bean)
}
