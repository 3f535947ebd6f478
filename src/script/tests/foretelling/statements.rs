//! Random labs, and statements that change them in every way.
use std::fmt::Write;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// The tag of a sample, its parent if that is an earlier one, and whether it has an owner.
type Sample = (usize, usize, bool);

/// Samples `S0` to `S6`, of which each may be a parent of later ones; empty collections
/// `C0` to `C2`.
pub(super) fn lab_of(samples: &[Sample]) -> String {
    let mut text = String::from(
        r#"o.new_project("LAB", "P0", "first").save();
        o.new_project("LAB", "P1").save();
        for n in 0..3 { o.new_collection("UNKNOWN", `C${n}`, "/LAB/P0").save(); }
        "#,
    );
    for (number, (tag, parent, owned)) in samples.iter().enumerate() {
        let parent = (*parent < number).then(|| format!(r#""/LAB/STRAINS/S{parent}""#));
        let parents = parent.unwrap_or_default();
        let owner = if *owned { r#"owner: "AB""# } else { "" };
        write!(
            text,
            r#"o.new_sample("YEAST", #{{
                collection: "/LAB/STRAINS/YEASTS", code: "S{number}", tags: ["T{tag}"],
                parents: [{parents}], props: #{{ "$name": "Y{number}", {owner} }},
            }}).save();
            "#
        )
        .unwrap();
    }
    text
}

pub(super) fn lab() -> impl Strategy<Value = String> {
    let sample = (0..4_usize, 0..8_usize, any::<bool>());
    vec(sample, 4..7).prop_map(|samples| lab_of(&samples))
}

/// What each statement may use; things are found by their codes, wherever they are by now.
const PREFACE: &str = r#"
    fn sample(code) { o.get_samples(#{ code: code }).to_array() }
    fn names(found) {
        let codes = found.map(|one| one.code);
        codes.sort();
        codes.reduce(|all, code| all + "_" + code, "n")
    }
    fn collection(code) { o.get_experiments(#{ code: code }).to_array() }
    fn new_yeast(code) {
        o.new_sample("YEAST", #{
            collection: "/LAB/STRAINS/YEASTS", code: code, props: #{ "$name": code },
        })
    }
"#;

/// `a` is a sample and `b` an earlier one, if they are there, `c` is a collection, and `%`
/// the number of the statement.
const STATEMENTS: &[&str] = &[
    r#"let made = new_yeast("N%"); made.parents = a; made.add_tags("T%"); made.save();"#,
    r#"let made = new_yeast("N%").save(); made.p.owner = "%"; made.save();"#,
    r#"let made = new_yeast("N%").save(); made.delete("never mind");"#,
    r#"for s in a { s.p.owner = "%"; s.save(); s.p.owner = "again %"; s.save(); }"#,
    r"for s in a { s.p.owner = (); s.save(); }",
    r#"for s in a { s.add_tags(["T1", "T%"]); s.save(); }"#,
    r#"for s in a { s.del_tags("T1"); s.p["$name"] = "%"; s.save(); }"#,
    r#"for s in a { s.set_tags(["T2", "T3"]); s.save(); }"#,
    r"for s in a { s.add_parents(b); s.save(); }",
    r"for s in a { s.del_parents(b); s.save(); }",
    r"for s in a { s.parents = []; s.save(); }",
    r"for s in a { for at in c { s.collection = at; s.save(); } }",
    r#"for at in c { at.project = "/LAB/P1"; at.save(); }"#,
    r#"for at in c { at.add_tags("T%"); at.save(); }"#,
    r#"for at in c { if at.get_samples().total == 0 { at.delete("empty"); } }"#,
    r#"for s in a { s.delete("bad"); }"#,
    r#"o.delete_all(a + b, "bad");"#,
    r#"for s in b { s.delete("for good", true); }"#,
    r#"for s in a { s.add_tags("T%"); } for s in b { s.p.owner = "%"; } o.save_all(a + b);"#,
    r"o.save_all([1, 2].map(|n| new_yeast(`N%_${n}`)));",
    r#"
        let space = o.new_space("SP%").save();
        let project = space.new_project("PR%").save();
        let at = project.new_collection("UNKNOWN", "CO%").save();
        at.new_object("YEAST", #{ code: "N%", props: #{ "$name": "x" } }).save();
    "#,
    r#"
        o.new_term("TERM%", "YEAST.MATING_TYPE").save();
        for s in a { s.p["yeast.mating_type"] = "TERM%"; s.save(); }
    "#,
    r#"o.new_tag("TAG%", "whatever").save(); for s in b { s.add_tags("TAG%"); s.save(); }"#,
    r#"o.new_vocabulary("VOC%", ["RED", "GREEN"]).save();"#,
    r#"o.new_property_type("PT%", "Label", "About", "REAL").save();"#,
    r#"o.new_sample_type("ST%", "ST%").save();"#,
    r#"let at = o.get_space("LAB"); at.description = "Ours %"; at.save();"#,
    r#"let at = o.get_project("/LAB/P0"); at.description = "%"; at.save();"#,
    r#"o.ensure_space("SP%"); o.ensure_project("SP%", "PR%"); o.ensure_project("LAB", "P0");"#,
    r#"o.ensure_collection("UNKNOWN", "CO%", "/LAB/P1"); o.ensure_tag("T%");"#,
    r#"
        for n in 0..2 {
            o.ensure_sample("YEAST", #{
                space: "LAB", code: "E%", props: #{ "$name": `${n}` }, tags: "T%",
            });
        }
    "#,
    r#"
        o.transaction(|| {
            let made = new_yeast("N%").save();
            made.add_tags("T%");
            made.save();
            for s in a { s.add_parents(b); s.save(); s.p.owner = "%"; s.save(); }
            new_yeast("M%").save().delete("never mind");
            for at in c { at.add_tags("T1"); at.save(); }
        });
    "#,
    r#"o.archive_datasets(o.get_datasets(#{ count: 3, sort: "code" }).to_array().filter(|d| d.status == "AVAILABLE"), false);"#,
    r#"for d in o.get_datasets(#{ count: 2, sort: "code" }) { d.add_tags("T%"); d.save(); }"#,
    r#"let made = new_yeast("N%"); made.parents = a; made.save();
       for s in a { s.p.owner = `${names(s.get_children())} of %`; s.save(); }"#,
    r#"for s in a { s.parents = b; s.save(); }
       for s in b { s.p.owner = names(s.get_children()); s.add_tags("T%"); s.save(); }"#,
    r"for s in b { s.children = a; s.save(); }
       for s in a { s.p.owner = names(s.get_parents()); s.save(); }",
    r"for s in a { s.del_parents(b); s.save(); }
       for s in b { s.p.owner = names(s.get_children()); s.save(); }",
    r#"for at in c { for s in a { s.collection = at; s.save(); }
       let p = o.get_project("/LAB/P1"); p.description = names(at.get_samples()); p.save(); }"#,
    r#"let p = o.get_project("/LAB/P1"); o.new_collection("UNKNOWN", "NC%", p).save();
       p.description = names(p.get_collections()); p.save();"#,
    r#"for s in a { s.delete("bin %"); }
       let p = o.get_project("/LAB/P1");
       p.description = `${o.get_deletions().map(|d| d.reason)}`; p.save();"#,
    r#"for s in b { s.delete("back %"); } o.revert_deletions(o.get_deletions());
       for s in b { s.p.owner = "back"; s.save(); }"#,
    r#"o.new_sample("YEAST", #{ collection: "/LAB/STRAINS/YEASTS", code: "K%", parents: a }).save();
       for s in a { s.p.owner = `${s.get_children().total}`; s.save(); }"#,
    r#"for s in o.get_samples(#{ type: "YEAST", code: "S*", attrs: ["code"] }) {
           s.add_parents(b.filter(|p| p.code != s.code && s.code == "S6")); s.save(); }"#,
];

/// Which statement, about which samples and collection.
type Line = (usize, usize, usize, usize);

fn script_of(lines: &[Line]) -> String {
    let mut text = PREFACE.to_owned();
    for (number, (statement, first, second, at)) in lines.iter().enumerate() {
        let (below, above) = (first.min(second), first.max(second) + 1);
        let statement = STATEMENTS[*statement].replace('%', &number.to_string());
        write!(
            text,
            "{{ let a = sample(\"S{above}\"); let b = sample(\"S{below}\"); \
             let c = collection(\"C{at}\");\n{statement} }}\n"
        )
        .unwrap();
    }
    text
}

/// A script of some statements, each with objects of its own.
pub(super) fn script() -> impl Strategy<Value = String> {
    let line = (0..STATEMENTS.len(), 0..5_usize, 0..5_usize, 0..3_usize);
    vec(line, 8..16).prop_map(|lines| script_of(&lines))
}

/// Scripts that hold each statement once.
pub(super) fn all() -> impl Iterator<Item = String> {
    let lines: Vec<Line> = (0..STATEMENTS.len())
        .map(|place| (place, place % 6, place % 5, place % 3))
        .collect();
    let scripts: Vec<String> = lines.chunks(7).map(script_of).collect();
    scripts.into_iter()
}

/// Parameters for a recipe.
pub(super) fn params(recipe: &str) -> BoxedStrategy<Vec<(String, String)>> {
    let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let rows: Vec<Vec<Vec<(String, String)>>> = match recipe {
        "bulk-tag" => vec![
            vec![vec![pair("tag", "T1")], vec![pair("tag", "T2,NEW")]],
            vec![
                vec![pair("what", "samples"), pair("type", "YEAST")],
                vec![pair("what", "samples"), pair("code", "S*")],
                vec![pair("what", "collections"), pair("space", "LAB")],
                vec![pair("what", "datasets")],
            ],
            vec![vec![], vec![pair("batch", "2")], vec![pair("batch", "7")]],
        ],
        "archive-datasets" => vec![
            vec![vec![], vec![pair("type", "RAW_DATA")], vec![pair("space", "LAB")]],
            vec![vec![], vec![pair("older_than", "30")]],
            vec![vec![pair("keep", "true")], vec![]],
            vec![vec![pair("batch", "3")], vec![]],
        ],
        "download-attachments" => vec![vec![vec![], vec![pair("space", "LAB")]]],
        other => panic!("no parameters for `{other}`: add a row"),
    };
    rows.into_iter().map(select).collect::<Vec<_>>().prop_map(|all| all.concat()).boxed()
}

/// A line for each field.
pub(super) const LOOK: &str = r#"
    let lines = [];
    for s in o.get_samples(#{ type: "YEAST" }) {
        let key = `sample ${s.code}`;
        lines.push(`${key} id = ${s.permId}`);
        let values = s.props.all_nonempty();
        for name in values.keys() { lines.push(`${key} ${name} = ${values[name]}`); }
        for tag in s.tags { lines.push(`${key} tags ${tag} = yes`); }
        for parent in s.parents {
            let path = `${parent}`.split("/");
            lines.push(`${key} parents ${path[path.len() - 1]} = yes`);
        }
        if s.collection != () { lines.push(`${key} experiment = ${s.collection}`); }
    }
    for c in o.get_experiments() {
        let key = `experiment ${c.code}`;
        lines.push(`${key} id = ${c.permId}`);
        for tag in c.tags { lines.push(`${key} tags ${tag} = yes`); }
        lines.push(`${key} project = ${c.project}`);
    }
    for d in o.get_datasets() {
        let key = `dataset ${d.code}`;
        lines.push(`${key} id = ${d.permId}`);
        lines.push(`${key} archived = ${d.status} ${d.presentInArchive}`);
        for tag in d.tags { lines.push(`${key} tags ${tag} = yes`); }
    }
    for p in o.get_projects() { 
        lines.push(`project ${p.code} id = ${p.permId}`);
        if p.description != () { lines.push(`project ${p.code} description = ${p.description}`); }
    }
    for s in o.get_spaces() {
        lines.push(`space ${s.code} id = ${s.code}`);
        if s.description != () { lines.push(`space ${s.code} description = ${s.description}`); }
    }
    for t in o.get_tags() { lines.push(`tag ${t.code} id = ${t.permId}`); }
    for v in o.get_vocabularies() { lines.push(`vocabulary ${v.code} id = ${v.code}`); }
    for t in o.get_property_types() { lines.push(`property_type ${t.code} id = ${t.code}`); }
    for t in o.get_sample_types() { lines.push(`sample_type ${t.code} id = ${t.code}`); }
    for t in o.get_terms("YEAST.MATING_TYPE") { lines.push(`term ${t.code} id = ${t.code}`); }
    lines
"#;
