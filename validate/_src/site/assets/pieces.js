"use strict";
/* The stretches of which a page has digests, looked for in a text as the command looks for them:
   by their length and digest, exactly or not at all. */
{
  const pages = (window.validatePages ??= {});
  const NEARBY = 400; // characters by which an end may be wrong, as the command has it
  const SLICE = 30; // milliseconds of work without a pause

  /* A stretch that the page says a digest of: an item of a list, be it a segment or a span. */
  class Piece {
    constructor(item) {
      this.item = item;
      this.start = Number(item.dataset.start);
      this.end = Number(item.dataset.end);
      this.sha256 = item.dataset.sha256;
      this.segment = item.dataset.segment ?? "";
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

  Object.assign(pages, { lookEverywhere, lookNear, Piece });
}
