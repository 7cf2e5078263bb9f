"""From a descriptor to a package in frozen values, or one line that says why not.

addresses: texts that lead to the web or to another system.
stores: objects in stores, listed and brought.
remote: files on the web and in stores, fetched where that is allowed.
problem: what is wrong in a descriptor, before it is known what that costs.
jsonobjects: JSON objects from texts, with what their texts have that no JSON has.
yamltext: descriptors in YAML.
nearmiss: files whose names are nearly those of a path.
supply: packages that are in no folder.
patterns: patterns of paths, and the files in a folder whose paths fit one.
textfiles: texts and JSON objects in files.
evolved: files whose tables have other columns by now.
lakes: tables that are folders with a log: Delta and Iceberg.
folder: the folder of a package: files that a descriptor names, found safely.
manyfiles: many files that make one table, and what their paths say of their rows.
deltacommits: what a commit of a table of Delta says of files.
deltalog: whether the log of a table of Delta has all commits.
deltafiles: whether what a log says of the files of the table agrees.
delta: those of Delta.
avro: the records of files of Avro.
manifests: the files that snapshots of Iceberg have.
iceberg: tables of Iceberg.
tablefolders: where such folders are.
logsabove: that no prefix of a store is one in which files lie.
loglessfiles: that files which a pattern finds lie in no such folder.
laketables: the files that make such a table.
zipped: packages in zip files.
webfolder: packages on the web and in stores.
installed: packages that are installed as distributions of Python.
source: where a package is: in a folder, in a zip file, installed, on the web or in a store.
loosely: parts of a descriptor, whatever stands in their place.
forms: the forms of texts: dates, e-mail addresses, URLs, paths.
plain: what a profile does not allow, in plain words.
profile: the JSON Schemas of the standard and of our extensions.
repair: descriptors without what is wrong in them.
ledger: what is wrong with a descriptor, and what is not checked because of it.
severity: how bad the findings of a code are, where a package says it.
consistency: whether the names within a schema exist and fit.
usableschema: what can be used of a Table Schema.
declared: frozen values from properties with the same names.
tableschema: a Table Schema.
dialect: a Table Dialect.
declaredfiles: the files of a resource that a pattern finds.
resource: a resource.
usableresource: what can be used of a resource.
dereference: what can be used of a whole descriptor.
naming: whether the resources and fields exist that a part of a descriptor names.
anchorlinks: whether the names and patterns of text anchors, markers and absences exist and fit.
verificationlinks: whether the names and verdicts of verifications exist and fit.
viewpages: queries that become pages, from what is declared.
viewlinks: whether what they name exists and fits.
translations: whether what is translated is in languages that they name.
links: whether the names that lead from one part of a package to another exist and fit.
extensions: table rules, text anchors, absences, markers, reliability and verifications.
restriction: fields that hold values of restricted ones.
descriptor: a whole package.
given: what is said of a table that no descriptor describes.
foundfiles: the files of a folder or a pattern that a run is given, as those of one table.
onetable: a package of one table, which has no descriptor.
storedtables: the same of objects in a store.
belonging: the packages that files belong to.
"""
