"""DCAT as JSON-LD, by its application profile for data portals in Europe.

Source: DCAT-AP 3.0.1; Data Catalog Vocabulary 3.
"""

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from validate._src.publish.content import Content
from validate._src.publish.datafiles import COMPRESSED, DataFile
from validate._src.publish.people import CONTACT, Agent
from validate._src.publish.standards.described import Described
from validate._src.publish.standards.documents import filled, lacking, put_json
from validate._src.publish.standards.licences import Licence

MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
SHA256 = {"@id": "spdx:checksumAlgorithm_sha256", "@type": "spdx:ChecksumAlgorithm"}
REQUIRED: Mapping[str, str] = {"dct:description": "description"}
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def write(content: Content, stream: BinaryIO) -> Iterator[str]:
    """Writes the document.

    Yields:
        What it lacks, a sentence each.
    """
    described = Described(content)
    document = {"@context": CONTEXT, **_dataset(described)}
    put_json(document, stream)
    yield from lacking(document, REQUIRED)


def _dataset(described: Described) -> dict[str, Any]:
    issued = {"@value": described.date, "@type": "xsd:date"} if described.date else None
    return {
        **filled(**{"@id": described.address}),
        "@type": "dcat:Dataset",
        **filled(
            **{
                "dct:title": described.title,
                "dct:description": described.description,
                "dct:identifier": described.identifier,
                "dct:issued": issued,
                "dcat:version": described.version,
                "dcat:keyword": described.keywords,
                "dcat:landingPage": _page(described.homepage),
                "dct:creator": [_agent(one) for one in described.creators],
                "dct:contributor": [_agent(one) for one in described.contributors],
                "dct:publisher": [_agent(one) for one in described.publishers[:1]],
                "dcat:contactPoint": [*_contacts(described.agents)],
                "dct:license": _licences(described.licences),
                "dcat:distribution": [_distribution(one, described) for one in described.files],
            }
        ),
    }


def _distribution(file: DataFile, described: Described) -> dict[str, Any]:
    where = {"@id": file.address}
    compressed = COMPRESSED.get(file.resource.compression)
    packing = "dcat:packageFormat" if file.resource.compression == "zip" else "dcat:compressFormat"
    size = {"@value": str(file.size), "@type": "xsd:nonNegativeInteger"}
    return {
        "@type": "dcat:Distribution",
        "dcat:accessURL": where,
        "dcat:downloadURL": where,
        **filled(
            **{
                "dct:title": file.resource.title or file.name,
                "dct:description": file.resource.description,
                "dcat:mediaType": _media_type(file.content_type),
                packing: _media_type(compressed) if compressed else None,
                "dcat:byteSize": size,
                "spdx:checksum": _checksum(file.sha256),
                "dct:license": _licences(described.licences)[:1],
            }
        ),
    }


def _checksum(digest: str) -> dict[str, Any]:
    return {
        "@type": "spdx:Checksum",
        "spdx:algorithm": SHA256,
        "spdx:checksumValue": {"@value": digest, "@type": "xsd:hexBinary"},
    }


def _media_type(name: str) -> dict[str, Any]:
    return {"@id": f"{MEDIA_TYPES}{name}", "@type": "dct:MediaType"}


def _page(address: str) -> dict[str, Any] | None:
    return {"@id": address, "@type": "foaf:Document"} if address else None


def _licences(licences: list[Licence]) -> list[dict[str, Any]]:
    """Licences as documents: with an address, or with a title alone."""
    return [
        {"@type": "dct:LicenseDocument", **filled(**{"@id": one.url, "dct:title": one.words})}
        for one in licences
    ]


def _agent(agent: Agent) -> dict[str, Any]:
    known = filled(**{"@id": agent.url, "foaf:name": agent.name})
    kinds = ["foaf:Agent", "foaf:Person"] if agent.is_person else "foaf:Agent"
    return {"@type": kinds, **known}


def _contacts(agents: list[Agent]) -> Iterator[dict[str, Any]]:
    """Those who answer questions: the contacts, as far as they have an address for letters."""
    for one in agents:
        if CONTACT in one.roles and one.email:
            address = {"@id": f"mailto:{one.email}"}
            yield {"@type": "vcard:Kind", "vcard:fn": one.name, "vcard:hasEmail": address}
