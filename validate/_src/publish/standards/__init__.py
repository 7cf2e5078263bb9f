"""What a package is, by the standards of others: a file each, made of the descriptor alone.

licences: what may be done with it.
described: what the descriptor says of it as a whole.
documents: what these files have in common.
schemaorg: a Dataset of schema.org.
rocrate: an RO-Crate.
dcat: DCAT, by its application profile for Europe.
datacite: a record of DataCite.
citationfile: `CITATION.cff`.
zenodo: `.zenodo.json`.
plainfiles: files that every reader takes for the same table.
croissantcolumns: the types of columns for Croissant.
croissantkeys: the foreign keys that it has a word for.
croissant: Croissant, which describes columns too.
csvw: CSV on the Web, which describes columns and keys.
folder: all of them in one folder.
"""
