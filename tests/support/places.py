"""Where the repository, its packages for tests and the source texts are."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ROOT / "tests" / "packages"
SOURCES = ROOT.parent / "shared" / "sources"


def tracked_files():
    """The files of the repository; of a source distribution, all that it unpacked to."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    names = listed.stdout.split("\0") if listed.returncode == 0 else []
    files = [ROOT / name for name in names if name] or [*ROOT.rglob("*")]
    return [file for file in files if file.is_file()]
