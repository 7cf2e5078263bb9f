"""The rows of tables parted into files of valid and of invalid ones, with reasons.

judgement: what a report says of the rows of a table.
blanking: rows without the values of restricted fields.
folder: the folder of the files, which has none of them or all.
parting: a table parted.
again: valid rows judged by themselves, once the invalid ones are gone.
reasons: why rows are invalid, and what else was found in their table.
split: all tables of a report.
"""
