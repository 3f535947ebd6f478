"""Persons, groups, roles, and what they let people do."""

from case import codes, refused


def ann(case, role=None, **place):
    """A new person, who can log in if it is given a role."""
    u = case.o.new_person(f"{case.P}_ann")
    u.save()
    if role:
        u.assign_role(role, **place)
    return u


def roles(holder):
    return holder.get_roles().df[["role", "roleLevel", "space"]].values.tolist()


def test_a_person_is_made_and_settled(case):
    o, P = case.o, case.P
    u = ann(case)
    assert (u.userId, u.space) == (f"{P}_ann", None)
    # A person that is there already is given back.
    assert o.new_person(f"{P}_ann").userId == f"{P}_ann"
    space = case.space()
    u.space = space
    u.save()
    assert u.space.code == space
    assert o.get_persons(userId=f"{P}_ann").df["userId"].tolist() == [f"{P}_ann"]
    with refused(f"User '{P}_ann' has no role assignments and thus is not permitted"):
        case.connect(f"{P}_ann")


def test_roles_are_given_and_taken(case):
    o, P = case.o, case.P
    project = case.project()
    u = ann(case)
    u.assign_role("USER", space=f"{P}_S")
    # pyBIS sends the identifier of a project as its permId.
    with refused(f"Object with ProjectPermId = [{project}] has not been found."):
        u.assign_role("OBSERVER", project=project)
    with refused(f"Object with SpacePermId = [{P}_NONE] has not been found."):
        u.assign_role("USER", space=f"{P}_NONE")
    with refused("A space and a project have been specified."):
        o.assign_role("ADMIN", person=f"{P}_ann", space=f"{P}_S", project=project)
    assert roles(u) == [["USER", "SPACE", f"{P}_S"]]
    found = o.get_role_assignments(person=f"{P}_ann", space=f"{P}_S")
    assert found.df["role"].tolist() == ["USER"]
    u.revoke_role("USER", space=f"{P}_S")
    assert len(u.get_roles()) == 0


def test_a_group_has_members_and_roles(case):
    o, P = case.o, case.P
    space = case.space()
    ann(case)
    g = o.new_group(code=f"{P}_g", description="d", userIds=[f"{P}_ann"])
    g.save()
    members = lambda: sorted(o.get_group(f"{P}_G").get_members().df["userId"].tolist())
    assert g.code == f"{P}_G" and members() == [f"{P}_ann"]
    with refused(f"Object with PersonPermId = [{P}_nobody] has not been found."):
        o.new_group(code=f"{P}_G2", userIds=[f"{P}_nobody"]).save()
    g.description = "new"
    g.add_members(case.user)
    g.save()
    assert members() == sorted([f"{P}_ann", case.user])
    g.del_members(case.user)
    g.save()
    assert members() == [f"{P}_ann"]
    g.assign_role("ADMIN", space=space)
    assert roles(g) == [["ADMIN", "SPACE", space]]
    assert codes(o.get_groups(code=f"{P}_G")) == [f"{P}_G"]
    assert o.get_role_assignments(group=f"{P}_G").df["role"].tolist() == ["ADMIN"]
    g.delete("bye")
    with refused():
        o.get_group(f"{P}_G")


def test_a_user_of_a_space_does_what_users_may(case):
    P = case.P
    space = case.space()
    ann(case, "USER", space=space)
    a = case.connect(f"{P}_ann")
    assert a.get_session_info().userName == f"{P}_ann"
    s = a.new_sample(type="UNKNOWN", code="MINE", space=space)
    s.save()
    assert s.registrator == f"{P}_ann"
    with refused(f"Access denied to object with ProjectIdentifier = [/{space}/P2]."):
        a.new_project(space=space, code="P2").save()
    with refused(f"Access denied to object with SamplePermId = [{s.permId}]."):
        s.delete("not allowed")
    with refused("None of method roles '[INSTANCE_ADMIN, INSTANCE_ETL_SERVER]'"):
        a.new_sample_type(code=f"{P}_T", generatedCodePrefix="T").save()
    with refused(f"Access denied to object with VocabularyPermId = [{P}_V]."):
        a.new_vocabulary(code=f"{P}_V", terms=[], description="d").save()
    with refused("None of method roles '[PROJECT_ADMIN, SPACE_ADMIN, INSTANCE_ADMIN]'"):
        a.assign_role("ADMIN", person=f"{P}_ann")


def test_a_session_sees_roles_that_are_taken_away_at_once(case):
    o, P = case.o, case.P
    space = case.space()
    u = ann(case, "USER", space=space)
    o.new_sample(type="UNKNOWN", code="S", space=space).save()
    a = case.connect(f"{P}_ann")
    assert codes(a.get_spaces(code=f"{P}*")) == [space]
    o.new_space(code=f"{P}_OTHER").save()
    assert codes(a.get_spaces(code=f"{P}*")) == [space]
    with refused():
        a.get_space(f"{P}_OTHER", use_cache=False)
    u.revoke_role("USER", space=space)
    with refused(f"No role assignments could be found for user '{P}_ann'."):
        a.get_spaces(code=f"{P}*", use_cache=False)


def test_tags_belong_to_one_user(case):
    o, P = case.o, case.P
    ann(case, "USER", space=case.space())
    a = case.connect(f"{P}_ann")
    t = a.new_tag(code=f"{P}_own")
    t.save()
    assert t.permId == f"/{P}_ann/{P}_OWN"
    with refused():
        o.get_tag(f"{P}_OWN", use_cache=False)
