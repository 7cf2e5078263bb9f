"""What a file is that is not written as it is declared, and the faults that follow from it.

diagnosis: what is said of such a file.
evidence: what a file begins with.
formats: files of another format.
headers: headers that stand elsewhere, are spelt otherwise, or are not there.
delimiters: text that is delimited by another character.
quotes: quotes that are part of the texts.
rownames: row names that R and pandas write.
decimals: decimal commas that part cells.
columns: columns that are lost, inserted or in another order.
numbers: numbers with other marks.
dates: dates and times in another form.
amounts: amounts whose sign stands elsewhere.
diagnose: all of these.
unschemed: all of these that need no schema, for tables without one.
folding: the findings that such a file causes, counted in one.
"""
