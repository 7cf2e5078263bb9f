"""Who made a package, and what each did."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from validate._src.package.addresses import scheme_of
from validate._src.package.loosely import objects, texts

CREATORS = frozenset({"creator", "author"})
PUBLISHER = "publisher"
CONTACT = "contact"
ORCID = re.compile(r"^https?://orcid\.org/(\d{4}-\d{4}-\d{4}-\d{3}[\dX])/?$")
TYPES = (
    "ContactPerson", "DataCollector", "DataCurator", "DataManager", "Distributor", "Editor",
    "HostingInstitution", "Producer", "ProjectLeader", "ProjectManager", "ProjectMember",
    "RegistrationAgency", "RegistrationAuthority", "RelatedPerson", "ResearchGroup", "Researcher",
    "RightsHolder", "Sponsor", "Supervisor", "WorkPackageLeader", "Other",
)  # fmt: skip
"""What a contributor can be for DataCite, from which Zenodo takes its types.

Source: DataCite Metadata Schema 4.5, "contributorType".
"""
OTHER = TYPES[-1]
BY_ROLE = {
    **{name.casefold(): name for name in TYPES},
    CONTACT: "ContactPerson",
    "maintainer": "DataManager",
    "wrangler": "DataCurator",
    "funder": "Sponsor",
}
"""The same by roles in small letters: DataCite's own, and the other ones of Data Package.

Source: Data Package 2.0, "contributors", which recommends DataCite's.
"""


@dataclass(frozen=True)
class Agent:
    """A person or an organisation that had to do with a package.

    Attributes:
        name: what it is called.
        given: the given name of a person; empty if it is not told apart.
        family: the family name.
        affiliation: the organisation that a person belongs to, if it is said.
        email: the address, if it is said.
        url: the page, if it is said.
        roles: what it did, in the descriptor's words.
    """

    name: str
    given: str = ""
    family: str = ""
    affiliation: str = ""
    email: str = ""
    url: str = ""
    roles: tuple[str, ...] = ()

    @property
    def is_person(self) -> bool:
        """Whether this is a person for sure; a name alone may be that of an organisation."""
        return bool(self.given or self.family or self.affiliation or self.orcid)

    @property
    def orcid(self) -> str:
        """The ORCID iD, without the address; empty if there is none."""
        found = ORCID.match(self.url)
        return found[1] if found else ""

    @property
    def inverted(self) -> str:
        """The name as catalogues sort it: the family name first where it is known."""
        return ", ".join((self.family, self.given)) if self.family and self.given else self.name

    @property
    def types(self) -> list[str]:
        """What it is for DataCite, beside creator and publisher, each once."""
        others = (role for role in self.roles if role not in {*CREATORS, PUBLISHER})
        return [*dict.fromkeys(BY_ROLE.get(role.casefold(), OTHER) for role in others)]


def agents_of(properties: Mapping[str, Any]) -> list[Agent]:
    """The contributors of a descriptor that have a name."""
    found = map(_agent, objects(properties.get("contributors")))
    return [one for one in found if one.name]


def creators_of(agents: list[Agent]) -> list[Agent]:
    """Those who are cited: the creators and authors, or all if nobody is one."""
    return [one for one in agents if CREATORS.intersection(one.roles)] or agents


def _agent(contributor: Mapping[str, Any]) -> Agent:
    def text(name: str) -> str:
        value = contributor.get(name)
        return value if isinstance(value, str) else ""

    given, family, url = text("givenName"), text("familyName"), text("path")
    return Agent(
        text("title") or " ".join(part for part in (given, family) if part),
        given,
        family,
        text("organization"),
        text("email"),
        url if scheme_of(url) else "",
        roles_of(contributor),
    )


def roles_of(contributor: Mapping[str, Any]) -> tuple[str, ...]:
    """What somebody did: `roles` by 2.0, `role` by 1.0."""
    return tuple(filter(None, texts(contributor.get("roles") or contributor.get("role"))))
