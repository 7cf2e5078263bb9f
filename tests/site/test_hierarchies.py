"""Tables whose rows stand under each other: what stands under each row, each thing once."""

import json

import pytest
from support.made import PROFILE, key

from validate._src.engine.run import read_judged
from validate._src.package.descriptor import load_package
from validate._src.site.gather import site_of
from validate._src.site.hierarchies import hierarchies_of
from validate._src.site.links import Links

TOPICS = "topic,name,above\nwater,Water,\nlakes,Lakes,water\nponds,Ponds,lakes\nair,Air,\n"
NOTES = "note,says\nn1,One says this.\nn2,Two says that.\nn3,Three says so.\n"
JOINED = "note,topic\nn1,water\nn1,ponds\nn2,ponds\nn3,lakes\nn3,air\n"


def texts(*names):
    return [{"name": name, "type": "string"} for name in names]


@pytest.fixture
def made(tmp_path):
    """The hierarchies of a package with topics and notes, joined; and the tables."""

    def package(topics=TOPICS, filters=None, notes=NOTES, joined=JOINED):
        files = {"topics": topics, "notes": notes, "joined": joined}
        schemas = {
            "topics": {"fields": texts("topic", "name", "above"), "primaryKey": "topic",
                       "foreignKeys": [key("above", "", "topic")]},
            "notes": {"fields": texts("note", "says"), "primaryKey": "note"},
            "joined": {"fields": texts("note", "topic"), "primaryKey": ["note", "topic"],
                       "foreignKeys": [key("note", "notes", "note"),
                                       key("topic", "topics", "topic")]},
        }  # fmt: skip
        if notes is not NOTES:  # they name a topic themselves
            schemas["notes"]["fields"] += texts("topic")
            schemas["notes"]["foreignKeys"] = [key("topic", "topics", "topic")]
            schemas["joined"]["foreignKeys"].pop()
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text, "utf-8")
        counted = "joined" if notes is NOTES else "notes"
        query = f"SELECT note, topic FROM {counted} ORDER BY note, topic"
        (tmp_path / "joined.sql").write_text(query, "utf-8")
        view = {"name": "notes", "title": "Notes", "query": "joined.sql", "show": "table",
                "resource": counted}  # fmt: skip
        if filters is None:
            filters = [{"name": "topic", "broader": "above"}]
        descriptor = {
            "$schema": PROFILE,
            "name": "under",
            "resources": [
                {"name": name, "path": f"{name}.csv", "schema": schemas[name]} for name in files
            ],
            "views": {"pages": [{**view, "filters": filters}]},
        }
        (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
        site = site_of(*read_judged(load_package(tmp_path)))
        return hierarchies_of(site, Links(site))

    return package


def counts(hierarchy, index):
    return [(one.title, one.own, one.whole) for one in hierarchy.counts(index)]


def test_what_stands_under_a_row_is_counted_with_what_stands_under_that(made):
    hierarchy = made()["topics"]
    assert [one.row.label for one in hierarchy.narrower(0)] == ["Lakes"]
    assert [one.row.label for one in hierarchy.narrower(1)] == ["Ponds"]
    assert hierarchy.narrower(3) == []


def test_a_thing_under_several_rows_is_counted_once(made):
    hierarchy = made()["topics"]
    assert counts(hierarchy, 0) == [("notes", 1, 3)]  # n1 stands under water and under ponds
    assert counts(hierarchy, 1) == [("notes", 1, 3)]
    assert counts(hierarchy, 2) == [("notes", 2, 2)]
    assert counts(hierarchy, 3) == [("notes", 1, 1)]


def test_rows_that_refer_themselves_are_counted_by_their_field(made):
    notes = NOTES.replace("note,says\n", "note,says,topic\n").replace(".\n", ".,lakes\n")
    hierarchy = made(notes=notes)["topics"]
    assert counts(hierarchy, 0) == [("notes, topic", 0, 3)]
    assert counts(hierarchy, 1) == [("notes, topic", 3, 3)]


def standing(hierarchy, index):
    (link,) = hierarchy.counted
    table = link.child
    return [(table.key_text(one.row), one.under) for one in hierarchy.standing(link, index)]


def test_what_refers_to_narrower_rows_stands_in_one_list_in_the_order_of_the_table(made):
    """Each thing once, by the row itself where it refers to that, or else by all narrower ones."""
    hierarchy = made()["topics"]
    assert standing(hierarchy, 0) == [("n1,water", ()), ("n2,ponds", (2,)), ("n3,lakes", (1,))]
    assert standing(hierarchy, 1) == [("n1,ponds", (2,)), ("n2,ponds", (2,)), ("n3,lakes", ())]
    assert standing(hierarchy, 3) == [("n3,air", ())]
    for index in range(4):
        (count,) = hierarchy.counts(index)
        found = standing(hierarchy, index)
        assert (sum(not under for _, under in found), len(found)) == (count.own, count.whole)


def test_ties_that_lead_nowhere_are_in_the_list_too(made):
    """Each by itself, though the row that they should join is not there."""
    hierarchy = made(joined=JOINED + "n8,ponds\nn9,ponds\n")["topics"]
    found = standing(hierarchy, 1)
    assert [key for key, _ in found[-2:]] == ["n8,ponds", "n9,ponds"]
    assert counts(hierarchy, 1) == [("notes", 1, 5)]


def test_which_foreign_keys_reach_wider_rows(made):
    """Those that a view names; all from other tables where it speaks of the rows themselves."""
    hierarchy = made()["topics"]
    assert hierarchy.reaches(hierarchy.counted[0])
    assert not hierarchy.is_whole
    whole = [{"name": "topic", "resource": "topics", "broader": "above"}]
    hierarchy = made(filters=whole)["topics"]
    assert hierarchy.is_whole
    assert hierarchy.counted == ()
    (link,) = [one for one in hierarchy.links.into(hierarchy.up.parent) if one.field == "topic"]
    assert hierarchy.reaches(link)
    assert not hierarchy.reaches(hierarchy.up)


def test_rows_in_a_circle_are_counted_once(made):
    hierarchy = made(TOPICS.replace("Water,\n", "Water,ponds\n"))["topics"]
    assert [counts(hierarchy, index) for index in (0, 1, 2)] == [
        [("notes", 1, 3)],
        [("notes", 1, 3)],
        [("notes", 2, 3)],
    ]


def test_without_a_view_that_says_so_no_row_stands_under_another(made):
    assert made(filters=["topic"]) == {}
