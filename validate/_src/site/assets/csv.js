"use strict";
/* Rows saved as CSV by the page itself: nothing is asked of anybody. */
{
  const pages = (window.validatePages ??= {});
  const UTF8 = "\u{feff}";
  const NEEDS_QUOTES = /[",\r\n]/u;

  function quoted(cell) {
    return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  }

  /* Rows of texts, the header among them, as RFC 4180 has them: comma, CRLF, quotes where needed.

     A lone empty cell has its quotes: without them its row would be a blank line. */
  function csvOf(rows) {
    return rows.map((row) => `${row.map(quoted).join(",") || '""'}\r\n`).join("");
  }

  /* Hands a text over as a file in UTF-8. It begins with the mark of that, without which Excel takes
     its letters for those of another encoding; other programs pass it over. */
  function save(name, text) {
    const address = URL.createObjectURL(new Blob([UTF8, text], { type: "text/csv;charset=utf-8" }));
    const link = Object.assign(document.createElement("a"), { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60_000); // until large files have begun
  }

  Object.assign(pages, { csvOf, save });
}
