"""From batches of cells to typed frames, and what is read from whole tables.

header: which column belongs to which field.
table: typed frames, a batch at a time, with the faults of their structure.
excerpts: rows as they stand in their files, to show findings in.
sourcetext: canonical text, which text anchors count in.
dataset: a package with its tables and source texts read.
"""
