"""The proof of a text that a reader drops: right, wrong, changed, and in other encodings."""

import html
import json
import re
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.made import PROFILE
from support.places import PACKAGES, ROOT
from support.site import Site
from support.watched import violations, watched_page

from validate import load, validate
from validate._src.site import limits
from validate._src.site.site import build_site
from validate._src.tables.sourcetext import SourceText, canonical, digest

LINES = (
    "第一章　池の舟",
    "𠮷田は①の池で、ｶﾞﾏと😀を見たという。",
    "The keeper of the pond saw ten boats,",
    "cafe\u0301 and ½ of a quay.",
    "舟は三、舟は四、舟は五。",
    "おわり。",
)
TEXT = "\n".join(LINES) + "\n"
WORDS = (
    "ｶﾞﾏと😀",
    "𠮷田",
    "ten boats",
    "cafe\u0301",
    "½ of a quay",
    "舟は四",
    "舟は三、舟は四、舟は五",
)
pytestmark = pytest.mark.xdist_group("proof on pages")


def spans_of(text, pieces):
    """Start, end and digest of pieces of a text, each looked for after the one before."""
    at = 0
    for piece in map(canonical, pieces):
        at = text.canonical.index(piece, at)
        yield at, at + len(piece), digest(piece)
        at += len(piece)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """A package of a text with characters beyond 16 bits, and of such as NFKC makes others of."""
    folder = tmp_path_factory.mktemp("ponds")
    text = SourceText(TEXT)
    segments = [*spans_of(text, LINES)]
    rows = {"texts": [("pond", "The pond", len(text.canonical), text.sha256)]}
    rows["segments"] = [("pond", number, *one) for number, one in enumerate(segments, 1)]
    rows["quotes"], rows["claims"] = [], []
    for number, word in enumerate(WORDS, 1):
        ((start, end, sha256),) = spans_of(text, [word])
        segment = next(
            at for at, (first, last, _) in enumerate(segments, 1) if first <= start < last
        )
        rows["quotes"].append((f"c-{number}", "pond", segment, start, end, sha256, "says"))
        rows["claims"].append((f"c-{number}", f"Claim {number}"))
    names = {
        "texts": ["text_id", "title", "length", "digest"],
        "segments": ["text_id", "number", "start", "end", "digest"],
        "quotes": ["claim_id", "text_id", "number", "start", "end", "digest", "role"],
        "claims": ["claim_id", "statement"],
    }
    keys = {"texts": ["text_id"], "segments": ["text_id", "number"], "claims": ["claim_id"]}
    resources = []
    for name, header in names.items():
        lines = [header, *rows[name]]
        (folder / f"{name}.csv").write_text(
            "".join(",".join(map(str, line)) + "\n" for line in lines), "utf-8"
        )
        whole = {"length", "number", "start", "end"}
        fields = [{"name": one, "type": "integer" if one in whole else "string"} for one in header]
        schema = {"fields": fields}
        if name in keys:
            schema["primaryKey"] = keys[name]
        if name == "quotes":
            reference = {"resource": "claims", "fields": ["claim_id"]}
            schema["foreignKeys"] = [{"fields": ["claim_id"], "reference": reference}]
            says = {"value": "says", "label": "Says", "translations": {"ja": {"label": "言う"}}}
            fields[-1]["categories"] = [says]
        resources.append({"name": name, "path": f"{name}.csv", "schema": schema})
    place = {
        "source": "text_id",
        "segment": "number",
        "start": "start",
        "end": "end",
        "sha256": "digest",
    }
    anchors = {
        "canonicalisation": "nfkc-nospace-1",
        "sources": {
            "resource": "texts",
            "source": "text_id",
            "characters": "length",
            "sha256": "digest",
        },
        "segments": {"resource": "segments", **place},
        "spans": {"resource": "quotes", **place},
    }
    descriptor = {"$schema": PROFILE, "name": "ponds", "resources": resources, "anchors": anchors}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


@pytest.fixture(scope="module")
def site(package, tmp_path_factory):
    folder = tmp_path_factory.mktemp("out") / "site"
    print(*build_site(package, folder))
    return folder


@pytest.fixture(scope="module")
def page(chromium, site):
    """The page of the source, on which texts are dropped one after the other."""
    with watched_page(chromium, site) as page:
        page.goto(f"{site.as_uri()}/sources/pond.html")
        yield page


def dropped(page, content, name="pond.txt"):
    """Chooses a file; gives what is said once everything was looked for."""
    content = content.encode() if isinstance(content, str) else content
    file = {"name": name, "mimeType": "text/plain", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)
    page.locator(".verdict[data-done]").wait_for()
    return page.locator(".verdict").inner_text()


def states(page, kind="li[data-sha256]"):
    items = page.locator(kind)
    return items.evaluate_all("all => all.map(one => one.dataset.proof)")


def words(page):
    return page.locator("li:not([data-segment]) > .proved-words > .words").all_inner_texts()


def test_the_text_that_was_coded(page):
    said = dropped(page, TEXT)
    length = len(canonical(TEXT))
    assert said.startswith(f"This is the text that was coded: {length} canonical characters")
    assert "All 6 segments stand in it." in said
    assert "All 7 spans stand in it." in said
    assert {*states(page)} == {"proved"}
    assert page.locator(".verdict .badge.good").count() == 1


def test_each_passage_stands_beside_its_claim(page):
    dropped(page, TEXT)
    claims = page.locator("li:not([data-segment])[data-sha256]")
    shown = [one.inner_text() for one in claims.all()]
    for number, word in enumerate(WORDS, 1):
        (beside,) = (one for one in shown if f"c-{number}" in one)
        assert word in beside
    segments = page.locator("li[data-segment] > .proved-words > .words")
    assert segments.all_inner_texts() == [*LINES]
    assert segments.first.get_attribute("lang") == "ja"


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (TEXT.replace("\n", "\r\n"), ""),
        (TEXT.replace("\n", "\n\n  ").replace(" ", "\u3000"), ""),
        ("\ufeff" + TEXT, "begins with a byte order mark"),
        (TEXT.encode("utf-16"), "The file is in UTF-16"),
        (TEXT.encode("utf-16-be"), "The file is in UTF-16"),
        (TEXT.encode("utf-16-le"), "The file is in UTF-16"),
    ],
)
def test_the_same_text_in_other_bytes(page, content, note):
    said = dropped(page, content)
    assert said.startswith("This is the text that was coded")
    assert note in said


def test_texts_in_the_encodings_of_japan(chromium, package, tmp_path):
    """Of a text that they can write."""
    lines = ["池の舟は三つ。", "舟は二つとなった。"]
    other = shutil.copytree(package, tmp_path / "package")
    text = SourceText("\n".join(lines))
    (other / "texts.csv").write_text(
        f"text_id,title,length,digest\npond,Ponds,{len(text.canonical)},{text.sha256}\n"
    )
    rows = [f"pond,{at},{a},{b},{d}" for at, (a, b, d) in enumerate(spans_of(text, lines), 1)]
    (other / "segments.csv").write_text(
        "\n".join(["text_id,number,start,end,digest", *rows]) + "\n"
    )
    (other / "quotes.csv").write_text("claim_id,text_id,number,start,end,digest\n")
    print(*build_site(other, tmp_path / "site"))
    with watched_page(chromium, tmp_path / "site") as page:
        page.goto(f"{(tmp_path / 'site').as_uri()}/sources/pond.html")
        for encoding, name in (("shift_jis", "Shift_JIS"), ("euc-jp", "EUC-JP")):
            said = dropped(page, text.original.encode(encoding))
            assert said.startswith("This is the text that was coded")
            assert f"The file is in {name}" in said


def test_one_character_is_another(page):
    changed = TEXT.replace("ten boats", "ten coats")
    said = dropped(page, changed)
    assert said.startswith("This is not quite the text that was coded.")
    assert "It has as many canonical characters" in said
    assert "Of 6 segments, 5 stand in it." in said
    assert "Not in this text as they were: segment 3." in said
    assert states(page, "li[data-segment]") == ["proved"] * 2 + ["lost"] + ["proved"] * 3
    page.locator(".verdict a").click()
    assert page.url.endswith("#segment-3")
    assert page.locator('li[data-segment="3"] > .proved-words .words').count() == 0
    assert page.locator('li[data-segment="3"] > .proved-words').inner_text() == "✕ not in this text"


def test_a_character_more(page):
    said = dropped(page, TEXT.replace("The keeper", "The old keeper"))
    assert "3 more than it had" in said
    assert "later" in said
    found = states(page, "li[data-segment]")
    assert found == ["proved"] * 2 + ["lost"] + ["moved"] * 3
    assert "→ stands at" in page.locator('li[data-segment="4"] > .proved-words').inner_text()
    assert WORDS[3] in words(page)


def test_lines_in_another_order(page):
    """No move is the same for two of them: each is looked for in the whole text."""
    said = dropped(page, "\n".join([*LINES[::-1]]))
    assert {*states(page, "li[data-segment]")} <= {"moved", "proved"}
    assert "Moved: " in said
    assert "not the same" in said


def test_another_text(page):
    said = dropped(page, "Nothing of this was ever said.")
    assert said.startswith("This is another text: nothing of the source stands in it.")
    assert {*states(page)} == {"lost"}
    assert page.locator(".verdict .badge.bad").count() == 1


def test_another_text_that_has_some_words_in_common(page):
    said = dropped(page, "A café on the quay.")
    assert said.startswith("This is another text: hardly anything of the source stands in it.")
    assert "Of 7 spans, 1 stands in it." in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 ...", "x.txt is a PDF."),
        (b"PK\x03\x04....", "is a zip file, or a document of an office program"),
        (b"", "has no characters"),
        (b"\xff\xfe\x00", "is no text in UTF-8"),
    ],
)
def test_what_is_no_text(page, content, said):
    assert said in dropped(page, content, "x.txt")
    assert page.locator(".proved-words").count() == 0


def test_characters_of_which_programs_make_different_things(page):
    said = dropped(page, TEXT + "\U0001ccd6")
    assert "U+1CCD6" in said
    assert "newer than Unicode 14.0" in said
    assert "U+1CCD6" not in dropped(page, TEXT)


def test_a_file_is_dropped_anywhere(page):
    page.evaluate(
        """text => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([text], "dropped.txt"));
          document.body.dispatchEvent(
            new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
        }""",
        TEXT.replace("おわり", "終"),
    )
    page.locator(".verdict", has_text="not quite").wait_for()
    assert page.url.endswith("/sources/pond.html") or "#" in page.url


def test_nothing_is_kept(chromium, site):
    with watched_page(chromium, site) as page:
        page.goto(f"{site.as_uri()}/sources/pond.html")
        dropped(page, TEXT)
        kept = "[localStorage.length, sessionStorage.length, document.cookie]"
        assert page.evaluate(kept) == [0, 0, ""]
        page.reload()
        assert page.locator(".proved-words").count() == 0
        assert "boats" not in page.content()


def test_passages_on_the_page_of_a_row(chromium, site):
    with watched_page(chromium, site) as page:
        page.goto(f"{site.as_uri()}/tables/claims/c-3.html")
        assert dropped(page, TEXT) == "The passage stands in it."
        assert page.locator(".passages .words").inner_text() == "ten boats"
        assert dropped(page, "Nothing.").startswith("This is another text")


def test_the_proof_speaks_the_language_of_the_reader(chromium, package, tmp_path):
    shutil.copytree(package, tmp_path / "package")
    file = tmp_path / "package" / "datapackage.json"
    descriptor = json.loads(file.read_text("utf-8"))
    view = {"name": "all", "title": {"en": "All", "ja": "全部"}, "query": "all.sql"}
    view |= {"show": "list", "resource": "claims", "columns": ["statement"]}
    view |= {"description": {"en": "All claims.", "ja": "全部の主張。"}}
    descriptor["views"] = {"languages": {"en": "_en", "ja": "_ja"}, "pages": [view]}
    (tmp_path / "package" / "all.sql").write_text(
        "SELECT * FROM claims ORDER BY claim_id\n", "utf-8"
    )
    file.write_text(json.dumps(descriptor), "utf-8")
    site = tmp_path / "site"
    print(*build_site(tmp_path / "package", site))
    with watched_page(chromium, site, locale="ja-JP") as page:
        page.goto(f"{site.as_uri()}/tables/claims/c-3.html")
        assert page.get_by_text("本文のファイルをここにドロップ").is_visible()
        wanted = "必要なもの：「The pond」の本文のファイル（pond.txt など）"
        assert page.locator(".wanted").inner_text() == wanted
        assert "言う" in page.locator(".passages li").inner_text()
        assert dropped(page, TEXT) == "箇所は本文にあります。"
        assert page.locator(".passages .state").inner_text() == "✓ 照合済み"
        page.get_by_role("button", name="English").click()
        assert page.locator(".verdict").inner_text() == "The passage stands in it."
        assert page.locator(".passages .state").inner_text() == "✓ proved"
        page.get_by_role("button", name="日本語").click()
        assert dropped(page, "Nothing.").startswith("別の本文か、")
        assert dropped(page, "%PDF-1.7").startswith("pond.txt は本文ではありません（PDF）。")
        page.goto(f"{site.as_uri()}/sources/pond.html")
        assert "6 区分すべてが本文にあります。" in dropped(page, TEXT)
        moved = dropped(page, f"あ{TEXT}")
        assert "コーディングした本文と少し違います。" in moved
        assert "1 字後" in moved


def test_what_is_wanted_is_said_before_a_file_is_dropped(sites, site):
    """By the title of the text, or its key for want of one; each text of a row once."""
    page = Site(site).page("sources/pond.html")
    said = "Wanted: the text of The pond, as a file such as pond.txt"
    assert page.texts("p", class_="wanted") == [said]
    page = sites(VERIFIED.name).page("tables/checks/p1.html")
    assert page.texts("p", class_="wanted") == [
        "Wanted: the text of charter, as a file such as charter.txt",
        "Wanted: the text of letter, as a file such as letter.txt",
    ]
    assert "#proof-title" in page.links
    assert "proof-title" in page.ids


def test_the_role_of_a_passage_is_said_by_its_label(site):
    for path in ("tables/claims/c-3.html", "sources/pond.html"):
        assert "Says" in Site(site).page(path).text


VERIFIED = PACKAGES / "valid-verifications"
"""A package whose rows rest on passages of two texts."""


@pytest.fixture
def verified(sites):
    """The texts of that package, and its site."""
    texts = {file.stem: file.read_text("utf-8") for file in VERIFIED.glob("sources/*.txt")}
    return texts, sites(VERIFIED.name).folder


@pytest.mark.parametrize(
    ("text", "change", "name", "found"),
    [
        ("letter", None, "letter.txt", {"letter": "proved", "charter": "other"}),
        ("charter", None, "letter.txt", {"letter": "other", "charter": "proved"}),
        (
            "charter",
            ("The city", "Hear! The city"),
            "a.txt",
            {"letter": "other", "charter": "moved"},
        ),
        ("letter", ("four", "five"), "letter.txt", {"letter": "lost", "charter": "other"}),
        ("letter", ("four", "five"), "a.txt", {"letter": "other", "charter": "other"}),
        ("charter", ("four", "five"), "charter.md", {"letter": "other", "charter": "lost"}),
    ],
)
def test_passages_of_another_text_are_not_lost(chromium, verified, text, change, name, found):
    """A claim beside a document: each has its own text, and one of them is dropped."""
    texts, site = verified
    content = texts[text].replace(*change) if change else texts[text]
    assert (content != texts[text]) == bool(change)
    with watched_page(chromium, site) as page:
        page.goto(f"{site.as_uri()}/tables/checks/p1.html")
        said = dropped(page, content, name)
        items = page.locator(".passages li")
        shown = items.evaluate_all("all => all.map(one => [one.dataset.source, one.dataset.proof])")
        assert dict(shown) == found
        for source, state in found.items():
            told = page.locator(f'.passages li[data-source="{source}"] .state').inner_text()
            assert (told == f"– a passage of {source}, not of this text") == (state == "other")
        others = [source for source, state in found.items() if state == "other"]
        if len(others) == 1:
            assert f"1 passage is of {others[0]}, not of this text." in said
        if not {"proved", "moved"} & {*found.values()}:
            told = "another text, or not quite the one that was coded: no passage of this page"
            assert said.startswith(f"This is {told} stands in it.")
        is_proved = "proved" in found.values()
        assert page.locator(".verdict .badge.good").count() == is_proved


def test_without_scripts_a_line_says_how(chromium, site):
    with watched_page(chromium, site, java_script_enabled=False) as page:
        page.goto(f"{site.as_uri()}/sources/pond.html")
        assert page.locator("input").count() == 0
        assert "validate run --sources DIR" in page.inner_text("main")


CHANGES = st.lists(
    st.tuples(st.integers(0, len(TEXT)), st.integers(0, 4), st.text("aｶﾞ舟𠮷 \n", max_size=3)),
    min_size=1,
    max_size=3,
)


@given(CHANGES)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_page_says_what_the_command_says(page, package, tmp_path, changes):
    """Of any changed text: what is proved, what has moved, and what is lost."""
    text = TEXT
    for at, left_out, put_in in changes:
        text = text[:at] + put_in + text[at + left_out :]
    if not canonical(text):
        return
    (tmp_path / "pond.txt").write_text(text, "utf-8", newline="")
    found = validate(package, tmp_path).findings
    codes = {"anchor-moved": "moved", "anchor-lost": "lost"}
    wrong = {(one.resource, one.row): codes[one.code] for one in found if one.code in codes}
    dropped(page, text)
    assert states(page, "li[data-segment]") == [
        wrong.get(("segments", row), "proved") for row in range(2, len(LINES) + 2)
    ]
    items = page.locator("li:not([data-segment])[data-sha256]")
    shown = items.evaluate_all("all => all.map(one => [one.textContent, one.dataset.proof])")
    for number in range(1, len(WORDS) + 1):
        (state,) = (state for told, state in shown if f"c-{number} " in told.replace("\n", " "))
        assert state == wrong.get(("quotes", number + 1), "proved")


LEAST = 20  # canonical characters from which on words are a passage, and no name


def test_no_passage_of_the_texts_is_in_the_site(sources, tmp_path):
    """Headings, which are titles, stand in the tables as such; so do English terms and offices."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "MOST_ROW_PAGES", 60)
        print(*build_site(ROOT, tmp_path / "site", sources=sources))
    kinds = {".html", ".js", ".csv", ".json"}
    files = [file for file in (tmp_path / "site").rglob("*") if file.suffix in kinds]
    pages = (re.sub(r"<[^>]*>", "", file.read_text("utf-8")) for file in files)
    whole = canonical(html.unescape("\n".join(pages)))
    passages = dict([*passages_of("segments", sources), *passages_of("evidence", sources)])
    number = len(passages)
    assert number > 800
    # What fails names places, not passages.
    assert [place for passage, place in passages.items() if passage in whole] == []


def passages_of(table, sources):
    """The canonical passages of the rows of a table with their places, but for names and titles."""
    tables = load(ROOT)
    texts = {file.stem: canonical(file.read_text("utf-8")) for file in sources.glob("*.txt")}
    headings = tables["segments"].filter(reason="heading").select("source_id", "segment")
    rows = tables[table].join(headings, on=["source_id", "segment"], how="anti")
    for source, start, end in rows.select("source_id", "start", "end").iter_rows():
        passage = texts[source][start:end]
        is_name = table != "segments" and passage.isascii()
        if len(passage) >= LEAST and not is_name:
            yield passage, (table, source, start, end)


def test_the_skeleton_of_a_package_of_tests_is_proved(chromium, verified):
    _, site = verified
    with watched_page(chromium, site) as page:
        for source in ("letter", "charter"):
            page.goto(f"{site.as_uri()}/sources/{source}.html")
            text = (VERIFIED / "sources" / f"{source}.txt").read_bytes()
            assert dropped(page, text).startswith("This is the text that was coded")
            assert {*states(page)} == {"proved"}


def test_each_part_of_a_long_source_is_proved_by_itself(chromium, sites):
    site = sites("pieces").folder
    text = (VERIFIED / "sources" / "letter.txt").read_bytes()
    with watched_page(chromium, site) as page:
        for name in ("letter", "letter~part-2"):
            page.goto(f"{site.as_uri()}/sources/{name}.html")
            assert dropped(page, text).startswith("This is the text that was coded")
            assert states(page) == ["proved"] * 4


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_beside_a_text(chromium, site, scheme):
    with watched_page(chromium, site, bypass_csp=True, color_scheme=scheme) as page:
        page.goto(f"{site.as_uri()}/sources/pond.html")
        dropped(page, TEXT.replace("ten boats", "ten coats!"))
        assert {*states(page)} == {"proved", "moved", "lost"}
        assert violations(page) == []
