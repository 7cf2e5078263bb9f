"""Patterns of paths, and the files in a folder whose paths fit one.

`*`, `?` and `[...]` stand for characters of one name as `fnmatch` has them, with case; `**` for
any number of folders, none among them, and at the end for all files below. Names that begin with
`.` or `_` are no tables by what writes them (`_SUCCESS`, `_delta_log`, `.part-0.crc`): they are
left out, unless the pattern begins with the same character in their place.

Source: Python, `pathlib`, "Pattern language"; Apache Spark and Hive, which pass over such names.
"""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import translate
from functools import cached_property
from operator import attrgetter
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from validate._src.words.errors import FileError

WILD = frozenset("*?[")
FOLDERS = "**"
SET_ASIDE = (".", "_")
SHOWN = 5  # names that a message shows of those that are there; more are no help to a reader

States = frozenset[int]
"""Which parts of a pattern may stand for the name that follows."""


def is_pattern(text: str) -> bool:
    """Whether a path has characters that may stand for others."""
    return not WILD.isdisjoint(text)


@dataclass(frozen=True)
class Matches:
    """The files in a folder whose paths fit a pattern.

    Attributes:
        paths: their paths relative to the folder, with `/`, in the order of their code points.
        left_out: what would fit but for a name that begins with `.` or `_`, in the same order;
            folders end with `/`.
        leading_out: links to what is outside of the folder, which are not followed.
        there: where nothing fits, some of what stands in the folder up to which the pattern fits.
    """

    paths: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    leading_out: tuple[str, ...] = ()
    there: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pattern:
    """A pattern of relative paths.

    Attributes:
        text: the pattern, with `/` between its parts.
    """

    text: str

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """What stands for one name each, or for any number of folders."""
        return tuple(part for part in self.text.split("/") if part not in ("", "."))

    @cached_property
    def _names(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(translate(normalize("NFC", part))) for part in self.parts)

    @cached_property
    def start(self) -> States:
        """The parts that may stand for the first name."""
        return self._opened([0] if self.parts else [])

    def fits(self, path: str) -> bool:
        """Whether a path fits, whatever there is in any folder."""
        *folders, name = path.split("/")
        states = self.start
        for folder in folders:
            states = self.below(states, folder)
        return self.takes(states, name)

    def below(self, states: States, folder: str) -> States:
        """The parts that may stand for a name in a folder of this name; none if it does not fit."""
        known = [at for at in states if self._is_meant(at, folder)]
        after = (at if self.parts[at] == FOLDERS else at + 1 for at in known)
        return self._opened(at for at in after if at < len(self.parts))

    def takes(self, states: States, name: str) -> bool:
        """Whether a file of this name fits."""
        last = len(self.parts) - 1
        return last in states and self._is_meant(last, name)

    def sets_aside(self, states: States, name: str, *, is_folder: bool) -> bool:
        """Whether a name would fit but for its beginning, and no part is meant for it."""
        if not name.startswith(SET_ASIDE):
            return False
        last = len(self.parts) - 1
        could = [
            at
            for at in states
            if self._has(at, name)
            and ((self._is_open(at) or at < last) if is_folder else at == last)
        ]
        return bool(could) and not any(self._is_meant(at, name) for at in could)

    def beginning_set_aside(self, path: str) -> str:
        """What of a path is left out for its name: it, or a folder in it; empty if nothing is."""
        *folders, name = path.split("/")
        states, begin = self.start, ""
        for folder in folders:
            begin += f"{folder}/"
            if self.sets_aside(states, folder, is_folder=True):
                return begin
            states = self.below(states, folder)
        return path if self.sets_aside(states, name, is_folder=False) else ""

    def _is_open(self, at: int) -> bool:
        return self.parts[at] == FOLDERS

    def _opened(self, places: Iterable[int]) -> States:
        """Places in the pattern, and those behind `**`, which may stand for no folder."""
        found: set[int] = set()
        for at in places:
            while at not in found:
                found.add(at)
                at += self._is_open(at) and at + 1 < len(self.parts)
        return frozenset(found)

    def _has(self, at: int, name: str) -> bool:
        return self._is_open(at) or bool(self._names[at].match(normalize("NFC", name)))

    def _is_meant(self, at: int, name: str) -> bool:
        """Whether a part stands for a name, also for its beginning."""
        own = not name.startswith(SET_ASIDE) or self.parts[at].startswith(name[0])
        return own and self._has(at, name)


def matches(folder: Path, pattern: str) -> Matches:
    """The files in a folder whose paths fit a pattern.

    Nothing outside of the folder is looked at: a link that leads out is not followed.

    Args:
        folder: the folder, which must exist.
        pattern: the pattern, relative to it.

    Raises:
        FileError: a folder cannot be listed, or the name of a file holds what is no character.
    """
    walk = _Walk(folder, Pattern(pattern))
    walk.look("", walk.pattern.start, depth=0)
    while walk.waiting:
        walk.look(*walk.waiting.pop())
    return walk.matches()


def matches_among(paths: Iterable[str], pattern: str) -> Matches:
    """Those of some paths that fit a pattern, where there is no folder to look in.

    Args:
        paths: the paths of all files, with `/`.
        pattern: the pattern.
    """
    known, every = Pattern(pattern), sorted(paths)
    set_aside = (known.beginning_set_aside(path) for path in every)
    found = tuple(path for path in every if known.fits(path))
    left_out = tuple(dict.fromkeys(one for one in set_aside if one))
    return Matches(found, left_out, there=() if found else tuple(every[:SHOWN]))


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    """Whether an entry is a folder; of a link in a circle its reading says what it is."""
    try:
        return entry.is_dir()
    except OSError:
        return False


class _Walk:
    """A walk through the folders that a pattern may have files in.

    Attributes:
        pattern: the pattern.
        waiting: folders that are not looked at yet: their path, what may stand for names in them,
            and how deep they lie.
    """

    def __init__(self, folder: Path, pattern: Pattern) -> None:
        self.pattern = pattern
        self.waiting: list[tuple[str, States, int]] = []
        self._folder = folder
        self._paths: list[str] = []
        self._left_out: list[str] = []
        self._leading_out: list[str] = []
        self._deepest, self._there = -1, list[str]()

    def look(self, path: str, states: States, depth: int) -> None:
        """Looks at what is in a folder."""
        seen: list[str] = []
        for entry in self._entries(path):
            name, own = entry.name, f"{path}{entry.name}"
            is_folder = _is_folder(entry)
            if self.pattern.sets_aside(states, name, is_folder=is_folder):
                self._left_out.append(f"{own}/" if is_folder else own)
            elif not is_folder:
                seen.append(own)
                if self.pattern.takes(states, name):
                    self._paths.append(own)
            else:
                seen.append(f"{own}/")
                after = self.pattern.below(states, name)
                if after and (not entry.is_symlink() or self._may_follow(path, own)):
                    self.waiting.append((f"{own}/", after, depth + 1))
        if depth > self._deepest or (depth == self._deepest and not self._there):
            self._deepest, self._there = depth, seen

    def matches(self) -> Matches:
        """What was found."""
        names = ((one, PurePosixPath(one).name) for one in self._there)
        there = sorted(one for one, name in names if not name.startswith(SET_ASIDE))
        return Matches(
            tuple(sorted(self._paths)),
            tuple(sorted(self._left_out)),
            tuple(sorted(self._leading_out)),
            () if self._paths else tuple(there[:SHOWN]),
        )

    def _entries(self, path: str) -> Iterator["os.DirEntry[str]"]:
        where = path.rstrip("/") or str(self._folder)
        try:
            with os.scandir(self._folder / path) as entries:
                for entry in sorted(entries, key=attrgetter("name")):
                    entry.name.encode()
                    yield entry
        except UnicodeEncodeError:
            why = "the name of a file in it holds what is no character; rename it"
            raise FileError(where, why) from None
        except OSError as error:
            raise FileError(where, f"cannot be listed: {error.strerror}") from None

    def _may_follow(self, path: str, link: str) -> bool:
        """Whether a link to a folder leads to one inside, and not back to one above it."""
        try:
            target, home = (self._folder / link).resolve(), self._folder.resolve()
            above = (self._folder / path).resolve()
        except (OSError, RuntimeError):
            return False
        if not target.is_relative_to(home):
            self._leading_out.append(link)
            return False
        return not above.is_relative_to(target)
