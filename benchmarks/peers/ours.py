"""We: `validate run FOLDER --format json`, as the console script does it.

The report is left as it is, however long, and read by whoever started this, so that
nothing but the command is measured.
"""

import sys

from validate.cli import main

CANNOT_BE_USED = 2

exit_code = main(["run", sys.argv[1], "--format", "json"], standalone_mode=False)
sys.exit(exit_code if exit_code == CANNOT_BE_USED else 0)
