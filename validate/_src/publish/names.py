"""Names that differ where formats see no difference."""

from collections.abc import Iterable, Iterator


def distinct(names: Iterable[str], longest: int | None = None) -> list[str]:
    """Names of which no two are equal, also where capitals make no difference.

    Args:
        names: n names.
        longest: how many characters one may have.

    Returns:
        n names: the first of some that are equal as it is, a later one with a number.
    """
    return [*_numbered(names, longest)]


def _numbered(names: Iterable[str], longest: int | None) -> Iterator[str]:
    taken: set[str] = set()
    for name in names:
        made, number = name[:longest], 1
        while made.casefold() in taken:
            number += 1
            end = f"_{number}"
            made = f"{name[: longest and longest - len(end)]}{end}"
        taken.add(made.casefold())
        yield made
