"""Spaces and the projects in them."""

import os
import tempfile

from case import codes, identifiers, refused


def test_a_space_is_made_found_changed_and_deleted(case):
    o, P, p = case.o, case.P, case.p
    a = o.new_space(code=f"{P}_A", description="first")
    a.save()
    assert a.code == a.permId == f"{P}_A" and a.registrator == case.user
    o.new_space(code=f"{p}_b").save()
    assert o.get_space(f"{p}_a", use_cache=False).description == "first"
    described = o.get_spaces(code=f"{P}*").df["description"]
    # pandas makes NaN of null.
    assert described[0] == "first" and described.isna()[1]
    assert [space.code for space in o.get_spaces(code=f"{P}*")] == [f"{P}_A", f"{P}_B"]
    page = o.get_spaces(code=f"{P}*", start_with=2, count=1)
    assert len(page) == 0 and page.totalCount == 2
    for text, shown in [("changed", "changed"), (None, None), ("", "")]:
        a.description = text
        a.save()
        assert a.description == shown, (text, a.description)
    a.delete("not needed")
    with refused(f"No such space: {P}_A"):
        o.get_space(f"{P}_A", use_cache=False)


def test_codes_of_spaces_are_checked(case):
    o, P = case.o, case.P
    o.new_space(code=f"{P}_A").save()
    for code, why in [
        (f"{P}_A", "Space already exists in the database and needs to be unique."),
        (f"{P} B", f"The code '{P} B' contains illegal characters."),
        ("", "Code cannot be empty."),
    ]:
        with refused(why):
            o.new_space(code=code).save()


def test_a_project_is_made_in_a_space_and_moves_to_another(case):
    o, P, p = case.o, case.P, case.p
    a = o.new_space(code=f"{P}_A").save()
    o.new_space(code=f"{P}_B").save()
    a = o.get_space(f"{P}_A")
    project = o.new_project(space=a, code=f"{P}_P1", description="a project")
    project.save()
    second = a.new_project(f"{P}_p2")
    second.save()
    assert second.identifier == f"/{P}_A/{P}_P2"
    with refused("Project already exists in the database and needs to be unique."):
        o.new_project(space=f"{P}_A", code=f"{P}_P1").save()
    with refused("The code 'has space' contains illegal characters."):
        o.new_project(space=f"{P}_A", code="has space").save()
    assert o.get_project(f"/{p}_a/{p}_p1", use_cache=False).permId == project.permId
    assert o.get_project(project.permId, use_cache=False).code == f"{P}_P1"
    assert o.get_project(f"{P}_P2", use_cache=False).identifier == second.identifier
    assert codes(o.get_projects(space=f"{P}_A", code=f"{P}_P1")) == [f"{P}_P1"]
    assert identifiers(a.get_projects()) == [f"/{P}_A/{P}_P1", f"/{P}_A/{P}_P2"]
    project.description = "new text"
    project.save()
    assert project.description == "new text"
    project.space = f"{P}_B"
    project.save()
    assert project.identifier == f"/{P}_B/{P}_P1"
    with refused():
        o.get_project(f"/{P}_A/{P}_P1", use_cache=False)
    assert len(project.get_experiments()) == len(project.get_samples()) == 0
    with refused(f"Space '{P}_B' is being used. Delete all connected data  first."):
        o.get_space(f"{P}_B").delete("still has a project")


def test_an_attachment_gets_a_version_each_time(case):
    o = case.o
    project = o.get_project(case.project())
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "note.txt")
        with open(path, "w") as file:
            file.write("hello")
        project.add_attachment(fileName=path, title="T", description="D")
        project.save()
        # pyBIS sends what it sent before once more with each further save.
        project.save()
        kept = o.get_project(project.permId, use_cache=False)
        attachments = kept.get_attachments()
        assert attachments["title"].tolist() == ["T"]
        assert attachments["version"].tolist() == [2]


def test_what_is_frozen_stays_as_it_is(case):
    o, P = case.o, case.P
    project = o.get_project(case.project())
    project.freeze = True
    project.save()
    assert project.frozen
    project.description = "no"
    with refused("Operation UPDATE is not allowed because project PR is frozen."):
        project.save()
    with refused("Operation DELETE is not allowed because project PR is frozen."):
        project.delete("frozen")
    space = o.get_space(f"{P}_S", use_cache=False)
    # Without freezing the space itself the rest is accepted and ignored.
    space.freezeForProjects = True
    space.save()
    assert space.frozenForProjects is False
    o.new_project(space=f"{P}_S", code="P4").save()
