"""A first descriptor for data files: dialects detected, schemas inferred.

detection: the form of a file of delimited text, guessed.
inference: the schema, inferred from a sample and proved by all rows.
"""
