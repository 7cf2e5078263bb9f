"""All files by other standards in one folder."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from validate._src.publish.content import Content
from validate._src.publish.standards import (
    citationfile,
    croissant,
    csvw,
    datacite,
    dcat,
    rocrate,
    schemaorg,
    zenodo,
)
from validate._src.words.errors import PackageError

Write = Callable[[Content, BinaryIO], Iterator[str]]

STANDARDS: Mapping[str, tuple[str, Write]] = {
    "croissant": ("croissant.json", croissant.write),
    "schema-org": ("schema-org.jsonld", schemaorg.write),
    "ro-crate": ("ro-crate-metadata.json", rocrate.write),
    "dcat": ("dcat.jsonld", dcat.write),
    "datacite": ("datacite.json", datacite.write),
    "citation": ("CITATION.cff", citationfile.write),
    "zenodo": (".zenodo.json", zenodo.write),
    "csvw": ("csv-metadata.json", csvw.write),
}
"""The standards, each with the name of its file, by which its readers find it, and its writer."""


def write(content: Content, folder: Path) -> Iterator[str]:
    """Writes all files into an empty folder, those left out that cannot describe the package.

    Yields:
        What is to be known of them, a sentence each.
    """
    for name, (file, write_one) in STANDARDS.items():
        try:
            with (folder / file).open("wb") as stream:
                for said in write_one(content, stream):
                    yield f"{name}: {said}"
        except PackageError as error:
            (folder / file).unlink()
            yield f"{file} is left out: {error}"
