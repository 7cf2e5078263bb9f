"""A record of DataCite as JSON, with which a repository registers a DOI.

Source: DataCite Metadata Schema 4.5.
"""

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from validate._src.package.addresses import scheme_of
from validate._src.publish.content import Content
from validate._src.publish.people import Agent
from validate._src.publish.standards.described import Described
from validate._src.publish.standards.documents import filled, lacking, put_json
from validate._src.publish.standards.licences import SPDX_PAGE, Licence

UNAVAILABLE = ":unav"
"""What stands for a name that is required and not known.

Source: DataCite Metadata Schema 4.5, appendix "Standard values for unknown information".
"""
REQUIRED: Mapping[str, str] = {"doi": "id that is a DOI", "publicationYear": "created"}


def write(content: Content, stream: BinaryIO) -> Iterator[str]:
    """Writes the record.

    Yields:
        What it lacks, a sentence each.
    """
    described = Described(content)
    record = _record(described)
    put_json(record, stream)
    yield from lacking(record, REQUIRED)
    for name, agents in (("creators", described.creators), ("publisher", described.publishers)):
        if not agents:
            yield f"{name}: {UNAVAILABLE}, as the descriptor names none"


def _record(described: Described) -> dict[str, Any]:
    publishers = described.publishers or [Agent(UNAVAILABLE)]
    return {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Dataset"},
        **filled(
            doi=described.doi,
            url=described.homepage,
            titles=[{"title": described.title}],
            creators=[_agent(one) for one in described.creators or [Agent(UNAVAILABLE)]],
            publisher={"name": publishers[0].name},
            publicationYear=described.date[:4],
            version=described.version,
            subjects=[{"subject": one} for one in described.keywords],
            contributors=[*_contributors(described.agents)],
            dates=[{"date": described.date, "dateType": "Issued"}] if described.date else [],
            rightsList=[_rights(one) for one in described.licences],
            descriptions=_descriptions(described.description),
            alternateIdentifiers=_alternates(described),
            relatedIdentifiers=[*_sources(described)],
            sizes=[*_sizes(described)],
            formats=[*dict.fromkeys(file.media_type for file in described.files)],
        ),
    }


def _agent(agent: Agent) -> dict[str, Any]:
    orcid = {
        "nameIdentifier": agent.orcid,
        "nameIdentifierScheme": "ORCID",
        "schemeUri": "https://orcid.org",
    }
    return filled(
        name=agent.inverted,
        nameType="Personal" if agent.is_person else "",
        givenName=agent.given,
        familyName=agent.family,
        affiliation=[{"name": agent.affiliation}] if agent.affiliation else [],
        nameIdentifiers=[orcid] if agent.orcid else [],
    )


def _contributors(agents: list[Agent]) -> Iterator[dict[str, Any]]:
    """All that somebody did beside being a creator or the publisher, an entry each."""
    for one in agents:
        for kind in one.types:
            yield {**_agent(one), "contributorType": kind}


def _rights(licence: Licence) -> dict[str, Any]:
    scheme = {"rightsIdentifierScheme": "SPDX", "schemeUri": SPDX_PAGE} if licence.spdx else {}
    return {
        "rights": licence.words,
        **filled(rightsUri=licence.url, rightsIdentifier=licence.spdx),
        **scheme,
    }


def _descriptions(description: str) -> list[dict[str, Any]]:
    return [{"description": description, "descriptionType": "Abstract"}] if description else []


def _alternates(described: Described) -> list[dict[str, Any]]:
    """The identifier, if it is no DOI."""
    if described.doi or not described.identifier:
        return []
    kind = "URL" if described.address else "Local"
    return [{"alternateIdentifier": described.identifier, "alternateIdentifierType": kind}]


def _sources(described: Described) -> Iterator[dict[str, Any]]:
    """What the package was made of, as far as it is on the web."""
    for path in dict.fromkeys(one.get("path") for one in described.sources):
        if isinstance(path, str) and scheme_of(path) in ("http", "https"):
            yield {
                "relatedIdentifier": path,
                "relatedIdentifierType": "URL",
                "relationType": "IsDerivedFrom",
            }


def _sizes(described: Described) -> Iterator[str]:
    """How many files there are, and how large they are together."""
    sizes = [file.size for file in described.files]
    if sizes:
        yield f"{len(sizes)} files" if len(sizes) > 1 else "1 file"
        yield f"{sum(sizes)} bytes"
