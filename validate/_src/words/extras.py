"""How to install what is needed for some packages only."""

import re
from importlib.metadata import PackageNotFoundError, requires

from validate._src import DISTRIBUTION

REQUIREMENT = re.compile(r"\s*([A-Za-z0-9._-]+)([^;]*)")


def pip_install(name: str) -> str:
    """The command that installs a library, in a version that works here.

    It names the library itself. An extra of ours could only be asked for by where we were
    installed from, such as the folder of a clone, which may have moved or changed since.
    Double quotes, because the command prompt of Windows knows no others.
    """
    return f'pip install "{name}{_versions(name)}"'


def _versions(name: str) -> str:
    """Which versions of a library we ask for, such as `<1,>=0.4`; empty if none is known."""
    try:
        requirements = requires(DISTRIBUTION) or []
    except PackageNotFoundError:  # imported from a folder, without having been installed
        return ""
    for requirement in filter(None, map(REQUIREMENT.match, requirements)):
        if requirement[1] == name:
            return requirement[2].replace(" ", "")
    return ""
