use std::collections::HashMap;

use super::{
    Api, Class, Contract, Field, Flow, Fresh, Method, Service, Shape, Type, ty::Form,
};

/// One type as it stands in the table: nothing inherited yet.
struct Entry {
    class: Class,
    changed: Vec<(&'static str, Fresh)>,
    dropped: Vec<&'static str>,
}

type Names = HashMap<&'static str, &'static str>;

/// Reads the whole table. The table is ours: what cannot be read in it is left out, and the
/// tests hold it against its source.
pub(super) fn contract(text: &'static str, api: Api) -> Contract {
    let lines: Vec<Line> = text.lines().map(|text| Line::of(text, api)).collect();
    let names = names(&lines);
    let mut methods: HashMap<&str, Vec<Method>> = HashMap::new();
    let mut entries: Vec<Entry> = Vec::new();
    for line in lines {
        if line.inner {
            if let Some(entry) = entries.last_mut() {
                entry.take(&line, &names);
            }
        } else if let Some(service) = service(line.words[0]) {
            let method = method(service, &line, &names);
            methods.entry(method.name).or_default().push(method);
        } else if let Some(class) = class(&line, &names) {
            entries.push(Entry { class, changed: Vec::new(), dropped: Vec::new() });
        }
    }
    let known = entries.iter().filter(|entry| !entry.class.newer);
    let extended = known.flat_map(|entry| entry.class.supers.iter().copied()).collect();
    Contract { methods, classes: inherit(entries), extended }
}

struct Line {
    words: Vec<&'static str>,
    /// It is part of a later version than the one that is read.
    newer: bool,
    /// It came with a later version.
    later: bool,
    /// It belongs to the type above.
    inner: bool,
    /// The value behind the `=`, which may hold blanks.
    value: &'static str,
}

impl Line {
    /// Nothing is newer than the newer interface.
    fn of(text: &'static str, api: Api) -> Self {
        let rest = text.strip_prefix('+').unwrap_or(text);
        Self {
            words: rest.split_ascii_whitespace().collect(),
            newer: rest.len() < text.len() && api == Api::Of2023,
            later: rest.len() < text.len(),
            inner: rest.starts_with(' '),
            value: rest.split_once('=').map_or("", |(_, value)| value),
        }
    }
}

/// From simple names to full ones.
fn names(lines: &[Line]) -> Names {
    let full = lines
        .iter()
        .filter(|line| !line.inner && service(line.words[0]).is_none())
        .map(|line| line.words[1]);
    full.flat_map(|name| [(name, name), (name.rsplit('.').next().unwrap_or(name), name)])
        .collect()
}

fn service(word: &str) -> Option<Service> {
    match word {
        "AS" => Some(Service::As),
        "DSS" => Some(Service::Dss),
        _ => None,
    }
}

fn method(service: Service, line: &Line, names: &Names) -> Method {
    let params = line.words[3..].iter().filter_map(|param| param.split_once(':'));
    Method {
        service,
        name: line.words[1],
        params: params.map(|(name, ty)| (name, parse_type(ty, names))).collect(),
        returns: parse_type(line.words[2], names),
        newer: line.newer,
    }
}

fn class(line: &Line, names: &Names) -> Option<Class> {
    let shape = match line.words[0] {
        "class" => Shape::Class,
        "abstract" => Shape::Abstract,
        "interface" => Shape::Interface,
        "enum" => Shape::Enum,
        _ => return None,
    };
    let supers =
        line.words.iter().skip(3).map(|word| word.split('<').next().unwrap_or(word));
    Some(Class {
        name: line.words[1],
        shape,
        supers: supers.filter_map(|name| names.get(name).copied()).collect(),
        fields: Vec::new(),
        constants: Vec::new(),
        newer: line.newer,
    })
}

impl Entry {
    fn take(&mut self, line: &Line, names: &Names) {
        let first = line.words[0];
        if self.class.shape == Shape::Enum {
            let constants = line.words.iter().map(|name| (*name, line.newer));
            self.class.constants.extend(constants);
        } else if let Some(name) = first.strip_prefix('!') {
            self.dropped.push(name);
        } else if let Some(name) = first.strip_prefix('=') {
            let value = line.value.split_once(' ').map_or("", |(_, value)| value);
            self.changed.push((name, fresh(value, names)));
        } else {
            self.take_field(field(line, names), line.later);
        }
    }
}

impl Entry {
    /// Takes a field; a later one that was there before has another type now.
    fn take_field(&mut self, field: Field, later: bool) {
        let known = self.class.fields.iter_mut().find(|known| known.name == field.name);
        match known {
            Some(known) if later && !field.newer => known.ty = field.ty,
            Some(_) => {}
            None => self.class.fields.push(field),
        }
    }
}

fn field(line: &Line, names: &Names) -> Field {
    let rest = &line.words[2..];
    let flow = match rest.first() {
        Some(&"out") => Flow::Out,
        Some(&"in") => Flow::In,
        _ => Flow::Both,
    };
    Field {
        name: line.words[0],
        ty: parse_type(line.words[1], names),
        flow,
        fresh: fresh(line.value, names),
        newer: line.newer,
    }
}

fn fresh(word: &'static str, names: &Names) -> Fresh {
    match word {
        "" => Fresh::Empty,
        "[]" => Fresh::List,
        "{}" => Fresh::Map,
        "true" => Fresh::True,
        _ => match word.strip_prefix('<').and_then(|word| word.strip_suffix('>')) {
            Some(class) => {
                names.get(class).map_or(Fresh::Empty, |name| Fresh::Bean(name))
            }
            None => Fresh::Text(word.trim_matches('"')),
        },
    }
}

fn parse_type(text: &'static str, names: &Names) -> Type {
    let (name, inner) = match text.split_once('<') {
        Some((name, rest)) => (name, rest.strip_suffix('>').unwrap_or(rest)),
        None => (text, ""),
    };
    match name {
        "void" | "Void" => Type::Void,
        "String" => Type::Text,
        "boolean" => Type::Flag(Form::Primitive),
        "Boolean" => Type::Flag(Form::Boxed),
        "int" => Type::Int(Form::Primitive),
        "Integer" => Type::Int(Form::Boxed),
        "long" => Type::Long(Form::Primitive),
        "Long" => Type::Long(Form::Boxed),
        "double" => Type::Double,
        "Number" => Type::Number,
        "Date" => Type::Date,
        "Bytes" => Type::Bytes,
        "List" => Type::List(Box::new(parse_type(inner, names))),
        "Map" => Type::Map(Box::new(parse_type(second(inner), names))),
        _ => names.get(name).map_or(Type::Any, |name| Type::Named(name)),
    }
}

/// The values' type in `Key,Value`; keys are never generic.
fn second(inner: &'static str) -> &'static str {
    inner.split_once(',').map_or(inner, |(_, value)| value)
}

/// Gives each type the fields of those it extends.
fn inherit(entries: Vec<Entry>) -> HashMap<&'static str, Class> {
    let entries: HashMap<_, _> = entries.into_iter().map(|e| (e.class.name, e)).collect();
    let full: Vec<_> =
        entries.keys().map(|name| (*name, fields_of(name, &entries))).collect();
    let mut classes: HashMap<_, _> =
        entries.into_iter().map(|(name, entry)| (name, entry.class)).collect();
    for (name, fields) in full {
        if let Some(class) = classes.get_mut(name) {
            class.fields = fields;
        }
    }
    classes
}

/// The fields in the order in which the server writes them: the topmost type's first; then
/// what has no field behind it in Java, the topmost type's last.
fn fields_of(name: &str, entries: &HashMap<&'static str, Entry>) -> Vec<Field> {
    let Some(entry) = entries.get(name) else { return Vec::new() };
    let own = &entry.class.fields;
    let known = |fields: &[Field], name| fields.iter().any(|field| field.name == name);
    let mut inherited: Vec<Field> = Vec::new();
    for above in &entry.class.supers {
        for field in fields_of(above, entries) {
            let dropped = entry.dropped.contains(&field.name);
            if !dropped && !known(own, field.name) && !known(&inherited, field.name) {
                inherited.push(field);
            }
        }
    }
    let (late, mut fields): (Vec<_>, Vec<_>) = inherited.into_iter().partition(is_late);
    let (own_late, own): (Vec<_>, Vec<_>) = own.iter().cloned().partition(is_late);
    fields.extend(own.into_iter().chain(own_late).chain(late));
    for (name, fresh) in &entry.changed {
        for field in fields.iter_mut().filter(|field| field.name == *name) {
            field.fresh = *fresh;
        }
    }
    fields
}

fn is_late(field: &Field) -> bool {
    field.flow == Flow::Out || field.name == "negated"
}
