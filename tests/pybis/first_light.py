"""pyBIS as a client of the sandbox: first_light.py URL USER PASSWORD

Connects, logs in, lists spaces, finds yeasts by property and by tag, creates a sample
with a parent, changes a property, deletes it. Fails with the first thing that is not so.
"""

import sys

from pybis import Openbis


def main(url, user, password):
    o = Openbis(
        url,
        verify_certificates=False,
        allow_http_but_do_not_use_this_in_production_and_only_within_safe_networks=True,
    )
    o.login(user, password, save_token=False)
    assert o.is_session_active(), "the session is not active"

    spaces = [space.code for space in o.get_spaces()]
    assert "LAB" in spaces, spaces

    by_property = o.get_samples(type="YEAST", where={"YEAST.GENETIC_BACKGROUND": "BY4741"})
    assert len(by_property) > 0, "no yeast has this background"
    for yeast in by_property:
        assert yeast.props["yeast.genetic_background"] == "BY4741", yeast.identifier

    by_tag = o.get_samples(type="YEAST", tags="favourite")
    assert len(by_tag) == 3, len(by_tag)

    parent = by_tag[0]
    sample = o.new_sample(
        type="YEAST",
        space=parent.space,
        experiment=parent.experiment,
        parents=[parent.identifier],
        props={"$name": "made by pyBIS"},
    )
    sample.save()
    assert sample.permId, "the server gave it no permId"
    made = o.get_sample(sample.permId)
    assert made.parents == [parent.identifier], made.parents
    assert made.props["$name"] == "made by pyBIS", made.props.all()

    made.props["$name"] = "changed by pyBIS"
    made.save()
    again = o.get_sample(sample.permId)
    assert again.props["$name"] == "changed by pyBIS", again.props.all()

    again.delete("made for a test only")
    left = o.get_samples(where={"$NAME": "changed by pyBIS"})
    assert len(left) == 0, "it is still there"
    o.logout()
    print(f"pyBIS did all it should at {url}")


if __name__ == "__main__":
    main(*sys.argv[1:])
