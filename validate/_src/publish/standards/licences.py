"""What may be done with a package."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from validate._src.package.addresses import scheme_of
from validate._src.package.loosely import objects

SPDX = (
    "AGPL-3.0-only", "AGPL-3.0-or-later", "Apache-2.0", "Artistic-2.0", "BSD-2-Clause",
    "BSD-3-Clause", "BSL-1.0", "C-UDA-1.0", "CC-BY-1.0", "CC-BY-2.0", "CC-BY-2.5", "CC-BY-3.0",
    "CC-BY-4.0", "CC-BY-NC-1.0", "CC-BY-NC-2.0", "CC-BY-NC-2.5", "CC-BY-NC-3.0", "CC-BY-NC-4.0",
    "CC-BY-NC-ND-1.0", "CC-BY-NC-ND-2.0", "CC-BY-NC-ND-2.5", "CC-BY-NC-ND-3.0", "CC-BY-NC-ND-4.0",
    "CC-BY-NC-SA-1.0", "CC-BY-NC-SA-2.0", "CC-BY-NC-SA-2.5", "CC-BY-NC-SA-3.0", "CC-BY-NC-SA-4.0",
    "CC-BY-ND-1.0", "CC-BY-ND-2.0", "CC-BY-ND-2.5", "CC-BY-ND-3.0", "CC-BY-ND-4.0", "CC-BY-SA-1.0",
    "CC-BY-SA-2.0", "CC-BY-SA-2.5", "CC-BY-SA-3.0", "CC-BY-SA-4.0", "CC0-1.0",
    "CDLA-Permissive-1.0", "CDLA-Sharing-1.0", "EPL-2.0", "EUPL-1.1", "EUPL-1.2", "GFDL-1.3",
    "GFDL-1.3-only", "GFDL-1.3-or-later", "GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only",
    "GPL-3.0-or-later", "ISC", "LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only",
    "LGPL-3.0-or-later", "MIT", "MPL-2.0", "ODC-By-1.0", "ODbL-1.0", "OGL-UK-1.0", "OGL-UK-2.0",
    "OGL-UK-3.0", "PDDL-1.0", "Unlicense",
)  # fmt: skip
"""Licences of data, and some of code, as SPDX names them: those that a name is known to be.

Source: SPDX License List.
"""
BY_NAME = {
    **{name.casefold(): name for name in SPDX},
    "odc-pddl-1.0": "PDDL-1.0",
    "odc-odbl-1.0": "ODbL-1.0",
}
"""The same by names in small letters, and those that Open Definition names otherwise.

Source: Open Definition Licenses Service, from which Data Package takes the names of licences.
"""
SPDX_PAGE = "https://spdx.org/licenses/"


@dataclass(frozen=True)
class Licence:
    """A licence of a package.

    Attributes:
        name: what the descriptor calls it, such as `CC-BY-4.0`; empty if it does not.
        title: its title, if it has one.
        path: where its text stands, on the web or in the package, if it is said.
    """

    name: str
    title: str
    path: str

    @property
    def spdx(self) -> str:
        """Its name by SPDX; empty if it is not known to have one."""
        return BY_NAME.get(self.name.casefold(), "")

    @property
    def url(self) -> str:
        """Where it can be read on the web: what the descriptor says, or the page of SPDX."""
        if scheme_of(self.path):
            return self.path
        return f"{SPDX_PAGE}{self.spdx}.html" if self.spdx else ""

    @property
    def words(self) -> str:
        """What people call it."""
        return self.title or self.name or self.path


def licences_of(properties: Mapping[str, Any]) -> list[Licence]:
    """The licences of a descriptor, of which something is said."""
    found = map(_licence, objects(properties.get("licenses")))
    return [one for one in found if one.words]


def _licence(properties: Mapping[str, Any]) -> Licence:
    values = (properties.get(name) for name in ("name", "title", "path"))
    return Licence(*(value if isinstance(value, str) else "" for value in values))
