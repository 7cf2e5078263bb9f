"""What is kept of workbooks as long as they may be wanted again.

A run reads some tables more than once, to find the rows that repeat a key and to show those at
fault; `init` reads each for its form, its types and its proof. To open a workbook takes most of the
time, so within `workbooks_kept` it is opened once.
"""

from collections.abc import Callable, Generator, Hashable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from validate._src.reading.files import stamp_of
from validate._src.words.model import Part, Resource

_KEPT: ContextVar["Kept | None"] = ContextVar("kept", default=None)


@dataclass(frozen=True)
class Kept:
    """What is kept.

    Attributes:
        made: by what it is of.
        at_the_end: what is done with it when it is not wanted any more.
    """

    made: dict[Hashable, Any] = field(default_factory=dict[Hashable, Any])
    at_the_end: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]])


def kept() -> Kept | None:
    """What is kept; None where nothing is."""
    return _KEPT.get()


def as_it_is(resource: Resource, part: Part) -> Hashable:
    """What a workbook is known by: a file that has changed is another one."""
    assert part.file is not None
    return resource.format, str(part.file.absolute()), stamp_of(part.file)


@contextmanager
def workbooks_kept() -> Generator[None]:
    """Keeps what is read of workbooks; within itself, it does nothing."""
    if _KEPT.get() is not None:
        yield
        return
    made = Kept()
    token = _KEPT.set(made)
    try:
        yield
    finally:
        _KEPT.reset(token)
        for end in made.at_the_end:
            end()
