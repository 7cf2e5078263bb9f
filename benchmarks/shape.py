"""What a table of the benchmarks is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Shape:
    """A table, and what else is in its package.

    Attributes:
        name: of the package and its table.
        columns: the cells of the rows at some indices, by the column `index`.
        schema: the Table Schema that they meet.
        wrong: a column, and what makes each of its cells break a constraint, its type kept.
        dialect: how it is delimited.
        others: further tables, with their schemas.
    """

    name: str
    columns: Callable[[pl.Series], dict[str, pl.Expr]]
    schema: Schema
    wrong: tuple[str, pl.Expr]
    dialect: Mapping[str, str] = field(default_factory=dict[str, str])
    others: Mapping[str, tuple[pl.DataFrame, Schema]] = field(
        default_factory=dict[str, tuple[pl.DataFrame, Schema]]
    )

    def rows(self, index: pl.Series, names: Sequence[str] = ()) -> pl.DataFrame:
        """The rows at some indices, every cell as text or null; some of the columns, or all."""
        columns = self.columns(index)
        return pl.DataFrame({"index": index}).select(
            columns[name].cast(pl.String).alias(name) for name in names or columns
        )


def field_of(name: str, kind: str = "string", **properties: Any) -> dict[str, Any]:
    """A field of a Table Schema; `constraints` are among its properties."""
    return {"name": name, "type": kind, **properties}


def required(**others: Any) -> dict[str, Any]:
    """Constraints of a field that has a value in every row."""
    return {"required": True, **others}


def reference(name: str, resource: str, key: str) -> dict[str, Any]:
    """A foreign key of one field; a resource without a name is the table itself."""
    return {"fields": [name], "reference": {"resource": resource, "fields": [key]}}
