//! Which object and which field a refusal is about, though the server only gives a message.
use super::Step;
use crate::client;
use crate::model::{Change, Edit, Link, Value};
use crate::script::type_sheet::named;
use crate::script::{ScriptError, Session, typed};
use crate::wire::Fault;

/// What a failure means for these changes: with the object and the field, as far as they
/// can be told, and with what would do.
pub(super) fn explain(
    session: &Session,
    error: client::Error,
    steps: &[Step],
) -> ScriptError {
    let culprit = match &error {
        client::Error::Refused(fault) => culprit(fault, None, steps),
        client::Error::RolledBack { fault, item } => culprit(fault, *item, steps),
        _ => None,
    };
    let told = ScriptError::from(error);
    let Some(Culprit { step, field }) = culprit else { return told };
    let message = match &field {
        Some(field) => format!("{}, `{field}`: {}", step.named(), told.message),
        None => format!("{}: {}", step.named(), told.message),
    };
    let accepted = field.as_deref().and_then(|code| accepted(session, code));
    let told = ScriptError { message, ..told };
    let told = accepted.into_iter().fold(told, ScriptError::hint);
    match steps.len() {
        1 => told,
        _ => told.hint("nothing of this was made"),
    }
}

struct Culprit<'s> {
    step: &'s Step,
    field: Option<String>,
}

fn culprit<'s>(
    fault: &Fault,
    item: Option<usize>,
    steps: &'s [Step],
) -> Option<Culprit<'s>> {
    let said = Said { words: quoted(&fault.message), message: &fault.message };
    if let Some(step) = item.and_then(|item| steps.get(item)) {
        let field = said.field(step);
        return Some(Culprit { step, field });
    }
    let mut found = Vec::new();
    for step in steps {
        let field = said.field(step);
        let own = || step.labels.iter().any(|label| said.words.contains(&label.as_str()));
        if field.is_some() || own() {
            found.push(Culprit { step, field });
        }
    }
    let sure = found.iter().filter(|one| one.field.is_some()).count();
    if sure > 0 {
        found.retain(|one| one.field.is_some());
    }
    let told = place(fault).and_then(|place| {
        (place.1 == steps.len()).then(|| steps.get(place.0.checked_sub(1)?)).flatten()
    });
    match (told, found.len()) {
        (Some(step), _) => {
            let field = found.into_iter().find(|one| one.step.labels == step.labels);
            Some(Culprit { step, field: field.and_then(|one| one.field) })
        }
        (None, 1) => found.pop(),
        (None, _) if steps.len() == 1 => {
            steps.first().map(|step| Culprit { step, field: None })
        }
        (None, _) => None,
    }
}

/// The number of the object that the server was at, and of how many.
fn place(fault: &Fault) -> Option<(usize, usize)> {
    let (_, rest) = fault.context.as_deref()?.split_once(" (")?;
    let (numbers, _) = rest.split_once(')')?;
    let (place, all) = numbers.split_once('/')?;
    Some((place.parse().ok()?, all.parse().ok()?))
}

/// What stands in quotation marks or brackets.
fn quoted(message: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (open, close) in [('\'', '\''), ('[', ']'), ('"', '"')] {
        let mut rest = message;
        while let Some((_, inner)) = rest.split_once(open) {
            let Some((word, after)) = inner.split_once(close) else { break };
            found.push(word);
            rest = after;
        }
    }
    let last = message.rsplit([' ', ':']).next().map(|word| word.trim_end_matches('.'));
    found.extend(last.filter(|word| word.parse::<f64>().is_err()));
    found.retain(|word| !word.is_empty());
    found
}

/// What a refusal says.
struct Said<'f> {
    words: Vec<&'f str>,
    message: &'f str,
}

impl Said<'_> {
    /// The field or property in which the change has what the refusal names.
    fn field(&self, step: &Step) -> Option<String> {
        let is_label = |text: &str| step.labels.iter().any(|label| label == text);
        let said = |text: &str| self.names(text) && !is_label(text);
        let property = step.properties().into_iter().find(|(_, text)| said(text));
        let property = property.map(|(code, _)| code.to_lowercase());
        property.or_else(|| self.words.iter().find_map(|word| link_with(step, word)))
    }

    /// Whether it names a value, by itself or, if it is long enough, among other words.
    fn names(&self, text: &str) -> bool {
        const LONG: usize = 4;
        self.words.iter().any(|word| text.eq_ignore_ascii_case(word))
            || text.len() >= LONG && self.message.contains(text)
    }
}

/// The field in which the change leads to an object with this name.
fn link_with(step: &Step, word: &str) -> Option<String> {
    let linked = |value: &Value| match value {
        Value::One(link) => leads_to(std::slice::from_ref(link), word),
        Value::Many(links) => leads_to(links, word),
        Value::Null
        | Value::Text(_)
        | Value::Flag(_)
        | Value::Integer(_)
        | Value::Time(_)
        | Value::Bytes(_)
        | Value::Texts(_)
        | Value::Map(_)
        | Value::Properties(_) => false,
    };
    let edited = |edit: &Edit| match edit {
        Edit::Set(value) => linked(value),
        Edit::Links(links) => leads_to(links, word),
        Edit::AddRemove { add, .. } => leads_to(add, word),
        Edit::Properties(_) | Edit::Parts { .. } => false,
    };
    match &step.change {
        Change::Create(record) => {
            let value = record.iter().find(|(_, value)| linked(value)).map(|row| row.0);
            let edit =
                || record.edits().iter().find(|row| edited(row.1)).map(|row| *row.0);
            value.or_else(edit).map(str::to_owned)
        }
        Change::Update { edits, .. } => {
            edits.iter().find(|row| edited(row.1)).map(|row| (*row.0).to_owned())
        }
        Change::Delete { .. }
        | Change::Archive { .. }
        | Change::Unarchive { .. }
        | Change::Lock { .. }
        | Change::Unlock { .. }
        | Change::Confirm { .. }
        | Change::Revert { .. }
        | Change::Call(_) => None,
    }
}

fn leads_to(links: &[Link], word: &str) -> bool {
    links.iter().any(|link| link.id.text().eq_ignore_ascii_case(word))
}

/// What a property takes.
fn accepted(session: &Session, code: &str) -> Option<String> {
    let properties = session.properties().ok()?;
    let rule = named(&properties, code)?;
    Some(format!("`{code}` takes {}", typed::expected(rule)))
}
