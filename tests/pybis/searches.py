"""Objects by code, place, type and property."""

from case import identifiers, refused

ANIMALS = [
    ("CAT", {"name": "Tom", "age": 3, "size": 4.5, "ok": True}),
    ("DOG", {"name": "Rex", "age": 7, "size": 12.25, "ok": False}),
    ("COW", {"name": "Bella", "age": 12, "size": 600.0, "ok": True}),
    ("ANT", {"name": "tommy"}),
]


def zoo(case):
    """Animals in a project and a plant in another space; gives a search for codes."""
    o, P, p = case.o, case.P, case.p
    project = case.project()
    properties = [
        case.property(name, data_type)
        for name, data_type in [
            ("NAME", "VARCHAR"),
            ("AGE", "INTEGER"),
            ("SIZE", "REAL"),
            ("OK", "BOOLEAN"),
            ("TEXT", "MULTILINE_VARCHAR"),
        ]
    ]
    case.sample_type("ANIMAL", *properties)
    case.sample_type("PLANT", properties[0])
    together = o.new_transaction()
    for code, values in ANIMALS:
        props = {f"{p}_{name}": value for name, value in values.items()}
        together.add(
            o.new_sample(
                type=f"{P}_ANIMAL", code=code, space=f"{P}_S", project=project, props=props
            )
        )
    together.commit()
    o.new_space(code=f"{P}_T").save()
    oak = {f"{p}_name": "Tom"}
    o.new_sample(type=f"{P}_PLANT", code="OAK", space=f"{P}_T", props=oak).save()

    def find(**of):
        found = o.get_samples(**{"space": f"{P}_S", **of})
        return sorted(sample.code for sample in found)

    return project, find


def test_by_code(case):
    project, find = zoo(case)
    assert find(code="CAT") == ["CAT"]
    # Codes are in upper case; only patterns find them in any case.
    assert find(code="cat") == []
    assert find(code="c*") == ["CAT", "COW"]
    assert find(code="?AT") == ["CAT"]
    assert find(code=["CAT", "DOG"]) == ["CAT", "DOG"]
    assert find(code="D*", project=project) == ["DOG"]
    found = case.o.get_samples(space=f"{case.P}_S", code="C*", start_with=5, count=1)
    assert len(found) == 0 and found.totalCount == 2


def test_by_identifier_and_place(case):
    o, P = case.o, case.P
    project, find = zoo(case)
    one, both = f"{project}/CAT", [f"{project}/CAT", f"{project}/DOG"]
    assert identifiers(o.get_samples(identifier=one)) == [one]
    # pyBIS asks for what has all of these identifiers.
    assert len(o.get_samples(identifier=both)) == 0
    assert find(space=[f"{P}_S", f"{P}_T"], code=["OAK", "CAT"]) == ["CAT", "OAK"]
    assert find(space=f"{P}_T") == ["OAK"]
    assert find(space=f"{P}_T", type=f"{P}_*T") == ["OAK"]


def test_by_property(case):
    P = case.P
    _, find = zoo(case)
    name, age, size, ok = (f"{P}_{it}" for it in ["NAME", "AGE", "SIZE", "OK"])
    for where, found in [
        ({name: "Rex"}, ["DOG"]),
        ({name: "tom*"}, ["ANT", "CAT"]),
        ({age: 7}, ["DOG"]),
        ({age: ">3"}, ["COW", "DOG"]),
        ({age: "<12"}, ["CAT", "DOG"]),
        ({size: ">4.5"}, ["COW", "DOG"]),
        ({ok: True}, ["CAT", "COW"]),
        ({name: "Rex", age: "<5"}, []),
        ({f"{P}_NONE": "x"}, []),
        ({f"{P}_TEXT": "*"}, []),
    ]:
        assert find(where=where) == found, (where, find(where=where))
    assert find(**{name.lower(): "Bella"}) == ["COW"]


def test_values_that_are_none_are_refused(case):
    _, find = zoo(case)
    with refused("String does not represent a boolean: [yes]"):
        find(where={f"{case.P}_OK": "yes"})
    with refused("String does not represent a number: [*]"):
        find(where={f"{case.P}_AGE": "*"})


def test_columns_are_those_asked_for(case):
    o, P = case.o, case.P
    zoo(case)
    found = o.get_samples(space=f"{P}_S", code="CAT", props="*")
    assert found.df[f"{P}_NAME"].tolist() == ["Tom"]
    attributes = ["space", "project", "registrator.email", "type.generatedCodePrefix"]
    found = o.get_samples(space=f"{P}_S", code="CAT", attrs=attributes).df
    assert found["registrator.email"][0].startswith(f"{case.user}@")
    assert found["type.generatedCodePrefix"].tolist() == ["ANIMAL"]
