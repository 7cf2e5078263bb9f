"use strict";
/* The stretches of which a page has digests, looked for in a text as the command looks for them:
   by their length and digest, exactly or not at all. */
{
  const pages = (window.validatePages ??= {});
  const NEARBY = 400; // characters by which an end may be wrong, as the command has it
  const SLICE = 30; // milliseconds of work without a pause

  /* A stretch that the page says a digest of: an item of a list, be it a segment or a span.

     source, whole: the key and the digest of its text, where a page has passages of several.
     isOther: whether it is a passage of another text than the one at hand. */
  class Piece {
    constructor(item) {
      this.item = item;
      this.start = Number(item.dataset.start);
      this.end = Number(item.dataset.end);
      this.sha256 = item.dataset.sha256;
      this.segment = item.dataset.segment ?? "";
      this.source = item.dataset.source ?? "";
      this.whole = item.dataset.whole ?? "";
      this.isOther = false;
      this.length = this.end - this.start;
      this.firstWord = parseInt(this.sha256.slice(0, 8), 16) | 0;
    }

    /* Looks for it in a text at its own place moved by some numbers of characters. */
    lookIn(text, moves) {
      const stretches = moves.map((move) => [this.start + move, this.end + move]);
      this.place = stretches.find((stretch) => text.digest(...stretch) === this.sha256) ?? null;
    }

    /* Whether it is the stretch that begins there. */
    isAt(text, start) {
      if (text.firstWord(start, start + this.length) !== this.firstWord) return false;
      return text.digest(start, start + this.length) === this.sha256;
    }

    get isProved() {
      return this.place?.[0] === this.start && this.place[1] === this.end;
    }
  }

  /* Looks through a whole text for pieces that are not near their places, with pauses; where one
     is found, others may be as far away.

     Yields how many it has looked for. */
  async function* lookEverywhere(text, pieces) {
    let until = performance.now() + SLICE;
    let done = 0;
    for (const piece of pieces) {
      for (
        let start = 0;
        !piece.place && piece.length > 0 && start + piece.length <= text.length;
        start++
      ) {
        if (piece.isAt(text, start)) {
          piece.place = [start, start + piece.length];
          for (const other of pieces) if (!other.place) other.lookIn(text, [start - piece.start]);
        } else if (performance.now() > until) {
          yield done;
          until = performance.now() + SLICE;
        }
      }
      piece.place ??= withAnotherEnd(text, piece);
      done += 1;
    }
    yield done;
  }

  /* A stretch that begins or ends as a piece does, and has its digest. */
  function withAnotherEnd(text, { start, end, sha256 }) {
    for (
      let other = Math.max(start, 0) + 1;
      other <= Math.min(text.length, end + NEARBY);
      other++
    ) {
      if (text.digest(start, other) === sha256) return [start, other];
    }
    for (let other = Math.max(0, start - NEARBY); other < end; other++) {
      if (text.digest(other, end) === sha256) return [other, end];
    }
    return null;
  }

  /* The pieces, each looked for at its own place, and as far from the end as it should be: there
     stands what follows a change. */
  function lookNear(text, pieces) {
    const moves = [0];
    const segments = pieces.filter((piece) => piece.segment);
    if (segments.length) moves.push(text.length - Math.max(...segments.map((piece) => piece.end)));
    for (const piece of pieces) piece.lookIn(text, moves);
  }

  /* Which source a text is, among those that pieces are of: the one whose digest it has; else that
     of which most stands in it; else the one that the file is named after. None: null. */
  function sourceOf(text, pieces, file) {
    const whole = pieces.find((piece) => piece.whole && piece.whole === text.sha256);
    if (whole) return whole.source;
    const found = new Map();
    for (const { source, place, length } of pieces)
      if (place) found.set(source, (found.get(source) ?? 0) + length);
    if (found.size) return Array.from(found).reduce((one, other) => (other[1] > one[1] ? other : one))[0];
    const named = file.replace(/\.[^.]*$/u, "");
    return pieces.find(({ source }) => source && source === named)?.source ?? null;
  }

  /* Parts the pieces of the page of a row by what text they are of: what does not stand in this one
     and is of another is not lost, but elsewhere.

     isOpen: whether some will still be looked for; then only a digest tells what text it is. */
  function partOthers(text, pieces, file, isOpen) {
    if (pieces.some((piece) => piece.segment)) return; // the page of one source
    const isKnown = pieces.some((piece) => piece.whole && piece.whole === text.sha256);
    const source = sourceOf(text, pieces, file);
    for (const piece of pieces) {
      const isOther = piece.source !== source;
      if (isKnown && isOther) piece.place = null;
      piece.isOther = (isKnown || !isOpen) && isOther && !piece.place;
    }
  }

  Object.assign(pages, { lookEverywhere, lookNear, partOthers, Piece });
}
