"""A first descriptor for data files.

detection: the form of a file of delimited text, guessed.
inference: the schema, inferred from a sample and proved by all rows.
"""
