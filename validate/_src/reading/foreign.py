"""Tables in formats that only frictionless reads: it gives the cells, we judge them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from validate._src.reading.native import Item, NativeReader
from validate._src.words.errors import FileError, UnreadableError
from validate._src.words.model import Resource

if TYPE_CHECKING:
    import frictionless


class ForeignReader(NativeReader):
    """An opened table that frictionless reads."""

    def __init__(self, resource: Resource) -> None:
        """Reads the header.

        Raises:
            FileError: frictionless cannot read the file.
            UnreadableError: frictionless lacks what it needs to read the format, or the
                table is in several files.
        """
        if len(resource.parts) > 1:
            raise UnreadableError(
                f"of a table of format {resource.format} in several files only one would be read"
            )
        super().__init__(resource, map(Item, _rows(resource)))


def note_of(refusal: "frictionless.FrictionlessException") -> str:
    """What frictionless says of a file that it does not read, in one line."""
    return " ".join(refusal.error.note.splitlines())


def _rows(resource: Resource) -> Iterator[list[Any]]:
    import frictionless

    for part in resource.parts:
        part.check()
    try:
        source = frictionless.Resource.from_descriptor(_descriptor(resource))
        with source:
            yield from getattr(source, "cell_stream")  # noqa: B009 - made by __getattr__
    except frictionless.FrictionlessException as refusal:
        note = note_of(refusal)
        if "not installed" in note or "extra" in note or "pip install" in note:
            raise UnreadableError(f"frictionless cannot read it: {note}") from None
        raise FileError(resource.location, note) from None


def _descriptor(resource: Resource) -> dict[str, Any]:
    """What frictionless needs to know to read the cells, the header among them."""
    (file,) = resource.files
    dialect: dict[str, Any] = {"header": False}
    known = resource.dialect
    if resource.format in ("ods", "xls"):
        sheet = known.sheet_name or known.sheet_number or 1
        dialect["excel" if resource.format == "xls" else "ods"] = {"sheet": sheet}
    if resource.format == "sqlite":
        dialect["sql"] = {"table": known.table}
        return {"name": "source", "path": f"sqlite:///{file.resolve()}", "dialect": dialect}
    return {
        "name": "source",
        "path": str(file.resolve()),
        "format": resource.format,
        "dialect": dialect,
    }
