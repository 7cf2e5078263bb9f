"""frictionless-py: `Package.validate` with nothing left to guess and no limit on errors.

The name of this file must not begin with `frictionless`: a module of that name would stand
in for the package, and `frictionless_…` would be loaded as a plugin.
"""

import json

from common import Found, folder, report
from frictionless import Package

# What the standard has by default; frictionless sniffs whatever is not spelled out.
DELIMITED = {
    "header": True,
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
}


def as_found(place: tuple[int | None, str | None, list[str] | None]) -> Found:
    """Row and field of an error; an error of a foreign key has a list of fields."""
    row, name, names = place
    if names and len(names) == 1:
        name = names[0]
    return row, name or None


descriptor = json.loads((folder() / "datapackage.json").read_text("utf-8"))
for resource in descriptor["resources"]:
    if resource["format"] == "csv":
        resource["dialect"] = DELIMITED | resource.get("dialect", {})
package = Package.from_descriptor(descriptor, basepath=str(folder()))
errors = package.validate(limit_errors=0).flatten(["rowNumber", "fieldName", "fieldNames"])
report(map(as_found, errors), len(errors))
