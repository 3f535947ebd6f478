//! Changes that were computed beforehand: shown, and carried out.
use super::exit::Exit;
use super::mistake::Mistake;
use super::trouble::exit_of;
use super::world::{Running, World};
use crate::ledger::{Entry, differences, verb};
use crate::script::report::{Cell, Table};
use crate::script::{ScriptError, carry_out as send};

/// A row for each change.
pub(crate) fn table<'e>(entries: impl Iterator<Item = &'e Entry>) -> Table {
    let columns = ["verb", "kind", "object", "changed"];
    let row = |entry: &Entry| {
        let kind = entry.change.kind().map_or("", |kind| kind.spec().noun());
        [
            verb(&entry.change).to_owned(),
            kind.to_owned(),
            entry.label.clone(),
            differences(entry).join("; "),
        ]
        .map(Cell::Text)
        .into()
    };
    Table { columns: columns.map(str::to_owned).into(), rows: entries.map(row).collect() }
}

/// Fails where nothing may be changed.
pub(crate) fn expect_permitted(world: &World) -> anyhow::Result<()> {
    let Some(who) = world.rules(None)?.read_only else { return Ok(()) };
    let message = format!("{who} is read-only: nothing is changed");
    Err(Mistake::refused(message).into())
}

/// Carries them out as a run that was begun, and writes down how that ended.
pub(crate) fn carry_out(
    world: &World,
    running: &Running,
    calls: Vec<Vec<Entry>>,
) -> anyhow::Result<()> {
    let host = world.host(rhai::Map::new())?;
    let all: usize = calls.iter().map(Vec::len).sum();
    let bar =
        crate::script::Console::progress(&*world.terminal, "changes", Some(all as u64));
    let sent = send(&host, &running.journal, calls, &mut |entries| {
        bar.advance(entries.len() as u64);
    });
    bar.finish();
    running.end(match &sent {
        Ok(()) => Exit::Done,
        Err(error) => exit_of(error.kind),
    })?;
    if let Some(run) = running.journal.run() {
        world.terminal.info(&format!("run {}: {}", run.0, said(all, &sent)));
    }
    Ok(sent.map_err(crate::script::Failure::from)?)
}

fn said(all: usize, sent: &Result<(), ScriptError>) -> String {
    match sent {
        Ok(()) => format!("done, changes: {all}"),
        Err(_) => "it was cut off; `rhobis resume` goes on".to_owned(),
    }
}
