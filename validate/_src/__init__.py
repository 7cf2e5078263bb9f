"""How it works; what may be imported from elsewhere is in `validate` itself.

In the order in which the folders may import each other:

words: what everything here speaks in.
fields: the types of fields and their constraints.
reading: from bytes to batches of cells.
package: from a descriptor to a package in frozen values.
tables: from batches of cells to typed frames.
checks: what is judged.
report: what came out, and how it is shown.
engine: the conductor of a run.
curation: for those who curate a dataset.
describe: a first descriptor for data files.
cli: the command line.
"""

DISTRIBUTION = "alliance-claims"
"""The name under which all this is installed."""
