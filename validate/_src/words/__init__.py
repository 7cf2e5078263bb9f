"""The shared vocabulary: packages in frozen values, codes, findings, errors.

In the order in which they may import each other:

errors: what is wrong with a package or an argument, and not with data.
printing: texts of others made safe to print; counts with their nouns.
surrogates: halves of surrogate pairs, which are no characters.
scratch: a folder for files that are needed for a while.
replacing: files replaced, and folders filled, whole or not at all.
filenames: what the names of files may be.
extras: how to install what is needed for some packages only.
codes: the catalogue of what can be found.
place: where something stands in a descriptor.
cells: where something stands in a sheet of a workbook.
finding: one fault, and how it is put into words.
schema: a Table Schema: fields, keys, rules of a row.
markers: words that decide how claims are coded.
absences: what must not stand in a text.
anchors: the text anchors of a package.
verifications: claims compared with the documents that they report.
reliability: the codings of a package, and how far coders agree.
clusters: the pieces of a text that normalise independently.
views: queries of a package that become pages.
lookalikes: characters that look like others, or like nothing.
spelling: names and labels that mean the same and are spelt otherwise.
matching: words looked for in texts, and keys that are nearly the same.
shift: how far rows are from where they stand.
findingframe: many faults at once, as rows of a frame.
outcome: what checks say: what they found, what they checked, and what they could not.
model: a package, its resources and dialects.
partitions: fields whose values stand in the paths of files, and those that columns are of.
_held: frames of faults that are held, in memory or on disk.
findings: all faults of a run, counted and in order.
"""
