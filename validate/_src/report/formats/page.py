"""What pages for the browser have in common: all that is not of the page is escaped in them."""

from base64 import b64encode
from hashlib import sha256
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined
from markupsafe import Markup

from validate._src.words.printing import counted, printable


def environment(loader: BaseLoader) -> Environment:
    """Templates that escape every text, with filters for numbers and for the page's policy."""
    made = Environment(
        loader=loader,
        autoescape=True,
        finalize=_presented,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Any] = {"counted": counted, "digest": _digest, "grouped": _grouped}
    made.filters.update(filters)
    return made


def _presented(value: object) -> object:
    """A value as it is shown: a text that is no markup of ours is escaped after this."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _grouped(number: int) -> str:
    return f"{number:,}"


def _digest(text: str) -> str:
    """The script or the style as the page's policy names it, so that no other is obeyed."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
