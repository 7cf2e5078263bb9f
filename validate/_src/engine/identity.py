"""What all parts of a run have in common: the same tool, the same question, the same data."""

import json
from collections.abc import Mapping, Set
from dataclasses import dataclass, fields, is_dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl

from validate._src import DISTRIBUTION
from validate._src.engine.asked import Asked
from validate._src.engine.states import State, differ, digest
from validate._src.words.model import Package, Part
from validate._src.words.place import Place
from validate._src.words.scratch import ScratchFolder

OF_THE_PLACE = {
    "Package": ("file", "findings", "not_checked", "fetched", "origin"),
    "TableRule": ("location",),
    "View": ("location",),
}
"""What values say of where the package lies, which may be elsewhere for each part."""
PROBE = pl.DataFrame({"0": [1, 2**40, None], "1": ["pond", "池", ""], "2": [0.5, -1.5, None]})


@dataclass(frozen=True)
class Identity:
    """What all parts of a run have in common.

    Attributes:
        tool: what has judged: the version of this tool, that of Polars, and how it hashes here.
        options: what was asked, by the names of options.
        package: a digest of the descriptor and all that it refers to, as far as it is asked for.
        files: the files of all resources, in order, as far as they were looked at.
    """

    tool: Mapping[str, str]
    options: Mapping[str, Any]
    package: str
    files: tuple[State, ...]

    def differs_from(self, other: "Identity") -> str | None:
        """In what this is another than a run that is expected; None if it is the same.

        Returns:
            What comes after the name of a result: `was made by version 0.4.0, and …`.
        """
        for name, value in self.tool.items():
            if value != other.tool.get(name):
                return f"was made with {name} {value}, and not {other.tool.get(name)}"
        for name, value in self.options.items():
            if value != other.options.get(name):
                return (
                    f"was asked for {name} {_shown(value)}, not {_shown(other.options.get(name))}"
                )
        if self.package != other.package:
            return _other_list(self.files, other.files) or "is of another descriptor or schema"
        return other_files(self.files, other.files)


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _other_list(own: tuple[State, ...], others: tuple[State, ...]) -> str | None:
    """What is said where a pattern finds other files, or a descriptor names others."""
    names, other_names = ({location for location, *_ in files} for files in (own, others))
    unlike = sorted(names ^ other_names)
    if not unlike:
        return None
    return f"is of other data: the list of files is not the same ({unlike[0]})"


def other_files(own: tuple[State, ...], others: tuple[State, ...]) -> str | None:
    """What is said where files are not the same, as far as both have looked; None if they are."""
    if len(own) != len(others):
        return "is of other data: its files are not the same"
    unlike = (one[0] for one, other in zip(own, others, strict=True) if differ(one, other))
    location = next(unlike, None)
    return None if location is None else f"is of other data: {location} is not the same"


def identity_of(asked: Asked, package: Package, files: tuple[State, ...]) -> Identity:
    """What all parts of a run have in common, of one that is to be.

    Args:
        asked: what is asked.
        package: the package as far as that is asked for.
        files: its files as they were looked at.
    """
    options = {
        "--resource": sorted(asked.resources),
        "--fast": asked.fast,
        "--default-severity": asked.default_severity,
        "--allow-remote": asked.allow_remote,
        "what is said of tables": dict(sorted(asked.given.items())),
    }
    return Identity(
        tool={
            "validate": version(DISTRIBUTION),
            "Polars": pl.__version__,
            "hashes of Polars": _hashes(),
        },
        options=json.loads(json.dumps(options)),  # as it is where it was written
        package=digest(json.dumps(package, default=_plain).encode()),
        files=files,
    )


def _hashes() -> str:
    """How Polars hashes here: by these numbers, equal keys of several parts are found."""
    hashes = pl.concat([*(column.hash() for column in PROBE), PROBE.to_struct().hash()])
    return digest(str(hashes.to_list()).encode())[:16]


def _plain(value: Any) -> Any:
    """A value of a package as JSON knows it, without where it lies."""
    if isinstance(value, Path | Place | ScratchFolder):
        return None
    if isinstance(value, Part):  # whether it is there, its size says
        return [value.location, value.content, value.within, value.partition, value.named]
    if is_dataclass(value) and not isinstance(value, type):
        name = type(value).__name__
        left_out = OF_THE_PLACE.get(name, ())
        held = [one.name for one in fields(value) if one.name not in left_out]
        return [name, *(getattr(value, one) for one in held)]
    if isinstance(value, Mapping):
        pairs: Mapping[Any, Any] = value
        return [[key, one] for key, one in pairs.items()]
    if isinstance(value, Set):
        return sorted(value)
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"{type(value).__name__} has no digest")
