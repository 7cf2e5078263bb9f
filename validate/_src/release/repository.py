"""What git says of the folder of a package."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from validate._src.compare.revision import git

AT_ONCE = 100  # files that git is asked about, as systems bound the length of a command


@dataclass(frozen=True)
class Unlike:
    """Files that are not as a commit has them, by their paths from the top of the repository.

    Attributes:
        absent: those that it has not.
        changed: those of which it has another content.
    """

    absent: Sequence[str]
    changed: Sequence[str]


@dataclass(frozen=True)
class Repository:
    """The repository that holds a folder.

    Attributes:
        folder: the folder.
    """

    folder: Path

    def head(self) -> str:
        """The commit that is checked out.

        Raises:
            PackageError: there is no git, no repository or no commit.
        """
        return self.commit("HEAD")

    def commit(self, revision: str) -> str:
        """The commit of a tag or of the beginning of a commit.

        Raises:
            PackageError: there is none.
        """
        return self._git(revision, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")

    def tag_of(self, version: str) -> str | None:
        """The tag of a version: `v1.0.0`, or `1.0.0`; None if there is neither."""
        for tag in (f"v{version}", version):
            if self._git(tag, "tag", "--list", tag):
                return tag
        return None

    def tags(self) -> list[str]:
        """The tags of the commit that is checked out."""
        return self._git("tags", "tag", "--points-at", "HEAD").split()

    def uncommitted(self) -> list[str]:
        """The files that are not as they were committed, those that git ignores left out."""
        changed = ("diff", "--name-only", "--no-renames", "-z", "HEAD")
        new = ("ls-files", "--others", "--exclude-standard", "--full-name", "-z", ":/")
        listed = [self._git("files", *arguments) for arguments in (changed, new)]
        return sorted(name for names in listed for name in names.split("\0") if name)

    def unlike(self, files: Iterable[Path]) -> Unlike:
        """The files that the commit has not, or not as they are, whatever git was told to overlook.

        Of a link, the file counts to which it leads. What git makes of a file when it commits it,
        such as other line ends, is no difference.

        Args:
            files: existing files.
        """
        top = Path(self._git("files", "rev-parse", "--show-toplevel"))
        blobs = self._blobs()
        absent, present = list[str](), list[str]()
        for file in sorted({each for one in files for each in (_placed(one), one.resolve())}):
            inside = file.is_relative_to(top.resolve())
            name = file.relative_to(top.resolve()).as_posix() if inside else str(file)
            (present if name in blobs else absent).append(name)
        regular = [name for name in present if not (top / name).is_symlink()]
        changed = [name for name, blob in self._hashed(top, regular) if blobs[name] != blob]
        return Unlike(absent, changed)

    def _blobs(self) -> dict[str, str]:
        """The objects of all files of the commit, by their paths from the top."""
        listed = self._git("files", "ls-tree", "-r", "-z", "--full-tree", "HEAD").split("\0")
        parts = (entry.partition("\t") for entry in listed if entry)
        return {name: described.split()[2] for described, _, name in parts}

    def _hashed(self, top: Path, names: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Files with the objects that a commit of them, as they are now, would have."""
        for start in range(0, len(names), AT_ONCE):
            some = names[start : start + AT_ONCE]
            hashed = git("git:files", "hash-object", "--", *some, folder=top)
            yield from zip(some, hashed.split(), strict=True)

    def _git(self, about: str, *arguments: str) -> str:
        return git(f"git:{about}", *arguments, folder=self.folder).strip("\n")


def _placed(file: Path) -> Path:
    """A file in its folder as that is called in the end, be the file itself a link."""
    return file.parent.resolve() / file.name
