"""The files of a package that is not valid, as they are: what its tables were read from."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from validate._src.package.loosely import objects
from validate._src.publish.datafiles import DataFile, properties_of
from validate._src.reading.files import file_blocks
from validate._src.site.model import Site
from validate._src.words.errors import FileError
from validate._src.words.model import Package


def why_withheld(package: Package) -> str:
    """Why no file of a package may be given away as it is; empty if all may.

    Its files have the values of restricted fields. Where the descriptor cannot be understood,
    nobody knows which fields are restricted.
    """
    resources = package.resources.values()
    if any(one.schema is not None and one.schema.restricted for one in resources):
        return "some of its fields are restricted"
    if len(objects(package.properties.get("resources"))) != len(package.resources):
        return "not all of its resources can be told from the descriptor"
    unread = (one.name for one in resources if one.schema is None)
    if unread := [name for name in unread if "schema" in properties_of(package, name)]:
        return f"the schema of {', '.join(unread)} cannot be read"
    return ""


def copied_files(site: Site, folder: Path) -> Iterator[tuple[Path, DataFile]]:
    """Copies the files of a package into a folder, each to the path that it has in the package.

    Those on the web and those that are not there are passed over: what is wrong with them is among
    the findings.

    Args:
        site: the package, whose files may be given away.
        folder: where they go; it is made if there is one.

    Yields:
        Each copy with what it is of.
    """
    for file in site.content.files:
        path = PurePosixPath(file.path)
        is_inside = not path.is_absolute() and ".." not in path.parts
        if file.is_remote or file.part.file is None or file.part.absent or not is_inside:
            continue
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with target.open("wb") as copy:
                copy.writelines(file_blocks(file.part))
        except FileError:  # a finding says so
            target.unlink()
            continue
        yield target, file
