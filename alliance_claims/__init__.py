"""The dataset as `pip` installs it: `validate.load("alliance-claims")` finds it by this module."""

from pathlib import Path

_HERE = Path(__file__).parent
_FOLDER = _HERE if (_HERE / "datapackage.json").exists() else _HERE.parent
"""A wheel has the dataset beside this file; a clone of the repository, in the folder above."""

descriptor = _FOLDER / "datapackage.json"
"""The descriptor of the package, beside its data and schemas."""
