"""A Dataset of schema.org as JSON-LD, which a web page has in a `script` for search engines.

Source: https://schema.org/Dataset.
"""

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from validate._src.publish.content import Content
from validate._src.publish.datafiles import DataFile
from validate._src.publish.people import Agent
from validate._src.publish.standards.described import Described
from validate._src.publish.standards.documents import (
    filled,
    lacking,
    licence_links,
    put_json,
)

RECOMMENDED: Mapping[str, str] = {"description": "description"}
"""What search engines require beside the name.

Source: Google Search Central, "Dataset structured data".
"""


def write(content: Content, stream: BinaryIO) -> Iterator[str]:
    """Writes the document.

    Yields:
        What it lacks, a sentence each.
    """
    described = Described(content)
    document = {"@context": "https://schema.org/", **dataset(described)}
    document |= filled(distribution=[_download(file) for file in described.files])
    put_json(document, stream)
    yield from lacking(document, RECOMMENDED)


def dataset(described: Described) -> dict[str, Any]:
    """A package as a Dataset of schema.org, without its files."""
    return {
        "@type": "Dataset",
        **filled(
            name=described.title,
            alternateName=described.name if described.name != described.title else "",
            description=described.description,
            version=described.version,
            identifier=described.identifier,
            url=described.homepage,
            license=licence_links(described.licences),
            creator=[agent(one) for one in described.creators],
            contributor=[agent(one) for one in described.contributors],
            publisher=[agent(one) for one in described.publishers],
            datePublished=described.date,
            keywords=described.keywords,
            isBasedOn=[_source(one) for one in described.sources],
        ),
    }


def agent(one: Agent) -> dict[str, Any]:
    """Somebody as a Person, or as an Organization if nothing says that this is a person."""
    affiliation = {"@type": "Organization", "name": one.affiliation} if one.affiliation else None
    return {
        "@type": "Person" if one.is_person else "Organization",
        **filled(
            name=one.name,
            givenName=one.given,
            familyName=one.family,
            affiliation=affiliation,
            email=one.email,
            url=one.url,
        ),
    }


def _download(file: DataFile) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        **filled(
            name=file.name,
            description=file.resource.title or file.resource.description,
            contentUrl=file.address,
            encodingFormat=file.media_type,
            contentSize=str(file.size),
            sha256=file.sha256,
        ),
    }


def _source(source: Mapping[str, Any]) -> dict[str, Any]:
    return {"@type": "CreativeWork", **filled(name=source.get("title"), url=source.get("path"))}
