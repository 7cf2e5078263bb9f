"""A foreign key between two tables: of several fields, by values and not by spelling."""

from support.made import field, key


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
