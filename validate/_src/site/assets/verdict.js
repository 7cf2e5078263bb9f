"use strict";
/* What is said of a text that was held to the digests of a source. What this needs comes before
   it: `element` of `site.js`. */
{
  const pages = (window.validatePages ??= {});
  const NAMED = 12; // segments and characters that a message names
  const FEW = 10; // one piece in so many: other texts have some short ones in common
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

  function counted(count, noun) {
    return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
  }

  /* Words with values in an element of their own, said anew in the language that is chosen. */
  function line(text, values) {
    return tell(element("span"), "textContent", text, values);
  }

  function listed(items) {
    const more = items.length - NAMED;
    const named = items.slice(0, NAMED).join(", ");
    return more > 0 ? `${named} and ${grouped(more)} more` : named;
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
      const yet = isOpen ? " where it should be" : "";
      const isRow = source.sha256 === undefined; // and has few passages to tell a text by
      const which = isRow ? "another text, or not quite the one that was coded" : "another text";
      const what = isRow ? "no passage of this page" : "nothing of the source";
      const said = `This is ${which}: ${what} stands in it${yet}.`;
      const lines = [said, lengthOf(text, source), ...othersTold(pieces), ...notes];
      return { kind: "bad", lines };
    }
    if (source.sha256 !== undefined && (pieces.length - missing) * FEW < pieces.length) {
      const yet = isOpen ? " where it should be" : "";
      const said = `This is another text: hardly anything of the source stands in it${yet}.`;
      return { kind: "bad", lines: [said, lengthOf(text, source), ...found, ...notes] };
    }
    if (source.sha256 === undefined) {
      return { kind: kindOf(pieces), lines: [...found, ...othersTold(pieces), ...notes] };
    }
    if (text.sha256 !== source.sha256) {
      const said = "This is not quite the text that was coded.";
      return { kind: "doubtful", lines: [said, lengthOf(text, source), ...found, ...notes] };
    }
    if (isWhole) {
      const length = counted(text.length, "canonical character");
      const said = `This is the text that was coded: ${length}, and the same SHA-256.`;
      return { kind: "good", lines: [said, ...found, ...notes] };
    }
    const said = "This is the text that was coded, but not all that is said of it stands in it.";
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
    const verb = others.length === 1 ? "is" : "are";
    return [`${counted(others.length, "passage")} ${verb} of ${listed(sources)}, not of this text.`];
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
    if (is === was) return `It has as many canonical characters, ${grouped(is)}, but not the same.`;
    const difference = `${grouped(Math.abs(is - was))} ${is > was ? "more" : "fewer"}`;
    return `It has ${counted(is, "canonical character")}, ${difference} than it had.`;
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
      return line("– a passage of {source}, not of this text", () => ({ source: piece.source }));
    }
    if (!state) return "";
    const [start, end] = piece.place.map(grouped);
    return line("→ stands at {start}–{end} in this text", () => ({ start, end }));
  }

  function told(noun, pieces) {
    const found = pieces.filter((piece) => piece.place).length;
    const verb = found === 1 ? "stands" : "stand";
    if (!pieces.length) return "";
    if (found < pieces.length) {
      return `Of ${counted(pieces.length, noun)}, ${grouped(found)} ${verb} in it.`;
    }
    return found === 1 ? `The ${noun} stands in it.` : `All ${counted(found, noun)} stand in it.`;
  }

  function movesTold(moved) {
    const counts = new Map();
    for (const { start, place } of moved)
      counts.set(place[0] - start, (counts.get(place[0] - start) ?? 0) + 1);
    const said = Array.from(counts, ([by, count]) => {
      const verb = count === 1 ? "stands" : "stand";
      const where = by
        ? `${counted(Math.abs(by), "character")} ${by > 0 ? "later" : "earlier"}`
        : "there with another end";
      return `${count.toLocaleString("en")} ${verb} ${where}`;
    });
    return `Moved: ${listed(said)}.`;
  }

  function segmentsNamed(lost, isOpen) {
    const made = element(
      "span",
      {},
      isOpen ? "Not found yet: " : "Not in this text as they were: ",
    );
    lost.slice(0, NAMED).forEach(({ item, segment }, at) => {
      if (at) made.append(", ");
      made.append(element("a", { href: `#${item.id}`, textContent: `segment ${segment}` }));
    });
    if (lost.length > NAMED) made.append(` and ${(lost.length - NAMED).toLocaleString("en")} more`);
    made.append(".");
    return made;
  }

  function notesOf({ encoding, text, mark }) {
    const notes = [];
    if (encoding !== "utf-8") {
      const name = CALLED[encoding];
      notes.push(`The file is in ${name}, and was read as that; the command reads UTF-8.`);
    } else if (mark) {
      notes.push("The file begins with a byte order mark, which is no part of the text.");
    }
    const uncertain = pages.uncertain(text.original).map(codeOf);
    if (uncertain.length) {
      const version = pages.unicodeVersion() || "of a version before 12.1";
      notes.push(
        "It has characters that are newer than Unicode 14.0, or not known to this browser, " +
          `whose Unicode is ${version}: ${listed(uncertain)}. Programs of other versions may make ` +
          "other canonical text of them, so digests that differ there prove nothing.",
      );
    }
    return notes;
  }

  function codeOf(character) {
    return `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  }

  Object.assign(pages, { line, stateOf, stateTold, verdictOf });
}
