"use strict";
/* Canonical text `nfkc-nospace-1`, as the command has it: Unicode NFKC, then every white-space
   character removed; offsets count code points. A test holds both together over all of Unicode. */
{
  const pages = (window.validatePages ??= {});

  /* White space as Python's `str.isspace` tells it: JavaScript's `\s` has U+FEFF, and neither
     U+0085 nor the separators U+001C to U+001F. */
  const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu;

  /* The code point with which each version of Unicode can be told from the one before. No browser
     says its version, but each knows what it takes for assigned. */
  const VERSIONS = [
    ["12.1", 0x32ff],
    ["13.0", 0x8be],
    ["14.0", 0x61d],
    ["15.0", 0xcf3],
    ["15.1", 0x2ffc],
    ["16.0", 0x897],
    ["17.0", 0x88f],
  ];

  function canonical(text) {
    return text.normalize("NFKC").replace(SPACE, "");
  }

  /* Whether a character changes under NFKC when it follows a piece. */
  function composes(piece, character) {
    if (character < "\x80") return false;
    const apart = piece.normalize("NFKC") + character.normalize("NFKC");
    return (piece + character).normalize("NFKC") !== apart;
  }

  /* The shortest pieces of a text that normalise independently of their neighbours. */
  function clusters(text) {
    const pieces = [];
    let piece = "";
    for (const character of text) {
      if (piece && composes(piece, character)) piece += character;
      else {
        if (piece) pieces.push(piece);
        piece = character;
      }
    }
    if (piece) pieces.push(piece);
    return pieces;
  }

  function isAssigned(point) {
    return !/\p{Cn}/u.test(String.fromCodePoint(point));
  }

  /* The version of Unicode that this browser knows: the newest that can be told. */
  function unicodeVersion() {
    const known = VERSIONS.filter(([, point]) => isAssigned(point));
    return known.length ? known[known.length - 1][0] : "";
  }

  /* A text in canonical form, of which stretches are told by code points.

     bytes: its UTF-8.
     at: where each code point begins in them, and the end. */
  class CanonicalText {
    constructor(original) {
      this.original = original;
      const text = canonical(original);
      this.bytes = new TextEncoder().encode(text);
      const at = [];
      this.bytes.forEach((byte, place) => {
        if ((byte & 0xc0) !== 0x80) at.push(place);
      });
      this.length = at.length;
      at.push(this.bytes.length);
      this.at = Uint32Array.from(at);
    }

    /* The digest of a stretch; null where the text ends before it does. */
    digest(start, end) {
      if (!(start >= 0 && start < end && end <= this.length)) return null;
      return pages.sha256(this.bytes, this.at[start], this.at[end]);
    }

    /* The first word of the same, for stretches that are in the text. */
    firstWord(start, end) {
      return pages.sha256Words(this.bytes, this.at[start], this.at[end])[0];
    }

    /* The digest of the whole text. */
    get sha256() {
      return pages.sha256(this.bytes, 0, this.bytes.length);
    }

    /* The original characters of a stretch, each run of line breaks made a space. */
    passage(start, end) {
      this.pieces ??= clusters(this.original);
      this.ends ??= this.pieceEnds();
      const first = firstBeyond(this.ends, start);
      const last = firstBeyond(this.ends, end - 1);
      const lines = this.pieces
        .slice(first, last + 1)
        .join("")
        .split(/\r\n|[\n-\r\x1c-\x1e\x85\u2028\u2029]/u);
      return lines.map(trimmed).filter(Boolean).join(" ");
    }

    pieceEnds() {
      let end = 0;
      return this.pieces.map((piece) => (end += Array.from(canonical(piece)).length));
    }
  }

  function trimmed(line) {
    const edge = SPACE.source;
    return line.replace(new RegExp(`^${edge}|${edge}$`, "gu"), "");
  }

  /* The place of the first of ascending numbers that is larger than one. */
  function firstBeyond(numbers, number) {
    let low = 0;
    let high = numbers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[middle] <= number) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  Object.assign(pages, { canonical, clusters, CanonicalText, isAssigned, SPACE, unicodeVersion });
}
