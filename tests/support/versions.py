"""Two versions of a package that tests make."""

import json
from copy import deepcopy

from support.made import PROFILE

FIELDS = [
    {"name": "id", "type": "string"},
    {"name": "length", "type": "number"},
    {"name": "colour", "type": "string"},
]
BOATS = {
    "name": "boats",
    "path": "boats.csv",
    "schema": {"fields": FIELDS, "primaryKey": "id"},
}
ROWS = ["b1,4.5,red", "b2,5,blue", "b3,,green"]


def write(folder, rows=(), resource=BOATS, *others, version="1.0.0", labels=None, **properties):
    """Writes a package of a table with these rows of CSV, and others; gives its folder."""
    folder.mkdir(exist_ok=True)
    if labels is None:
        labels = ",".join(field["name"] for field in resource["schema"]["fields"])
    (folder / resource["path"]).write_text("\n".join([labels, *rows, ""]), "utf-8")
    resources = [resource, *others]
    descriptor = {"$schema": PROFILE, "name": "made", "version": version, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps({**descriptor, **properties}), "utf-8")
    return folder


def changed(change, resource=BOATS):
    """A copy of a resource with something changed in it."""
    other = deepcopy(resource)
    change(other)
    return other


def field_changed(name, **properties):
    """The boats, a field of which has other properties."""

    def change(resource):
        (field,) = (one for one in resource["schema"]["fields"] if one["name"] == name)
        field.update(properties)

    return changed(change)
