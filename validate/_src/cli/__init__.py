"""The command line: arguments, output, exit codes.

startup: how the program comes up fast.
completion: completions in shells.
streams: standard input and output, and the terminal.
outputs: the files that reports go to.
main: the commands.
"""
