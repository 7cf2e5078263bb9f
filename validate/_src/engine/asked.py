"""What is asked of a run that several processes do, each by itself."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from validate._src.engine.arguments import OR_A_TABLE, as_path_or_address, given_package
from validate._src.engine.choosing import Chosen, chosen
from validate._src.package.given import Given
from validate._src.package.onetable import GivenSchema
from validate._src.tables.dataset import check_sources

TYPES: Mapping[str, tuple[type, ...]] = {
    "path": (str,),
    "schema": (str, dict, type(None)),
    "resources": (list,),
    "fast": (bool,),
    "allow_remote": (bool,),
    "given": (dict,),
    "default_severity": (bool,),
}
"""What each attribute is in JSON."""


@dataclass(frozen=True)
class Asked:
    """What is asked of a run in all its parts; as `validate` has it.

    Attributes:
        path: a descriptor, a folder or zip file that holds one, a URL; with a schema, a table.
        schema: the Table Schema of a table that belongs to no package.
        resources: names of the resources that are checked; none for all.
        fast: whether only structure and types are checked.
        allow_remote: whether files on the web are fetched.
        given: what is said of a table without a descriptor.
        default_severity: whether findings are as bad as they are by default.
    """

    path: str = "."
    schema: GivenSchema | None = None
    resources: tuple[str, ...] = ()
    fast: bool = False
    allow_remote: bool = False
    given: Given = field(default_factory=dict[str, Any])
    default_severity: bool = False

    def chosen(self, sources: Path | None = None) -> Chosen:
        """The package as far as it is asked for.

        Args:
            sources: folder of source texts, if there is one.

        Raises:
            PackageError: it or the folder cannot be used as it is, or a resource is asked for that
                is not there.
        """
        file = as_path_or_address(self.path, "path", OR_A_TABLE)
        package, said = given_package(file, self.schema, self.given, allow_remote=self.allow_remote)
        check_sources(package, sources)
        return chosen(
            package,
            said,
            self.resources,
            fast=self.fast,
            default_severity=self.default_severity,
        )

    def to_json(self) -> dict[str, Any]:
        """The same as an object of JSON."""
        held = {one.name: getattr(self, one.name) for one in fields(self)}
        schema = self.schema
        if isinstance(schema, Mapping):
            schema = {**schema}
        elif schema is not None:
            schema = os.fspath(schema)
        return {**held, "schema": schema, "resources": [*self.resources], "given": {**self.given}}

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> "Asked":
        """What `to_json` has made.

        Raises:
            TypeError: it is something else.
            ValueError: likewise.
        """
        if told.keys() != TYPES.keys():
            raise ValueError("it does not say what was asked")
        if not all(isinstance(told[name], TYPES[name]) for name in TYPES):
            raise TypeError("what was asked is of another type")
        held: dict[str, Any] = {**told, "resources": tuple(told["resources"])}
        if not all(isinstance(name, str) for name in held["resources"]):
            raise TypeError("a resource is no text")
        return cls(**held)
