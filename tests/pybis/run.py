"""Lets pyBIS at a sandbox: run.py URL USER PASSWORD [ANSWERS]

Runs the cases of all topics one after the other and prints a line for each. USER has to be
an administrator; other users log in with the same PASSWORD, so the sandbox has to take any.
What the server answers is written to the file ANSWERS, a line each, if one is named. The
environment may name some of the topics, as `TOPICS`, the version of the interface that the
server has to tell, as `API_VERSION` (3.6 else), and the program `RHOBIS` that the topic
`both` lets at the same server. The topic `several`, which has to be named, is for a server of
the newer interface.
"""

import contextlib
import importlib
import io
import os
import sys
import tempfile
import traceback

from case import Case
from proxy import Proxy

TOPICS = [
    "connect",
    "spaces",
    "objects",
    "relations",
    "searches",
    "vocabularies",
    "entity_types",
    "users",
    "tokens",
    "trash",
    "both",
]


def cases():
    for topic in os.environ.get("TOPICS", " ".join(TOPICS)).split():
        module = importlib.import_module(topic)
        for name, test in vars(module).items():
            if name.startswith("test_"):
                yield f"{topic}: {name.removeprefix('test_').replace('_', ' ')}", test


def holds(test, *server):
    """None, or how the case failed."""
    # pyBIS talks to the terminal about each thing that it does.
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            test(Case(*server))
        except Exception:  # whatever it is, the other cases are to be run
            return traceback.format_exc()
    return None


def main(url, user, password, answers=os.devnull):
    passed = failed = 0
    # pyBIS looks for tokens at home.
    with open(answers, "w") as file, tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        proxy = Proxy(url.rstrip("/"), file)
        for name, test in cases():
            trouble = holds(test, proxy.url, user, password)
            passed, failed = passed + (not trouble), failed + bool(trouble)
            print(f"{'FAIL' if trouble else 'ok  '} {name}")
            if trouble:
                print(trouble)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
