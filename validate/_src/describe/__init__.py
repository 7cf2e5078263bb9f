"""A first descriptor for data files: dialects detected, schemas inferred.

firstlines: the first lines of a file.
form: a file as a resource, its format, and the tables in it.
missing: texts for values that nobody has.
marks: numbers with marks in them.
readings: the types and forms that the texts of a column may be meant in.
moments: times and datetimes, and the formats that they are written in.
marked: readings of numbers with marks, and with a currency or a percent sign.
amounts: amounts whose sign stands where no number has it.
rows: rows as they stand in a file.
ending: rows at the end that are no rows of the table.
held: a table that is read more than once.
wholerows: rows without a cell too many or too few.
sample: a sample of each column, and the reading that suits it.
judging: columns judged by all rows.
nearly: columns that nearly have a type.
unwritable: columns of dates and times that no format has.
units: units of measurement.
below: what stands below labels in the first rows of a file.
groups: a row of groups of columns above the labels.
layout: which row is the header, and which others are no rows of the table.
rownames: row names that R and pandas write.
dialect: what a reader must know of a file beside its format.
schema: a schema that all values hold to.
sums: a last row that has the sums of those above it.
headless: tables that seem to have no header.
columnfacts: what holds for a column in all rows.
repeated: columns of ids, of which a few repeat.
notes: what keeps columns from a type, in sentences.
undeclared: a table of which nothing is declared.
keys: candidate keys of several fields.
facts: what holds for all rows of a table.
databases: keys that a database declares.
suggestions: constraints that all rows hold to, suggested or written.
output: a descriptor written where none is, and said in a few lines.
draft: the whole descriptor.
"""
