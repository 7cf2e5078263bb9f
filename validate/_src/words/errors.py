"""Errors that are not the data's fault."""


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


class UnreadableError(Exception):
    """The rows of a resource cannot be read here; the message says why."""

    def unusable(self, location: str) -> PackageError:
        """The error to raise where these rows are indispensable."""
        return PackageError(f"{location}: {self}")
