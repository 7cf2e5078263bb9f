"""`CITATION.cff`, by which repositories of code say how they are cited.

Source: Citation File Format 1.2.0.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

import yaml

from validate._src.publish.content import Content
from validate._src.publish.people import Agent
from validate._src.publish.standards.described import Described
from validate._src.publish.standards.documents import filled

WIDTH = 100  # characters of a line
MESSAGE = "If you use this dataset, please cite it as below."
"""What the file says to its readers, unless the descriptor has a `citationMessage`."""
NOBODY: dict[str, Any] = {"name": "anonymous"}
"""The author where none is known, as the format has it."""


def write(content: Content, stream: BinaryIO) -> Iterator[str]:
    """Writes the file.

    Yields:
        What it lacks, a sentence each.
    """
    described = Described(content)
    text = yaml.safe_dump(_citation(described), allow_unicode=True, sort_keys=False, width=WIDTH)
    stream.write(text.encode())
    if not described.creators:
        yield "the author is anonymous, as the descriptor has no contributors"


def _citation(described: Described) -> dict[str, Any]:
    spdx = [one.spdx for one in described.licences if one.spdx]
    others = [one.url for one in described.licences if one.url and not one.spdx]
    message = described.content.properties.get("citationMessage")
    return {
        "cff-version": "1.2.0",
        "message": message if isinstance(message, str) and message else MESSAGE,
        "title": described.title,
        "type": "dataset",
        **filled(
            **{
                "version": described.version,
                "date-released": date.fromisoformat(described.date) if described.date else None,
                "doi": described.doi,
                "identifiers": _identifiers(described),
                "url": described.homepage,
                "license": spdx[0] if len(spdx) == 1 else spdx,
                "license-url": "" if spdx or not others else others[0],
                "authors": [_author(one) for one in described.creators] or [NOBODY],
                "abstract": described.description,
                "keywords": described.keywords,
            }
        ),
    }


def _identifiers(described: Described) -> list[dict[str, Any]]:
    """The identifier, if it is no DOI."""
    if described.doi or not described.identifier:
        return []
    return [{"type": "url" if described.address else "other", "value": described.identifier}]


def _author(agent: Agent) -> dict[str, Any]:
    """A person whose names are known one by one, or an entity: what has one name only."""
    orcid = f"https://orcid.org/{agent.orcid}" if agent.orcid else ""
    website = "" if orcid else agent.url
    if not (agent.given or agent.family):
        return filled(name=agent.name, email=agent.email, orcid=orcid, website=website)
    return filled(
        **{
            "family-names": agent.family,
            "given-names": agent.given,
            "affiliation": agent.affiliation,
            "email": agent.email,
            "orcid": orcid,
            "website": website,
        }
    )
