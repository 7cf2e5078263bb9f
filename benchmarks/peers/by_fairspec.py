"""fairspec: a dataset made of the descriptor, and `validate_dataset` on it.

It has words for most of a Table Schema; URIs are URLs to it, and UUIDs a pattern. It ends at a
thousand errors in a table, of which each column has its share, and counts no further. A foreign
key without a value is wrong to it, and it says of none in which row it stands.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fairspec

Json = dict[str, Any]
FIRST_ROW = 2  # which fairspec calls 1
FORMATS = {"email": {"format": "email"}, "uri": {"format": "url"}}
UUID = {"pattern": "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"}
SAME = ("enum", "pattern", "minLength", "maxLength", "minimum", "maximum")
OPTIONS = ("groupChar", "decimalChar", "trueValues", "falseValues")
DIALECTS = {"itemType": "rowType"}
MOMENT = "%Y-%m-%dT%H:%M:%S%#z"


def dataset(package: Json) -> Json:
    """The dataset that says of a package what fairspec can check."""
    return {"resources": [resource(each) for each in package["resources"]]}


def resource(described: Json) -> Json:
    """A table."""
    schema = described["schema"]
    missing = schema.get("missingValues", [""])
    dialect = {DIALECTS.get(key, key): each for key, each in described.get("dialect", {}).items()}
    form = described["format"]
    return {
        "name": described["name"],
        "data": described["path"],
        "fileDialect": {"format": "jsonl" if form == "ndjson" else form} | dialect,
        "tableSchema": {
            "properties": {field["name"]: column(field, missing) for field in schema["fields"]},
            "primaryKey": schema["primaryKey"],
            **({"foreignKeys": keys} if (keys := [*foreign_keys(schema)]) else {}),
        },
    }


def column(field: Json, missing: list[str]) -> Json:
    """A column."""
    rules = field.get("constraints", {})
    kind = "string" if field["type"] in ("date", "datetime") else field["type"]
    # Said of the table they would be looked for when it is written only.
    found: Json = {"missingValues": missing}
    found["type"] = kind if rules.get("required") else [kind, "null"]
    found |= {rule: rules[rule] for rule in SAME if rule in rules}
    found |= {option: field[option] for option in OPTIONS if option in field}
    if "categories" in field:
        found["enum"] = field["categories"]
    if field["type"] == "date":
        found |= {"format": "date", "temporalFormat": field.get("format", "%Y-%m-%d")}
    elif field["type"] == "datetime":
        found |= {"format": "date-time", "temporalFormat": MOMENT}
    elif form := field.get("format"):
        found |= FORMATS.get(form, UUID)
    return found


def foreign_keys(schema: Json) -> Iterator[Json]:
    """The foreign keys of a table."""
    for key in schema.get("foreignKeys", ()):
        reference = {"columns": key["reference"]["fields"]}
        if other := key["reference"]["resource"]:
            reference["resource"] = other
        yield {"columns": key["fields"], "reference": reference}


def place(error: Any) -> tuple[int | None, str | None]:
    """Row and field of an error; that of a key has no field."""
    row = getattr(error, "rowNumber", None)
    return None if row is None else row - 1 + FIRST_ROW, getattr(error, "columnName", None)


os.chdir(sys.argv[1])  # its paths are relative, and to the working folder
package = json.loads(Path("datapackage.json").read_text("utf-8"))
errors = fairspec.validate_dataset(fairspec.Dataset.model_validate(dataset(package))).errors
print(json.dumps({"found": [place(error) for error in errors], "count": len(errors)}))
