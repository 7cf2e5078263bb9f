"""Validate Frictionless Data Packages: Table Schemas compiled into Pandera on Polars.

`validate(path)` returns a report, `load(path)` the typed tables of a valid
package, `schemas(path)` its schemas as objects of Pandera.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from validate.api import (
        Finding,
        InvalidPackageError,
        PackageError,
        Progress,
        Report,
        Tables,
        load,
        merge,
        run_part,
        schemas,
        validate,
    )

__all__ = [
    "Finding",
    "InvalidPackageError",
    "PackageError",
    "Progress",
    "Report",
    "Tables",
    "load",
    "merge",
    "run_part",
    "schemas",
    "validate",
]


def __getattr__(name: str) -> Any:
    """Imports a public name when it is first asked for: `validate --help` needs none of them."""
    if name in __all__:
        return getattr(import_module("validate.api"), name)
    if name.startswith("_"):
        raise _no_attribute(name)
    return _of_configobj(name)


def __dir__() -> list[str]:
    """The public names."""
    return __all__


def _of_configobj(name: str) -> Any:
    """A name of the module `validate` that configobj installs, in the place of which we stand."""
    try:
        legacy = import_module("configobj.validate")
    except ModuleNotFoundError:
        raise _no_attribute(name) from None
    if name not in legacy.__all__:
        raise _no_attribute(name)
    return getattr(legacy, name)


def _no_attribute(name: str) -> AttributeError:
    return AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
