"""Byte code of what is run from its sources, as pip makes it of all that it installs.

Where Python may not write (`PYTHONDONTWRITEBYTECODE`, a folder without the right to), a
package that is installed for editing would be compiled anew by every run.
"""

from compileall import compile_dir
from importlib.util import find_spec
from pathlib import Path


def make() -> None:
    """Compiles our package and the scripts of the benchmark, where that was not done."""
    package = find_spec("validate")
    assert package is not None
    assert package.origin is not None
    for folder in (Path(package.origin).parent, Path(__file__).parent):
        compile_dir(folder, quiet=1)
