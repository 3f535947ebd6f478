use super::commands::schedule::shown;
use crate::schedule::Note;

/// What the scheduler does, in a line.
pub(crate) fn said(note: &Note) -> String {
    match note {
        Note::Started { job, due, run } => {
            format!("{} {job}: started as run {}", shown(*due), run.0)
        }
        Note::Ended { job, due, run, state, why } => {
            let why = why.as_deref().map(|why| format!(", {why}")).unwrap_or_default();
            format!("{} {job}: run {} {}{why}", shown(*due), run.0, state.name())
        }
        Note::PassedOver { job, due, state, why, count } => {
            let more =
                if *count > 1 { format!(" ({count} times)") } else { String::new() };
            format!("{} {job}: {}{more}, {why}", shown(*due), state.name())
        }
        Note::Stopping { running } => {
            format!("stopping; {running} still running")
        }
    }
}
