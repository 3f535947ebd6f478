//! Whether changes may be made: asked before any of them is sent.
use super::atom::Atom;
use super::rules::{FEW, Rules};
use super::tally::{Agreed, Amount, Tally};
use super::{Step, place};
use crate::script::{Console, ErrorKind, ScriptError};

/// Refuses what the rules do not permit, whatever a person says.
pub(super) fn permit(rules: &Rules, steps: &[Step]) -> Result<(), ScriptError> {
    if let Some(who) = &rules.read_only {
        let message = format!("nothing may be changed: {who} says that it is read-only");
        let hint = "`--dry-run` shows what would be changed";
        return Err(ScriptError::new(ErrorKind::Denied, message).hint(hint));
    }
    if rules.learning {
        return Ok(());
    }
    steps.iter().try_for_each(|step| permit_one(rules, step))
}

fn permit_one(rules: &Rules, step: &Step) -> Result<(), ScriptError> {
    let denied = |message: String| ScriptError::new(ErrorKind::Denied, message);
    let atoms = Atom::of(&step.change);
    if let Some(atom) = atoms.iter().find(|atom| !rules.needs.permits(atom)) {
        let message = format!("the recipe may not write `{atom}` of {}", step.named());
        let hint =
            format!("its header has to say so: `needs: #{{ write: [\"{atom}\"] }}`");
        return Err(denied(message).hint(hint).hint("nothing of this was sent"));
    }
    let Some(spaces) = &rules.needs.spaces else { return Ok(()) };
    match &step.space {
        Some(space) if spaces.contains(space) => Ok(()),
        None if place::is_nowhere(&step.change) => Ok(()),
        Some(space) => {
            let message = format!(
                "the recipe may not change {}, which lies in space `{space}`",
                step.named()
            );
            Err(denied(message).hint(format!("its header permits {}", spaces.join(", "))))
        }
        None => {
            let message = format!("nobody can tell in which space {} lies", step.named());
            Err(denied(message).hint("the recipe's header permits some spaces only"))
        }
    }
}

/// Holds what is to be changed to the limits, and asks a person where that is due.
pub(super) fn ask(
    rules: &Rules,
    tally: &mut Tally,
    steps: &[Step],
    console: &dyn Console,
) -> Result<(), ScriptError> {
    let amount = Amount::of(steps);
    limit(rules, tally, amount)?;
    let Agreed { production, many, deletion, freezing } = tally.agreed;
    let all = tally.changes + amount.changes;
    if let Some(profile) = &rules.production
        && !production
        && rules.most().is_none()
    {
        let question = format!("{profile} is in production: change it?");
        agree(rules, console, &question, "--max-changes N", false)?;
        tally.agreed.production = true;
    }
    if all > FEW && !many && rules.most().is_none() {
        let question = format!("this makes {all} changes: make them?");
        agree(rules, console, &question, &format!("--max-changes {all}"), false)?;
        tally.agreed.many = true;
    }
    if amount.deleted > 0 && !deletion && rules.most_deleted().is_none() {
        let question = format!("delete {}?", named(steps, amount.deleted));
        let flag = format!("--max-delete {}", tally.deleted + amount.deleted);
        agree(rules, console, &question, &flag, true)?;
        tally.agreed.deletion = true;
    }
    if let Some(step) = steps.iter().find(|step| freezes(rules, step))
        && !freezing
    {
        let question = format!(
            "freeze {}? nothing can undo that",
            named(std::slice::from_ref(step), 1)
        );
        agree(rules, console, &question, "--yes", true)?;
        tally.agreed.freezing = true;
    }
    Ok(())
}

fn limit(rules: &Rules, tally: &Tally, amount: Amount) -> Result<(), ScriptError> {
    let sorts = [
        ("changes", "--max-changes", rules.most(), tally.changes + amount.changes),
        (
            "deletions",
            "--max-delete",
            rules.most_deleted(),
            tally.deleted + amount.deleted,
        ),
    ];
    for (what, flag, most, all) in sorts {
        if let Some(most) = most
            && all > most
        {
            let message = format!("this makes {all} {what}, and {most} are permitted");
            let error = ScriptError::new(ErrorKind::Limit, message);
            return Err(error.hint(format!("`{flag} {all}` permits them")));
        }
    }
    Ok(())
}

/// Whether it freezes what the header does not say it freezes.
fn freezes(rules: &Rules, step: &Step) -> bool {
    let mut atoms = Atom::of(&step.change).into_iter();
    atoms.any(|atom| atom.is_freezing() && !rules.needs.names(&atom))
}

fn agree(
    rules: &Rules,
    console: &dyn Console,
    question: &str,
    flag: &str,
    may_be_typed: bool,
) -> Result<(), ScriptError> {
    if may_be_typed && rules.typed && !console.is_terminal() {
        return Ok(());
    }
    if console.confirm(question) {
        return Ok(());
    }
    let question = question.trim_end_matches('?');
    let message = match console.is_terminal() {
        true => format!("not agreed to: {question}"),
        false => format!("nobody is there to agree to it: {question}"),
    };
    let error = ScriptError::new(ErrorKind::Limit, message);
    let error = match flag {
        "--yes" => error.hint("`--yes` agrees to it"),
        _ => error.hint(format!("`--yes` or `{flag}` agrees to it")),
    };
    Err(error.hint("nothing of this was sent"))
}

/// The objects as people know them, the first ones by name.
fn named(steps: &[Step], number: u64) -> String {
    const SHOWN: usize = 3;
    let labels = steps.iter().filter(|step| step.is_deletion() || steps.len() == 1);
    let shown: Vec<String> = labels.flat_map(Step::each_named).take(SHOWN).collect();
    let more = number.saturating_sub(shown.len() as u64);
    match more {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
