"""Types, constraints and row rules: each Table Schema compiled once, enforced by Pandera.

The frame that Pandera judges has three kinds of columns: `text:<field>` for what the cell
holds, `value:<field>` for what it means, and `rule:<name>` for what a row rule says of the
row. A batch passes one gate, or the gate says which cells do not meet which conditions; what
is wrong with them is put into words for a column and condition at once.

_shortcuts: how to see in one go that a whole column meets a constraint.
_columns: the columns of the frame, and what is asked of each.
_rules: row rules as expressions of Polars.
_compiled: a schema compiled for the frames of its table.
_pandera: Pandera configured as we need it, whatever the host or the environment say.
_gate: one verdict on a batch.
_alike: small tables with the same schema, judged at once.
_cells: the faults of the rows that have some.
_judge: what judges a batch, and what it leaves to be judged with others.
check: the check itself.
"""
