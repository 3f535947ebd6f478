use crate::source::sources;

const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 60;
const MEDIAN_FILE: usize = 120;
const MEDIAN_FUNCTION: usize = 8;

#[test]
fn no_file_is_longer_than_the_budget() {
    let sources = sources();
    let lengths: Vec<(usize, &str)> = sources
        .iter()
        .map(|source| (source.code.lines().count(), source.path.as_str()))
        .collect();
    let long: Vec<_> = lengths.iter().filter(|row| row.0 > LONGEST_FILE).collect();
    assert!(long.is_empty(), "over {LONGEST_FILE} lines: {long:?}");
    let median = median(lengths.iter().map(|row| row.0).collect());
    assert!(median <= MEDIAN_FILE, "half of the files have more than {median} lines");
}

#[test]
fn no_function_is_longer_than_the_budget() {
    let mut lengths = Vec::new();
    for source in sources() {
        for (line, length) in functions(&source.code) {
            lengths.push((length, format!("{}:{line}", source.path)));
        }
    }
    let long: Vec<_> = lengths.iter().filter(|row| row.0 > LONGEST_FUNCTION).collect();
    assert!(long.is_empty(), "over {LONGEST_FUNCTION} lines: {long:?}");
    let median = median(lengths.iter().map(|row| row.0).collect());
    assert!(median <= MEDIAN_FUNCTION, "half of the functions are over {median} lines");
}

/// The line and the length of the body of each function, as rustfmt has laid it out.
fn functions(code: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        if !is_function(line) {
            continue;
        }
        let body = lines[start..].iter().position(|line| line.trim_end().ends_with('{'));
        let end = lines[start..].iter().position(|other| {
            indent(other) == indent(line) && matches!(other.trim(), "}" | ");" | ") {}")
        });
        if let (Some(body), Some(end)) = (body, end)
            && body < end
        {
            found.push((start + 1, end - body - 1));
        }
    }
    found
}

fn is_function(line: &str) -> bool {
    let words = line.trim_start();
    let words = words.strip_prefix("pub").map_or(words, |rest| {
        rest.strip_prefix('(')
            .and_then(|rest| rest.split_once(')'))
            .map_or(rest, |row| row.1)
    });
    let words = words.trim_start();
    let words = words.strip_prefix("const ").unwrap_or(words);
    words.starts_with("fn ") && !line.trim_end().ends_with(['}', ';'])
}

fn median(mut numbers: Vec<usize>) -> usize {
    numbers.sort_unstable();
    numbers[numbers.len() / 2]
}

#[test]
fn the_body_of_a_function_is_measured() {
    let code = "impl X {\n    pub(crate) fn a(\n        b: u8,\n    ) -> u8 {\n        let c = b;\n        c\n    }\n}\nfn d() {\n    e();\n}\n";
    assert_eq!(functions(code), [(2, 2), (9, 1)]);
}
