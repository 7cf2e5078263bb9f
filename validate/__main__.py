"""`python -m validate`."""

from validate.cli import main

main(prog_name="validate")
