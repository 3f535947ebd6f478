#!/usr/bin/env python3
"""Makes src/wire/bean/contract/contract.txt, the table of openBIS's V3 interface that the binary carries.

    make.py API.json > src/wire/bean/contract/contract.txt

API.json lists every method with its parameters and every type with its fields, as read from openBIS's
own classes. The format of the table:

    AS searchSpaces SearchResult<Space> sessionToken:String criteria:SpaceSearchCriteria …
        a method: its service (AS or DSS), name, what it returns, its parameters
    class as.dto.space.create.SpaceCreation < ICreation
        a type: class, abstract, interface or enum; its full name; what it extends and implements
     code String            a field of the type above it, in the server's order
     sortBy SpaceSortOptions out      "out" is only written, "in" only read
     cacheMode CacheMode ="NO_CACHE"
        its value in a fresh object, as JSON or <Type> for a fresh object; else the null, false or 0 of its type
     =operator "AND"        the same for an inherited field
     !sortBy                an inherited field that this type does not have
     AND OR                 the constants of an enum

A `+` before a line marks what later versions of openBIS have. Types go by their simple name where only one
type has it. `? extends` is left out; collections, sets and arrays are lists.
"""
import collections
import json
import re
import sys

PRIMITIVE = {"boolean": False, "int": 0, "long": 0, "double": 0}
SPELLING = [
    (r"\? extends ", ""),
    (r"java:", ""),
    (r"\bbyte\[\]", "Bytes"),
    (r"\bString\[\]", "List<String>"),
    (r"\b(Set|Collection)<", "List<"),
    (r"\b(Serializable|Enum|InputStream)\b", "Object"),
    (r"(?<![\w.])AbstractEntityFetchOptions<Object>", "Object"),
]


def main(path):
    api = json.load(open(path))
    names = collections.defaultdict(list)
    for name in api["types"]:
        names[re.split(r"[.]", name)[-1]].append(name)

    def spell(ty):
        for pattern, short in SPELLING:
            ty = re.sub(pattern, short, ty)
        return re.sub(r"[\w.$]+", lambda m: simple(m.group(0)), ty.replace(" ", ""))

    def simple(name):
        last = name.split(".")[-1]
        return last if len(names[last]) == 1 or name not in api["types"] else name

    def value(default):
        fresh = re.fullmatch(r"<(.*)>", default) if isinstance(default, str) else None
        return f"<{simple(fresh[1])}>" if fresh else json.dumps(default)

    def field_line(name, ty, default, newer):
        ty, mark = re.fullmatch(r"(.*?)(?: \((out|in|assumed).*\))?", ty).groups()
        words = [name, spell(ty)]
        if default is not None and default != PRIMITIVE.get(ty):
            words.append("=" + value(default))
        if mark in ("out", "in"):
            words.insert(2, mark)
        return newer + " " + " ".join(words)

    for method in api["methods"]:
        newer = "+" if "since" in method else ""
        params = (f"{name}:{spell(ty)}" for name, ty in method["params"])
        print(newer + " ".join([method["service"], method["name"], spell(method["returns"]), *params]))
    for name, entry in sorted(api["types"].items()):
        newer = "+" if "since" in entry else ""
        supers = [entry["extends"]] if "extends" in entry else []
        supers = [spell(t) for t in supers + entry.get("implements", [])]
        print(newer + " ".join([entry["kind"], name] + (["<"] + supers if supers else [])))
        defaults = entry.get("defaults", {})
        fields = entry.get("fields", {})
        for field, ty in fields.items():
            print(field_line(field, ty, defaults.get(field), newer))
        for field, ty in entry.get("newerFields", {}).items():
            print(field_line(field, ty, defaults.get(field), "+"))
        for field, default in defaults.items():
            if field not in fields and default not in (False, 0):
                print(f"{newer} ={field} {value(default)}")
        for field in entry.get("dropsInherited", []):
            print(f"{newer} !{field}")
        if entry.get("constants"):
            print(newer + " " + " ".join(entry["constants"]))
        if entry.get("newerConstants"):
            print("+ " + " ".join(entry["newerConstants"]))


if __name__ == "__main__":
    main(*sys.argv[1:])
