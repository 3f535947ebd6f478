"""Login, sessions, what the server says about itself."""

import os

from case import refused


def test_a_blank_password_or_user_is_refused(case):
    o = case.open()
    # pyBIS asks at the terminal for a password that is None, not for an empty one.
    with refused("No 'password' specified."):
        o.login(case.user, "")
    with refused("No 'user' specified."):
        o.login("", case.password)


def test_a_token_lives_from_login_to_logout(case):
    o = case.open()
    assert not o.is_token_valid("admin-251122154812263x3AA309F421671796016488D5B83AE479")
    assert not o.is_token_valid("rubbish")
    with refused("Session is no longer valid."):
        o.set_token("rubbish")
    token = o.login(case.user, case.password)
    assert o.is_session_active() and o.is_token_valid()
    assert case.open(token=token).is_session_active()
    o.logout()
    # pyBIS keeps the token of a session that it has ended.
    assert o.token == token and not o.is_session_active()
    with refused(f"Session token '{token}' is invalid: user is not logged in."):
        o.get_space("DEFAULT", use_cache=False)
    o.logout()


def test_a_session_says_whose_it_is(case):
    info = case.o.get_session_info()
    assert info.userName == case.user
    assert info.sessionToken == case.o.token
    assert info.personalAccessTokenSession is False
    # Every refusal becomes None in pyBIS.
    assert case.o.get_session_info("rubbish") is None


def test_the_server_names_its_version(case):
    info = case.o.get_server_information()
    expected = os.environ.get("API_VERSION", "3.6")
    assert info.api_version == expected, info.api_version
    assert info.project_samples_enabled is True
    assert info.personal_access_tokens_enabled is True
    assert info.archiving_configured is False


def test_permids_and_codes_are_given_once(case):
    o = case.o
    assert len({o.create_permId(), *o.gen_permId(count=3)}) == 4
    with refused("Count cannot be <= 0"):
        o.gen_permId(count=0)
    with refused("Cannot create more than 100 ids"):
        o.gen_permId(count=101)
    first, second = o.gen_codes("sample", "E", 2)
    assert first.startswith("E") and int(second[1:]) == int(first[1:]) + 1
    with refused("Count cannot be <= 0"):
        o.gen_codes("sample", "E", 0)


def test_nothing_is_found_under_names_that_are_not_there(case):
    o, P = case.o, case.P
    assert len(o.get_spaces(code=f"{P}_NONE")) == 0
    for get, name in [
        (o.get_space, f"{P}_NONE"),
        (o.get_project, f"/{P}_NONE/X"),
        (o.get_experiment, f"/{P}_NONE/X/Y"),
        (o.get_sample, f"/{P}_NONE/X"),
        (o.get_sample, "20200101000000000-1"),
        (o.get_dataset, "20200101000000000-1"),
        (o.get_sample_type, f"{P}_NONE"),
        (o.get_experiment_type, f"{P}_NONE"),
        (o.get_dataset_type, f"{P}_NONE"),
        (o.get_property_type, f"{P}_NONE"),
        (o.get_vocabulary, f"{P}_NONE"),
        (o.get_plugin, f"{P}_NONE"),
        (o.get_tag, f"{P}_NONE"),
        (o.get_person, f"{P}_nobody"),
        (o.get_group, f"{P}_NONE"),
    ]:
        with refused():
            get(name)
    assert len(o.get_sample([f"/{P}_NONE/X", "20200101000000000-1"])) == 0


def test_a_service_that_is_not_there_is_refused(case):
    with refused(f"Object with CustomASServiceCode = [{case.P}_NONE] has not been found."):
        case.o.execute_custom_as_service(f"{case.P}_NONE", {"a": 1})
