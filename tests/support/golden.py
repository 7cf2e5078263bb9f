"""Files that are held equal to what makes them, and are written anew by `--update-golden`."""

import difflib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from support.places import PACKAGES, ROOT


def expected(name: str) -> Any:
    """What a run is to say of one of the packages for tests, and the folder of sources it takes."""
    return json.loads((PACKAGES / name / "expected.json").read_text("utf-8"))


@dataclass(frozen=True)
class Golden:
    """Compares files with what they should hold, or writes them.

    Attributes:
        update: whether to write what differs, for `git diff` to show it.
        changed: a line for each file that was written.
    """

    update: bool
    changed: list[str] = field(default_factory=list)

    def text(self, file: Path, made: str):
        """Holds the whole text of a file to what was made."""
        stored = file.read_text("utf-8")
        if self.update and stored != made:
            self._write(file, stored, made)
        else:
            assert stored == made

    def json(self, file: Path, made: Any):
        """Holds the value of a JSON file to what was made, however it is laid out."""
        stored = file.read_text("utf-8")
        if self.update and json.loads(stored) != made:
            self._write(file, stored, laid_out(made))
        else:
            assert made == json.loads(stored)

    def _write(self, file, stored, made):
        file.write_text(made, "utf-8", newline="\n")
        lines = [*difflib.ndiff(stored.splitlines(), made.splitlines())]
        added, removed = (sum(line.startswith(mark) for line in lines) for mark in "+-")
        self.changed.append(f"{file.relative_to(ROOT).as_posix()}: +{added} -{removed} lines")


def laid_out(value: dict[str, Any]) -> str:
    """An object of JSON as the packages have it: a member a line, and an object of a list too."""
    members = ",\n".join(f"  {in_a_line(key)}: {member(held)}" for key, held in value.items())
    return f"{{\n{members}\n}}\n"


def member(value):
    if isinstance(value, dict):
        lines = [f"    {in_a_line(key)}: {in_a_line(held)}" for key, held in value.items()]
        return "{\n" + ",\n".join(lines) + "\n  }"
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return "[\n" + ",\n".join(f"    {in_a_line(item)}" for item in value) + "\n  ]"
    return in_a_line(value)


def in_a_line(value):
    return json.dumps(value, ensure_ascii=False)


def with_blocks(page: str, language: str, contents: list[str]) -> str:
    """A page with these contents, in their order, as all of its blocks of a language."""
    block = re.compile(rf"(^```{language}\n)(.*?)(^```$)", re.MULTILINE | re.DOTALL)
    assert len(block.findall(page)) == len(contents), "the page has a block for each"
    left = iter(contents)
    return block.sub(lambda found: found[1] + next(left) + found[3], page)
