"""Spark as an engine: it moves splits of files, or batches of its own DataFrames.

columns: columns of Spark as those of Polars, and findings as rows of Spark.
errors: what fails in Spark, in one line.
partitions: what workers make of the rows of a DataFrame.
keys: keys that repeat and references that lead nowhere, found by Spark.
report: what was found in a DataFrame.
frames: a DataFrame judged by a Table Schema.
session: a session for the command line.
packages: a package judged in parts.
"""
