"""Two packages compared: what differs in schemas and rows, and the version it demands.

difference: what differs, in frozen values.
revision: packages as they were at a revision of a repository.
_comparable: rows in which equal values are equal, whatever they look like.
_equal: equal rows set aside while both tables are read.
_pairing: what became of the others.
_changedrows: the rows that differ, in bounded memory.
tables: two tables compared.
schemas: what differs between Table Schemas.
definitions: what differs between descriptors.
version: the version that all this demands.
compare: two packages compared.
formats: one renderer a format.
"""
