"""Descriptions as HTML: what Markdown marks in them, and nothing else, is markup.

Of Markdown (CommonMark, with the bare addresses of GitHub's dialect) paragraphs, lists, headings,
code, emphasis and links are shown; lists within lists are one list, tables stay as they are
written, and so does HTML. So no description acts on a page, and one that is no Markdown reads as
it is written.

Source: Data Package 2.0, "description": it may be formatted by Markdown.
"""

import re
from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from validate._src.site.escaping import language_of, spelt

FENCE = re.compile(r" {0,3}(```+|~~~+)")
HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
BULLET = re.compile(r"[ \t]*[-*+][ \t]+(?=\S)")
NUMBER = re.compile(r"[ \t]*(\d{1,9})[.)][ \t]+(?=\S)")
PARAGRAPH, BULLETS, NUMBERS, TITLE, CODE, TABLE = "p", "ul", "ol", "title", "pre", "table"
LISTS = {
    BULLETS: Markup('<ul class="listed"{}>{}</ul>'),
    NUMBERS: Markup('<ol class="listed"{}>{}</ol>'),
}
WITHIN = 1_000
"""Characters between two marks of a pair, so that a mark without its like is soon given up."""
BEGINS, ENDS = r"(?<![^\s(\[{\"'“‘])", r"(?<=[^\s*_])"
"""Where emphasis may begin and end: not within a word, a path or a pattern such as `.*$`."""
INLINE = re.compile(
    rf"""
    (?<!`)(?P<ticks>`++)(?P<code>.{{1,{WITHIN}}}?)(?<!`)(?P=ticks)(?!`)
    | !?\[(?P<text>[^\[\]]{{0,{WITHIN}}})\]
      \(\s*<?(?P<target>https?://[^\s()<>]{{1,{WITHIN}}}(?:\([^\s()<>]{{0,99}}\)[^\s()<>]{{0,99}})?)>?
      (?:\s+(?:"[^"]{{0,{WITHIN}}}"|'[^']{{0,{WITHIN}}}'))?\s*\)
    | <(?P<bracketed>https?://[^\s<>]+)>
    | (?<![\w/])(?P<bare>https?://[!-;=?-~]+)
    | {BEGINS}\*\*(?=[\w"'“‘`(\[])(?P<strong>.{{1,{WITHIN}}}?){ENDS}\*\*(?!\w)
    | {BEGINS}\*(?=[\w"'“‘`(\[])(?P<star>[^*]{{1,{WITHIN}}}){ENDS}\*(?![\w*])
    | {BEGINS}_(?=[\w"'“‘`(\[])(?P<line>[^_]{{1,{WITHIN}}}){ENDS}_(?![\w])
    | \\(?P<escaped>[*_`\[\]<>\#])
    """,
    re.VERBOSE | re.DOTALL,
)
KINDS = ("code", "text", "bracketed", "bare", "strong", "star", "line", "escaped")
"""What a mark may be, by the name of its group."""
TRAILING = re.compile(r"[?!.,:;*_~'\"]+$")
"""What ends a sentence about an address, and is no part of it."""


def prose(text: str) -> Markup:
    """A description as HTML: blocks, each with its language if its script tells that.

    A text of one line is a paragraph: "# of eggs" is no heading, and "- 5 %" no list.
    """
    lines = spelt(text).strip().split("\n")
    if len(lines) == 1:
        return _block((PARAGRAPH, lines)) if lines[0] else Markup("")
    return Markup("\n").join(map(_block, _blocks(lines)))


def _blocks(lines: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """The blocks of a text: what each is, and its lines or items."""
    kind, held, fence, is_after_blank = "", list[str](), "", False
    for line in lines:
        if fence:
            if _ends(fence, line):
                yield kind, held
                kind, held, fence = "", [], ""
            else:
                held.append(line)
            continue
        if not line.strip() or RULE.match(line):
            is_after_blank = True
            continue
        opened = FENCE.match(line)
        is_apart = is_after_blank and not line[0].isspace()
        found, content = (CODE, "") if opened else _line(line, kind, is_apart=is_apart)
        if held and (found != kind or kind == TITLE or (kind == PARAGRAPH and is_after_blank)):
            yield kind, held
            held = []
        kind, fence, is_after_blank = found, opened[1] if opened else "", False
        if kind in LISTS and content == line:  # no item begins here
            held[-1] += f"\n{line.strip()}"
        elif not opened:
            held.append(content)
    if held or fence:
        yield kind, held


def _ends(fence: str, line: str) -> bool:
    """Whether a line ends what a fence of code has begun."""
    return line.strip().startswith(fence) and not line.strip().strip(fence[0])


def _line(line: str, before: str, *, is_apart: bool) -> tuple[str, str]:
    """What a line is, and what it says.

    Args:
        line: the line, which is not blank.
        before: what the block is that it may go on with.
        is_apart: whether blank lines part it from that, so that it is no line of an item.
    """
    if heading := HEADING.match(line):
        return TITLE, heading[1]
    if line.lstrip().startswith("|"):
        return TABLE, line.strip()
    if bullet := BULLET.match(line):
        return BULLETS, line[bullet.end() :]
    # A list begins with 1: any other number at the start of a line is a year, or a count.
    number = NUMBER.match(line)
    if number and (number[1] == "1" or before == NUMBERS):
        return NUMBERS, line[number.end() :]
    return (before, line) if before in LISTS and not is_apart else (PARAGRAPH, line.strip())


def _block(block: tuple[str, list[str]]) -> Markup:
    kind, held = block
    text = "\n".join(held)
    language = language_of(text)
    mark = Markup(' lang="{}"').format(language) if language else Markup("")
    if kind in (CODE, TABLE):
        return Markup("<pre><code>{}</code></pre>").format(text)
    if kind in LISTS:
        items = Markup("").join(Markup("<li>{}</li>").format(_inline(one)) for one in held)
        return LISTS[kind].format(mark, items)
    shown = _inline(text)
    return Markup("<p{}>{}</p>").format(
        mark, Markup("<b>{}</b>").format(shown) if kind == TITLE else shown
    )


def _inline(text: str) -> Markup:
    """A run of text with its code, links and emphasis."""
    made, at = Markup(""), 0
    for found in INLINE.finditer(text):
        shown, end = _marked(found)
        made += escape(text[at : found.start()]) + shown
        made += escape(text[end : found.end()])
        at = found.end()
    return made + escape(text[at:])


def _marked(found: re.Match[str]) -> tuple[Markup, int]:
    """What a mark makes of a text, and where that text ends."""
    kind = next(name for name in KINDS if found[name] is not None)
    said, end = found[kind], found.end()
    match kind:
        case "code":
            return Markup("<code>{}</code>").format(said.strip() or said), end
        case "text":
            shown = escape(said) if "://" in said else _inline(said)  # no link within a link
            return _link(found["target"], shown or escape(found["target"])), end
        case "bracketed":
            return _link(said, escape(said)), end
        case "bare":
            address = _without_trailing(said)
            return _link(address, escape(address)), found.start() + len(address)
        case "strong":
            return Markup("<b>{}</b>").format(_inline(said)), end
        case "escaped":
            return escape(said), end
        case _:
            return Markup("<em>{}</em>").format(_inline(said)), end


def _link(address: str, shown: Markup) -> Markup:
    return Markup('<a href="{}" rel="external noreferrer">{}</a>').format(address, shown)


def _without_trailing(address: str) -> str:
    """An address without the marks of the sentence around it."""
    while True:
        shorter = TRAILING.sub("", address)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == address:
            return address
        address = shorter
