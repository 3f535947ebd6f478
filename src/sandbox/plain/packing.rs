//! What goes into a crate, and the crate itself.
use std::collections::BTreeSet;
use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Visit, files};
use crate::model::{Kind, Timestamp};
use crate::sandbox::ids::identifier;
use crate::sandbox::store::{Number, Object};
use crate::sandbox::work::Work;
use crate::wire::crates::{self, Fact, Node, Wanted};

/// The kinds, as the service names them, and the field that names one of them.
const KINDS: &[(&str, Kind, &str)] = &[
    ("SPACE", Kind::Space, "code"),
    ("PROJECT", Kind::Project, "permId"),
    ("EXPERIMENT", Kind::Experiment, "permId"),
    ("SAMPLE", Kind::Sample, "permId"),
    ("DATASET", Kind::DataSet, "code"),
];

/// What lies in what: the kind that holds, the field of what is held.
const HELD: &[(Kind, Kind, &str)] = &[
    (Kind::Space, Kind::Project, "space"),
    (Kind::Space, Kind::Sample, "space"),
    (Kind::Project, Kind::Experiment, "project"),
    (Kind::Project, Kind::Sample, "project"),
    (Kind::Experiment, Kind::Sample, "experiment"),
    (Kind::Experiment, Kind::DataSet, "experiment"),
    (Kind::Sample, Kind::DataSet, "sample"),
];

/// Something is looked for from one object on, in these ways.
#[expect(clippy::struct_excessive_bools, reason = "the options of openBIS, one for each")]
pub(in crate::sandbox) struct Ways {
    pub(in crate::sandbox) above: bool,
    pub(in crate::sandbox) below: bool,
    pub(in crate::sandbox) parents: bool,
    pub(in crate::sandbox) children: bool,
    pub(in crate::sandbox) other_spaces: bool,
}

/// The crate with these objects, or why there is none: as a zip, or its description alone.
pub(super) fn pack(
    work: &Work<'_>,
    wanted: &[Wanted],
    visit: &Visit<'_>,
) -> Result<Vec<u8>, String> {
    let flag = |name: &str| {
        let said = visit.header(&format!("openbis.{name}"));
        said.is_some_and(|said| said.eq_ignore_ascii_case("true"))
    };
    let ways = Ways {
        above: flag("with-levels-above"),
        below: flag("with-levels-below"),
        parents: flag("with-objects-and-datasets-parents"),
        children: flag("with-objects-and-datasets-children"),
        other_spaces: flag("with-objects-and-datasets-other-spaces"),
    };
    let objects = chosen(work, wanted, &ways)?;
    let with_files = flag("afs-data");
    let contents: Vec<(String, Vec<u8>)> = match with_files {
        true => objects.iter().flat_map(|object| contents(object)).collect(),
        false => Vec::new(),
    };
    let description = crates::metadata(&nodes(work, &objects, &contents));
    if visit.header("export") == Some("application/ld+json") {
        return Ok(description.into_bytes());
    }
    zipped(&description, &contents)
        .map_err(|error| format!("The crate cannot be packed: {error}"))
}

/// The objects that are named, and those that go with them, in the order they were made.
pub(in crate::sandbox) fn chosen<'w>(
    work: &'w Work<'_>,
    wanted: &[Wanted],
    ways: &Ways,
) -> Result<Vec<&'w Object>, String> {
    let mut chosen = BTreeSet::new();
    for one in wanted {
        gather(work, find(work, one)?, ways, &mut chosen);
    }
    Ok(chosen.iter().filter_map(|it| work.object(*it).ok()).collect())
}

fn find<'w>(work: &'w Work<'_>, wanted: &Wanted) -> Result<&'w Object, String> {
    let Wanted { kind, perm_id } = wanted;
    let row = KINDS.iter().find(|row| row.0 == kind);
    let Some((_, kind, field)) = row else {
        return Err(format!("Objects of kind {kind} cannot be exported."));
    };
    let found = work.store.find(*kind, field, perm_id).map(|object| &**object);
    let seen = found.filter(|object| work.rights.sees(&work.store, object));
    seen.ok_or_else(|| format!("Object with {} has not been found.", wanted.perm_id))
}

/// The object and what is to go with it.
fn gather(work: &Work<'_>, from: &Object, ways: &Ways, chosen: &mut BTreeSet<Number>) {
    if !chosen.insert(from.number) {
        return;
    }
    if ways.above {
        for field in ["space", "project", "experiment", "sample"] {
            let holder = from.one(field).and_then(|number| work.store.live(number));
            let only_up = Ways { above: true, ..Ways::NONE };
            if let Some(holder) = holder.filter(|it| work.rights.sees(&work.store, it)) {
                gather(work, holder, &only_up, chosen);
            }
        }
    }
    let seen = |number: Number| {
        let object = work.store.live(number);
        object.filter(|it| work.rights.sees(&work.store, it))
    };
    for object in held(work, from, ways).into_iter().filter_map(seen) {
        gather(work, object, ways, chosen);
    }
    for object in relatives(work, from, ways).into_iter().filter_map(seen) {
        let same_space = object.one("space") == from.one("space");
        if same_space || ways.other_spaces {
            gather(work, object, ways, chosen);
        }
    }
}

/// What lies in the object.
fn held(work: &Work<'_>, holder: &Object, ways: &Ways) -> Vec<Number> {
    let rows = HELD.iter().filter(|row| ways.below && row.0 == holder.kind);
    let held = rows.flat_map(|(_, kind, field)| {
        work.store.live_linking(*kind, field, holder.number)
    });
    held.map(|object| object.number).collect()
}

/// Parents and children.
fn relatives(work: &Work<'_>, of: &Object, ways: &Ways) -> Vec<Number> {
    let mut relatives = Vec::new();
    if ways.parents {
        relatives.extend(of.many("parents").iter().copied());
    }
    if ways.children {
        let children = work.store.live_linking(of.kind, "parents", of.number);
        relatives.extend(children.map(|it| it.number));
    }
    relatives
}

impl Ways {
    const NONE: Self = Self {
        above: false,
        below: false,
        parents: false,
        children: false,
        other_spaces: false,
    };
}

/// The files of a sample or collection, by their paths in the crate.
fn contents(object: &Object) -> Vec<(String, Vec<u8>)> {
    let folder = object.text("permId").unwrap_or_default();
    let all = files::all(object).into_iter();
    all.map(|(path, content)| (format!("files/{folder}{path}"), content)).collect()
}

fn nodes(
    work: &Work<'_>,
    objects: &[&Object],
    contents: &[(String, Vec<u8>)],
) -> Vec<Node> {
    let files: Vec<String> = contents.iter().map(|(path, _)| path.clone()).collect();
    let mentions = objects.iter().map(|object| id(object)).collect();
    let root = Node {
        id: "./".to_owned(),
        types: vec!["Dataset".to_owned()],
        facts: vec![
            ("name", Fact::Text("Export from openBIS".to_owned())),
            ("description", Fact::Text(format!("{} objects.", objects.len()))),
            ("datePublished", Fact::Text(date(work.now))),
            ("hasPart", Fact::Links(files)),
            ("mentions", Fact::Links(mentions)),
        ],
    };
    let described = objects.iter().map(|object| described(work, object));
    let people: BTreeSet<Number> =
        objects.iter().filter_map(|object| object.one("registrator")).collect();
    let people = people.into_iter().filter_map(|number| work.object(number).ok());
    let parts = contents.iter().map(|(path, content)| Node {
        id: path.clone(),
        types: vec!["File".to_owned()],
        facts: vec![("contentSize", Fact::Number(content.len() as u64))],
    });
    std::iter::once(root)
        .chain(described)
        .chain(people.map(person))
        .chain(parts)
        .collect()
}

fn described(work: &Work<'_>, object: &Object) -> Node {
    let properties = object.map("properties").into_iter().flatten();
    let values: Vec<(String, String)> =
        properties.map(|(code, value)| (code.clone(), value.clone())).collect();
    let name = values.iter().find(|(code, _)| code == "$NAME");
    let name = name.map_or(object.code(), |(_, name)| name).to_owned();
    let is_data = object.kind == Kind::DataSet;
    let within = if is_data {
        ["sample", "experiment", ""]
    } else {
        ["experiment", "project", "space"]
    };
    let holder = within.iter().find_map(|field| object.one(field));
    let holder = holder.and_then(|number| work.object(number).ok());
    let of_type = object.one("type").and_then(|number| work.object(number).ok());
    let mut facts = vec![
        (
            "identifier",
            Fact::Text(match is_data {
                true => object.code().to_owned(),
                false => identifier::of(&work.store, object),
            }),
        ),
        ("name", Fact::Text(name)),
    ];
    facts.extend(of_type.map(|it| ("additionalType", Fact::Text(it.code().to_owned()))));
    let made = object.time("registrationDate").map(|time| date(Timestamp(time)));
    facts.extend(made.map(|made| ("dateCreated", Fact::Text(made))));
    let maker = object.one("registrator").and_then(|number| work.object(number).ok());
    facts.extend(maker.map(|it| ("author", Fact::Links(vec![id(it)]))));
    facts.extend(holder.map(|it| ("isPartOf", Fact::Links(vec![id(it)]))));
    let parents = object.many("parents").iter();
    let parents = parents.filter_map(|number| work.object(*number).ok());
    let seen = parents.filter(|parent| work.rights.sees(&work.store, parent));
    let parents: Vec<String> = seen.map(id).collect();
    if !parents.is_empty() {
        facts.push(("isBasedOn", Fact::Links(parents)));
    }
    if !values.is_empty() {
        facts.push(("additionalProperty", Fact::Values(values)));
    }
    let ty = if is_data { "Dataset" } else { "Thing" };
    Node { id: id(object), types: vec![ty.to_owned()], facts }
}

fn person(person: &Object) -> Node {
    let text = |field| person.text(field).unwrap_or_default();
    let name = format!("{} {}", text("firstName"), text("lastName"));
    let name = if name.trim().is_empty() { text("userId") } else { name.trim() };
    Node {
        id: id(person),
        types: vec!["Person".to_owned()],
        facts: vec![("name", Fact::Text(name.to_owned()))],
    }
}

fn id(object: &Object) -> String {
    let own = ["permId", "userId", "code"].iter().find_map(|field| object.text(field));
    format!("#{}", own.unwrap_or_default())
}

fn date(time: Timestamp) -> String {
    let time = chrono::DateTime::from_timestamp_millis(time.0).unwrap_or_default();
    time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

/// A spreadsheet within a zip.
pub(in crate::sandbox) fn zipped_sheet(sheet: &[u8]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("metadata.xlsx", SimpleFileOptions::default())?;
    zip.write_all(sheet)?;
    Ok(zip.finish()?.into_inner())
}

fn zipped(
    description: &str,
    contents: &[(String, Vec<u8>)],
) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    zip.start_file("ro-crate-metadata.json", options)?;
    zip.write_all(description.as_bytes())?;
    for (path, content) in contents {
        zip.start_file(path.as_str(), options)?;
        zip.write_all(content)?;
    }
    Ok(zip.finish()?.into_inner())
}
