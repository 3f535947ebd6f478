"""Parents, children, containers and components."""

from case import identifiers, refused


def family(case, *names):
    """Objects without relations, and what pyBIS calls them."""
    space = case.space()
    for name in names:
        case.o.new_object(type="UNKNOWN", code=name, space=space).save()
    return lambda name: f"/{space}/{name}"


def test_parents_and_children_are_two_ends_of_one_thing(case):
    o, P = case.o, case.P
    at = family(case, "A", "B", "C", "D")
    a = o.get_object(at("A"))
    k = o.new_object(type="UNKNOWN", code="K", space=f"{P}_S", parents=[a, at("B")])
    k.save()
    assert sorted(k.parents) == [at("A"), at("B")]
    above = o.new_object(type="UNKNOWN", code="L", space=f"{P}_S", children=at("K"))
    above.save()
    assert above.children == [at("K")]
    assert [sample.code for sample in k.get_parents()] == ["A", "B", "L"]
    # What was read spoils the object for writing: it is got anew each time.
    for change, parents in [
        (lambda it: it.add_parents(at("C")), "ABCL"),
        (lambda it: it.del_parents([at("C"), at("B")]), "AL"),
        (lambda it: it.set_parents([at("D")]), "D"),
    ]:
        k = o.get_object(at("K"))
        change(k)
        k.save()
        assert sorted(o.get_object(at("K")).parents) == [at(it) for it in parents]


def test_nothing_descends_from_itself(case):
    o = case.o
    at = family(case, "A", "D")
    for child, parent in [("A", "A"), ("D", "A")]:
        it = o.get_object(at(child))
        it.parents = [at(parent)]
        if child == "A":
            with refused(f"Circular dependency found: {at('A')}"):
                it.save()
        else:
            it.save()
    a = o.get_object(at("A"))
    a.parents = [at("D")]
    with refused(f"Circular dependency found: {at('A')}"):
        a.save()


def test_a_component_is_named_with_its_container(case):
    o, P = case.o, case.P
    at = family(case, "A", "B", "C", "X")
    y = o.new_object(
        type="UNKNOWN", code="Y", space=f"{P}_S", components=[at("B"), at("C")]
    )
    y.save()
    assert sorted(y.components) == [at("Y:B"), at("Y:C")]
    assert o.get_object(at("Y:B")).container.identifier == at("Y")
    a = o.get_object(at("A"))
    a.container = at("X")
    a.save()
    assert o.get_object(a.permId).identifier == at("X:A")
    x = o.get_object(at("X"))
    x.container = at("X:A")
    with refused("cannot be it's own container."):
        x.save()
    a = o.get_object(a.permId)
    a.container = ""
    a.save()
    assert o.get_object(a.permId).identifier == at("A")


def test_a_listed_object_loses_its_components_when_saved(case):
    o, P = case.o, case.P
    at = family(case, "B", "L")
    o.new_object(type="UNKNOWN", code="Y", space=f"{P}_S", components=[at("B")]).save()
    o.new_object(type="UNKNOWN", code="K", space=f"{P}_S", parents=[at("L")]).save()
    # pyBIS sends "no components" where it did not fetch them; children it leaves alone.
    for code in ["Y", "L"]:
        o.get_objects(code=code, space=f"{P}_S")[0].save()
    assert o.get_object(at("Y")).components == []
    assert o.get_object(at("L")).children == [at("K")]


def test_relatives_are_found(case):
    o, P = case.o, case.P
    at = family(case, "D", "L")
    k = o.new_object(type="UNKNOWN", code="K", space=f"{P}_S", parents=[at("L"), at("D")])
    k.save()
    assert identifiers(o.get_objects(withParents=at("L"))) == [at("K")]
    assert identifiers(o.get_objects(withChildren=at("K"))) == [at("D"), at("L")]
    found = o.get_objects(space=f"{P}_S", withParents="*")
    assert identifiers(found) == [at("K")]
