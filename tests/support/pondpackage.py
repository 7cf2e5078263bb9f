"""A package that says all of itself, in files of every kind, and one that says nothing."""

import gzip
import json
from zipfile import ZipFile

from support.made import PROFILE

DOI = "10.5281/zenodo.1234567"
PACKAGE = {
    "$schema": PROFILE,
    "name": "ponds",
    "id": f"https://doi.org/{DOI}",
    "title": "Ponds & pools – 池の調査",
    "version": "1.10",
    "created": "2024-05-06T23:30:00-08:00",
    "description": 'What <b>lives</b> in ponds.\n\nAnd: in "pools".',
    "homepage": "https://ponds.example/",
    "citationMessage": "Cite the pond: it is worth it.",
    "keywords": ["ponds", "池", "ponds"],
    "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
    "contributors": [
        {
            "title": "Ada Moor",
            "givenName": "Ada",
            "familyName": "Moor",
            "organization": "Pond Society",
            "path": "https://orcid.org/0000-0002-1825-0097",
            "roles": ["creator", "DataCollector"],
        },
        {"title": "沼田 花", "roles": ["author"]},
        {"title": "The Pond Press", "roles": ["publisher"]},
        {"title": "Ben Reed", "email": "ben@ponds.example", "roles": ["contact", "wrangler"]},
    ],
    "sources": [{"title": "Old maps", "path": "https://maps.example/old"}, {"title": "Hearsay"}],
}
PONDS = [
    {"name": "pond", "type": "integer", "constraints": {"minimum": 1}},
    {"name": "深さ", "type": "number", "title": "Depth", "description": "In metres."},
    {"name": "its name", "type": "string", "constraints": {"maxLength": 20, "required": True}},
    {"name": "dry", "type": "boolean"},
    {"name": "dug", "type": "date"},
    {"name": "seen-at", "type": "datetime"},
    {"name": "fish", "type": "list", "delimiter": "|"},
    {"name": "into", "type": "integer"},
]
VISITS = [
    {"name": "pond", "type": "integer"},
    {"name": "day", "type": "date"},
    {"name": "by", "type": "string"},
]
LEVELS = [{"name": "level", "type": "number"}, {"name": "note", "type": "string"}]
TO_PONDS = {"fields": ["pond"], "reference": {"resource": "ponds", "fields": ["pond"]}}
TO_VISITS = {
    "fields": ["pond", "day"],
    "reference": {"resource": "visits", "fields": ["pond", "day"]},
}
PONDS_TEXT = (
    "pond,深さ,its name,dry,dug,seen-at,fish,into\n"
    '1,2.5,"Mirror, Pond",true,1890-01-02,2024-01-26T15:00:00,carp|eel,2\n'
    "2,,池,false,,,,\n"
)
LEVELS_TEXT = "level,note\n1.5,low\n-2,\n"


def write_rich(folder):
    """Writes a package with tables in all that files can be."""
    (folder / "data").mkdir()
    (folder / "data" / "池.csv").write_text(PONDS_TEXT, "utf-8")
    (folder / "visits-1.csv").write_text("pond,day,by\n1,2024-01-01,ada\n", "utf-8")
    (folder / "visits-2.csv").write_text("pond,day,by\n2,2024-01-02,ben\n", "utf-8")
    (folder / "rest-1.csv").write_text("level,note\n1,a\n", "utf-8")
    (folder / "rest-2.csv").write_text("2,b\n", "utf-8")
    (folder / "levels.csv.gz").write_bytes(gzip.compress(LEVELS_TEXT.encode(), mtime=0))
    with ZipFile(folder / "old levels.zip", "w") as archive:
        archive.writestr("inside/levels.csv", LEVELS_TEXT)
    (folder / "marked.csv").write_text("level;note\n1,5;'a;b'\n-;x\n", "utf-8")
    (folder / "notes on ponds.json").write_text('[{"level": 1.5, "note": "low"}]', "utf-8")
    (folder / "calls.tsv").write_text("pond\tday\n1\t2024-01-01\n", "utf-8")
    (folder / "map.png").write_bytes(b"\x89PNG")
    calls = {"fields": VISITS[:2], "foreignKeys": [TO_VISITS]}
    ponds = {"fields": PONDS, "primaryKey": ["pond"], "foreignKeys": [into()]}
    visits = {"fields": VISITS, "primaryKey": ["pond", "day"], "foreignKeys": [TO_PONDS]}
    levels = {"fields": LEVELS}
    marked = {"fields": [{**LEVELS[0], "decimalChar": ",", "missingValues": ["-"]}, LEVELS[1]]}
    resources = [
        {"name": "ponds", "title": "The ponds", "path": "data/池.csv", "schema": ponds},
        {"name": "visits", "path": ["visits-1.csv", "visits-2.csv"], "schema": visits},
        {"name": "rest", "path": ["rest-1.csv", "rest-2.csv"], "schema": levels},
        {"name": "levels", "path": "levels.csv.gz", "schema": levels},
        {"name": "old", "path": "old levels.zip", "schema": levels},
        {
            "name": "marked",
            "path": "marked.csv",
            "dialect": {"delimiter": ";", "quoteChar": "'"},
            "schema": marked,
        },
        {"name": "notes", "path": "notes on ponds.json", "schema": levels},
        {"name": "calls", "path": "calls.tsv", "schema": calls},
        {"name": "inline", "data": [{"level": 1, "note": "x"}], "schema": levels},
        {"name": "map", "path": "map.png"},
    ]
    write_descriptor(folder, {**PACKAGE, "resources": resources})
    return folder


def write_bare(folder):
    """Writes a package of one table that says nothing of itself."""
    (folder / "t.csv").write_text("a\nx\n", "utf-8")
    resource = {"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "a"}]}}
    write_descriptor(folder, {"$schema": PROFILE, "resources": [resource]})
    return folder


def write_descriptor(folder, descriptor):
    text = json.dumps(descriptor, ensure_ascii=False)
    (folder / "datapackage.json").write_text(text, "utf-8")


def into():
    """A foreign key to the table itself."""
    return {"fields": ["into"], "reference": {"resource": "", "fields": ["pond"]}}
