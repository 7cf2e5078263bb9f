"""The conductor of a run: what is read, in which order, and handed to which checks.

arguments: what a run is given, of whatever type.
selection: a part of a package, checked alone.
targets: tables without a schema that foreign keys refer to.
progress: how far a run has come.
run: from the path of a package to the report on it.
"""
