"""Where the project is published and who maintains it, and each place that says so.

The owner chooses both in `pyproject.toml`, in `urls` and `maintainers`. While they are not chosen,
every place says that there is no address, or has one that cannot be taken for one.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

PLACEHOLDER = "OWNER/REPOSITORY"
GITHUB = "https://github.com/"
NO_DOMAIN = "alliance-claims.invalid"
"""R demands an address; by RFC 2606, no domain can end so."""
NOBODY = f"The Alliance Claims developers <nobody@{NO_DOMAIN}>"


@dataclass(frozen=True)
class Addresses:
    """What the owner has chosen; None is what was not.

    Attributes:
        repository: the address of the repository on GitHub, without a slash at its end.
        maintainer: name and address of who maintains the project, as in a letter.
        version: the version of the project.
    """

    repository: str | None
    maintainer: str | None
    version: str

    @property
    def tag(self) -> str:
        """The release that examples name."""
        return f"v{self.version}" if self.repository else "RELEASE"


def addresses_of(project: Mapping[str, Any]) -> Addresses:
    """What the table `project` of a `pyproject.toml` says."""
    repository = project.get("urls", {}).get("Repository")
    maintainers = [f"{one['name']} <{one['email']}>" for one in project.get("maintainers", [])]
    return Addresses(repository, *maintainers[:1] or [None], project["version"])


def _descriptor(text: str, given: Addresses) -> str:
    """A data package: its homepage, behind its version."""
    properties = {name: held for name, held in json.loads(text).items() if name != "homepage"}
    made: dict[str, Any] = {}
    for name, held in properties.items():
        made[name] = held
        if name == "version" and given.repository:
            made["homepage"] = given.repository
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def _automation(text: str, given: Addresses) -> str:
    """The page with examples that name the repository and a release of it."""
    repository = given.repository or GITHUB + PLACEHOLDER
    said = (
        f"This repository is {given.repository}."
        if given.repository
        else f"Where this repository is published, its owner has still to choose: `{PLACEHOLDER}` "
        "stands for that place in the examples, and `RELEASE` for a tag or commit there."
    )
    text = _said(text, said)
    text = _replaced(r"^(  - repo: ).*$", repository, text)
    text = _replaced(r"^(    rev: ).*$", given.tag, text)
    action = f"{repository.removeprefix(GITHUB)}@{given.tag}"
    return _replaced(r"^(      - uses: )(?!actions/).*$", action, text)


def _readme(text: str, given: Addresses) -> str:
    """The README, where it says which file is for what."""
    said = (
        f"The files of a release are on [its page]({given.repository}/releases/tag/{given.tag})."
        if given.repository
        else "Where releases are published, the owner has still to choose; in a clone, "
        "`bash .ci/release` writes all files into `dist`."
    )
    return _said(text, said)


def _r_page(text: str, given: Addresses) -> str:
    """The page on R."""
    said = (
        f"The package is maintained by {given.maintainer}."
        if given.maintainer
        else "R demands the address of a maintainer. The owner has still to choose one: that in "
        "`r/DESCRIPTION` is of a domain that cannot exist."
    )
    return _said(text, said)


def _r_description(text: str, given: Addresses) -> str:
    """The package for R."""
    kept = [line for line in text.splitlines() if not line.startswith(("URL:", "BugReports:"))]
    if given.repository:
        at = next(at for at, line in enumerate(kept) if line.startswith("Depends:"))
        kept[at:at] = [f"URL: {given.repository}", f"BugReports: {given.repository}/issues"]
    return _replaced(r"^(Maintainer: ).*$", given.maintainer or NOBODY, "\n".join(kept) + "\n")


def _said(text: str, sentence: str) -> str:
    """A page with another line behind the mark at which addresses are spoken of."""
    return _replaced(r"^(<!-- address -->\n).*$", sentence, text)


def _replaced(pattern: str, by: str, text: str) -> str:
    made, count = re.subn(pattern, lambda found: found[1] + by, text, flags=re.MULTILINE)
    assert count == 1, f"{pattern} is found {count} times"
    return made


USES: Mapping[str, Callable[[str, Addresses], str]] = {
    "README.md": _readme,
    "datapackage.json": _descriptor,
    "docs/automation.md": _automation,
    "docs/r.md": _r_page,
    "r/DESCRIPTION": _r_description,
}
"""The files that name an address, each with what makes its text for other addresses."""
