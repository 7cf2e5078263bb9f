"use strict";
/* What is said of a text that was held to the digests of a source. What this needs comes before
   it: `element`, `counted`, `worded`, `phrase` and `tell` of `site.js`. */
{
  const pages = (window.validatePages ??= {});
  const NAMED = 12; // segments and characters that a message names
  const FEW = 10; // one piece in so many: other texts have some short ones in common
  /* Each said once everything was looked for, and while some is looked for elsewhere. */
  const NO_PASSAGE = [
    "This is another text, or not quite the one that was coded: no passage of this page stands in it.",
    "This is another text, or not quite the one that was coded: no passage of this page stands in it where it should be.",
  ];
  const NOTHING = [
    "This is another text: nothing of the source stands in it.",
    "This is another text: nothing of the source stands in it where it should be.",
  ];
  const HARDLY = [
    "This is another text: hardly anything of the source stands in it.",
    "This is another text: hardly anything of the source stands in it where it should be.",
  ];
  /* Each of one piece, and of several. */
  const LATER = ["{count} stands {by} later", "{count} stand {by} later"];
  const EARLIER = ["{count} stands {by} earlier", "{count} stand {by} earlier"];
  const WITH_ANOTHER_END = [
    "{count} stands there with another end",
    "{count} stand there with another end",
  ];
  const NEWER =
    "It has characters that are newer than Unicode 14.0, or not known to this browser, whose Unicode is {version}: {characters}. Programs of other versions may make other canonical text of them, so digests that differ there prove nothing.";
  const CALLED = {
    "utf-16le": "UTF-16",
    "utf-16be": "UTF-16",
    shift_jis: "Shift_JIS",
    "euc-jp": "EUC-JP",
    "windows-1252": "Windows-1252",
  };

  function grouped(count) {
    return count.toLocaleString("en");
  }

  function listed(items) {
    const more = items.length - NAMED;
    const named = items.slice(0, NAMED).join(", ");
    return more > 0 ? worded("{named} and {count} more", { named, count: grouped(more) }) : named;
  }

  /* Whether a text is good, doubtful or bad, and why, in lines.

     pieces: the segments and spans of the page, looked for in it.
     source: the digest and the length of the whole, where the page is that of a source.
     reading: the text, and how it was read.
     isOpen: whether some will still be looked for elsewhere in it. */
  function verdictOf(pieces, source, reading, isOpen) {
    const { text } = reading;
    const missing = pieces.filter((piece) => !piece.place).length;
    const isWhole = pieces.every((piece) => piece.isProved);
    const notes = notesOf(reading);
    const found = foundIn(pieces, isOpen);
    if (pieces.length && missing === pieces.length && isAnother(pieces, source, text)) {
      const isRow = source.sha256 === undefined; // and has few passages to tell a text by
      const said = phrase((isRow ? NO_PASSAGE : NOTHING)[Number(isOpen)]);
      const lines = [said, lengthOf(text, source), ...othersTold(pieces), ...notes];
      return { kind: "bad", lines };
    }
    if (source.sha256 !== undefined && (pieces.length - missing) * FEW < pieces.length) {
      const said = phrase(HARDLY[Number(isOpen)]);
      return { kind: "bad", lines: [said, lengthOf(text, source), ...found, ...notes] };
    }
    if (source.sha256 === undefined) {
      return { kind: kindOf(pieces), lines: [...found, ...othersTold(pieces), ...notes] };
    }
    if (text.sha256 !== source.sha256) {
      const said = phrase("This is not quite the text that was coded.");
      return { kind: "doubtful", lines: [said, lengthOf(text, source), ...found, ...notes] };
    }
    if (isWhole) {
      const said = phrase("This is the text that was coded: {length}, and the same SHA-256.", () => ({
        length: counted(text.length, "canonical character"),
      }));
      return { kind: "good", lines: [said, ...found, ...notes] };
    }
    const said = phrase("This is the text that was coded, but not all that is said of it stands in it.");
    return { kind: "bad", lines: [said, ...found, ...notes] };
  }

  /* Whether a text in which nothing stands is another: not if its digest is known. */
  function isAnother(pieces, source, text) {
    const known = [source.sha256, ...pieces.map((piece) => piece.whole)];
    return !known.includes(text.sha256);
  }

  /* How good it is what a text has of the passages that are of it. */
  function kindOf(pieces) {
    const own = pieces.filter((piece) => !piece.isOther);
    if (own.every((piece) => piece.isProved)) return "good";
    return own.some((piece) => piece.place) ? "doubtful" : "bad";
  }

  /* What is said of the passages of other texts. */
  function othersTold(pieces) {
    const others = pieces.filter((piece) => piece.isOther);
    if (!others.length) return [];
    const sources = Array.from(new Set(others.map((piece) => piece.source)));
    const values = () => ({ passages: counted(others.length, "passage"), sources: listed(sources) });
    if (others.length === 1) return [phrase("{passages} is of {sources}, not of this text.", values)];
    return [phrase("{passages} are of {sources}, not of this text.", values)];
  }

  function foundIn(pieces, isOpen) {
    const segments = pieces.filter((piece) => piece.segment);
    const spans = pieces.filter((piece) => !piece.segment && !piece.isOther);
    const moved = pieces.filter((piece) => piece.place && !piece.isProved);
    const lost = segments.filter((piece) => !piece.place);
    const lines = segments.length
      ? [told("segment", segments), told("span", spans)]
      : [told("passage", spans)];
    if (moved.length) lines.push(movesTold(moved));
    if (lost.length) lines.push(segmentsNamed(lost, isOpen));
    return lines;
  }

  function lengthOf(text, { characters }) {
    if (!characters) return "";
    const [is, was] = [text.length, Number(characters.replaceAll(",", ""))];
    const values = () => ({
      count: grouped(is),
      characters: counted(is, "canonical character"),
      difference: grouped(Math.abs(is - was)),
    });
    if (is === was) return phrase("It has as many canonical characters, {count}, but not the same.", values);
    if (is > was) return phrase("It has {characters}, {difference} more than it had.", values);
    return phrase("It has {characters}, {difference} fewer than it had.", values);
  }

  /* How a piece stands in a text: proved, moved, lost, of another text, or not known yet. */
  function stateOf(piece, isOpen) {
    if (piece.isProved) return "proved";
    if (piece.place) return "moved";
    if (piece.isOther) return "other";
    return isOpen ? "" : "lost";
  }

  /* The same in words. */
  function stateTold(piece, state) {
    if (state === "proved") return phrase("✓ proved");
    if (state === "lost") return phrase("✕ not in this text");
    if (state === "other") {
      return phrase("– a passage of {source}, not of this text", () => ({ source: piece.source }));
    }
    if (!state) return "";
    const [start, end] = piece.place.map(grouped);
    return phrase("→ stands at {start}–{end} in this text", () => ({ start, end }));
  }

  function told(noun, pieces) {
    const found = pieces.filter((piece) => piece.place).length;
    if (!pieces.length) return "";
    const values = () => ({
      all: counted(pieces.length, noun),
      found: grouped(found),
      noun: worded(noun),
    });
    if (found < pieces.length) {
      if (found === 1) return phrase("Of {all}, {found} stands in it.", values);
      return phrase("Of {all}, {found} stand in it.", values);
    }
    if (found === 1) return phrase("The {noun} stands in it.", values);
    return phrase("All {all} stand in it.", values);
  }

  function movesTold(moved) {
    const counts = new Map();
    for (const { start, place } of moved)
      counts.set(place[0] - start, (counts.get(place[0] - start) ?? 0) + 1);
    return phrase("Moved: {moves}.", () => ({ moves: listed(Array.from(counts, moveTold)) }));
  }

  function moveTold([by, count]) {
    const values = { count: grouped(count), by: counted(Math.abs(by), "character") };
    const [one, several] = by ? (by > 0 ? LATER : EARLIER) : WITH_ANOTHER_END;
    return worded(count === 1 ? one : several, values);
  }

  function segmentsNamed(lost, isOpen) {
    const made = element(
      "span",
      {},
      phrase(isOpen ? "Not found yet: " : "Not in this text as they were: "),
    );
    lost.slice(0, NAMED).forEach(({ item, segment }, at) => {
      if (at) made.append(", ");
      const link = element("a", { href: `#${item.id}` });
      made.append(tell(link, "textContent", "segment {segment}", () => ({ segment })));
    });
    const count = grouped(lost.length - NAMED);
    if (lost.length > NAMED) made.append(phrase(" and {count} more", () => ({ count })));
    made.append(phrase("."));
    return made;
  }

  function notesOf({ encoding, text, mark }) {
    const notes = [];
    if (encoding !== "utf-8") {
      const name = CALLED[encoding];
      const said = "The file is in {name}, and was read as that; the command reads UTF-8.";
      notes.push(phrase(said, () => ({ name })));
    } else if (mark) {
      notes.push(phrase("The file begins with a byte order mark, which is no part of the text."));
    }
    const uncertain = pages.uncertain(text.original).map(codeOf);
    if (uncertain.length) {
      const version = () => pages.unicodeVersion() || worded("of a version before 12.1");
      notes.push(phrase(NEWER, () => ({ version: version(), characters: listed(uncertain) })));
    }
    return notes;
  }

  function codeOf(character) {
    return `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  }

  Object.assign(pages, { stateOf, stateTold, verdictOf });
}
