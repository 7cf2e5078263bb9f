"""What the names of files may be."""

import re

UNFIT = re.compile(r"[^\w.-]")
LONGEST_STEM = 50  # characters of up to four bytes: file systems allow 255 with the suffixes


def stem(name: str) -> str:
    """What the name of a file can begin with: a name, as far as files allow."""
    return UNFIT.sub("_", name).lstrip(".")[:LONGEST_STEM] or "table"
