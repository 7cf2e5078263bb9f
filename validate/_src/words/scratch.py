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


def also_at(file: Path, target: Path) -> None:
    """Makes a file of such a folder stand in another place too, at no cost where links do.

    Raises:
        OSError: it cannot stand there.
    """
    try:
        target.hardlink_to(file)
    except OSError:  # another disk, or one that has no links
        shutil.copyfile(file, target)
