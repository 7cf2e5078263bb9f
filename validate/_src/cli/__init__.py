"""The command line: one module a command.

_startup: how the program comes up fast.
_completers: what shells complete values with.
_options: arguments and options that several commands have.
_given: options that say what a table is that no descriptor describes.
_engines: options that say what reads and judges the tables.
_streams: standard input and output, and the terminal.
_outputs: the files that reports go to.
_reporting: the options that say what of a report is shown.
_part: a part of a run, which is written and not reported.
_split: the folder that valid and invalid rows go to.
*: the commands, a module each.
main: all of them as the program `validate`.
"""
