"""What git says of the folder of a package."""

from dataclasses import dataclass
from pathlib import Path

from validate._src.compare.revision import git


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

    def _git(self, about: str, *arguments: str) -> str:
        return git(f"git:{about}", *arguments, folder=self.folder).strip("\n")
