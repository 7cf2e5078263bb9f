"""The list of differences between our profiles and the published ones."""

from support.published import (
    BOTH,
    V1,
    V2,
    Difference,
    all_but,
    anything,
    named,
    no_text,
    text,
    text_but,
)  # fmt: skip

LATER = (
    "Data Package 1.0: a descriptor may have any other property. Those of 2.0 are read under 1.0 "
    "too, so that they have the form that 2.0 gives them"
)
PATHS = r"package\.(resources\[\]\.)?(sources\[\]|licenses\[\])\.path|package\.resources\[\]\.path"
FIELD = r"schema\.fields\[\w*\]\."
CONSTRAINT = rf"{FIELD}constraints\."
INTEGERS = ("negative", "zero", "one", "one point zero", "huge")
LABELLED_INTEGERS = (
    "array of integer", "array of zero", "array of number as value", "array of text and number",
)  # fmt: skip
PATHS_OUT = (
    "path to parent", "path to parent within", "path to parent at the end", "absolute path",
)  # fmt: skip
URLS = ("URL", "FTP URL", "other URL", "file URL")
MANY_TEXTS = (
    "array of text",
    "array of two texts",
    "array of URL",
    "array of URL and path",
    "array of exact",
)
UNIQUE_VALUES = (*MANY_TEXTS, "array of value", "empty array")
# fmt: off
LISTED = (
    # What the text asks for and the published profiles do not.
    Difference(
        BOTH, r"package\.created", False, text_but("moment"), "text",
        "has the form of a date and time",
        "Data Package, created: RFC 3339, 5.6",
    ),
    Difference(
        V2, r"package\..*\.email", False, text_but("e-mail address"), "empty text",
        "has the form of an e-mail address",
        "Data Package, contributors and sources",
    ),
    Difference(
        V1, r"package\..*\.email", False, text_but("e-mail address", "empty text"), "text",
        "has the form of an e-mail address, or is empty",
        "1.0, Data Package, contributors and sources; Tabular Data Resource, the example",
    ),
    Difference(
        BOTH, r"package\.contributors", False,
        all_but("empty array", "array of title", "array of one label twice",
        "array of number as label", "array of value", "array of number as value",
        "array of one value twice", "array of name", "array of foreign key"),
        "array of text",
        "each contributor is an object; its path is no path of a file",
        "Data Package, contributors",
    ),
    Difference(
        BOTH, r"package\.contributors\[\]\.path", False, text_but(*URLS), "path",
        "is a full URL, no path",
        "Data Package, contributors",
    ),
    Difference(
        V1, r"package\.contributors\[\]\.path", False,
        named("file URL", "FTP URL", "other URL"), "FTP URL",
        "is a full URL of http or https",
        "1.0, Data Package, contributors: a fully qualified http URL",
    ),
    Difference(
        V2, r"package\.contributors\[\]\.role", False, no_text, "one",
        "is a text, as under 1.0",
        "Data Package, contributors, Backward Compatibility",
    ),
    Difference(
        V1, r"package\.image", False,
        named("empty text", "FTP URL", "other URL", "file URL", *PATHS_OUT),
        "path to parent",
        "is a URL or path",
        "1.0, Data Package, image",
    ),
    Difference(
        V2, r"package\.image", False,
        named("empty text", "other URL", "file URL", *PATHS_OUT, "file in hidden folder"),
        "path to parent",
        "is a URL or path",
        "Data Package, image",
    ),
    Difference(
        BOTH, r"package\.\$schema", False, all_but("URL", "FTP URL", "other URL"), "text",
        "is a URL; under 1.0, which does not know it, as under 2.0",
        "Data Package, $schema; Glossary, Profile",
    ),
    Difference(
        V2, r"package\.(resources\[\w*\]\.)?profile", False, no_text, "array of text",
        "is a text, as under 1.0",
        "Data Package and Data Resource, $schema, Backward Compatibility",
    ),
    Difference(
        V1, r"package\.version", False, no_text, "fraction",
        "is a text",
        "1.0, Data Package, version",
    ),
    Difference(
        V1, r"package\.(resources\[\w*\]\.)?name", False,
        named("name with slash", "media type", "path", "path from here", *PATHS_OUT,
        "file in hidden folder"),
        "name with slash",
        "has no slash",
        "1.0, Data Package and Data Resource, name",
    ),
    Difference(
        BOTH, r"package\.resources\[data\]\.data", False,
        lambda name, value: anything(name, value) and not isinstance(value, list | dict), "one",
        "is an array or an object; a text needs a format or media type beside it",
        "Data Resource, data",
    ),
    Difference(
        BOTH, r"package\.resources\[\]\.path", False, named("array of URL and path"),
        "array of URL and path",
        "are all URLs or all paths",
        "Data Resource, path, Multiple Files",
    ),
    Difference(
        V1, PATHS, False, named("FTP URL", "other URL", "file URL"), "FTP URL",
        "a URL is one of http or https",
        "1.0, Data Resource, URL or Path",
    ),
    Difference(
        V2, PATHS, False, named("path to parent at the end", "file in hidden folder"),
        "file in hidden folder",
        "neither leads out of its folder at its end nor into a hidden folder",
        "Glossary, URL or Path",
    ),
    Difference(
        BOTH, rf"{FIELD}rdfType", False, text_but(*URLS, "fmt:default", "digest"), "text",
        "is a URI",
        "Table Schema, rdfType",
    ),
    Difference(
        V2, rf"schema\.missingValues|{FIELD}(missingValues|categories)", False,
        named("array of one text twice", "array of one value twice", "array of one label twice"),
        "array of one text twice",
        "values and labels are unique",
        "Table Schema, missingValues and categories",
    ),
    Difference(
        V2, rf"{FIELD}categories", False,
        all_but(*UNIQUE_VALUES, *LABELLED_INTEGERS),
        "array of one number twice",
        "have their form, and are unique, on fields of every type",
        "Table Schema, categories",
    ),
    Difference(
        V2, rf"{FIELD}categoriesOrdered", False, all_but("true"), "text",
        "is a boolean on fields of every type",
        "Table Schema, categoriesOrdered",
    ),
    Difference(
        V2, r"schema\.fieldsMatch", False,
        lambda name, value: isinstance(value, list) and name != "array of exact", "array of text",
        "an array has one of the five words: the published profile judges no item of it",
        "Table Schema, fieldsMatch",
    ),
    Difference(
        BOTH, r"schema\.foreignKeys\[\]\.fields", False,
        named("empty array", "array of one text twice"), "empty array",
        "is a set of fields: the published profile asks it of a text, not of the array",
        "Table Schema, foreignKeys and primaryKey",
    ),
    Difference(
        BOTH, r"schema\.fields\[\]\.constraints\.(exclusiveM|m)(in|ax)imum", False, anything, "one",
        "goes with a field that has a type",
        "Table Schema, minimum: the field descriptor must contain a type",
    ),
    Difference(
        BOTH, rf"{CONSTRAINT}unique", False, all_but("true"), "one",
        "is a boolean on fields of every type",
        "Table Schema, unique",
    ),
    Difference(
        BOTH, rf"{CONSTRAINT}(minLength|maxLength)", False,
        all_but(*INTEGERS), "text",
        "is an integer on fields of every type",
        "Table Schema, minLength and maxLength",
    ),
    Difference(
        BOTH, rf"{CONSTRAINT}pattern", False, no_text, "one",
        "is a text on fields of every type",
        "Table Schema, pattern",
    ),
    Difference(
        BOTH, rf"{CONSTRAINT}jsonSchema", False, lambda name, value: anything(name,
        value) and not isinstance(value, dict), "one",
        "is an object on fields of every type; under 1.0 it is read too",
        "Table Schema, jsonSchema",
    ),
    Difference(
        BOTH, r"schema\.fields\[(date|time|datetime|any|list)\]\.format", False, no_text, "one",
        "is a text on fields of every type",
        "Table Schema, type and format",
    ),
    Difference(
        BOTH, r"dialect\.(quoteChar|escapeChar)", False, text_but("character"), "text",
        "is one character",
        "Table Dialect, quoteChar and escapeChar",
    ),
    Difference(
        BOTH, r"dialect\.commentChar", False, named("empty text"), "empty text",
        "is one or more characters",
        "Table Dialect, commentChar",
    ),
    # What the published profiles ask for and the text does not.
    Difference(
        BOTH, r"package\.(resources\[\w*\]\.)?(licenses|keywords|contributors)", True,
        named("empty array"), "empty array",
        "is an array, which may be empty",
        "Data Package, licenses, keywords and contributors",
    ),
    Difference(
        V2, r"package\.contributors\[\]\.roles", True, named("empty array"), "empty array",
        "is an array, which may be empty",
        "Data Package, contributors",
    ),
    Difference(
        BOTH, PATHS, True, named("path from here", "path from the home", "hidden file"),
        "path from here",
        "may begin with a dot or a tilde; only hidden folders are forbidden, by 2.0",
        "Glossary, URL or Path; 1.0, Data Resource, URL or Path",
    ),
    Difference(
        V1, PATHS, True, named("path with dots"), "path with dots",
        "may have two dots within a name",
        "1.0, Data Resource, URL or Path: ../ is forbidden",
    ),
    Difference(
        V2, PATHS, True, named("path with backslash"), "path with backslash",
        "may have a backslash, which is part of a name in POSIX",
        "Glossary, URL or Path",
    ),
    Difference(
        V2, r"package\.contributors\[\]\.path", True, named("other URL"), "other URL",
        "may be a URL with any scheme",
        "Data Package, contributors: a fully qualified URL",
    ),
    Difference(
        BOTH, r"package\.resources\[\w*\]\.homepage", True, anything, "one",
        "is not a property of a resource",
        "Data Resource, Properties",
    ),
    Difference(
        V2, r"package\.resources\[\w*\]\.\$schema", True, anything, "one",
        "has no effect but on the root level",
        "Glossary, Profile",
    ),
    Difference(
        BOTH, r"package\.resources\[\w*\]\.hash", True, text, "text",
        "its digest is judged where the algorithm is known; others need not be hexadecimal",
        "Data Resource, hash",
    ),
    Difference(
        BOTH, r"package\.resources\[\w*\]\.(schema|dialect)", True,
        lambda name, value: isinstance(value, str | dict), "object",
        "is judged by a profile of its own, with the version of its own file",
        "Data Resource, schema and dialect; Glossary, Profile",
    ),
    Difference(
        V2, r"schema\.fieldsMatch", True, named("exact"), "exact",
        "is a text",
        "Table Schema, fieldsMatch",
    ),
    Difference(
        BOTH, r"schema\.(fields|foreignKeys)", True, named("empty array"), "empty array",
        "is an array, which may be empty",
        "Table Schema, fields and foreignKeys",
    ),
    Difference(
        V2, r"schema\.uniqueKeys", True, named("array of array of text twice"),
        "array of array of text twice",
        "may have one key twice",
        "Table Schema, uniqueKeys: an array of keys",
    ),
    Difference(
        V2, r"schema\.foreignKeys\[\](\.reference)?\.fields", True, text, "text",
        "one of the two may be a text where the other is an array",
        "Table Schema, foreignKeys, Backward Compatibility: each may be a single string",
    ),
    Difference(
        BOTH, rf"{FIELD}type", True, named("list"), "list",
        "may be list; under 1.0 it is read too",
        "Table Schema, list",
    ),
    Difference(
        V2, r"schema\.fields\[\]\.format", True, text, "text",
        "is any text where the type is any, as it is by default",
        "Table Schema, type and format",
    ),
    Difference(
        BOTH, rf"{FIELD}format", True, named("fmt:default"), "fmt:default",
        "may begin with fmt:; under 1.0 it is read too",
        "Table Schema, type and format, Backward Compatibility",
    ),
    Difference(
        BOTH, rf"{FIELD}example", True, anything, "one",
        "may be of any kind",
        "Table Schema, example",
    ),
    Difference(
        V2, rf"{FIELD}categories", True,
        named(*UNIQUE_VALUES, *LABELLED_INTEGERS),
        "array of integer",
        "values are texts or integers; whether they are of the type is judged with it",
        "Table Schema, categories: an array of unique values",
    ),
    Difference(
        V2, rf"{FIELD}categories\[\]\.value", True,
        lambda name, value: text(name, value) or name in INTEGERS, "one",
        "values are texts or integers; whether they are of the type is judged with it",
        "Table Schema, categories: an array of objects, each with a unique value",
    ),
    Difference(
        BOTH, rf"{CONSTRAINT}enum", True, named("empty array", "array of one text twice"),
        "empty array",
        "may be empty and have one value twice",
        "Table Schema, enum: an array",
    ),
    Difference(
        BOTH, r"schema\.fields\[(number|integer|year|any)\]\.constraints\.enum", True,
        named("array of one number twice", "array of text and number"), "array of one number twice",
        "may have one value twice, and texts beside numbers",
        "Table Schema, Field Constraints: primitive types, or strings castable",
    ),
    Difference(
        BOTH, r"schema\.fields\[(array|geopoint|list|any)\]\.constraints\.enum", True,
        named("array of array of text twice"), "array of array of text twice",
        "may have one value twice",
        "Table Schema, enum: an array",
    ),
    Difference(
        BOTH, r"schema\.fields\[(object|geopoint|geojson)\]\.constraints\.enum", True,
        named("array of text and object"), "array of text and object",
        "may have texts beside objects",
        "Table Schema, Field Constraints: primitive types, or strings castable",
    ),
    Difference(
        BOTH, r"schema\.fields\[boolean\]\.constraints\.enum", True, named(*MANY_TEXTS),
        "array of text",
        "may have the texts of booleans",
        "Table Schema, Field Constraints: primitive types, or strings castable",
    ),
    Difference(
        V2, r"schema\.fields\[\]\.constraints\.enum", True, lambda name, value: isinstance(value,
        list), "array of integer",
        "may have values of any kind where the type is any, as it is by default",
        "Table Schema, type and format",
    ),
    Difference(
        BOTH, r"schema\.fields\[boolean\]\.(trueValues|falseValues)", True, named("empty array"),
        "empty array",
        "is an array, which may be empty",
        "Table Schema, boolean",
    ),
    Difference(
        V1, r"schema\.fields\[number\]\.groupChar", True, named("null"), "null",
        "may be null, which is its default value",
        "1.0, Table Schema, number",
    ),
    # What the published profiles do not know: the type list, and under 1.0 properties of 2.0.
    Difference(
        BOTH, r"schema\.fields\[list\]\.delimiter", False,
        lambda name, value: no_text(name, value) or name == "empty text", "one",
        "is a text that is not empty",
        "Table Schema, list",
    ),
    Difference(
        BOTH, r"schema\.fields\[list\]\.itemType", False, anything, "text",
        "is one of seven types",
        "Table Schema, list",
    ),
    Difference(
        BOTH, r"schema\.fields\[list\]\.format", False, all_but("default", "fmt:default"), "text",
        "is default",
        "Table Schema, list",
    ),
    Difference(
        BOTH, r"schema\.fields\[list\]\.constraints\.enum", False,
        named("array of null", "array of true", "array of integer", "array of zero",
        "array of fraction", "array of one number twice", "array of text and number",
        "array of text and object", "array of empty object", "array of value",
        "array of number as value", "array of one value twice", "array of one label twice",
        "array of number as label", "array of title", "array of name", "array of resource",
        "array of foreign key"),
        "array of integer",
        "has arrays, and texts that stand for them",
        "Table Schema, list; Field Constraints",
    ),
    Difference(
        V1, r"dialect\.(\$schema|headerJoin|property|sheetName|table)|schema\.\$schema", False,
        no_text, "one",
        "is a text", LATER,
    ),
    Difference(
        V1, r"dialect\.(headerRows|commentRows)", False,
        all_but("array of integer", "array of one number twice", "empty array"), "one",
        "is an array of positive integers", LATER,
    ),
    Difference(
        V1, r"dialect\.itemKeys", False,
        all_but(*MANY_TEXTS, "array of one text twice", "empty array"), "one",
        "is an array of texts", LATER,
    ),
    Difference(
        V1, r"dialect\.itemType", False, all_but("array"), "one",
        "is one of two words", LATER,
    ),
    Difference(
        V1, r"dialect\.sheetNumber", False, all_but("one", "one point zero", "huge"), "text",
        "is a positive integer", LATER,
    ),
    Difference(
        V1, r"schema\.fieldsMatch", False, all_but("exact", "array of exact"), "one",
        "is one of five words", LATER,
    ),
    Difference(
        V1, r"schema\.uniqueKeys", False,
        all_but("array of array of text", "array of array of text twice"), "one",
        "is an array of arrays of texts", LATER,
    ),
    Difference(
        V1, rf"{FIELD}categories", False,
        all_but(*UNIQUE_VALUES, *LABELLED_INTEGERS), "one",
        "is an array of unique values or of objects with unique values", LATER,
    ),
    Difference(
        V1, rf"{FIELD}categories\[\]\.value", False,
        lambda name, value: not text(name, value) and name not in INTEGERS, "fraction",
        "is there, a text or an integer", LATER,
    ),
    Difference(
        V1, rf"{FIELD}categories\[\]\.label", False, no_text, "one",
        "is a text", LATER,
    ),
    Difference(
        V1, rf"{FIELD}categoriesOrdered", False, all_but("true"), "one",
        "is a boolean", LATER,
    ),
    Difference(
        V1, rf"{FIELD}missingValues", False, all_but(*UNIQUE_VALUES), "one",
        "is an array of unique texts or of objects with unique values", LATER,
    ),
    Difference(
        V1, r"schema\.fields\[integer\]\.groupChar", False,
        lambda name, value: no_text(name, value) and name != "null", "one",
        "is a text, or null as that of a number", LATER,
    ),
    Difference(
        V1, r"schema\.fields\[(integer|year)\]\.constraints\.exclusiveM(in|ax)imum", False,
        lambda name, value: no_text(name, value) and name not in INTEGERS, "array of integer",
        "is an integer or a text", LATER,
    ),
    Difference(
        V1, r"schema\.fields\[number\]\.constraints\.exclusiveM(in|ax)imum", False,
        lambda name, value: no_text(name, value) and name not in (*INTEGERS, "fraction"),
        "array of integer",
        "is a number or a text", LATER,
    ),
    Difference(
        V1,
        r"schema\.fields\[(date|time|datetime|yearmonth|duration)\]\.constraints"
        r"\.exclusiveM(in|ax)imum",
        False, no_text, "one",
        "is a text", LATER,
    ),
)
# fmt: on
