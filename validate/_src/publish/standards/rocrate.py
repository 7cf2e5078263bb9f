"""An RO-Crate: `ro-crate-metadata.json`, which stands in the folder of the package.

Source: RO-Crate Metadata Specification 1.2, "Root Data Entity" and "Data Entities".
"""

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from validate._src.package.addresses import scheme_of
from validate._src.publish.content import Content
from validate._src.publish.datafiles import DataFile, as_address
from validate._src.publish.people import Agent
from validate._src.publish.standards.described import Described
from validate._src.publish.standards.documents import filled, lacking, put_json
from validate._src.publish.standards.licences import Licence

VERSION = "https://w3id.org/ro/crate/1.2"
REQUIRED: Mapping[str, str] = {
    "description": "description",
    "datePublished": "created",
    "license": "licenses",
}


def write(content: Content, stream: BinaryIO) -> Iterator[str]:
    """Writes the document.

    Yields:
        What it lacks, a sentence each.
    """
    described = Described(content)
    agents = {one: _agent(one, at) for at, one in enumerate(described.agents, 1)}
    licences = [_licence(one, at) for at, one in enumerate(described.licences, 1)]
    files = [_file(file) for file in described.files]
    files += [one for one in licences if "File" in one["@type"]]
    root = {
        "@id": "./",
        "@type": "Dataset",
        **filled(
            name=described.title,
            description=described.description,
            datePublished=described.date,
            license=_links(licences),
            version=described.version,
            identifier=described.identifier,
            url=described.homepage,
            keywords=described.keywords,
            author=_links([agents[one] for one in described.creators]),
            contributor=_links([agents[one] for one in described.contributors]),
            publisher=_links([agents[one] for one in described.publishers]),
            hasPart=_links(files),
        ),
    }
    about = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": VERSION},
    }
    entities = {one["@id"]: one for one in (about, root, *files, *licences, *agents.values())}
    put_json({"@context": f"{VERSION}/context", "@graph": [*entities.values()]}, stream)
    yield from lacking(root, REQUIRED)


def _links(entities: list[dict[str, Any]]) -> Any:
    """References to entities, each once; to a single one no list."""
    links = [{"@id": one} for one in dict.fromkeys(entity["@id"] for entity in entities)]
    return links[0] if len(links) == 1 else links


def _file(file: DataFile) -> dict[str, Any]:
    return {
        "@id": file.address,
        "@type": "File",
        **filled(
            name=file.resource.title or file.name,
            description=file.resource.description,
            encodingFormat=file.media_type,
            contentSize=str(file.size),
            sha256=file.sha256,
        ),
    }


def _licence(licence: Licence, at: int) -> dict[str, Any]:
    """A licence by its address, or as a file of the package, or by its name alone."""
    is_file = licence.path and not scheme_of(licence.path)
    return {
        "@id": as_address(licence.path) if is_file else licence.url or f"#licence-{at}",
        "@type": ["File", "CreativeWork"] if is_file else "CreativeWork",
        **filled(name=licence.words, identifier=licence.spdx or licence.name),
    }


def _agent(agent: Agent, at: int) -> dict[str, Any]:
    return {
        "@id": agent.url or f"#agent-{at}",
        "@type": "Person" if agent.is_person else "Organization",
        **filled(
            name=agent.name,
            givenName=agent.given,
            familyName=agent.family,
            affiliation=agent.affiliation,
            email=agent.email,
        ),
    }
