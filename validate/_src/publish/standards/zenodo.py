"""`.zenodo.json`, by which Zenodo describes what it archives of a repository.

Source: Zenodo, "Describe your software" and "Deposit metadata" of its developers' pages.
"""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, BinaryIO

from validate._src.package.addresses import scheme_of
from validate._src.publish.content import Content
from validate._src.publish.people import Agent
from validate._src.publish.standards.described import Described
from validate._src.publish.standards.documents import filled, lacking, put_json

REQUIRED: Mapping[str, str] = {
    "description": "description",
    "creators": "contributors",
    "license": "licenses with a name that SPDX knows",
}
"""What Zenodo asks for; what is left out, it takes from the release of the repository."""


def write(content: Content, stream: BinaryIO) -> Iterator[str]:
    """Writes the file.

    Yields:
        What it lacks, a sentence each.
    """
    described = Described(content)
    licence = next((one.spdx for one in described.licences if one.spdx), "")
    document = {
        "upload_type": "dataset",
        **filled(
            title=described.title,
            version=described.version,
            publication_date=described.date,
            description=_html(described.description),
            creators=[_agent(one) for one in described.creators],
            contributors=[*_contributors(described.agents)],
            license=licence.lower(),
            keywords=described.keywords,
            related_identifiers=[*_related(described)],
        ),
    }
    put_json(document, stream)
    yield from lacking(document, REQUIRED)
    if len(described.licences) > 1:
        yield f"license is {licence or 'left out'}: Zenodo takes one of several"


def _html(description: str) -> str:
    """A description as Zenodo takes it: a blank line begins a paragraph."""
    return "".join(f"<p>{escape(one, quote=False)}</p>" for one in description.split("\n\n") if one)


def _agent(agent: Agent) -> dict[str, Any]:
    return filled(name=agent.inverted, affiliation=agent.affiliation, orcid=agent.orcid)


def _contributors(agents: list[Agent]) -> Iterator[dict[str, Any]]:
    for one in agents:
        for kind in one.types:
            yield {**_agent(one), "type": kind}


def _related(described: Described) -> Iterator[dict[str, Any]]:
    """The page of the package, and what it was made of, as far as they are on the web."""
    if described.homepage:
        yield {"identifier": described.homepage, "relation": "isDocumentedBy"}
    for path in dict.fromkeys(one.get("path") for one in described.sources):
        if isinstance(path, str) and scheme_of(path) in ("http", "https"):
            yield {"identifier": path, "relation": "isDerivedFrom"}
