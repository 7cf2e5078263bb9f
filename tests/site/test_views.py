"""Views as pages show them: what rows are called, where values lead, by what rows are picked."""

import json
import re
import shutil

import pytest
from support.made import change_descriptor
from support.places import PACKAGES, ROOT

from validate._src.engine.run import read_judged
from validate._src.package.descriptor import load_package
from validate._src.site.gather import site_of
from validate._src.site.views import shown_views
from validate._src.site.viewvalues import written
from validate._src.tables.dataset import Dataset

SMALL = PACKAGES / "valid-views"


def evaluated(folder):
    """The site of a package, its tables, and its views by name."""
    package = load_package(folder)
    report, tables = read_judged(package)
    site = site_of(report, tables)
    shown = shown_views(site, Dataset(package, tables))
    return site, tables, {one.view.name: one for one in shown}


@pytest.fixture(scope="module")
def small():
    return evaluated(SMALL)[2]


@pytest.fixture(scope="module")
def dataset():
    return evaluated(ROOT)


def cells(shown, name):
    return [[entry.phrase for entry in row.cells[name]] for row in shown.rows]


def picked(shown, number):
    """The choices of a filter: what each is called, how many rows it counts and picks."""
    picks = [row.picks[number] for row in shown.rows]
    return [
        (choice.entry.phrase, choice.count, sum(at in each for each in picks))
        for at, choice in enumerate(shown.filters[number].choices)
    ]


def test_texts_stand_in_all_languages(small):
    first = small["who-counts"].rows[0]
    (note,) = first.cells["note"]
    assert note.phrase == {
        "en": "There are 1200 fish in the bay.",
        "ja": "入江には1200匹の魚がいる。",
    }


def test_columns_have_the_titles_that_are_given_or_the_names(small):
    titles = {name: head.title for name, head in small["who-counts"].heads.items()}
    assert titles == {
        "note": {"": "note"},
        "survey_id": {"": "survey id"},
        "counted": {"en": "On", "ja": "日付"},
        "count_id": {"": "count id"},
    }


def test_rows_are_called_by_their_labels_and_lead_to_their_pages(small):
    row = small["who-counts"].rows[0]
    (lake,), (survey,), (kind,) = (row.cells[name] for name in ("lake_id", "survey_id", "kind"))
    assert (lake.phrase, lake.address) == (
        {"en": "The bay", "ja": "入江"},
        "tables/lakes/bay.html",
    )
    assert (survey.phrase, survey.address) == ({"": "First <Survey>"}, "tables/surveys/s-1.html")
    assert (kind.phrase, kind.address) == ({"en": "Says", "ja": "述べる"}, "")


def test_a_column_says_of_which_resource_a_key_is(small):
    entries = [row.cells["key"][0] for row in small["table"].rows]
    assert [entry.address for entry in entries] == [
        "tables/lakes/bay.html",
        "tables/lakes/great.html",
        "tables/lakes/tarn.html",
        "tables/surveys/s-1.html",
        "tables/surveys/s-2.html",
    ]


def test_rows_are_picked_by_wider_values_too(small):
    assert picked(small["who-counts"], 0) == [
        ({"en": "Great Lake", "ja": "大湖"}, 4, 4),
        ({"en": "Little Tarn", "ja": "小沼"}, 1, 1),
        ({"en": "The bay", "ja": "入江"}, 2, 2),
    ]


def test_wider_values_are_known_where_rows_stand_under_them(small):
    assert small["who-counts"].wider["lake_id"]["bay"] == ("great",)
    assert small["each-lake"].wider["lake_id"]["tarn"] == ()


def test_a_row_in_several_places_is_counted_once(tmp_path):
    package = shutil.copytree(SMALL, tmp_path / "package")
    query = package / "views" / "counts.sql"
    both = "(SELECT * FROM counts UNION ALL SELECT * FROM counts WHERE lake_id = 'bay')"
    assert "FROM counts" in query.read_text("utf-8")
    query.write_text(f"SELECT * FROM {both} AS twice ORDER BY lake_id, count_id", "utf-8")
    shown = evaluated(package)[2]["who-counts"]
    assert (len(shown.rows), shown.different) == (7, 5)


def test_a_circle_of_wider_values_ends(tmp_path):
    package = shutil.copytree(SMALL, tmp_path / "package")
    file = package / "lakes.csv"
    file.write_text(file.read_text("utf-8").replace("大湖,\n", "大湖,bay\n"), "utf-8")
    shown = evaluated(package)[2]["who-counts"]
    assert [(choice.entry.value, choice.count) for choice in shown.filters[0].choices] == [
        ("great", 4),
        ("tarn", 1),
        ("bay", 4),
    ]


def test_choices_of_a_vocabulary_stand_in_its_order(small):
    assert picked(small["who-counts"], 2) == [
        ({"en": "Says", "ja": "述べる"}, 4, 4),
        ({"en": "Leaves out", "ja": "述べない"}, 1, 1),
    ]


def test_rows_without_a_value_are_picked_as_such(tmp_path):
    package = shutil.copytree(SMALL, tmp_path / "package")
    change_descriptor(
        package, lambda descriptor: descriptor["views"]["pages"][0]["filters"].append("repeats")
    )
    shown = evaluated(package)[2]["who-counts"]
    assert [(one.entry.phrase, one.count) for one in shown.filters[-1].choices] == [
        ({"": "c-1"}, 1),
        ({"": "c-3"}, 1),
        ({"": "none"}, 3),
    ]


def test_a_view_shows_all_columns_where_none_are_named(small):
    assert [*small["each-lake"].heads] == [
        *("count_id", "survey_id", "lake_id", "kind", "value", "most", "unit", "counted"),
        *("note", "repeats"),
    ]


def test_what_keeps_a_view_from_being_shown_stands_there(tmp_path):
    shown = evaluated(PACKAGES / "view-of-an-absent-table")[2]["who-counts"]
    assert (shown.rows, shown.missing) == ((), "counts could not be read to the end")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1200.0, "1,200"),
        (12.5, "12.5"),
        (-0.25, "-0.25"),
        (2**60, "1,152,921,504,606,846,976"),
        (True, "true"),
        (float("inf"), "inf"),
    ],
)
def test_values_are_written(value, text):
    assert written(value) == text


# This dataset's views.


def test_each_view_of_the_dataset_can_be_shown(dataset):
    _, _, shown = dataset
    assert {name: one.missing for name, one in shown.items() if one.missing or not one.rows} == {}


def test_each_key_in_a_view_leads_to_its_row(dataset):
    site, _, shown = dataset
    addresses = {
        f"tables/{address}": table.key_text(index)
        for table in site.tables.values()
        for index, address in enumerate(table.addresses())
    }
    keys = {column for one in shown.values() for column in one.heads if column.endswith("_id")}
    found = [
        (name, column, entry)
        for name, one in shown.items()
        for row in one.rows
        for column, entries in row.cells.items()
        for entry in entries
        if column in keys or entry.address
    ]
    assert len(found) > 5000
    assert [each for each in found if addresses.get(each[2].address) != each[2].value] == []


def test_each_number_in_a_view_is_that_of_its_figure(dataset):
    _, tables, shown = dataset
    table = tables["figures"].values
    known = {row["claim_id"]: row for row in table.iter_rows(named=True)}
    figures = [
        (row.cells["claim_id"][0].value, row.cells["value"][0]) for row in shown["figures"].rows
    ]
    for claim, entry in figures:
        assert float(entry.phrase[""].replace(",", "")) == known[claim]["value"]
    assert {claim for claim, _ in figures} == {*known}
    with_undertaking = {
        claim
        for claim, row in known.items()
        if row["commitment_id"] is not None and row["unit"] != "rank"
    }
    assert {row.cells["figure"][0].value for row in shown["amounts"].rows} == with_undertaking


STEPS = {"": 1, "million": 10**6, "billion": 10**9, "億": 10**8}
AMOUNT = re.compile(r"([0-9.,]+(?!万|[0-9.,])) ?(million|billion|億|)|([0-9.]+)万([0-9]*)")


def number_in(found):
    """The number that a match of an amount is."""
    number, step, of_tens, rest = found.groups()
    if of_tens:
        return float(of_tens) * 10**4 + float(rest or 0)
    return float(number.replace(",", "")) * STEPS[step]


def test_each_amount_in_words_is_the_number_of_its_figure(dataset):
    """Without rounding, in both languages, with its currency; and so is that of its whole."""
    _, tables, shown = dataset
    known = {row["claim_id"]: row for row in tables["figures"].values.iter_rows(named=True)}
    wholes = 0
    for row in shown["amounts"].rows:
        figure = known[row.cells["figure"][0].value]
        told = [figure] + ([known[figure["part_of_id"]]] if figure["part_of_id"] else [])
        wholes += len(told) - 1
        for language, text in row.cells["amount"][0].phrase.items():
            found = [*map(number_in, AMOUNT.finditer(text))]
            assert found == pytest.approx([one["value"] for one in told], rel=1e-12)
            assert figure["currency"] in {None, "USD"}
            currency = {"en": " USD", "ja": "ドル"}[language]
            assert text.count(currency) == len(told) * bool(figure["currency"])
    assert wholes


def test_amounts_are_written_as_each_language_writes_them(dataset):
    _, _, shown = dataset
    words = {row.values["figure"]: row.cells["amount"][0].phrase for row in shown["amounts"].rows}
    assert words["fig-0036"] == {"en": "on the scale of 350 billion USD", "ja": "3500億ドル規模"}
    persons = [one for one in words.values() if one["ja"].endswith("人）")]
    assert persons == [
        {
            "en": "4,500 persons (the whole: about 28,500 persons)",
            "ja": "4500人（全体は約2万8500人）",
        }
    ]


def test_the_claim_that_was_compared_stands_before_its_verdict(dataset):
    _, tables, shown = dataset
    verdicts = dict(tables["verifications"].values.select("claim_id", "verdict").iter_rows())
    names = [*shown["amounts"].heads]
    assert names[names.index("verdict") - 1] == "commitment"
    for row in shown["amounts"].rows:
        (commitment,) = row.cells["commitment"]
        assert commitment.address == f"tables/commitments/{commitment.value}.html"
        verdict = [one.value for one in row.cells["verdict"]]
        assert verdict == [verdicts[commitment.value]] * (commitment.value in verdicts)


def test_each_statement_is_that_of_its_claim(dataset):
    _, tables, shown = dataset
    five = ("commitments", "figures", "document_mentions", "dates", "positions")
    known = {
        claim: {"en": english, "ja": japanese}
        for name in five
        for claim, english, japanese in tables[name]
        .values.select("claim_id", "statement_en", "statement_ja")
        .iter_rows()
    }
    for name in ("commitments", "documents", "omissions", "verifications", "actors", "claims"):
        for row in shown[name].rows:
            assert row.cells["statement"][0].phrase == known[row.cells["claim_id"][0].value]
    assert {row.cells["claim_id"][0].value for row in shown["claims"].rows} == {*known}


def test_claims_about_the_same_place_of_a_document_stand_together(dataset):
    """Under its last place each, those of places at which a claim differs first."""
    _, tables, shown = dataset
    spans = tables["verification_spans"].values
    last = dict(spans.group_by("claim_id").max().select("claim_id", "segment").iter_rows())
    groups = [(entry, [*one.rows]) for entry, one in shown["verifications"].by("point")]
    for _, rows in groups:
        assert len({last.get(row.values["claim_id"]) for row in rows}) == 1
    assert len(groups) == len(
        {last.get(row.values["claim_id"]) for _, each in groups for row in each}
    )
    differs = ["differs" in [row.values["verdict"] for row in rows] for _, rows in groups]
    assert differs == sorted(differs, reverse=True)
    assert 5 < sum(differs) < sum(map(len, (rows for _, rows in groups)))
    titles = {
        row["source_id"]: {"en": row["title_en"], "ja": row["title"]}
        for row in tables["sources"].values.iter_rows(named=True)
    }
    for row in shown["verifications"].rows:
        assert row.one("text").phrase == titles[row.values["source_id"]]
        reported = sorted({*row.values["reporting_id"]})
        for language, text in row.one("report").phrase.items():
            assert text == " / ".join(sorted(titles[one][language] for one in reported))


def test_no_claim_that_was_withdrawn_is_shown(dataset):
    _, tables, shown = dataset
    register = tables["claims"].values
    withdrawn = {*register.filter(register["withdrawn_in"].is_not_null())["claim_id"]}
    named = {
        entry.value
        for one in shown.values()
        for row in one.rows
        for entries in row.cells.values()
        for entry in entries
    }
    assert withdrawn
    assert withdrawn & named == set()


def test_what_documents_leave_out_are_the_mentions_that_say_so(dataset):
    _, tables, shown = dataset
    mentions = tables["document_mentions"].values
    omits = mentions.filter(mentions["stance"] == "omits")
    rows = shown["omissions"].rows
    left_out = [row for row in rows if row.cells["stance"][0].value == "omits"]
    assert {row.cells["claim_id"][0].value for row in left_out} == {*omits["claim_id"]}
    assert {row.cells["topic_id"][0].value for row in rows} == {*omits["topic_id"]}


def test_what_one_document_leaves_out_and_another_says_is_picked_by_both(dataset):
    _, _, shown = dataset
    by_whom = {one.head.name: at for at, one in enumerate(shown["omissions"].filters)}

    def choice(name, document):
        choices = shown["omissions"].filters[by_whom[name]].choices
        return next(at for at, one in enumerate(choices) if one.entry.value == document)

    wanted = {"left_out_by": "nds-2026", "said_by": "nss-2025"}
    picked = [
        row
        for row in shown["omissions"].rows
        if all(choice(name, one) in row.picks[by_whom[name]] for name, one in wanted.items())
    ]
    stances = {(row.cells["document_id"][0].value, row.cells["stance"][0].value) for row in picked}
    assert {("nds-2026", "omits"), ("nss-2025", "says")} <= stances


def test_of_how_many_rows_a_view_speaks_agrees_with_the_tables(dataset):
    _, tables, shown = dataset
    mentions = tables["document_mentions"].values
    documents = shown["documents"]
    assert documents.different == len(mentions.filter(mentions["stance"] != "cites"))
    assert documents.different < len(documents.rows)
    figures = shown["figures"]
    assert figures.different == len(figures.rows) == tables["figures"].values.height
    claims = {row.cells["claim_id"][0].value for row in shown["actors"].rows}
    assert shown["actors"].different == len(claims) < len(shown["actors"].rows)


def test_what_a_claim_is_compared_with_is_picked_though_it_names_no_document(dataset):
    _, tables, shown = dataset
    checks = tables["verifications"].values
    about = {
        claim: document
        for claim, document in checks.select("claim_id", "document_id").iter_rows()
        if document is not None
    }
    for name, key in (
        ("amounts", "commitment"),
        ("commitments", "claim_id"),
        ("claims", "claim_id"),
    ):
        at = [one.head.name for one in shown[name].filters].index("about_id")
        choices = shown[name].filters[at].choices
        unnamed = 0
        for row in shown[name].rows:
            picked = {choices[pick].entry.value for pick in row.picks[at]}
            assert picked == {about.get(row.values[key])}
            beside = {row.values["against_id"]} - {None}
            assert beside == (set() if row.values["document_id"] else picked - {None})
            unnamed += bool(beside)
        assert unnamed


def test_a_part_stands_below_its_whole_and_has_its_amount_beside_it(dataset):
    _, tables, shown = dataset
    figures = {row["claim_id"]: row for row in tables["figures"].values.iter_rows(named=True)}
    for row in shown["figures"].rows:
        whole = figures[row.cells["claim_id"][0].value]["part_of_id"]
        values = [one.value for one in row.cells["whole"]]
        assert values == ([figures[whole]["value"]] if whole else [])
    rows = shown["amounts"].rows
    at = {row.cells["figure"][0].value: number for number, row in enumerate(rows)}
    parts = [row for row in rows if row.values["part_of"]]
    assert parts
    for row in rows:
        whole = figures[row.cells["figure"][0].value]["part_of_id"]
        assert row.values["part_of"] == whole
        assert row.values["whole"] == (figures[whole]["value"] if whole else None)
    for row in parts:
        own, whole = row.values["figure"], row.values["part_of"]
        if whole in at:
            between = rows[at[whole] + 1 : at[own]]
            assert at[whole] < at[own]
            assert all(one.values["part_of"] == whole for one in between)


def test_how_surely_a_commitment_is_said_stands_beside_its_amount(dataset):
    _, tables, shown = dataset
    known = dict(tables["commitments"].values.select("claim_id", "certainty").iter_rows())
    for row in shown["amounts"].rows:
        assert row.cells["certainty"][0].value == known[row.values["commitment"]]


def test_ranks_are_not_drawn(dataset):
    _, _, shown = dataset
    drawn = {row.cells["unit"][0].value for row in shown["figures"].rows if row.number is not None}
    assert "rank" not in drawn
    assert {"money", "percent"} <= drawn


def test_each_text_of_the_views_is_in_both_languages():
    views = json.loads((ROOT / "datapackage.json").read_text("utf-8"))["views"]
    for page in views["pages"]:
        titles = [page["title"], page["description"]]
        named = [*page["columns"], *page.get("filters", ())]
        titles += [one["title"] for one in named if isinstance(one, dict) and "title" in one]
        assert all(set(title) == {"en", "ja"} for title in titles)


@pytest.mark.parametrize(
    "table", ["commitments", "dates", "evidence", "figures", "positions", "unreported"]
)
def test_what_values_of_claims_mean_is_said_in_japanese(table):
    """The names of tables, which are no codes of the data, have labels alone."""
    fields = json.loads((ROOT / f"schemas/{table}.json").read_text("utf-8"))["fields"]
    described = [
        one
        for field in fields
        if field["name"] != "table"
        for one in field.get("categories", ())
        if "description" in one
    ]
    assert described
    assert all(one["translations"]["ja"].get("description") for one in described)
