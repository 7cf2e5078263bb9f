"use strict";
/* Words looked for in texts, and keys that are nearly the same: what the command has in its module
   `words/matching.py`, which says why. A test holds both together over all of Unicode. */
{
  const pages = (window.validatePages ??= {});

  const MARKS = new Map();
  const ODD =
    "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u02d7\u2043\u2018\u2019\u201b" +
    "\u2032\u00b4\u201c\u201d\u201e\u201f\u2033\u2044\u2215\u2236\u066b\u066c\u060c";
  const ASCII = "---------'''''\"\"\"\"\"//:.,,";
  Array.from(ODD).forEach((mark, place) => MARKS.set(mark, ASCII[place]));
  const MARK = new RegExp(`[${ODD}]`, "gu");
  const UNSEEN = /[\u00ad\u200b\u2060\ufeff]/gu;
  const PLAIN = /^[\x00-\x7f]*$/u;
  const SHORTEST_NEAR = 3;

  function withMarks(text) {
    return text.replace(MARK, (mark) => MARKS.get(mark));
  }

  /* A text folded, its white space as it is. */
  function foldedPiece(text) {
    if (PLAIN.test(text)) return text.toLowerCase();
    const seen = withMarks(withMarks(text).normalize("NFKC"));
    const cased = seen.toLowerCase().toUpperCase().toLowerCase().replaceAll("ς", "σ");
    return cased.normalize("NFKC").replace(UNSEEN, "");
  }

  function words(text) {
    return text.split(pages.SPACE).filter(Boolean);
  }

  /* A text in the form in which it is looked for, and looked at. */
  function folded(text) {
    return words(foldedPiece(text)).join(" ");
  }

  /* The terms of what a reader has typed, folded: words, and phrases in quotes. */
  function terms(query) {
    const found = [];
    for (const [, phrase, word] of withMarks(query.normalize("NFKC")).matchAll(
      /"([^"]*)"?|([^\s"]+)/gu,
    )) {
      const term = folded(phrase ?? word);
      if (term && !found.includes(term)) found.push(term);
    }
    return found;
  }

  /* Where terms stand in a text: starts and ends of stretches, in order and apart. */
  function spans(text, wanted) {
    const [characters, origins] = withOrigins(text);
    if (characters !== folded(text)) return [];
    const found = [];
    for (const term of wanted) {
      for (
        let at = characters.indexOf(term);
        at >= 0;
        at = characters.indexOf(term, at + term.length)
      ) {
        found.push([origins[at][0], origins[at + term.length - 1][1]]);
      }
    }
    found.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
    const joined = [];
    for (const [start, end] of found) {
      const last = joined[joined.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else joined.push([start, end]);
    }
    return joined;
  }

  /* A text folded piece by piece, and for each UTF-16 unit of that where the piece stands. */
  function withOrigins(text) {
    let characters = "";
    const origins = [];
    let start = 0;
    for (const piece of pieces(text)) {
      const end = start + piece.length;
      for (const unit of foldedPiece(piece).split("")) {
        const isSpace = words(unit).length === 0;
        if (isSpace && (!characters || characters.endsWith(" "))) continue;
        characters += isSpace ? " " : unit;
        origins.push([start, end]);
      }
      start = end;
    }
    if (characters.endsWith(" ")) {
      characters = characters.slice(0, -1);
      origins.pop();
    }
    return [characters, origins];
  }

  /* Pieces of a text, combining marks with what they stand on. */
  function pieces(text) {
    const made = [];
    for (const cluster of pages.clusters(text)) {
      if (made.length && /^\p{M}/u.test(cluster)) made[made.length - 1] += cluster;
      else made.push(cluster);
    }
    return made;
  }

  /* A key without what is easily written otherwise: `com-1` and `COM 0001` are one. */
  function plainKey(key) {
    const parts = folded(key).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
    const short = parts.map((part) =>
      part.replace(/[0-9]+/gu, (number) => number.replace(/^0+(?=.)/u, "")),
    );
    return short.join("-").replace(/(?<![0-9])-|-(?![0-9])/gu, "");
  }

  /* Whether two plain keys differ by a slip: a character more, less, changed, or two swapped. */
  function isSlip(key, other) {
    const one = Array.from(key);
    const two = Array.from(other);
    const least = Math.min(one.length, two.length);
    if (least < SHORTEST_NEAR || Math.abs(one.length - two.length) > 1 || key === other)
      return false;
    let start = 0;
    while (start < least && one[start] === two[start]) start++;
    const rest = one.slice(start).join("");
    const otherRest = two.slice(start).join("");
    const [first = "", second = "", ...more] = one.slice(start);
    return (
      otherRest === second + more.join("") ||
      otherRest === second + first + more.join("") ||
      rest === two.slice(start + 1).join("") ||
      second + more.join("") === two.slice(start + 1).join("")
    );
  }

  Object.assign(pages, { folded, isSlip, plainKey, spans, terms });
}
