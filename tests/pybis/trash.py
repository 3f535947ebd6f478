"""Transactions, deletions, the trash."""

from case import refused


def lab(case, *names):
    """Samples of a type with a mandatory name, made in one transaction."""
    o, P, p = case.o, case.P, case.p
    name, number = case.property("NAME", "VARCHAR"), case.property("N", "INTEGER")
    st = case.sample_type("T")
    st.assign_property(name, mandatory=True)
    st.assign_property(number)
    space = case.space()

    def new(code):
        return o.new_sample(
            type=f"{P}_T", code=code, space=space, props={f"{p}_name": code.lower()}
        )

    together = o.new_transaction(*[new(code) for code in names])
    together.commit()
    return space, new


def test_a_transaction_of_one_kind_is_one_request(case):
    o, p = case.o, case.p
    space, new = lab(case, "S0", "S1")
    together = o.new_transaction(new("OK1"), new("S1"))
    with refused("(code: S1) failed because sample with the same code already exists."):
        together.commit()
    with refused():
        o.get_sample(f"/{space}/OK1")
    made, changed, gone = new("N"), o.get_sample(f"/{space}/S0"), o.get_sample(f"/{space}/S1")
    changed.p[f"{p}_n"] = 99
    gone.mark_to_be_deleted()
    together = o.new_transaction()
    for it in [made, changed, gone]:
        together.add(it)
    together.commit()
    with refused():
        o.get_sample(f"/{space}/S1")
    assert o.get_sample(f"/{space}/N").p.all()[f"{p}_name"] == "n"
    assert o.get_sample(f"/{space}/S0").p.all()[f"{p}_n"] == "99"


def test_a_transaction_of_two_kinds_is_two(case):
    o = case.o
    space, new = lab(case, "S0")
    together = o.new_transaction(new("A"), o.new_space(code=space))
    with refused("Space already exists in the database and needs to be unique."):
        together.commit()
    # What the first of pyBIS's requests made stays.
    assert o.get_sample(f"/{space}/A").identifier == f"/{space}/A"


def test_what_is_mandatory_cannot_be_taken_away(case):
    o, p = case.o, case.p
    space, _ = lab(case, "S0")
    s = o.get_sample(f"/{space}/S0")
    s.p[f"{p}_name"] = None
    # pyBIS does not even ask the server.
    with refused(f"Property '{case.p}_name' is mandatory and must not be None"):
        together = o.new_transaction()
        together.add(s)
        together.commit()


def test_a_deleted_object_is_in_the_trash_and_comes_back(case):
    o = case.o
    space, new = lab(case, "S0", "S2")
    s2 = o.get_sample(f"/{space}/S2")
    s2.delete("into the trash")
    with refused():
        o.get_sample(s2.permId)
    with refused("(code: S2) failed because sample with the same code already exists."):
        new("S2").save()
    # pyBIS's table of deletions fails where one of them holds several objects.
    id_of = o.get_sample(f"/{space}/S0").data["permId"]
    deletion = o.delete_openbis_entity("sample", id_of, "one more")
    o.revert_deletions([deletion["id"]])
    assert o.get_sample(f"/{space}/S0").identifier == f"/{space}/S0"
    missing = f"Object with DeletionTechId = [{deletion['id']}] has not been found."
    for do in [o.revert_deletions, o.confirm_deletions]:
        with refused(missing):
            do([deletion["id"]])


def test_what_is_confirmed_is_gone(case):
    o = case.o
    space, new = lab(case, "S0", "A")
    o.get_sample(f"/{space}/A").delete("for good", permanently=True)
    with refused():
        o.get_sample(f"/{space}/A")
    new("A").save()
    project = o.new_project(space=space, code="PR").save()
    e = o.new_experiment(type="UNKNOWN", code="E1", project=project)
    e.save()
    deletion = o.delete_openbis_entity("experiment", e.data["permId"], "gone")
    o.confirm_deletions([deletion["id"]])
    with refused():
        o.get_experiment(f"/{space}/PR/E1", use_cache=False)
    o.new_experiment(type="UNKNOWN", code="E1", project=project).save()


def test_a_space_is_gone_at_once(case):
    o, P = case.o, case.P
    space = o.get_space(case.space())
    space.delete("gone")
    with refused():
        o.get_space(f"{P}_S", use_cache=False)
    # What is not there is deleted without a word.
    space.delete("again")
