"""Files whose names are written in nearly the way in which a path writes them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote

from validate._src.words.spelling import folded

Spelling = Callable[[str], str]


def _composed(name: str) -> str:
    """A name with its letters composed, as most systems write them."""
    return normalize("NFC", name)


def _decoded(name: str) -> str:
    """A name of which a URL has the percent-encoded form."""
    return _composed(unquote(name))


def _folded(name: str) -> str:
    """A name regardless of how it is encoded, of case and of spaces around it."""
    return folded(unquote(name))


@dataclass
class Names:
    """The names in a folder and the folders below it, each folder listed once.

    Attributes:
        folder: the folder.
    """

    folder: Path
    _listed: dict[tuple[Path, Spelling], dict[str, list[str]]] = field(
        default_factory=dict[tuple[Path, Spelling], dict[str, list[str]]]
    )

    def meant(self, parts: Iterable[str]) -> Path | None:
        """The one file that a path means if its letters are decomposed or percent-encoded.

        Source: Data Package 2.0, Glossary, "URL or Path", of which one and the same text should
        work on disk and online; Unicode, canonical equivalence.
        """
        return self._spelled(parts, _composed, _decoded)

    def near(self, parts: Iterable[str]) -> Path | None:
        """The one file whose path is the same but for case, spaces and look-alike letters.

        One that is not there is none: a link that leads to nothing has a name as well.
        """
        found = self._spelled(parts, _folded, _folded)
        return found if found is not None and found.exists() else None

    def _spelled(self, parts: Iterable[str], of_name: Spelling, of_part: Spelling) -> Path | None:
        at = self.folder
        for part in parts:
            names = self._in(at, of_name)
            found = names.get(of_name(part)) or names.get(of_part(part)) or []
            exact = [name for name in found if name == part] or found
            if len(exact) != 1:
                return None
            at = at / exact[0]
        return at

    def _in(self, folder: Path, spelling: Spelling) -> dict[str, list[str]]:
        """The names in a folder by how they are spelled; none if it cannot be listed."""
        key = (folder, spelling)
        if key not in self._listed:
            names: dict[str, list[str]] = {}
            try:
                listed = [file.name for file in folder.iterdir()]
            except OSError:
                listed = []
            for name in listed:
                names.setdefault(spelling(name), []).append(name)
            self._listed[key] = names
        return self._listed[key]
