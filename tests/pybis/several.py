"""At a server of the newer interface: values that are lists, written by pyBIS and read by
rhobis, and the other way round. pyBIS cannot make such property types; rhobis does."""

from case import text

# The data type, whether it takes several values, and a value.
VALUES = {
    "SIZES": ("INTEGER", True, [3, 1, 2]),
    "WEIGHTS": ("REAL", True, [0.5, 2.0]),
    "FLAGS": ("BOOLEAN", True, [True, False]),
    "NOTES": ("VARCHAR", True, ["a, b", "c"]),
    "COLORS": ("CONTROLLEDVOCABULARY", True, ["RED", "BLUE"]),
    "NUMBERS": ("ARRAY_INTEGER", False, [1, -2, 3]),
    "TEXTS": ("ARRAY_STRING", False, ["a", "b"]),
    "GRID": ("ARRAY_INTEGER", True, [[1, 2], [3, 4]]),
}


def lab(case):
    """A space, and a type with such properties; their codes by our names."""
    space = case.space()
    case.rhobis(
        f'o.new_vocabulary("{case.P}_V", ["RED", "BLUE"]).save();'
        f'let t = o.new_sample_type("{case.P}_T", "T").save();'
        + "".join(
            f'o.new_property_type(#{{ code: "{case.P}_{name}", label: "l", description: "d",'
            f'dataType: "{kind}", multiValue: {text(several)},'
            f'vocabulary: {text(case.P + "_V") if kind == "CONTROLLEDVOCABULARY" else "()"} }}).save();'
            f't.assign_property("{case.P}_{name}");'
            for name, (kind, several, _) in VALUES.items()
        )
    )
    return space, {name: f"{case.P}_{name}" for name in VALUES}


def test_lists_that_pybis_wrote_are_read_by_rhobis(case):
    space, names = lab(case)
    props = {names[name].lower(): value for name, (_, _, value) in VALUES.items()}
    s = case.o.new_object(type=f"{case.P}_T", code="S", space=space, props=props)
    s.save()
    get = f'let s = o.get_sample("/{space}/S");'
    for name, (_, _, value) in VALUES.items():
        read = case.rhobis(f'{get} s.p["{names[name]}"]')
        assert read == value, (name, read)
    s.p[names["SIZES"].lower()] = [9]
    s.save()
    assert case.rhobis(f'{get} s.p["{names["SIZES"]}"]') == [9]


def test_lists_that_rhobis_wrote_are_read_by_pybis(case):
    space, names = lab(case)
    values = "".join(
        f"props[{text(names[name])}] = {text(value)};"
        for name, (_, _, value) in VALUES.items()
    )
    case.rhobis(
        f"let props = #{{}}; {values}"
        f'o.new_sample(#{{ type: "{case.P}_T", code: "S", space: "{space}", props: props }}).save().code'
    )
    shown = case.o.get_object(f"/{space}/S").p.all()
    for name, (_, _, value) in VALUES.items():
        assert shown[names[name].lower()] == value, (name, shown)
    # What pyBIS has read it writes back unchanged.
    s = case.o.get_object(f"/{space}/S")
    s.p[names["SIZES"].lower()] = [5, 4]
    s.save()
    get = f'let s = o.get_sample("/{space}/S");'
    assert case.rhobis(f'{get} s.p["{names["SIZES"]}"]') == [5, 4]
    assert case.rhobis(f'{get} s.p["{names["GRID"]}"]') == VALUES["GRID"][2]


def test_one_value_and_none_are_the_same_for_both(case):
    space, names = lab(case)
    sizes = names["SIZES"]
    case.rhobis(
        f'let s = o.new_sample(#{{ type: "{case.P}_T", code: "S", space: "{space}" }});'
        f's.p["{sizes}"] = 7; s.save().code'
    )
    s = case.o.get_object(f"/{space}/S")
    assert s.p[sizes.lower()] == [7]
    s.p[sizes.lower()] = None
    s.save()
    assert case.rhobis(f'o.get_sample("/{space}/S").p["{sizes}"]') is None
