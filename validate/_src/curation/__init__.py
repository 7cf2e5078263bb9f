"""For coded datasets: rows shown, passages anchored, coverage counted, files kept canonical.

csvfile: CSV in canonical form.
tidy: data files brought into it.
anchor: where a passage of a source stands, and the rows of a source that is new.
reliability: how far independent coders agree.
codebook: tables, fields and vocabularies as Markdown.
countedrows: the texts and rows that coverage counts, and the fields whose values it would show.
documents: how much of a document claims report, and how much they do not.
coverage: how completely each source is coded.
places: rows of tables, and the spans of texts that they are.
verdicts: the verdicts on the claims of each document, and the claims that wait for one.
verification: a claim beside the document that it reports.
ranking: in what order rows that are found are listed.
rowkeys: rows by their primary keys, and by keys like these.
search: rows that have a key, a key like it, or words in their texts.
hits: such rows listed, with the words marked.
show: rows with what they refer to, what refers to them, and their passages.
"""
