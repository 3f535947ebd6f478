//! The recipes in the binary, each with its effect seen by a second session.
use std::fs;

use crate::rhobis::{Rhobis, Seen};

/// The number after a word of the closing summary.
#[track_caller]
fn summed_up(seen: &Seen, word: &str) -> u64 {
    let text = format!("{}\n{}", seen.stdout, seen.stderr);
    let line = text.lines().find(|line| line.trim_start().starts_with(word));
    let line = line.unwrap_or_else(|| panic!("no `{word}` in the summary:\n{text}"));
    let digits: String = line.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap()
}

#[test]
fn bulk_tag_tags_what_it_finds_and_does_nothing_the_second_time() {
    let lab = Rhobis::new();
    let tag = ["run", "bulk-tag", "--type", "YEAST", "--tag", "checked"];
    let first = lab.again().args(tag).run().succeeds();
    let tagged = summed_up(&first, "done");
    assert!(tagged > 0, "{}", first.stderr);
    assert_eq!(summed_up(&first, "found"), tagged);

    let second = lab.again().args(tag).run().succeeds();
    assert_eq!(summed_up(&second, "done"), 0);
    assert_eq!(summed_up(&second, "already_done"), tagged);

    lab.again()
        .eval(r#"o.get_samples(#{ tags: "checked" }).total"#)
        .run()
        .succeeds()
        .stdout_is(&tagged.to_string());
}

#[test]
fn archive_datasets_archives_what_it_finds() {
    let lab = Rhobis::new();
    let archive = ["run", "archive-datasets", "--wait", "true"];
    let first = lab.again().args(archive).run().succeeds();
    let archived = summed_up(&first, "done");
    assert!(archived > 0, "{}", first.stderr);

    lab.again()
        .eval(r#"o.get_datasets().filter(|d| d.status == "ARCHIVED").len()"#)
        .run()
        .succeeds()
        .stdout_is(&(archived + summed_up(&first, "already_done")).to_string());
    let second = lab.again().args(archive).run().succeeds();
    assert_eq!(summed_up(&second, "done"), 0);
}

#[test]
fn download_attachments_makes_a_tree_of_files() {
    let lab = Rhobis::new();
    let download = ["run", "download-attachments", "--to", "attachments"];
    let first = lab.again().args(download).run().succeeds();
    let downloaded = summed_up(&first, "done");
    assert!(downloaded > 0, "{}", first.stderr);
    assert_eq!(files(&lab.path("attachments")), downloaded);

    let second = lab.again().args(download).run().succeeds();
    assert_eq!(summed_up(&second, "already_done"), downloaded);
}

fn files(folder: &std::path::Path) -> u64 {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { files(&path) } else { 1 }).sum()
}
