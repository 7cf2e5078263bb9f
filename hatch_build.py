"""Brings the dataset into wheels, beside the module that says where it is."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MODULE = "alliance_claims"
DATASET = ("datapackage.json", "schemas", "data", "LICENSE-DATA")


class Dataset(BuildHookInterface[Any]):
    """An editable install gets no copy, which would grow old: there the module finds the clone's.

    So this is no `force-include` in `pyproject.toml`, which both kinds of wheels would follow.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds the files to a wheel that is to be installed."""
        if version == "standard":
            build_data["force_include"] |= {name: f"{MODULE}/{name}" for name in DATASET}
