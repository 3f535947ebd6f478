"""What every case gets: pyBIS logged in, and a prefix for all that it makes."""

import contextlib
import itertools
import json
import os
import subprocess
import time

from pybis import Openbis

# The program beside which pyBIS works in the cases of `both`.
RHOBIS = os.environ.get("RHOBIS", "target/debug/rhobis")

_numbers = itertools.count(1)
_started = int(time.time())


class Case:
    """A case's pyBIS (`o`), its prefix (`P`, and `p` in lower case) and ways to be others."""

    def __init__(self, url, user, password):
        self.url, self.user, self.password = url, user, password
        # pyBIS names properties in lower case, the server all codes in upper case.
        self.P = f"PYT{_started}_{next(_numbers)}"
        self.p = self.P.lower()
        self.o = self.connect(user)

    def open(self, token=None):
        """pyBIS, not logged in unless it is given a token."""
        return Openbis(
            self.url,
            verify_certificates=False,
            token=token,
            allow_http_but_do_not_use_this_in_production_and_only_within_safe_networks=True,
        )

    def connect(self, user):
        o = self.open()
        o.login(user, self.password, save_token=False)
        return o

    def rhobis(self, script):
        """What the last expression of a script gives; a process of its own does it."""
        server = {"OPENBIS_USERNAME": self.user, "OPENBIS_PASSWORD": self.password}
        home = {"RHOBIS_HOME": os.path.join(os.environ["HOME"], "rhobis")}
        done = subprocess.run(
            [RHOBIS, f"--url={self.url}", "--output=json", "eval", script],
            env={**os.environ, **server, **home},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{script}\n{done.stderr}"
        return json.loads(done.stdout) if done.stdout.strip() else None

    def space(self):
        """The code of a new space."""
        self.o.new_space(code=f"{self.P}_S").save()
        return f"{self.P}_S"

    def project(self):
        """The identifier of a new project in a new space."""
        return self.o.new_project(space=self.space(), code="PR").save().identifier

    def property(self, name, data_type, **more):
        """The code of a new property type."""
        code = f"{self.P}_{name}"
        self.o.new_property_type(
            code=code, label=name, description=name, dataType=data_type, **more
        ).save()
        return code

    def sample_type(self, name, *properties, **more):
        """A new sample type with these properties."""
        made = self.o.new_sample_type(
            code=f"{self.P}_{name}", generatedCodePrefix=name, **more
        )
        made.save()
        for code in properties:
            made.assign_property(code)
        return made


@contextlib.contextmanager
def refused(*parts):
    """What is done inside has to be refused with a message that holds all of these."""
    try:
        yield
    except (ValueError, NotImplementedError) as error:  # whatever the server said
        for part in parts:
            assert part in str(error), f"`{error}` instead of `{part}`"
        return
    raise AssertionError(f"not refused: {parts}")


def codes(things):
    return things.df["code"].tolist()


def identifiers(things):
    return things.df["identifier"].tolist()


def text(value):
    """The value as a script writes it."""
    return json.dumps(value)
