"""The public names, which can be imported from `validate` as well.

`from validate.api import load, validate` also works where another distribution has put
an `__init__` of its own into the folder `validate`, as configobj does.
"""

from validate._src.engine.parts import merge, run_part
from validate._src.engine.progress import Progress
from validate._src.engine.run import InvalidPackageError, Tables, load, validate
from validate._src.engine.schemas import schemas
from validate._src.report.report import Report
from validate._src.words.errors import PackageError
from validate._src.words.finding import Finding

__all__ = [
    "Finding",
    "InvalidPackageError",
    "PackageError",
    "Progress",
    "Report",
    "Tables",
    "load",
    "merge",
    "run_part",
    "schemas",
    "validate",
]
