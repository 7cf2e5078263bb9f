"""A first descriptor for data files: dialects detected, schemas inferred.

form: what a reader must know of a file beside its format.
marks: numbers with marks in them.
sample: fields inferred from a sample of each column.
schema: a schema that all values hold to.
output: a descriptor written where none is, and said in a few lines.
draft: the whole descriptor.
"""
