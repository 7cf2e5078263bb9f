"""How the program comes up fast."""

import gc
import sys
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from importlib.abc import MetaPathFinder

UNNEEDED = ("hypothesis", "numpy", "pandas", "pyarrow")


class _Absent(MetaPathFinder):
    """Says of libraries that they are not installed."""

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        if fullname in UNNEEDED:
            raise ModuleNotFoundError(f"No module named '{fullname}'", name=fullname)


@contextmanager
def quick_start() -> Generator[None]:
    """Imports the engine, and spares the libraries under it what they only look for.

    Pandera takes up NumPy, pandas and others when they are there, once it is imported and
    once it judges a frame, which takes longer than all else that a small run does;
    nothing of ours goes through them. For the program alone: a host of the library may
    want Pandera with all of it.
    """
    absent = _Absent()
    gc.disable()
    import_module("polars")  # first: it remembers for good what is not there
    sys.meta_path.insert(0, absent)
    try:
        import_module("validate._src.engine.run")
        gc.freeze()  # what was imported stays; to look through it again and again is idle
        gc.enable()
        yield
    finally:
        sys.meta_path.remove(absent)
