"""The conductor of a run: what is read, in which order, and handed to which checks.

arguments: what a run is given, of whatever type.
selection: a part of a package, checked alone.
targets: tables without a schema that foreign keys refer to.
progress: how far a run has come.
judging: the judges of a table, and what the checks make of what they say.
_serving: what another process does.
workers: how other processes are started and ended.
parallel: tables judged by several processes.
untried: tables of Parquet judged by another process, which may end.
tables: tables judged here or by others.
merging: findings from batch to batch, put together.
outcomes: what the checks say of a package.
choosing: what of a package is checked, and the report on that.
asked: what is asked of a run in several processes.
states: the files of a package as they are.
identity: what all parts of a run have in common.
shares: which bytes of a package a part of a run judges.
results: the files that parts write.
_encoding: what they tell as bytes.
tasks: what of a table is judged at once.
sharing: the tasks of a part, judged.
recorded: tables as parts have judged them.
unchanged: whether files stay as they are while they are read.
run: from the path of a package to the report on it.
parts: runs in parts, and their reports.
schemas: the schemas of its tables as objects of Pandera.
spark: Spark as an engine.
"""
