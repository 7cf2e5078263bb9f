"""How much stands on a page. docs/site.md states these numbers."""

ROWS_A_PART = 500
"""Rows of a table on a page: more make it slow to lay out, and to sort and filter."""
PARTS = (400, 300, 200, 150, 100, 70, 50, 30, 20, 10, 5, 2, 1)
"""Rows on a page of a table whose rows are so wide that fewer have to do: few numbers, so that
rows change their page only where a table grows much wider."""
CELLS_A_PART = 25_000
"""Cells on a page of a table: a browser lays so many out within some tenths of a second."""
TEXT_A_PART = 2**20
"""Characters of cells on a page of a table, by the average of its rows."""
LONG_CELL = 500
"""Characters of a cell from which on a table shows its beginning, and the rest when it is asked."""
HEAD = 280
"""Characters that are its beginning."""
LONG_JSON, JSON_HEAD = 160, 100
"""The same of objects, arrays and the like, which are no text to be read in a table."""
WHOLE_CELL = 5_000
"""Characters of a cell up to which all of it is on the page of the table; of a longer one where
rows have pages, it is there alone."""
MOST_ROW_PAGES = 2_500
"""Rows of a table up to which each has a page of its own: file systems and hosts of pages take
tens of thousands of files, not millions. Beyond it a row has an anchor in a part of its table."""
MOST_REFERRING = 50
"""Rows of a foreign key that the page of a row lists; the others stand on pages of their own."""
MOST_NAMESAKES = 5
"""Rows of the same name that the page of a row lists; the search finds all. Where a thousand have
one name, a thousand pages would list a thousand each."""
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
