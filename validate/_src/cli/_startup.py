"""How the program comes up fast."""

import gc
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module

UNNEEDED = ("hypothesis", "numpy", "pandas", "pyarrow")
NEEDED_BY = {"numpy": "pyreadstat"}
"""Those of them without which a reader cannot be imported, and that reader."""

ALLOCATOR = f"narenas:{os.cpu_count() or 1},dirty_decay_ms:-1,muzzy_decay_ms:-1"
"""How the allocator of Polars (jemalloc) behaves: memory that is free stays the process's own.

Each batch needs as much as the one before, and pages that were given back have to be made again,
one by one: +4 to 11 % on most tables (benchmarks/tricks.py). Fewer arenas than its four
a core keep less of it apart.
"""
OBJECTS = 100_000
"""New objects after which garbage is looked for: rows of JSON are many objects and no garbage.

After 700, as Python has it: +10 % on 200,000 rows of newline-delimited JSON.
"""


class _Absent:
    """A finder of modules that says of libraries that they are not installed."""

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        if fullname in UNNEEDED and NEEDED_BY.get(fullname) not in sys.modules:
            raise ModuleNotFoundError(f"No module named '{fullname}'", name=fullname)


@contextmanager
def quick_start(*, judges: bool = True) -> Generator[None]:
    """Imports the engine, and hides libraries from it that it would import for nothing.

    Args:
        judges: whether Pandera is imported as well, without which no row can be judged.

    Pandera imports NumPy, pandas and others if they are installed, when it is imported
    itself and when it checks a frame. That takes longer than the rest of a small run (+154 %
    where all are installed, benchmarks/tricks.py), and nothing here goes through them. Only
    for the program: a host of the library may want Pandera with all of them.
    """
    os.environ.setdefault("_RJEM_MALLOC_CONF", ALLOCATOR)  # read when Polars is loaded
    with _no_garbage_collection():
        import_module("polars")  # before they are hidden: it never looks for them again
    with _hidden():
        with _no_garbage_collection():
            import_module("validate._src.engine.run")
            if judges:
                import_module("pandera.polars")
            gc.set_threshold(OBJECTS)
            gc.freeze()  # what was imported stays, so no later collection looks at it: off, +4 %
        from validate._src.reading import workbooks_kept

        with workbooks_kept():  # until all is printed, which shows rows of them
            yield


@contextmanager
def _hidden() -> Generator[None]:
    """Hides the libraries that are not needed."""
    absent = _Absent()
    sys.meta_path.insert(0, absent)
    try:
        yield
    finally:
        sys.meta_path.remove(absent)


@contextmanager
def _no_garbage_collection() -> Generator[None]:
    """Imports make many objects and drop few: collections in between find nothing.

    They would add 6 % to a run on 1,000 rows (benchmarks/tricks.py).
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
