//! Bad input for each sort of thing: what is wrong is named, and what would be right, and
//! nothing has changed.
use rhobis::cli::Exit;

use crate::rhobis::Rhobis;

/// What is done wrong, how it ends, and words that have to stand in the message.
type Row = (&'static str, Exit, &'static [&'static str]);

const ROWS: &[Row] = &[
    ("o.login(`admin`, `wrong`)", Exit::Denied, &["admin", "hint: "]),
    ("o.set_token(`nobody-1`)", Exit::Denied, &["token"]),
    ("Openbis(`http://x`, #{ tokn: `t` })", Exit::Script, &["`tokn`", "`token`"]),
    ("o.gen_code(`smaple`, `S`)", Exit::Script, &["`smaple`", "sample"]),
    ("o.get_server_information().api_versoin", Exit::Script, &["`api_versoin`"]),
    ("o.new_space(`A B`).save()", Exit::Script, &["A B"]),
    ("o.new_space(`LAB`).save()", Exit::Conflict, &["LAB"]),
    ("o.new_space(#{ cod: `X` })", Exit::Script, &["`cod`", "`code`"]),
    ("o.new_project(`LABB`, `X`).save()", Exit::NotFound, &["LABB"]),
    ("o.get_project(`/LAB/STRES`)", Exit::NotFound, &["`/LAB/STRES`", "`/LAB/STRESS`"]),
    (
        "o.new_collection(`DEFAULT_EXPERIMNT`, `X`, `/LAB/STRESS`)",
        Exit::NotFound,
        &["DEFAULT_EXPERIMNT", "`DEFAULT_EXPERIMENT`"],
    ),
    (
        "o.new_collection(`UNKNOWN`, `X`, `/LAB/NONE`).save()",
        Exit::NotFound,
        &["/LAB/NONE"],
    ),
    (
        "o.new_sample(#{ type: `YEST`, space: `LAB` })",
        Exit::NotFound,
        &["`YEST`", "`YEAST`"],
    ),
    (
        "o.new_sample(#{ type: `YEAST`, spce: `LAB` })",
        Exit::Script,
        &["`spce`", "`space`"],
    ),
    (
        "o.new_sample(#{ type: `UNKNOWN`, code: `a b`, space: `LAB` }).save()",
        Exit::Script,
        &["A B"],
    ),
    ("o.get_samples(#{ tpe: `YEAST` }).total", Exit::Script, &["`tpe`", "`type`"]),
    ("o.get_samples(#{ type: `YEST` }).total", Exit::NotFound, &["`YEST`", "`YEAST`"]),
    ("o.get_samples(#{ code: [] }).total", Exit::Script, &["`code`", "empty list"]),
    ("o.get_samples(#{ count: -1 }).total", Exit::Script, &["`count`", "whole number"]),
    ("o.get_samples(#{ sort: `tags` }).total", Exit::Script, &["`tags`", "code"]),
    (
        "o.get_samples(#{ registrationDate: `>yesterday` }).total",
        Exit::Script,
        &["yesterday"],
    ),
    (
        "let s = o.get_samples(#{ type: `YEAST` })[0]; s.add_parents(s); s.save()",
        Exit::Script,
        &["YEA"],
    ),
    (
        "let s = o.get_samples(#{ type: `YEAST` })[0]; s.add_parents(`/LAB/NONE`); s.save()",
        Exit::NotFound,
        &["/LAB/NONE"],
    ),
    ("let s = o.get_samples(#{ type: `YEAST` })[0]; s.parents = 5", Exit::Script, &["5"]),
    ("o.new_tag(`a b`).save()", Exit::Script, &["`a b`"]),
    ("o.get_tag(`favorite`)", Exit::NotFound, &["`favorite`", "`favourite`"]),
    (
        "let s = o.get_samples(#{ type: `YEAST` })[0]; s.add_attachment(`none.txt`)",
        Exit::Script,
        &["none.txt"],
    ),
    (
        "let s = o.get_samples(#{ type: `YEAST` })[0]; s.add_attachment(`../x.txt`)",
        Exit::Limit,
        &["../x.txt"],
    ),
    (
        "o.new_sample_type(#{ code: `A B`, generatedCodePrefix: `X` }).save()",
        Exit::Script,
        &["A B"],
    ),
    ("o.get_sample_type(`YEST`)", Exit::NotFound, &["`YEST`", "`YEAST`"]),
    (
        "o.new_property_type(`X`, `X`, `X`, `VARHCAR`)",
        Exit::Script,
        &["`VARHCAR`", "VARCHAR"],
    ),
    ("o.new_vocabulary(`X`, `RED`)", Exit::Script, &["terms", "list"]),
    ("o.new_term(`A`, `NONE`).save()", Exit::Script, &["NONE"]),
    (
        "o.new_plugin(`x`, `VALIDATION`, #{ script: `` })",
        Exit::Script,
        &["`VALIDATION`", "ENTITY_VALIDATION"],
    ),
    ("o.new_person(``).save()", Exit::Script, &["ser"]),
    (
        "o.new_role_assignment(#{ role: `USR`, user: `admin` })",
        Exit::Script,
        &["`USR`", "USER"],
    ),
    ("o.new_group(#{ cod: `X` })", Exit::Script, &["`cod`", "`code`"]),
    ("o.revert_deletions([`999999`])", Exit::NotFound, &["999999"]),
    ("o.get_samples(#{ type: `YEAST` })[0].p.nmae", Exit::Script, &["`nmae`"]),
    (
        "let s = o.get_samples(#{ type: `STORAGE_POSITION` })[0]; s.p[`$storage_position.storage_rack_row`] = `x`; s.save()",
        Exit::Script,
        &["`x`"],
    ),
    (
        "o.new_externalDms(#{ code: `X`, address: `a`, addressType: `FTP` })",
        Exit::Script,
        &["`FTP`", "FILE_SYSTEM"],
    ),
    ("o.get_dataset(`NONE`)", Exit::NotFound, &["`NONE`"]),
    ("o.call(`getSpaces`, [5])", Exit::Script, &["5"]),
];

/// What a mistake might have changed.
const THERE: &str = r#"[
    o.get_spaces().total, o.get_projects().total, o.get_collections().total,
    o.get_samples().total, o.get_datasets().total, o.get_tags().total,
    o.get_sample_types().total, o.get_property_types().total, o.get_vocabularies().total,
    o.get_terms().total, o.get_plugins().total, o.get_persons().total,
    o.get_groups().total, o.get_role_assignments().total, o.get_deletions().total,
    o.get_externalDmses().total, o.get_samples(#{ parents: "*" }).total,
]"#;

#[test]
fn what_is_wrong_is_named_and_changes_nothing() {
    let lab = Rhobis::new();
    let before = lab.again().eval(THERE).run().succeeds().stdout;
    let mut wrong = Vec::new();
    for (script, exit, words) in ROWS {
        let seen = lab.again().script(script).run();
        let told = words.iter().all(|word| seen.stderr.contains(word));
        if !seen.ends(*exit) || !told {
            wrong.push(format!("{exit:?} and {words:?}: {script}\n{seen}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    lab.again().eval(THERE).run().succeeds().stdout_is(before.trim_end());
}
