"""Validate Frictionless Data Packages: Table Schemas compiled into Pandera on Polars.

`validate(path)` returns a report, `load(path)` the typed tables of a valid package.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from validate._src.engine.run import InvalidPackageError, load, validate
    from validate._src.words.errors import PackageError

__all__ = ["InvalidPackageError", "PackageError", "load", "validate"]


def __getattr__(name: str) -> Any:
    """Imports the engine when it is first asked for: `validate --help` needs none of it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from validate._src.engine import run as engine
    from validate._src.words import errors

    return getattr(errors if hasattr(errors, name) else engine, name)
