mod changing;
mod criteria;
mod every;
mod requests;

use super::*;
use crate::model::{Edit, Link, Record, Value};

fn id(kind: Kind, text: &str) -> Id {
    Id::parse(kind, text).unwrap()
}

fn link(kind: Kind, text: &str) -> Link {
    Link { id: id(kind, text), record: None }
}
fn fill(record: &mut Record, values: impl IntoIterator<Item = (&'static str, Value)>) {
    for (field, value) in values {
        record.set(field, value, None).unwrap();
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn update(id: Id, edits: impl IntoIterator<Item = (&'static str, Edit)>) -> Change {
    Change::Update { id, edits: edits.into_iter().collect() }
}
