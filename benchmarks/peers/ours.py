"""We: `validate run FOLDER --format json`, as the command of that name does it.

The report is left as it is, however long, and read by whoever started this, so that
nothing but the command is measured.
"""

import sys

from validate.__main__ import program

sys.argv = ["validate", "run", *sys.argv[1:], "--format", "json"]
program()
