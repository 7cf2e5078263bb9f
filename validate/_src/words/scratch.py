"""A folder for files that are needed for a while."""

import shutil
import weakref
from pathlib import Path
from tempfile import mkdtemp


class ScratchFolder:
    """A new folder, which goes when this object does, at the latest when the program ends.

    Attributes:
        path: where it is.
    """

    def __init__(self) -> None:
        """Makes the folder."""
        self.path: Path = Path(mkdtemp(prefix="validate-"))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)
