"""The metadata by all standards say the same, and nothing that the descriptor does not say."""

import json
import shutil
from hashlib import sha256

import pytest
import yaml
from support.made import change_descriptor, one_table
from support.places import ROOT
from support.pondpackage import DOI, PACKAGE, write_bare, write_rich

from validate import PackageError
from validate._src.publish.export import export
from validate._src.publish.standards.folder import STANDARDS


def metadata(package, folder):
    """The documents by standard, and what was said of them."""
    said = [*export(package, [f"metadata:{folder / 'metadata'}"])]
    read = {}
    for name, (file, _) in STANDARDS.items():
        if (folder / "metadata" / file).exists():
            text = (folder / "metadata" / file).read_text("utf-8")
            read[name] = yaml.safe_load(text) if name == "citation" else json.loads(text)
    return read, said


@pytest.fixture
def rich(tmp_path_factory):
    package = write_rich(tmp_path_factory.mktemp("rich"))
    return package, metadata(package, tmp_path_factory.mktemp("out"))[0]


@pytest.fixture
def bare(tmp_path_factory):
    package = tmp_path_factory.mktemp("out") / "bare"
    package.mkdir()
    return write_bare(package), metadata(package, package.parent)[0]


def root(crate):
    return next(one for one in crate["@graph"] if one["@id"] == "./")


def entity(crate, link):
    return next(one for one in crate["@graph"] if one["@id"] == link["@id"])


def listed(value):
    return value if isinstance(value, list) else [value]


TITLES = {
    "croissant": lambda one: one["name"],
    "schema-org": lambda one: one["name"],
    "ro-crate": lambda one: root(one)["name"],
    "dcat": lambda one: one["dct:title"],
    "datacite": lambda one: one["titles"][0]["title"],
    "citation": lambda one: one["title"],
    "zenodo": lambda one: one["title"],
    "csvw": lambda one: one["dc:title"],
}
VERSIONS = {
    **dict.fromkeys(("croissant", "schema-org", "datacite", "citation", "zenodo"),
                    lambda one: one["version"]),
    "ro-crate": lambda one: root(one)["version"],
    "dcat": lambda one: one["dcat:version"],
    "csvw": lambda one: one["schema:version"],
}  # fmt: skip
DATES = {
    "croissant": lambda one: one["datePublished"],
    "schema-org": lambda one: one["datePublished"],
    "ro-crate": lambda one: root(one)["datePublished"],
    "dcat": lambda one: one["dct:issued"]["@value"],
    "datacite": lambda one: one["dates"][0]["date"],
    "citation": lambda one: one["date-released"].isoformat(),
    "zenodo": lambda one: one["publication_date"],
    "csvw": lambda one: one["dc:issued"]["@value"],
}
LICENCES = {  # by address, or by name where the standard has names alone
    "croissant": lambda one: one["license"],
    "schema-org": lambda one: one["license"],
    "ro-crate": lambda one: root(one)["license"]["@id"],
    "dcat": lambda one: one["dct:license"][0]["@id"],
    "datacite": lambda one: one["rightsList"][0]["rightsUri"],
    "csvw": lambda one: one["dc:license"][0]["@id"],
}
NAMES = {
    "datacite": lambda one: one["rightsList"][0]["rightsIdentifier"],
    "citation": lambda one: one["license"],
    "zenodo": lambda one: one["license"].upper(),
}
CREATORS = {
    "croissant": lambda one: [maker["name"] for maker in one["creator"]],
    "schema-org": lambda one: [maker["name"] for maker in one["creator"]],
    "ro-crate": lambda one: [entity(one, link)["name"] for link in listed(root(one)["author"])],
    "dcat": lambda one: [maker["foaf:name"] for maker in one["dct:creator"]],
    "datacite": lambda one: [straight(maker["name"]) for maker in one["creators"]],
    "citation": lambda one: [cited(maker) for maker in one["authors"]],
    "zenodo": lambda one: [straight(maker["name"]) for maker in one["creators"]],
    "csvw": lambda one: one["dc:creator"],
}
DIGESTS = {
    "croissant": lambda one: {
        (file["contentUrl"], file["sha256"], file["contentSize"].removesuffix(" B"))
        for file in one["distribution"]
        if "sha256" in file
    },
    "schema-org": lambda one: {
        (file["contentUrl"], file["sha256"], file["contentSize"]) for file in one["distribution"]
    },
    "ro-crate": lambda one: {
        (file["@id"], file["sha256"], file["contentSize"])
        for file in one["@graph"]
        if file["@type"] == "File"
    },
    "dcat": lambda one: {
        (
            file["dcat:downloadURL"]["@id"],
            file["spdx:checksum"]["spdx:checksumValue"]["@value"],
            file["dcat:byteSize"]["@value"],
        )
        for file in one["dcat:distribution"]
    },
    "csvw": lambda one: {
        (table["url"], table["schema:sha256"], table["schema:contentSize"])
        for table in one["tables"]
    },
}


def straight(name):
    """A name whose family name comes first, as it is spoken."""
    return " ".join(reversed(name.split(", ")))


def cited(author):
    return author.get("name") or f"{author['given-names']} {author['family-names']}"


@pytest.fixture(params=["dataset", "rich"])
def package(request, tmp_path):
    return ROOT if request.param == "dataset" else write_rich(tmp_path)


def test_all_standards_say_the_same(package, tmp_path_factory):
    found, _ = metadata(package, tmp_path_factory.mktemp("out"))
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    licence = descriptor["licenses"][0]
    creators = [
        one["title"]
        for one in descriptor["contributors"]
        if {"creator", "author"} & {*one["roles"]}
    ]
    for by_standard, expected in (
        (TITLES, descriptor["title"]),
        (VERSIONS, descriptor["version"]),
        (DATES, descriptor["created"][:10]),
        (LICENCES, licence["path"]),
        (NAMES, licence["name"]),
        (CREATORS, creators),
    ):
        assert {name: read(found[name]) for name, read in by_standard.items()} == dict.fromkeys(
            by_standard, expected
        )
    assert {*TITLES} == {*VERSIONS} == {*DATES} == {*CREATORS} == {*STANDARDS}
    assert {*LICENCES} | {*NAMES} == {*STANDARDS}
    digests = {
        (as_address(path), sha256(content).hexdigest(), str(len(content)))
        for path, content in files_of(package, descriptor)
    }
    said = {name: {*map(addressed, read(found[name]))} for name, read in DIGESTS.items()}
    of_csvw = {one for one in digests if one[0].endswith((".csv", ".tsv"))}
    assert said == dict.fromkeys(DIGESTS, digests) | {"csvw": of_csvw}
    total = sum(len(content) for _, content in files_of(package, descriptor))
    assert found["datacite"]["sizes"] == [f"{len(digests)} files", f"{total} bytes"]


def files_of(package, descriptor):
    for resource in descriptor["resources"]:
        for path in listed(resource.get("path", [])):
            yield path, (package / path).read_bytes()


def as_address(path):
    return path.replace(" ", "%20")


def addressed(file):
    return as_address(file[0]), *file[1:]


def test_what_the_descriptor_does_not_say_is_nowhere(bare):
    _, found = bare
    texts = json.dumps(found, default=str)
    for word in ("doi.org", ".example", "homepage", "TODO", "1980", "unknown", "OWNER"):
        assert word not in texts
    assert {name: read(found[name]) for name, read in TITLES.items()} == dict.fromkeys(
        TITLES, "bare"
    )
    assert found["datacite"]["creators"] == [{"name": ":unav"}]
    assert found["citation"]["authors"] == [{"name": "anonymous"}]
    assert "doi" not in found["datacite"]
    assert {*found["zenodo"]} == {"upload_type", "title"}


def test_what_is_required_and_not_said_is_told(tmp_path, tmp_path_factory):
    _, said = metadata(write_bare(tmp_path), tmp_path_factory.mktemp("out"))
    missed = [one for one in said if "though it is required" in one]
    said_of_licences = "license is left out, though it is required: the descriptor has no licenses"
    assert f"metadata: ro-crate: {said_of_licences}" in missed
    assert len(missed) == 15


def test_a_date_that_the_descriptor_does_not_give_is_that_of_the_environment(
    tmp_path, tmp_path_factory, monkeypatch
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    found, _ = metadata(write_bare(tmp_path), tmp_path_factory.mktemp("out"))
    assert {read(found[name]) for name, read in DATES.items()} == {"2001-09-09"}
    change_descriptor(tmp_path, lambda one: one.update(created="2024-05-06T12:00:00Z"))
    found, _ = metadata(tmp_path, tmp_path_factory.mktemp("again"))
    assert {read(found[name]) for name, read in DATES.items()} == {"2024-05-06"}


def test_people_are_told_by_what_they_did(rich):
    _, found = rich
    affiliation = [{"name": "Pond Society"}]
    orcid = "0000-0002-1825-0097"
    ada = {
        "name": "Moor, Ada", "nameType": "Personal", "givenName": "Ada", "familyName": "Moor",
        "affiliation": affiliation,
        "nameIdentifiers": [{
            "nameIdentifier": orcid, "nameIdentifierScheme": "ORCID",
            "schemeUri": "https://orcid.org",
        }],
    }  # fmt: skip
    assert found["datacite"]["creators"] == [ada, {"name": "沼田 花"}]
    assert found["datacite"]["publisher"] == {"name": "The Pond Press"}
    assert found["datacite"]["contributors"] == [
        {**ada, "contributorType": "DataCollector"},
        {"name": "Ben Reed", "contributorType": "ContactPerson"},
        {"name": "Ben Reed", "contributorType": "DataCurator"},
    ]
    assert found["zenodo"]["creators"] == [
        {"name": "Moor, Ada", "affiliation": "Pond Society", "orcid": orcid}, {"name": "沼田 花"},
    ]  # fmt: skip
    assert found["citation"]["authors"][0] == {
        "family-names": "Moor", "given-names": "Ada", "affiliation": "Pond Society",
        "orcid": f"https://orcid.org/{orcid}",
    }  # fmt: skip
    assert found["schema-org"]["publisher"] == [{"@type": "Organization", "name": "The Pond Press"}]
    contact = found["dcat"]["dcat:contactPoint"]
    assert [one["vcard:hasEmail"]["@id"] for one in contact] == ["mailto:ben@ponds.example"]


def test_identifiers_texts_and_sources_are_as_each_standard_has_them(rich):
    _, found = rich
    address = f"https://doi.org/{DOI}"
    assert found["datacite"]["doi"] == found["citation"]["doi"] == DOI
    assert found["dcat"]["@id"] == found["schema-org"]["identifier"] == address
    assert found["citation"]["message"] == PACKAGE["citationMessage"]
    assert found["citation"]["abstract"] == PACKAGE["description"]
    html = '<p>What &lt;b&gt;lives&lt;/b&gt; in ponds.</p><p>And: in "pools".</p>'
    assert found["zenodo"]["description"] == html
    assert found["datacite"]["relatedIdentifiers"] == [{
        "relatedIdentifier": "https://maps.example/old", "relatedIdentifierType": "URL",
        "relationType": "IsDerivedFrom",
    }]  # fmt: skip
    assert found["citation"]["keywords"] == found["dcat"]["dcat:keyword"] == ["ponds", "池"]
    assert found["croissant"]["citeAs"] == (
        "@misc{ponds,\n  author = {{Ada Moor} and {沼田 花}},\n"
        "  title = {{Ponds & pools – 池の調査}},\n"
        f"  year = {{2024}},\n  version = {{1.10}},\n  doi = {{{DOI}}},\n"
        "  url = {https://ponds.example/}\n}"
    )


LICENCES_OF_ALL_KINDS = [
    {"name": "odc-pddl-1.0"},
    {"name": "house-rules", "title": "House rules", "path": "RULES.txt"},
    {"name": "by-mouth", "title": "By word of mouth"},
]


def test_licences_have_an_address_a_file_or_a_name(rich, tmp_path):
    package, _ = rich
    (package / "RULES.txt").write_text("Be kind.\n")
    change_descriptor(package, lambda one: one.update(licenses=LICENCES_OF_ALL_KINDS))
    found, said = metadata(package, tmp_path)
    pddl = "https://spdx.org/licenses/PDDL-1.0.html"
    assert found["schema-org"]["license"] == [pddl, "House rules", "By word of mouth"]
    crate = found["ro-crate"]
    entities = [entity(crate, link) for link in root(crate)["license"]]
    assert [one["@id"] for one in entities] == [pddl, "RULES.txt", "#licence-3"]
    assert {"@id": "RULES.txt"} in root(crate)["hasPart"]
    assert found["citation"]["license"] == "PDDL-1.0"
    assert found["zenodo"]["license"] == "pddl-1.0"
    assert "metadata: zenodo: license is PDDL-1.0: Zenodo takes one of several" in said
    rights = found["datacite"]["rightsList"]
    assert rights[1:] == [{"rights": "House rules"}, {"rights": "By word of mouth"}]
    only = [{"name": "other", "path": "https://ponds.example/rules"}]
    change_descriptor(package, lambda one: one.update(licenses=only))
    shutil.rmtree(tmp_path / "metadata")
    found, _ = metadata(package, tmp_path)
    assert found["citation"]["license-url"] == "https://ponds.example/rules"
    assert "license" not in {*found["citation"], *found["zenodo"]}


FIELDS = [
    {"name": "when", "type": "date", "format": "%d.%m.%Y"},
    {"name": "sum", "type": "number", "decimalChar": ",", "groupChar": "."},
    {"name": "price", "type": "number", "bareNumber": False},
    {"name": "yes", "type": "boolean", "trueValues": ["ja"], "falseValues": ["nein"]},
    {"name": "size", "type": "integer", "missingValues": ["", "-"], "constraints": {"minimum": 1}},
    {"name": "_x", "type": "string", "constraints": {"required": True, "maxLength": 3}},
    {"name": "link", "type": "string", "format": "uri"},
    {"name": "span", "type": "duration"},
]
ROW = 'when,sum,price,yes,size,_x,link,span\n31.12.2024,"1.000,5",€ 5,ja,-,abc,https://a.example/,P1D\n'


def test_types_are_what_their_readers_take(tmp_path):
    folder, table = one_table(tmp_path, "t.csv", FIELDS)
    table.write_text(ROW, "utf-8")
    found, _ = metadata(folder, tmp_path)
    (records,) = found["croissant"]["recordSet"]
    assert {one["name"]: one["dataType"] for one in records["field"]} == dict.fromkeys(
        (field["name"] for field in FIELDS), "sc:Text"
    )
    columns = {one["titles"]: one for one in found["csvw"]["tables"][0]["tableSchema"]["columns"]}
    marks = {"decimalChar": ",", "groupChar": "."}
    assert {name: one["datatype"] for name, one in columns.items()} == {
        "when": "string",
        "sum": {"base": "decimal", "format": {"groupChar": ".", "decimalChar": ","}},
        "price": "string",
        "yes": {"base": "boolean", "format": "ja|nein"},
        "size": {"base": "integer", "minimum": 1},
        "_x": {"base": "string", "maxLength": 3},
        "link": "anyURI",
        "span": "duration",
    }
    assert columns["sum"]["datatype"]["format"] == marks
    assert columns["_x"]["name"] == "%5Fx"
    assert columns["_x"]["required"] is True
    assert columns["size"]["null"] == ["", "-"]


def test_restricted_fields_are_named_by_none_but_for_their_place_in_the_file(tmp_path):
    fields = [{"name": "a", "type": "string"}, {"name": "who", "restricted": True}]
    folder, table = one_table(tmp_path, "t.csv", fields, schema={"primaryKey": ["who"]})
    table.write_text("a,who\nx,Ada\n", "utf-8")
    found, said = metadata(folder, tmp_path)
    assert "t: restricted and left out: who" in said
    assert [one["name"] for one in found["croissant"]["recordSet"][0]["field"]] == ["a"]
    schema = found["csvw"]["tables"][0]["tableSchema"]
    assert schema["columns"][1] == {"name": "who", "titles": "who", "suppressOutput": True}
    assert "primaryKey" not in schema
    assert "Ada" not in json.dumps(found, default=str)


def test_a_package_without_csv_has_no_metadata_of_csv(tmp_path):
    folder, table = one_table(tmp_path, "t.json", [{"name": "a", "type": "string"}])
    table.write_text('[{"a": "x"}]')
    found, said = metadata(folder, tmp_path)
    assert {*STANDARDS} - {*found} == {"csvw"}
    assert any(one.startswith("metadata: csv-metadata.json is left out: ") for one in said)
    with pytest.raises(PackageError, match="has no table in plain CSV"):
        list(export(folder, [f"csvw:{tmp_path / 'm.json'}"]))
    assert not (tmp_path / "m.json").exists()


def test_a_package_without_tables_has_metadata(tmp_path):
    (tmp_path / "map.png").write_bytes(b"\x89PNG")
    resource = {"name": "map", "path": "map.png"}
    descriptor = {"name": "maps", "resources": [resource]}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor))
    found, _ = metadata(tmp_path, tmp_path)
    (file,) = found["croissant"]["distribution"]
    assert (file["@id"], file["encodingFormat"]) == ("map.png", "image/png")
    with pytest.raises(PackageError, match="there is no table to export"):
        list(export(tmp_path, [f"zenodo:{tmp_path / 'z'}", f"parquet:{tmp_path / 'p'}"]))
    assert not (tmp_path / "z").exists()


def test_files_have_the_names_by_which_they_are_found(bare, tmp_path, monkeypatch):
    package, _ = bare
    monkeypatch.chdir(tmp_path)
    list(export(package, ["citation", "zenodo", "ro-crate", "metadata"]))
    names = {"CITATION.cff", ".zenodo.json", "ro-crate-metadata.json", "bare-metadata"}
    assert {file.name for file in tmp_path.iterdir()} == names
    assert (tmp_path / "CITATION.cff").read_bytes() == (
        tmp_path / "bare-metadata" / "CITATION.cff"
    ).read_bytes()


def test_what_readers_of_croissant_would_make_of_cells_is_told(tmp_path):
    kinds = {"code": "string", "flag": "string", "word": "string", "large": "integer"}
    fields = [{"name": name, "type": kind} for name, kind in kinds.items()]
    folder, table = one_table(tmp_path, "t.csv", fields)
    table.write_text("code,flag,word,large\n007,true,7a,9007199254740993\n1e5,False,7,\n")
    _, said = metadata(folder, tmp_path)
    told = [one.partition("croissant: t.")[2] for one in said if "croissant: t." in one]
    assert told == [
        "code: readers who guess types make values of its texts",
        "flag: readers who guess types make values of its texts",
        "large: readers who guess types round its integers",
    ]
