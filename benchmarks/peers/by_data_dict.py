"""data-dict: a dictionary made of the descriptor, and `data-dict validate-data` on it.

Only Parquet can be validated. It has words for types, required values, keys and lists of
values; lengths, bounds and patterns become assertions in its language. It has none for e-mail
addresses, URIs, UUIDs and what is in objects. It counts the rows at fault, and lists five of each.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

Json = dict[str, Any]
FIRST_ROW = 2  # which data-dict calls 1
LISTED = 5_000
# Nulls, repeated keys, values that are not listed, keys without a target, broken assertions.
JUDGED = {"D01", "D02", "D04", "D05", "D07"}
COMMAND = Path(sys.executable).with_name("data-dict")
# What a dictionary has to show of the values of a column; nothing is judged by it.
SHOWN: dict[str, Json] = {
    "boolean": {},
    "date": {"range": ["1900-01-01", "2100-01-01"]},
    "datetime": {"range": ["1900-01-01T00:00:00Z", "2100-01-01T00:00:00Z"]},
    "number": {"examples": [1]},
    "string": {"examples": ["text"]},
}
ASSERTIONS = {
    "minimum": "`{name}` >= {value}",
    "maximum": "`{name}` <= {value}",
    "minLength": "LENGTH(`{name}`) >= {value}",
    "maxLength": "LENGTH(`{name}`) <= {value}",
    "pattern": "`{name}` SIMILAR TO {value}",
}


def dictionary(package: Json, folder: Path) -> Json:
    """The dictionary that says of a package what data-dict can check."""
    resources = package["resources"]
    return {
        "$version": "0.1.0",
        "tables": [table(resource, folder) for resource in resources],
        "relationships": [each for resource in resources for each in relationships(resource)],
    }


def table(resource: Json, folder: Path) -> Json:
    """A table with its columns."""
    schema = resource["schema"]
    keys = [name for key in schema.get("foreignKeys", ()) for name in key["fields"]]
    constraints = {name: ["foreign_key"] for name in keys}
    constraints |= {name: ["primary_key"] for name in schema["primaryKey"]}
    if not isinstance(resource["path"], str):
        # Version 0.0.3 opens no pattern for several, though its specification has them.
        raise SystemExit("data-dict reads a table from one file")
    return {
        "name": resource["name"],
        "source": {"parquet": str(folder / resource["path"])},
        "columns": [
            column(field, constraints.get(field["name"], [])) for field in schema["fields"]
        ],
    }


def column(field: Json, keys: list[str]) -> Json:
    """A column; one of objects has no type, and is not looked into."""
    name, kind = field["name"], "number" if field["type"] == "integer" else field["type"]
    if kind not in SHOWN:
        return {"name": name}
    rules = field.get("constraints", {})
    constraints: list[Any] = [*keys, *(["required"] if rules.get("required") else [])]
    constraints += [{"assert": each} for each in assertions(name, rules)]
    listed = rules.get("enum") or field.get("categories")
    shown = {"type": "enum", "values": listed} if listed else {"type": kind, **SHOWN[kind]}
    return {"name": name, **shown, "constraints": constraints}


def assertions(name: str, rules: Json) -> Iterator[str]:
    """What must be true of the values of a column."""
    for rule, form in ASSERTIONS.items():
        if (value := rules.get(rule)) is not None:
            # A date to compare with is a text as well.
            literal = "'" + value.replace("'", "''") + "'" if isinstance(value, str) else value
            yield form.format(name=name, value=literal)


def relationships(resource: Json) -> Iterator[Json]:
    """The foreign keys of a table; the two sides of one to itself have names of their own."""
    name = resource["name"]
    for key in resource["schema"].get("foreignKeys", ()):
        (source,), (target,) = key["fields"], key["reference"]["fields"]
        other = key["reference"]["resource"]
        sides = (name, other) if other else ("child", "parent")
        join = f"{sides[0]}.{source} = {sides[1]}.{target}"
        aliases = {} if other else {"aliases": dict.fromkeys(sides, name)}
        yield {"join": join, "cardinality": "many-to-one", **aliases}


def judged(content: Json) -> Json:
    """The report on what a dictionary says."""
    # pip installs the command without leave to execute it.
    if not os.access(COMMAND, os.X_OK):
        COMMAND.chmod(0o755)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "data-dict.yaml"
        file.write_text(json.dumps(content), "utf-8")  # YAML has all of JSON
        command = [COMMAND, "validate-data", file, "--json"]
        done = subprocess.run(command, capture_output=True, text=True)  # noqa: S603
    if not done.stdout:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def found(problems: list[Json]) -> Iterator[tuple[int, str | None]]:
    """Row and field of the rows that are listed."""
    for problem in problems:
        # A key that repeats is a fault of the row.
        field = problem["columns"][0] if problem["code"] != "D02" else None
        for row in problem.get("rows", ()):
            yield row - 1 + FIRST_ROW, field


folder = Path(sys.argv[1]).resolve()
package = json.loads((folder / "datapackage.json").read_text("utf-8"))
report = judged(dictionary(package, folder))
problems = [each for each in report["problems"] if each["severity"] == "error"]
for problem in problems:
    if problem["code"] not in JUDGED:
        raise SystemExit(f"data-dict cannot judge it: {problem['message']}")
count = sum(each["count"] for each in problems)
print(json.dumps({"found": [*found(problems)][:LISTED], "count": count}))
