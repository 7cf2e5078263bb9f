"""Errors that are not the data's fault."""


class PackageError(Exception):
    """The package or the arguments cannot be used as they are.

    The message is one line that names the place and says what to do.

    Attributes:
        exit_code: what the command line exits with.
    """

    exit_code = 2
