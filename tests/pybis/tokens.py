"""Personal access tokens."""

import datetime

from case import refused

DAY = datetime.timedelta(days=1)


def dates():
    """From yesterday: pyBIS takes the moment of its own import where none is given."""
    now = datetime.datetime.now()
    return {"validFrom": now - DAY, "validTo": now + 20 * DAY}


def test_a_token_is_made_once_and_logs_in(case):
    o, P = case.o, case.P
    t = o.get_or_create_personal_access_token(f"{P}_app", **dates())
    assert t.permId.startswith(f"$pat-{case.user}-") and t.sessionName == f"{P}_app"
    assert t.owner == case.user
    # The name may also be the beginning of one that is there.
    again = o.get_or_create_personal_access_token(P, **dates())
    assert again.permId == t.permId
    b = case.open()
    b.set_token(t.permId)
    assert b.is_session_active()
    info = b.get_session_info()
    assert info.personalAccessTokenSession is True and info.userName == case.user
    assert info.personalAccessTokenSessionName == f"{P}_app"
    assert len(b.get_spaces()) == len(o.get_spaces(use_cache=False))
    b.logout()
    assert b.is_token_valid(t.permId)


def test_tokens_are_listed_by_the_beginning_of_their_name(case):
    o, P = case.o, case.P
    o.get_or_create_personal_access_token(f"{P}_app", **dates())
    o.get_or_create_personal_access_token(f"{P}_long", **dates())
    found = o.get_personal_access_tokens(sessionName=P)
    assert sorted(found.df["sessionName"].tolist()) == [f"{P}_app", f"{P}_long"]
    assert set(found.df["owner"].tolist()) == {case.user}
    assert len(o.get_personal_access_tokens(sessionName=f"{P}_app")) == 1


def test_dates_and_names_are_checked(case):
    o, P = case.o, case.P
    at = lambda year, day: datetime.datetime(year, 1, day)
    # Whatever the server says, pyBIS calls it "not supported".
    for name, begin, end in [
        ("back", at(2042, 2), at(2042, 1)),
        ("past", at(2020, 1), at(2020, 2)),
    ]:
        with refused():
            o.get_or_create_personal_access_token(
                f"{P}_{name}", validFrom=begin, validTo=end
            )
    assert len(o.get_personal_access_tokens(sessionName=P)) == 0


def test_a_token_that_is_deleted_is_worth_nothing(case):
    o, P = case.o, case.P
    t = o.get_or_create_personal_access_token(f"{P}_app", **dates())
    t.delete("bye")
    with refused():
        o.get_personal_access_token(t.permId)
    assert not o.is_token_valid(t.permId)


def test_tokens_belong_to_one_user(case):
    o, P = case.o, case.P
    u = o.new_person(f"{P}_ann")
    u.save()
    u.assign_role("USER", space=case.space())
    a = case.connect(f"{P}_ann")
    t = a.get_or_create_personal_access_token(f"{P}_app", **dates())
    assert t.owner == f"{P}_ann"
    assert o.get_personal_access_token(t.permId).sessionName == f"{P}_app"
    other = o.get_or_create_personal_access_token(f"{P}_mine", **dates())
    with refused():
        a.get_personal_access_token(other.permId)
