"""The passages in which markers are looked for: spans whose characters are at hand and proved."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from validate._src.checks.anchors import WITHOUT_TEXT
from validate._src.tables.dataset import Dataset
from validate._src.words.anchors import Anchors, Spans
from validate._src.words.codes import MARKER_CODES, TEXT_CODES
from validate._src.words.markers import Markers
from validate._src.words.outcome import NotChecked

ASTRAY = "they do not stand where their rows say"
UNREAD = "source, start, end, digest, claim or role is missing or of the wrong type"


@dataclass(frozen=True)
class Passage:
    """The characters of a span.

    Attributes:
        index: the row of the span.
        claim: the claim that it is a span of.
        text: its canonical characters.
    """

    index: int
    claim: str
    text: str


@dataclass
class Passages:
    """The passages of a dataset, and what of them cannot be looked at.

    Attributes:
        seen: those that can.
        unseen: the claims of those that cannot.
        whys: how many cannot, by the reason.
    """

    seen: list[Passage] = field(default_factory=list[Passage])
    unseen: set[str] = field(default_factory=set[str])
    whys: Counter[str] = field(default_factory=Counter[str])

    @property
    def is_whole(self) -> bool:
        """Whether all can be looked at."""
        return not self.whys

    def may_have_more(self, claim: str) -> bool:
        """Whether a claim may have passages that cannot be looked at."""
        return claim in self.unseen or self.whys[UNREAD] > 0

    def not_checked(self, spans: str) -> Iterator[NotChecked]:
        """What is not checked because some cannot be looked at.

        Args:
            spans: the resource of the spans.
        """
        for why, count in self.whys.items():
            what = f"markers in {count} spans of {spans}"
            yield NotChecked(what, why, MARKER_CODES & TEXT_CODES)


def marked(anchors: Anchors, markers: Markers) -> Spans:
    """The spans in which markers are looked for, which are some of the anchors."""
    spans = anchors.spans_of(markers.spans.resource)
    assert spans is not None
    return spans


def read_passages(dataset: Dataset, anchors: Anchors, markers: Markers) -> Passages:
    """The passages of the spans that markers apply to.

    Args:
        dataset: the dataset.
        anchors: where its spans stand.
        markers: which of them they apply to.
    """
    passages, spans = Passages(), marked(anchors, markers)
    table = dataset.tables[spans.resource]
    names = [spans.source, spans.start, spans.end, spans.sha256, markers.spans.claim]
    role = [] if markers.spans.role is None else [markers.spans.role]
    if not table.has([*names, *role]):
        passages.whys[UNREAD] += table.cells.height
        return passages
    texts = dataset.texts or {}
    rows = table.values.select(names).iter_rows()
    roles = table.values[role[0]] if role else [None] * table.cells.height
    for index, (row, own_role) in enumerate(zip(rows, roles, strict=True)):
        source, start, end, sha256, claim = row
        if None in row or (role and own_role is None):
            passages.whys[UNREAD] += 1
            continue
        if role and own_role not in markers.spans.roles:
            continue
        text = texts.get(source)
        if text is not None and text.digest(start, end) == sha256:
            passages.seen.append(Passage(index, claim, text.canonical[start:end]))
            continue
        passages.whys[WITHOUT_TEXT if text is None else ASTRAY] += 1
        passages.unseen.add(claim)
    return passages
