"""Foreign keys between rows: both ways, of several fields, by values and not by spelling."""

import json

import pytest
from support.made import PROFILE, key

from validate._src.engine.run import read_judged
from validate._src.package.descriptor import load_package
from validate._src.site.gather import site_of
from validate._src.site.links import Links


def field(name, type_name="string", **properties):
    return {"name": name, "type": type_name, **properties}


@pytest.fixture
def links_of(tmp_path):
    """The tables and links of a package of tables: name, fields, rows and keys each."""

    def made(**tables):
        resources = []
        for name, (fields, rows, schema) in tables.items():
            (tmp_path / f"{name}.csv").write_text(rows, "utf-8")
            schema = {"fields": fields, **schema}
            resources.append({"name": name, "path": f"{name}.csv", "schema": schema})
        descriptor = {"$schema": PROFILE, "name": "linked", "resources": resources}
        (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
        site = site_of(*read_judged(load_package(tmp_path)))
        return site.tables, Links(site)

    return made


def test_rows_are_linked_by_their_values(links_of):
    tables, links = links_of(
        ponds=([field("id", "number"), field("name")], "id,name\n1.0,North\n2.5,South\n",
               {"primaryKey": "id"}),
        boats=([field("id"), field("pond", "number")], "id,pond\na,1\nb,2.50\nc,\nd,9\ne,1.00\n",
               {"primaryKey": "id", "foreignKeys": [key("pond", "ponds", "id")]}),
    )  # fmt: skip
    (link,) = links.out_of(tables["boats"])
    assert link.targets.to_list() == [0, 1, None, None, 0]
    assert [link.target(index) for index in range(5)] == link.targets.to_list()
    assert dict(link.rows) == {0: [0, 4], 1: [1]}
    assert links.into(tables["ponds"]) == [link]
    assert links.neighbour(tables["ponds"], 1).label == "South"
    assert links.neighbour(tables["ponds"], 1).address == "tables/ponds/2.5.html"


def test_all_fields_of_a_key_count(links_of):
    tables, links = links_of(
        parts=([field("text"), field("number", "integer")], "text,number\na,1\na,2\nb,1\n",
               {"primaryKey": ["text", "number"]}),
        quotes=([field("id"), field("text"), field("number", "integer")],
                "id,text,number\nx,a,2\ny,b,1\nz,b,2\nw,,1\n",
                {"primaryKey": "id",
                 "foreignKeys": [key(["text", "number"], "parts", ["text", "number"])]}),
    )  # fmt: skip
    (link,) = links.out_of(tables["quotes"])
    assert link.targets.to_list() == [1, 2, None, None]
    assert link.field == "number"
    assert tables["parts"].key_text(1) == "a,2"


def test_rows_of_a_table_refer_to_each_other(links_of):
    tables, links = links_of(
        people=([field("id"), field("boss")], "id,boss\na,\nb,a\nc,c\n",
                {"primaryKey": "id", "foreignKeys": [key("boss", "", "id")]}),
    )  # fmt: skip
    (link,) = links.out_of(tables["people"])
    assert link.parent is link.child
    assert link.targets.to_list() == [None, 0, 2]
    assert links.kin(tables["people"]) == []


def test_a_row_is_named_in_the_words_of_the_table_that_is_more_about_it(links_of):
    tables, links = links_of(
        register=([field("id"), field("since", "integer")], "id,since\na,1\nb,2\n",
                  {"primaryKey": "id"}),
        boats=([field("id"), field("name")], "id,name\nb,The blue one\n",
               {"primaryKey": "id", "foreignKeys": [key("id", "register", "id")]}),
    )  # fmt: skip
    assert [link.parent.name for link in links.kin(tables["boats"])] == ["register"]
    assert links.neighbour(tables["register"], 0).label == ""
    assert links.neighbour(tables["register"], 1).label == "The blue one"


def test_what_is_said_of_a_row_is_named_in_the_words_of_the_row(links_of):
    """Of a check the claim, which a register lists; not where the page is about that."""
    register = {"primaryKey": "id"}
    listed = {**register, "foreignKeys": [key("id", "register", "id")]}
    tables, links = links_of(
        register=([field("id"), field("since", "integer")], "id,since\na,1\nb,2\n", register),
        claims=([field("id"), field("says")], "id,says\nb,The pond is deep.\n", listed),
        checks=([field("id"), field("holds", "boolean")], "id,holds\na,true\nb,false\n", listed),
    )
    checks, of_claim = tables["checks"], [(tables["claims"], 0)]
    assert [links.neighbour(checks, index).label for index in (0, 1)] == ["", "The pond is deep."]
    assert links.neighbour(checks, 1, seen_from=of_claim).label == ""
    assert links.neighbour(checks, 1, seen_from=[(tables["register"], 1)]).label == ""
    assert links.neighbour(checks, 1, seen_from=[(tables["register"], 0)]).label != ""
    assert links.neighbour(*of_claim[0], seen_from=of_claim).label == "The pond is deep."


def test_rows_of_which_each_names_the_other_and_none_says_anything_have_no_name(links_of):
    fields, rows = [field("id")], "id\na\n"
    tables, links = links_of(
        ones=(fields, rows, {"primaryKey": "id", "foreignKeys": [key("id", "others", "id")]}),
        others=(fields, rows, {"primaryKey": "id", "foreignKeys": [key("id", "ones", "id")]}),
    )
    assert links.neighbour(tables["ones"], 0).label == ""


def test_a_row_that_only_joins_others_names_them(links_of):
    tables, links = links_of(
        people=([field("id"), field("name")], "id,name\np,Ann\nq,Ben\n", {"primaryKey": "id"}),
        groups=([field("id"), field("name")], "id,name\ng,The crew\n", {"primaryKey": "id"}),
        members=([field("who"), field("group")], "who,group\np,g\nq,g\nz,g\n",
                 {"primaryKey": ["who", "group"],
                  "foreignKeys": [key("who", "people", "id"), key("group", "groups", "id")]}),
    )  # fmt: skip
    named = links.neighbour(tables["members"], 0)
    assert [one.label for one in named.joins] == ["Ann", "The crew"]
    of_group = links.neighbour(tables["members"], 1, seen_from=[(tables["groups"], 0)])
    assert [(one.label, one.address) for one in of_group.joins] == [("Ben", "tables/people/q.html")]
    assert [one.label for one in links.neighbour(tables["members"], 2).joins] == ["The crew"]
    assert links.neighbour(tables["people"], 0).joins == ()


def test_rows_are_named_in_all_languages_and_as_views_call_them(sites):
    site = sites("valid-views")
    page = site.page("tables/counts/c-3.html")
    assert page.texts("p", class_="lead") == [
        "Of the fish, 12.5 percent are <trout>. 魚の12.5パーセントは鱒である。"
    ]
    assert "Great Lake 大湖 great lakes" in page.texts("p", class_="out")


def test_a_key_to_a_table_that_is_not_shown_is_no_link(links_of):
    tables, links = links_of(
        people=([field("id", restricted=True)], "id\na\n", {"primaryKey": "id"}),
        visits=([field("id"), field("who")], "id,who\n1,a\n",
                {"foreignKeys": [key("who", "people", "id")]}),
    )  # fmt: skip
    assert "people" not in tables
    assert links.all == []


def test_what_few_rows_say_names_none(links_of):
    tables, links = links_of(
        register=([field("id"), field("why")], "id,why\na,\nb,gone away\nc,\n",
                  {"primaryKey": "id"}),
        boats=([field("id"), field("name")], "id,name\na,The blue one\n",
               {"primaryKey": "id", "foreignKeys": [key("id", "register", "id")]}),
    )  # fmt: skip
    assert links.neighbour(tables["register"], 0).label == "The blue one"
