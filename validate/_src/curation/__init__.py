"""For coded datasets: rows shown, passages anchored, coverage counted, files kept canonical.

csvfile: CSV in canonical form.
tidy: data files brought into it.
anchor: where a passage of a source stands, and the rows of a source that is new.
coverage: how completely each source is coded.
reliability: how far independent coders agree.
codebook: tables, fields and vocabularies as Markdown.
show: rows with what they refer to, what refers to them, and their passages.
"""
