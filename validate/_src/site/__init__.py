"""Pages of a package: static files to look at its tables, rows and sources in a browser.

limits: how much stands on a page.
names: names of files for keys.
escaping: texts as HTML.
prose: descriptions as HTML.
spoken: texts in several languages.
model: what the pages are made of.
gather: the tables of a report as pages show them.
pagewords: the words of pages in the languages that there are for them.
datewords: dates of Extended Date/Time Format in words.
values: how cells are shown.
references: a foreign key between two tables.
links: foreign keys, both ways.
rownames: what rows are called beside their keys.
viewvalues: the values of views, what they are called, and where they lead.
viewfilters: columns by whose values the rows of views are picked and counted.
viewmarks: the looks of marks in views.
views: the rows of views.
narrower: values under which narrower ones stand.
scale: numbers on one scale.
citation: how a release and its rows are cited.
rendering: the templates, and the pages made of them.
viewlinks: views as other pages lead to them.
viewcounts: how many rows of views have which values, and what these mean.
viewpages: the pages of views.
viewrows: the rows of views, by which their pages save them.
fields: fields and vocabularies as pages describe them.
tablepages: the pages of tables.
passages: the spans of texts that rows are, or rest on.
verdicts: claims beside the documents that they report.
sharing: rows that rest on the same passages.
hierarchies: tables whose rows stand under wider ones.
mentions: how many rows speak of a row.
index: the index by which the pages search, filter and save, and the page of the search.
picked: the views that have a row among what can be picked.
referring: what refers to a row, as its page lists it.
rowpages: the pages of rows.
packagepages: the start page, the codebook and what validation found.
describing: a descriptor of the tables as CSV files.
originals: the files of a package that is not valid, as they are.
downloads: the files that are offered, and their page.
drawing: intervals as SVG.
timeline: dates of Extended Date/Time Format along an axis.
strips: segments and spans as SVG.
skeleton: sources as the segments that they are cut into.
pages: all pages in order.
folder: the folder of a site, replaced whole.
site: from a package to its site.
"""
