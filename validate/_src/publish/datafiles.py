"""The files of a package's data: where they are, how large, and by which digest they are known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from mimetypes import guess_type
from typing import Any
from urllib.parse import quote

from validate._src.package.addresses import scheme_of
from validate._src.package.loosely import objects
from validate._src.reading.files import file_blocks
from validate._src.reading.formats import format_named
from validate._src.words.model import Package, Part, Resource

ALLOWED = "/!$&'()*+,;=:@~"
"""What stands in the path of an address as it is, beside letters and digits of any script."""
ZIP = "application/zip"
COMPRESSED = {"gz": "application/gzip", "zip": ZIP}
ANY_BYTES = "application/octet-stream"


@dataclass(frozen=True, eq=False)
class DataFile:
    """A file of a resource.

    Attributes:
        resource: the resource; if several have rows in the file, the first.
        path: where it is, as the descriptor says it: within the package, or on the web.
        part: the file itself.
        content_type: the media type of what is in it.
    """

    resource: Resource
    path: str
    part: Part
    content_type: str

    @property
    def is_remote(self) -> bool:
        """Whether it is on the web."""
        return scheme_of(self.path) is not None

    @property
    def address(self) -> str:
        """Where it is, as the part of an address: what no address can have is encoded."""
        return self.path if self.is_remote else as_address(self.path)

    @property
    def name(self) -> str:
        """What it is called in its folder."""
        return self.path.rstrip("/").rpartition("/")[2]

    @property
    def media_type(self) -> str:
        """The media type of its bytes: if it is compressed, of that form."""
        return COMPRESSED.get(self.resource.compression, self.content_type)

    @cached_property
    def size(self) -> int:
        """How many bytes it has."""
        return self.part.size

    @cached_property
    def sha256(self) -> str:
        """Its SHA-256 digest in hexadecimal."""
        digest = sha256()
        for block in file_blocks(self.part):
            digest.update(block)
        return digest.hexdigest()


def as_address(path: str, allowed: str = ALLOWED) -> str:
    """A path as part of an address, in which letters of any script may stand as they are.

    Source: RFC 3987, "ipath".
    """
    return "".join(one if one.isalnum() or one in "-._" else quote(one, allowed) for one in path)


def data_files(package: Package) -> list[DataFile]:
    """The files that hold data, each once, in the order of the descriptor.

    Data that stand in the descriptor are in no file. In a valid package all files are at hand:
    those on the web were fetched.
    """
    by_path: dict[str, DataFile] = {}
    for file in _each(package):
        by_path.setdefault(file.path, file)
    return [*by_path.values()]


def properties_of(package: Package, resource: str) -> Mapping[str, Any]:
    """What the descriptor says of a resource."""
    listed = objects(package.properties.get("resources"))
    return next((one for one in listed if one.get("name") == resource), {})


def _each(package: Package) -> Iterator[DataFile]:
    for resource in package.resources.values():
        if resource.data is not None:
            continue
        given = properties_of(package, resource.name).get("mediatype")
        for part in resource.parts:
            content_type = given if isinstance(given, str) and given else _type_of(resource, part)
            yield DataFile(resource, part.location, part, content_type)


def _type_of(resource: Resource, part: Part) -> str:
    """The media type by the format, or by the end of the path."""
    known = format_named(resource.format)
    by_format = known.media_type if known else ""
    return by_format or guess_type(part.location)[0] or ANY_BYTES
