"""Foreign keys between rows: both ways, and what rows are called where something leads to them."""

from support.made import field, key


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
