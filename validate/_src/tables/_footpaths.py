"""Fields whose values stand in the paths of files of which the footers alone are read."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import polars as pl

from validate._src.fields.constraints import declared_constraints
from validate._src.fields.forms import expected
from validate._src.reading.batch import file_finding
from validate._src.tables._cells import cells_and_values
from validate._src.words.errors import PackageError
from validate._src.words.finding import Finding, cut
from validate._src.words.model import TabularResource
from validate._src.words.schema import Field

STANDS = "it stands in the path of the file"


def faults_of_paths(resource: TabularResource, field: Field, name: str) -> Iterator[Finding]:
    """What is wrong with the values of a field that stand in paths, one finding a file and fault.

    Args:
        resource: the table.
        field: the field.
        name: the name that it has in paths.
    """
    parts = [part for part in resource.parts if not part.absent]
    texts = pl.Series(field.name, [dict(part.partition).get(name) for part in parts], pl.String)
    cells, values = cells_and_values(texts, field)

    def faults(
        wrong: pl.Series, code: str, message: str, rule: str | None = None
    ) -> Iterator[Finding]:
        for at in wrong.fill_null(value=False).arg_true():
            found = file_finding(
                resource, code, message, rule=rule, value=texts[at], location=parts[at].location
            )
            yield replace(found, field=field.label)

    is_other = cells.is_not_null() & values.is_null()
    yield from faults(is_other, "type-error", f"not {expected(field)}; {STANDS}")
    if resource.schema.requires(field):
        said = "a value is required; the path of the file has none"
        yield from faults(cells.is_null(), "constraint-error", said, "required")
    frame = pl.DataFrame({"cell": cells, "value": values})
    for declared in declared_constraints(field):
        constraint = declared.constraint
        if constraint.condition is None:
            continue
        with suppress(PackageError):  # which the schema is at fault for, as is said of it
            condition = constraint.condition(field, declared.argument, str(field.place))
            met = frame.select(condition(pl.col("value"), pl.col("cell"))).to_series()
            said = f"{constraint.phrase.format(cut(str(declared.argument)))}; {STANDS}"
            yield from faults(~met, "constraint-error", said, constraint.name)
