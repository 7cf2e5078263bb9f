"""How it works; what may be imported from elsewhere is in `validate` itself.

In the order in which the folders may import each other:

words: the shared vocabulary: packages in frozen values, codes, findings, errors.
fields: the field types of Table Schema, and the constraints on their values.
reading: from bytes to batches of cells: one small reader a format.
package: from a descriptor to a package in frozen values, or one line that says why not.
tables: from batches of cells to typed frames, and what is read from whole tables.
checks: what is judged: one module a subject.
describe: a first descriptor for data files: dialects detected, schemas inferred.
diagnosis: what a file is that is not written as it is declared, and the faults that follow from it.
report: what came out of a run: findings kept, waived and counted, and shown in many formats.
engine: the conductor of a run: what is read, in which order, and handed to which checks.
split: the rows of tables parted into files of valid and of invalid ones, with reasons.
curation: for coded datasets: rows shown, passages anchored, coverage counted, files kept canonical.
compare: two packages compared: what differs in schemas and rows, and the version it demands.
publish: what is published of a valid package: its tables and metadata in other formats.
release: what must agree in a release of a package, and the folder of files to download.
site: pages of a package: static files to look at its tables, rows and sources in a browser.
cli: the command line: one module a command.
"""

DISTRIBUTION = "alliance-claims"
"""The name under which all this is installed."""
