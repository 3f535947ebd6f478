//! The prompt at a terminal: what the Tab key completes, help, and tables.
use std::time::Duration;

use expectrl::session::OsSession;
use expectrl::{Eof, Expect};

use crate::rhobis::Rhobis;

/// A prompt on the lab in the process.
fn prompt(lab: &Rhobis) -> OsSession {
    let mut session = expectrl::Session::spawn(lab.command()).unwrap();
    session.set_expect_timeout(Some(Duration::from_secs(60)));
    // Wide enough for a table.
    session.get_process_mut().set_window_size(200, 24).unwrap();
    session
}

/// Types a line at the prompt, and sees all of these one after the other.
fn sees(session: &mut OsSession, keys: &str, shown: &[&str]) {
    session.expect("rhobis> ").unwrap();
    session.send(keys).unwrap();
    for text in shown {
        session.expect(text).unwrap_or_else(|error| panic!("{keys}: {text}: {error}"));
    }
}

fn end(mut session: OsSession) {
    session.expect("rhobis> ").unwrap();
    session.send_line(".quit").unwrap();
    session.expect(Eof).unwrap();
}

/// Completes the line, and takes it back.
fn completes(session: &mut OsSession, keys: &str, shown: &[&str]) {
    sees(session, keys, shown);
    session.send("\x03").unwrap();
}

#[test]
fn functions_attributes_variables_and_commands_are_completed() {
    let lab = Rhobis::new();
    let mut session = prompt(&lab);
    sees(&mut session, "let strain = o.get_samples(#{ type: \"YEAST\" })[0];\r", &[]);
    completes(&mut session, "o.get_sample_type_o\t", &["o.get_sample_type_opt("]);
    completes(&mut session, "strain.registrationD\t", &["strain.registrationDate"]);
    completes(&mut session, "stra\t", &["strain"]);
    completes(&mut session, ".fu\t", &[".functions"]);
    // Where several fit they are listed.
    completes(&mut session, "strain.del_pa\t\t", &["del_parents("]);
    end(session);
}

#[test]
fn help_tells_of_functions_and_attributes_and_of_what_is_near() {
    let lab = Rhobis::new();
    let mut session = prompt(&lab);
    sees(&mut session, ".help\r", &["Tab completes", ".help [NAME]"]);
    sees(
        &mut session,
        ".help get_next_code\r",
        &[
            "get_next_code(record)",
            "electronic lab notebook makes it",
            "o.get_sample_type",
        ],
    );
    sees(&mut session, ".help s.registrationDate\r", &["of a sample: When it was made."]);
    sees(
        &mut session,
        ".help get_smaples\r",
        &["no function or attribute `get_smaples`", "`get_samples`"],
    );
    end(session);
}

#[test]
fn what_is_found_and_its_properties_are_shown_as_tables() {
    let lab = Rhobis::new();
    let mut session = prompt(&lab);
    let list = "o.get_spaces(#{ code: \"LAB\" })\r";
    sees(&mut session, list, &["code", "description", "LAB"]);
    let table =
        "o.get_samples(#{ type: \"YEAST\", code: \"YEA48\", props: [\"$NAME\"] }).df\r";
    sees(
        &mut session,
        table,
        &["identifier", "NAME", "/MATERIALS/YEASTS/YEA48", "BY4741"],
    );
    let words = "o.get_samples(#{ type: \"YEAST\" })[0].p[\"yeast.mating_type_\"]\r";
    sees(&mut session, words, &["ALPHA", "DIPLOID", "UNKNOWN"]);
    end(session);
}
