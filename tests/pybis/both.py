"""pyBIS and rhobis at one server: what the one writes the other reads, both ways."""

from case import codes, identifiers, refused, text


VALUES = {
    "NAME": ("VARCHAR", "a & <b> ü", "a & <b> ü"),
    "NOTES": ("MULTILINE_VARCHAR", "one\ntwo", "one\ntwo"),
    "SIZE": ("INTEGER", -5, "-5"),
    "WEIGHT": ("REAL", 0.25, "0.25"),
    "OK": ("BOOLEAN", True, "true"),
    "DAY": ("DATE", "2024-02-29", "2024-02-29"),
    "LINK": ("HYPERLINK", "https://example.org/a?b=c", "https://example.org/a?b=c"),
}


def typed(case):
    """A type with a property of each data type; their codes by our names."""
    names = {name: case.property(name, kind) for name, (kind, _, _) in VALUES.items()}
    case.o.new_vocabulary(
        code=f"{case.P}_COLOR", terms=[{"code": "RED"}, {"code": "GREEN"}], description="c"
    ).save()
    names["COLOR"] = case.property(
        "COLOR", "CONTROLLEDVOCABULARY", vocabulary=f"{case.P}_COLOR"
    )
    for name, kind in [("AT", "TIMESTAMP"), ("PAGE", "XML"), ("ORIGIN", "SAMPLE")]:
        names[name] = case.property(name, kind)
    case.sample_type("T", *names.values())
    return names


def test_values_that_pybis_wrote_are_read_with_their_types(case):
    names, space = typed(case), case.space()
    origin = case.o.new_object(type="UNKNOWN", code="ORIGIN", space=space)
    origin.save()
    props = {names[name].lower(): value for name, (_, value, _) in VALUES.items()}
    props[names["COLOR"].lower()] = "GREEN"
    # pyBIS drops the zone of an ISO time, but keeps it after a blank.
    props[names["AT"].lower()] = "2024-01-02 03:04:05 +0200"
    props[names["PAGE"].lower()] = "<a>x</a>"
    props[names["ORIGIN"].lower()] = origin.permId
    case.o.new_object(type=f"{case.P}_T", code="S", space=space, props=props).save()
    read = case.rhobis(
        f'let s = o.get_sample("/{space}/S"); let P = "{case.P}_";'
        "#{ NAME: s.p[P + `NAME`], NOTES: s.p[P + `NOTES`], SIZE: s.p[P + `SIZE`],"
        "WEIGHT: s.p[P + `WEIGHT`], OK: s.p[P + `OK`], DAY: s.p[P + `DAY`].to_string(),"
        "LINK: s.p[P + `LINK`], COLOR: s.p[P + `COLOR`], ORIGIN: s.p[P + `ORIGIN`].code,"
        "PAGE: s.p[P + `PAGE`],"
        "AT: s.p[P + `AT`] == timestamp(`2024-01-02T03:04:05+02:00`) }"
    )
    for name, (_, value, _) in VALUES.items():
        assert read[name] == value, (name, read[name])
    assert (read["COLOR"], read["ORIGIN"], read["AT"]) == ("GREEN", "ORIGIN", True)
    assert "<a>x</a>" in read["PAGE"]


def test_values_that_rhobis_wrote_are_read_by_pybis(case):
    names, space = typed(case), case.space()
    case.o.new_object(type="UNKNOWN", code="ORIGIN", space=space).save()
    values = "".join(
        f"props[{text(names[name])}] = {text(value)};"
        for name, (_, value, _) in VALUES.items()
    )
    case.rhobis(
        f"let props = #{{}}; {values}"
        f'props["{names["COLOR"]}"] = "red"; props["{names["PAGE"]}"] = "<a>x</a>";'
        f'props["{names["AT"]}"] = timestamp("2024-01-02T03:04:05+02:00");'
        f'props["{names["ORIGIN"]}"] = "/{space}/ORIGIN";'
        f'o.new_sample(#{{ type: "{case.P}_T", code: "S", space: "{space}",'
        "props: props }).save().code"
    )
    shown = case.o.get_object(f"/{space}/S").p.all()
    for name, (_, _, stored) in VALUES.items():
        assert shown[names[name].lower()] == stored, (name, shown)
    assert shown[names["COLOR"].lower()] == "RED"
    # The server tells times in its own zone.
    assert case.rhobis(
        f'o.get_sample("/{space}/S").p["{names["AT"]}"]'
        ' == timestamp("2024-01-02T01:04:05Z")'
    )
    origin = case.o.get_object(f"/{space}/ORIGIN")
    assert shown[names["ORIGIN"].lower()] == origin.permId
    # What rhobis reads and saves unchanged, pyBIS finds unchanged.
    case.rhobis(f'let s = o.get_sample("/{space}/S"); s.p = s.p.all(); s.save().changed')
    assert case.o.get_object(f"/{space}/S").p.all() == shown


def test_places_are_the_same_for_both(case):
    o, P = case.o, case.P
    project = case.project()
    o.new_collection(type="UNKNOWN", code="C1", project=project).save()
    made = case.rhobis(
        f'let c = o.new_collection("UNKNOWN", "C2", "{project}").save();'
        f'let s = o.new_sample(#{{ type: "UNKNOWN", code: "S", experiment: c }}).save();'
        f'#{{ of_pybis: o.get_collection("{project}/C1").permId, sample: s.identifier }}'
    )
    assert made["of_pybis"] == o.get_collection(f"{project}/C1").permId
    both = [f"{project}/C1", f"{project}/C2"]
    assert sorted(identifiers(o.get_collections(project=project))) == both
    assert made["sample"] == f"/{P}_S/PR/S"
    assert o.get_object(made["sample"]).experiment.identifier == f"{project}/C2"
    # pyBIS moves it, rhobis sees it moved; then the other way round.
    s = o.get_object(made["sample"])
    s.collection = f"{project}/C1"
    s.save()
    assert case.rhobis(f'o.get_sample("{made["sample"]}").experiment.code') == "C1"
    case.rhobis(f'let s = o.get_sample("{made["sample"]}"); s.experiment = (); s.save().code')
    assert o.get_object(made["sample"]).experiment is None


def test_relations_are_the_same_for_both(case):
    o, space = case.o, case.space()
    for code in ["A", "B", "C", "D"]:
        o.new_object(type="UNKNOWN", code=code, space=space).save()
    at = lambda code: f"/{space}/{code}"
    a = o.get_object(at("A"))
    a.add_parents(at("B"))
    a.save()
    get = f'let a = o.get_sample("{at("A")}");'
    assert case.rhobis(f"{get} a.parents.map(|p| p.code)") == ["B"]
    case.rhobis(f'{get} a.add_parents("{at("C")}"); a.del_parents("{at("B")}"); a.save().code')
    assert o.get_object(at("A")).parents == [at("C")]
    case.rhobis(f'{get} a.set_children(["{at("D")}"]); a.container = "{at("B")}"; a.save().code')
    # Each is got anew: what pyBIS has read of relations spoils its object. What lies in a
    # container has another identifier.
    assert o.get_object(a.permId).children == [at("D")]
    assert o.get_object(a.permId).container.identifier == at("B")
    b = o.get_object(at("B"))
    b.set_components([at("C")])
    b.save()
    assert case.rhobis(f'o.get_sample("{at("B")}").components.map(|c| c.code)') == ["C"]
    assert case.rhobis(f'o.get_sample("{a.permId}").container') is None


def test_tags_are_the_same_for_both(case):
    o, P, space = case.o, case.P, case.space()
    o.new_object(type="UNKNOWN", code="A", space=space).save()
    o.new_tag(code=f"{P}_one", description="first").save()
    a = o.get_object(f"/{space}/A")
    a.tags = [f"{P}_one"]
    a.save()
    get = f'let a = o.get_sample("/{space}/A");'
    assert case.rhobis(f'o.get_tag("{P}_one").description') == "first"
    assert case.rhobis(f"{get} a.tags") == [f"{P}_one"]
    assert case.rhobis(f'o.get_samples(#{{ tags: "{P}_one" }}).total') == 1
    case.rhobis(f'{get} a.add_tags("{P}_two"); a.del_tags("{P}_one"); a.save().code')
    assert o.get_object(f"/{space}/A").tags == [f"{P}_two"]
    assert identifiers(o.get_objects(tags=f"{P}_two")) == [f"/{space}/A"]


def test_vocabularies_are_the_same_for_both(case):
    o, P = case.o, case.P
    o.new_vocabulary(
        code=f"{P}_V",
        description="of pyBIS",
        terms=[{"code": "ONE", "label": "One"}, {"code": "TWO"}],
        urlTemplate="https://x.org/$term$",
    ).save()
    read = case.rhobis(
        f'let v = o.get_vocabulary("{P}_V");'
        "#{ description: v.description, url: v.urlTemplate,"
        " terms: v.get_terms().map(|t| [t.code, t.label]) }"
    )
    assert read == {
        "description": "of pyBIS",
        "url": "https://x.org/$term$",
        "terms": [["ONE", "One"], ["TWO", None]],
    }
    case.rhobis(
        f'o.new_term("THREE", "{P}_V", "Three").save();'
        f'let t = o.get_term("TWO", "{P}_V"); t.label = "Two"; t.save();'
        f'o.new_vocabulary("{P}_W", [#{{ code: "A", label: "a" }}, "B"]).save().code'
    )
    found = o.get_terms(f"{P}_V", use_cache=False)
    assert found.df[["code", "label"]].values.tolist() == [
        ["ONE", "One"],
        ["TWO", "Two"],
        ["THREE", "Three"],
    ]
    assert codes(o.get_terms(f"{P}_W", use_cache=False)) == ["A", "B"]
    o.get_term("ONE", f"{P}_V").delete("unused")
    assert case.rhobis(f'o.get_term_opt("ONE", "{P}_V")') is None


def test_types_are_the_same_for_both(case):
    o, P = case.o, case.P
    size, name = case.property("SIZE", "INTEGER"), case.property("NAME", "VARCHAR")
    made = case.sample_type("T", autoGeneratedCode=True, description="of pyBIS")
    made.assign_property(size, section="Main", mandatory=True)
    read = case.rhobis(
        f'let t = o.get_sample_type("{P}_T");'
        "#{ description: t.description, auto: t.autoGeneratedCode,"
        "   prefix: t.generatedCodePrefix, properties: t.get_property_assignments()"
        "     .map(|a| [a.code, a.section, a.mandatory, a.dataType]) }"
    )
    assert read == {
        "description": "of pyBIS",
        "auto": True,
        "prefix": "T",
        "properties": [[size, "Main", True, "INTEGER"]],
    }
    case.rhobis(
        f'let t = o.get_sample_type("{P}_T"); t.description = "of rhobis"; t.save();'
        f't.assign_property("{name}", #{{ section: "More" }});'
        f'o.new_collection_type("{P}_C", "a collection").save();'
        f'o.new_dataset_type(#{{ code: "{P}_D", mainDataSetPattern: ".*" }}).save();'
        f'o.new_property_type("{P}_REAL", "Real", "a number", "REAL").save().code'
    )
    again = o.get_sample_type(f"{P}_T", use_cache=False)
    assert again.description == "of rhobis" and again.autoGeneratedCode
    rows = again.get_property_assignments().df[["code", "section", "mandatory"]]
    assert rows.values.tolist() == [[size, "Main", True], [name, "More", False]]
    assert o.get_collection_type(f"{P}_C").description == "a collection"
    assert o.get_dataset_type(f"{P}_D").mainDataSetPattern == ".*"
    assert o.get_property_type(f"{P}_REAL").dataType == "REAL"
    again.revoke_property(name)
    assert case.rhobis(f'o.get_sample_type("{P}_T").codes()') == [size.lower()]


def test_roles_are_the_same_for_both(case):
    o, P, project = case.o, case.P, case.project()
    ann = o.new_person(f"{P}_ann")
    ann.save()
    ann.assign_role("USER", space=f"{P}_S")
    find = f'o.get_role_assignments(#{{ person: "{P}_ann" }})'
    read = case.rhobis(f"{find}.map(|r| [r.role, r.roleLevel, r.space.code])")
    assert read == [["USER", "SPACE", f"{P}_S"]]
    case.rhobis(
        f'o.new_role_assignment(#{{ role: "OBSERVER", user: "{P}_ann",'
        f' project: "{project}" }}).save().role'
    )
    found = o.get_role_assignments(person=f"{P}_ann").df[["role", "roleLevel"]]
    assert sorted(found.values.tolist()) == [["OBSERVER", "PROJECT"], ["USER", "SPACE"]]
    # pyBIS does not find the assignments of projects when it is to revoke them.
    case.rhobis(f"for r in {find} {{ r.delete(`gone`); }}")
    assert len(o.get_role_assignments(person=f"{P}_ann")) == 0
    group = o.new_group(code=f"{P}_G", description="of pyBIS", userIds=[f"{P}_ann"])
    group.save()
    get = f'let g = o.get_group("{P}_G");'
    assert case.rhobis(f"{get} g.users.map(|u| u.userId)") == [f"{P}_ann"]
    case.rhobis(f'{get} g.del_users("{P}_ann"); g.description = "of rhobis"; g.save().code')
    again = o.get_group(f"{P}_G")
    assert again.description == "of rhobis" and len(again.get_persons()) == 0


def test_what_one_deletes_the_other_brings_back(case):
    o, P, space = case.o, case.P, case.space()
    for code in ["A", "B"]:
        o.new_object(type="UNKNOWN", code=code, space=space).save()
    o.get_object(f"/{space}/A").delete(f"{P} pyBIS")
    assert case.rhobis(f'o.get_sample_opt("/{space}/A")') is None
    ours = lambda who: f'o.get_deletions().filter(|d| d.reason == "{P} {who}")'
    assert case.rhobis(f"{ours('pyBIS')}.len()") == 1
    case.rhobis(f"o.revert_deletions({ours('pyBIS')});")
    assert o.get_object(f"/{space}/A").code == "A"
    case.rhobis(f'o.get_sample("/{space}/B").delete("{P} rhobis");')
    with refused():
        o.get_object(f"/{space}/B")
    found = o.get_deletions()
    found = found[found["reason"] == f"{P} rhobis"]
    assert found["permId"].tolist(), "pyBIS does not see the deletion"
    o.revert_deletions([int(found["deletionId"].tolist()[0])])
    assert case.rhobis(f'o.get_sample("/{space}/B").code') == "B"
    # Purged by the one, it is gone for the other.
    case.rhobis(f'o.get_sample("/{space}/B").delete("purged", true);')
    with refused():
        o.get_object(f"/{space}/B")
    o.get_object(f"/{space}/A").delete("purged", permanently=True)
    assert case.rhobis(f'o.get_samples(#{{ space: "{space}" }}).total') == 0


def test_tokens_and_external_systems_are_the_same_for_both(case):
    o, P = case.o, case.P
    token = o.get_or_create_personal_access_token(f"{P}_pat")
    assert case.rhobis(
        f'o.get_personal_access_token("{token.permId}").sessionName'
    ) == f"{P}_pat"
    o.create_external_data_management_system(f"{P}_DMS", "Files", "host:/path")
    get = f'let d = o.get_externalDms("{P}_DMS");'
    assert case.rhobis(f"{get} [d.label, d.address]") == ["Files", "host:/path"]
    case.rhobis(f'{get} d.label = "Changed"; d.save().code')
    assert o.get_external_data_management_system(f"{P}_DMS").label == "Changed"


def test_plugins_and_annotations_are_the_same_for_both(case):
    o, P = case.o, case.P
    script = "def validate(entity, isNew):\n    pass\n"
    o.new_plugin(
        name=f"{P}_check", pluginType="ENTITY_VALIDATION", script=script, description="of pyBIS"
    ).save()
    get = f'let p = o.get_plugin("{P}_check");'
    assert case.rhobis(f"{get} [p.script, p.description]") == [script, "of pyBIS"]
    case.rhobis(f'{get} p.description = "of rhobis"; p.save().name')
    assert o.get_plugin(f"{P}_check").description == "of rhobis"
    size = case.property("SIZE", "INTEGER")
    o.new_semantic_annotation(
        propertyType=size, predicateOntologyId=P, predicateOntologyVersion="1",
        predicateAccessionId="X",
    ).save()
    find = f'o.get_semantic_annotations(#{{ propertyType: "{size}" }})'
    read = case.rhobis(f"{find}.map(|a| [a.propertyType.code, a.predicateAccessionId])")
    assert read == [[size, "X"]]
