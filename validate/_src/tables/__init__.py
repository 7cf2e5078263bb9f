"""From batches of cells to typed frames, and what is read from whole tables.

_labels: labels, and what is wrong with them.
header: which column belongs to which field.
_parts: the columns of findings of many rows.
table: typed frames, of all rows of a table or a batch.
joined: batches of a table joined.
loaded: the values of whole tables, nothing lost.
_shape: rows with more or fewer cells than the header.
_swallowed: quotes that take in rows.
_cells: the cells of fields, and their values.
_ofpaths: cells that stand in the paths of files.
_footpaths: these where only the footers of files are read.
opening: tables read as far as they can be.
debris: blank rows and empty columns at the end of a table.
respelled: values as cells that have them.
inframe: frames of Polars as tables, without a header.
batches: from batches of records to typed frames.
reading: the rows of a table, all of them or batch by batch.
bare: tables without a schema.
footers: Parquet files judged by their footers alone.
excerpts: rows as they stand in their files, to show findings in.
sourcetext: canonical text, which text anchors count in.
dataset: a package with its tables and source texts read.
"""
