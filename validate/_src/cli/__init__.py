"""The command line: one module a command.

_startup: how the program comes up fast.
_completers: what shells complete values with.
_options: arguments and options that several commands have.
_streams: standard input and output, and the terminal.
_outputs: the files that reports go to.
run: checks packages and reports on them.
show: a row, the rows it is tied to, and its passages.
anchor: where a passage stands in its source.
tidy: data files brought into canonical form.
coverage: how completely the sources are coded.
codebook: tables, fields and vocabularies as Markdown.
explain: what a code means.
init: a first descriptor for data files.
completion: the script that makes a shell complete commands.
main: all of them as the program `validate`.
"""
