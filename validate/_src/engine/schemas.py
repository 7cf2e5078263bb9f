"""The tables of a package as schemas of Pandera, for frames that are made elsewhere."""

import os
from typing import TYPE_CHECKING

from validate._src.checks.schemas import pandera_schema
from validate._src.engine.arguments import A_PACKAGE, as_path_or_address, check_options
from validate._src.package.descriptor import check_descriptor, load_package

if TYPE_CHECKING:
    import pandera.polars as pa


def schemas(
    path: str | os.PathLike[str] = ".", *, allow_remote: bool = False
) -> "dict[str, pa.DataFrameSchema]":
    """The schemas of a package compiled into those of Pandera.

    Each judges a frame with columns such as `load` gives by types, constraints, row rules and keys
    of its own table, as a run does, and has the titles and descriptions of the schema. Keys to
    other tables, table rules, EDTF dates, numerals and anchors are not in it: they need more than
    one table, or its text. No row of the package is read.

    Args:
        path: a descriptor, a folder or zip file that holds `datapackage.json`, or the URL of
            one.
        allow_remote: whether a package at a URL of the web or an object store, and files that it
            names by one, are fetched.

    Returns:
        A `pandera.polars.DataFrameSchema` for each table, by resource name.

    Raises:
        PackageError: the package cannot be used as it is, or a schema in it is at fault.
    """
    check_options(allow_remote=allow_remote)
    package = load_package(as_path_or_address(path, "path", A_PACKAGE), allow_remote=allow_remote)
    check_descriptor(package)
    return {name: pandera_schema(table) for name, table in package.tables.items()}
