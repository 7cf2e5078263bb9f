"""How much stands on a page. docs/site.md states these numbers."""

ROWS_A_PART = 500
"""Rows of a table on a page: more make it slow to lay out, and to sort and filter."""
MOST_ROW_PAGES = 2_500
"""Rows of a table up to which each has a page of its own: file systems and hosts of pages take
tens of thousands of files, not millions. Beyond it a row has an anchor in a part of its table."""
MOST_REFERRING = 50
"""Rows of a foreign key that the page of a row lists; the others stand on pages of their own."""
MOST_FINDINGS = 100
"""Findings of a file and code on the page about validation; a file has all of them."""
MOST_OF_A_DATE = 20
"""Rows of a date that the timeline lists; the others stand in their table."""
PIECES_A_PART = 150
"""Segments and spans of a source on a page, some 120 kB of them; whole segments stand together."""
INDEX_PART = 2**19
"""Bytes of texts in a part of the index of the search, half a MiB: a browser has loaded and folded
one in some hundredths of a second, so that hits appear while the others load, and a page never
stands still; smaller ones only make more files."""
