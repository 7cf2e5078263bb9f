"""Frames of Polars and pandas: what is one, which is asked of all that is to be judged."""

import sys
from typing import Any, Protocol, TypeGuard

import polars as pl


class PandasFrame(Protocol):
    """What is looked at of a `pandas.DataFrame`; pandas itself is never imported."""

    @property
    def columns(self) -> Any:
        """The labels of its columns."""
        ...

    @property
    def index(self) -> Any:
        """The labels of its rows."""
        ...

    @property
    def iloc(self) -> Any:
        """Its cells by position."""
        ...


Frame = pl.DataFrame | pl.LazyFrame | PandasFrame
"""What can be judged without a file."""


def is_frame(value: object) -> TypeGuard[Frame]:
    """Whether a value is a frame of Polars or pandas."""
    return isinstance(value, pl.DataFrame | pl.LazyFrame) or is_of_pandas(value)


def is_of_pandas(value: object) -> TypeGuard[PandasFrame]:
    """Whether a value is a frame of pandas, which then has been imported."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(value, pandas.DataFrame)


def has_plain_index(frame: Frame) -> bool:
    """Whether the labels of the rows, if there are any, say no more than their place."""
    if isinstance(frame, pl.DataFrame | pl.LazyFrame):
        return True
    index = frame.index
    return type(index).__name__ == "RangeIndex" and index.name is None
