"""Errors that are not the data's fault."""

CHANGED_MEANWHILE = "it was changed while it was read"
"""Why nothing can be said of a file, or of a package."""


class PackageError(Exception):
    """The package or the arguments cannot be used as they are.

    The message is one line that names the place and says what to do.

    Attributes:
        exit_code: what the command line exits with.
    """

    exit_code = 2

    def __init__(self, message: str) -> None:
        """Keeps the message on one line, whatever names and values stand in it."""
        super().__init__(" ".join(message.splitlines()))


class FileError(PackageError):
    """A file of a resource is not there, or cannot be read as what it is declared to be.

    Where a package is judged, this is a finding of the resource; a command that needs the
    file cannot do without it.

    Attributes:
        location: the file, as the descriptor names it.
        reason: what is wrong with it, in one sentence.
        line: physical line of the place, if it is known.
        code: the code of the finding.
    """

    def __init__(
        self, location: str, reason: str, line: int | None = None, code: str = "source-error"
    ) -> None:
        """Names the file."""
        place = location if line is None else f"{location}:{line}"
        super().__init__(f"{place}: {reason}")
        self.location, self.line, self.code = location, line, code
        self.reason = " ".join(reason.splitlines())


class UnreadableError(Exception):
    """The rows of a resource cannot be read here; the message says why."""

    def unusable(self, location: str) -> PackageError:
        """The error to raise where these rows are indispensable."""
        return PackageError(f"{location}: {self}")
