"""What the descriptor says of a package as a whole."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from validate._src.package.addresses import scheme_of
from validate._src.package.loosely import objects, texts
from validate._src.publish.content import Content
from validate._src.publish.datafiles import DataFile
from validate._src.publish.metadata import is_dated, moment_of
from validate._src.publish.people import PUBLISHER, Agent, agents_of, creators_of
from validate._src.publish.standards.licences import Licence, licences_of

DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.\d{4,9}/\S+)$", re.IGNORECASE)
DOI_PAGE = "https://doi.org/"


@dataclass(frozen=True, eq=False)
class Described:
    """A package as all standards are told of it; a text that it does not say is empty.

    Attributes:
        content: what is exported of it.
    """

    content: Content

    @property
    def title(self) -> str:
        """The title, or the name for want of one."""
        return self.content.title

    @property
    def name(self) -> str:
        """The name."""
        return self.content.package.name

    @property
    def version(self) -> str:
        """The version."""
        return self.content.package.version or ""

    @property
    def description(self) -> str:
        """The description."""
        return self._text("description")

    @cached_property
    def date(self) -> str:
        """The day on which this version was made, `2026-11-30`.

        It is that of `created`, as it is written there, or without one that of
        `SOURCE_DATE_EPOCH`.
        """
        created = self._text("created")
        try:
            datetime.fromisoformat(created)
        except ValueError:
            return moment_of(self.content).date().isoformat() if is_dated() else ""
        return created[: len("2026-11-30")]

    @property
    def doi(self) -> str:
        """The DOI, if the identifier is one, without an address: `10.5281/zenodo.1`."""
        found = DOI.match(self._text("id"))
        return found[1] if found else ""

    @property
    def identifier(self) -> str:
        """The identifier: that of a DOI as an address."""
        return f"{DOI_PAGE}{self.doi}" if self.doi else self._text("id")

    @property
    def address(self) -> str:
        """The identifier, if it is an address."""
        return self.identifier if scheme_of(self.identifier) in ("http", "https") else ""

    @property
    def homepage(self) -> str:
        """The page of the package on the web."""
        return self._text("homepage")

    @property
    def keywords(self) -> list[str]:
        """The keywords, each once."""
        listed = self.content.properties.get("keywords")
        return [*dict.fromkeys(texts(listed))] if isinstance(listed, list) else []

    @property
    def licences(self) -> list[Licence]:
        """The licences."""
        return licences_of(self.content.properties)

    @cached_property
    def agents(self) -> list[Agent]:
        """All who had to do with it."""
        return agents_of(self.content.properties)

    @property
    def creators(self) -> list[Agent]:
        """Those who are cited."""
        return creators_of(self.agents)

    @property
    def publishers(self) -> list[Agent]:
        """Those who published it, by their roles."""
        return [one for one in self.agents if PUBLISHER in one.roles]

    @property
    def contributors(self) -> list[Agent]:
        """Those who are neither cited nor published it."""
        cited = self.creators
        return [one for one in self.agents if one not in cited and PUBLISHER not in one.roles]

    @property
    def sources(self) -> list[Mapping[str, Any]]:
        """What it was made of, as the descriptor has it."""
        return [*objects(self.content.properties.get("sources"))]

    @property
    def files(self) -> list[DataFile]:
        """The files of its data."""
        return self.content.files

    def _text(self, name: str) -> str:
        value = self.content.properties.get(name)
        return value if isinstance(value, str) else ""
