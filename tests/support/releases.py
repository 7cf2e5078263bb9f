"""A project that is released: a package in a repository of git, with a changelog."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from support.versions import BOATS, ROWS, write

FIRST = "## [1.0.0] - 2026-01-31\n\nThe first.\n"


@dataclass(frozen=True)
class Project:
    """A repository whose folder is a package.

    Attributes:
        folder: the folder.
    """

    folder: Path

    def git(self, *arguments: str) -> str:
        """What git says."""
        identity = ("-c", "user.name=T", "-c", "user.email=t@example.org")
        command = ["git", *identity, *arguments]
        done = subprocess.run(
            command, cwd=self.folder, check=True, capture_output=True, encoding="utf-8"
        )
        return done.stdout.strip()

    def commit(self) -> str:
        """Commits all there is, and gives the beginning of the commit."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "as it is")
        return self.git("rev-parse", "--short=7", "HEAD")

    def changelog(self, *entries: str):
        """Writes a changelog of these entries, the newest first."""
        self.write("CHANGELOG.md", "# Changelog\n\n" + "\n".join(entries))

    def write(self, name: str, text: str):
        """Writes a file of the folder."""
        (self.folder / name).write_text(text, "utf-8", newline="\n")

    def package(self, rows=ROWS, resource=BOATS, **properties):
        """Writes the package."""
        properties = {"created": "2026-02-28T00:00:00Z", "title": "Boats", **properties}
        write(self.folder, rows, resource, **properties)


def released_once(folder: Path) -> Project:
    """A project with a first release, and one that is committed and can follow it."""
    folder.mkdir()
    project = Project(folder)
    project.git("init", "--quiet")
    project.package()
    project.changelog(FIRST)
    commit = project.commit()
    project.package([*ROWS, "b4,7,white"], version="1.1.0")
    second = "## [1.1.0] - 2026-02-28\n\n### Added rows\n\n- `boats`: [one](docs/b4.md).\n"
    project.changelog(second, FIRST.replace("\n\n", f"\n\nCommit `{commit}`.\n\n", 1))
    project.commit()
    return project
