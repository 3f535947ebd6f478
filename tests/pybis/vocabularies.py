"""Vocabularies, their terms in order, and tags."""

from case import codes, refused


def colors(case):
    v = case.o.new_vocabulary(
        code=f"{case.P}_V",
        description="voc",
        urlTemplate="https://x.org/$term$",
        terms=[
            {"code": "term_1", "label": "One", "description": "the first"},
            {"code": "TERM_2", "label": "Two"},
            {"code": "TERM_3"},
        ],
        chosenFromList=False,
    )
    v.save()
    return v


def terms(case):
    found = case.o.get_terms(f"{case.P}_V", use_cache=False)
    return found.df[["code", "ordinal"]].values.tolist()


def test_a_vocabulary_is_made_with_its_terms(case):
    o, P, p = case.o, case.P, case.p
    v = colors(case)
    assert (v.code, v.chosenFromList, v.urlTemplate) == (
        f"{P}_V",
        False,
        "https://x.org/$term$",
    )
    assert o.get_vocabulary(f"{p}_v", use_cache=False).description == "voc"
    assert codes(o.get_vocabularies(code=f"{P}_V*")) == [f"{P}_V"]
    # Terms that come with their vocabulary all stand first.
    assert terms(case) == [["TERM_1", 1], ["TERM_2", 1], ["TERM_3", 1]]
    assert o.get_term("TERM_1", f"{P}_V").label == "One"
    with refused("no VocabularyTerm found with code='term_1'"):
        o.get_term("term_1", f"{P}_V")
    v.description, v.chosenFromList, v.urlTemplate = "changed", True, None
    v.save()
    # pyBIS does not send what is None.
    kept = o.get_vocabulary(f"{P}_V", use_cache=False)
    assert (kept.description, kept.urlTemplate) == ("changed", "https://x.org/$term$")


def test_terms_are_checked(case):
    o, P = case.o, case.P
    colors(case)
    for code, term, why in [
        ("_V", "A", "Vocabulary already exists in the database and needs to be unique."),
        ("_E", "", "Vocabulary term code cannot be null or empty."),
        ("_B", "a b", "Given term code 'A B' contains illegal characters"),
        (" B", "A", f"Given code '{P} B' contains illegal characters"),
    ]:
        with refused(why):
            o.new_vocabulary(code=P + code, terms=[{"code": term}], description="x").save()
    with refused(f"Vocabulary term TERM_2 ({P}_V) already exists."):
        o.new_term(code="TERM_2", vocabularyCode=f"{P}_V").save()
    with refused(f"Vocabulary {P}_NONE does not exist."):
        o.new_term(code="X", vocabularyCode=f"{P}_NONE").save()


def test_terms_move(case):
    o, P = case.o, case.P
    colors(case)
    n = o.new_term(code="term:4", vocabularyCode=f"{P}_V", label="Four")
    n.save()
    assert (n.ordinal, n.official) == (2, True)
    n.label = "Vier"
    n.move_to_top()
    n.save()
    assert (n.ordinal, n.label) == (1, "Vier")
    n.move_after_term("TERM_2")
    n.save()
    assert n.ordinal == 3
    n.move_after_term("NONE")
    with refused(f"Object with VocabularyTermPermId = [NONE ({P}_V)] has not been found."):
        n.save()
    # A move that failed is sent once more with each further save: got anew.
    n = o.get_term("TERM:4", f"{P}_V")
    n.official = False
    with refused(f"term TERM:4 ({P}_V) cannot be updated to be unofficial."):
        n.save()


def test_what_is_used_stays(case):
    o, P = case.o, case.P
    v = colors(case)
    o.get_term("TERM_3", f"{P}_V").delete("bye")
    assert [code for code, _ in terms(case)] == ["TERM_1", "TERM_2"]
    property_type = o.get_property_type(
        case.property("P", "CONTROLLEDVOCABULARY", vocabulary=f"{P}_V")
    )
    with refused(f"Vocabulary '{P}_V' is being used. Delete all connected data  first."):
        v.delete("in use")
    property_type.delete("x")
    v.delete("free now")
    with refused():
        o.get_vocabulary(f"{P}_V", use_cache=False)


def test_a_tag_has_an_owner(case):
    o, P = case.o, case.P
    t = o.new_tag(code=f"{P}_tag", description="d")
    t.save()
    # The permId is in upper case, the code as it was given.
    assert (t.permId, t.code) == (f"/{case.user}/{P}_TAG", f"{P}_tag")
    with refused("Tag already exists in the database and needs to be unique."):
        o.new_tag(code=f"{case.p}_TAG").save()
    for code in [f"{P} tag", f"{P}/tag"]:
        with refused("Tag name cannot contain white spaces, commas, slashes"):
            o.new_tag(code=code).save()
    assert o.get_tag(f"/{case.user}/{P}_TAG", use_cache=False).description == "d"
    assert codes(o.get_tags(code=f"{P}*")) == [f"{P}_tag"]
    t.description = "new"
    t.save()
    assert t.description == "new" and t.get_owner().userId == case.user
    assert len(t.get_samples()) == len(t.get_experiments()) == 0
    t.delete("bye")
    with refused():
        o.get_tag(t.permId, use_cache=False)
