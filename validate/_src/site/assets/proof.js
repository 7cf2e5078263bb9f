"use strict";
/* A text that a reader has, held to the digests of a source: read by this page alone, sent to
   nobody, kept nowhere. It is proved as the command proves it (`validate run --sources`).
   What this needs comes before it: `element` of `site.js`, and the scripts of `proof.jinja`. */
{
  const pages = (window.validatePages ??= {});
  const LARGEST = 2 ** 25; // bytes of a file: 32 MiB, some hundreds of books

  class Proof {
    constructor(place) {
      this.source = { sha256: place.dataset.sha256, characters: place.dataset.characters };
      const items = Array.from(document.querySelectorAll("li[data-sha256]"));
      this.pieces = items
        .map((item) => new pages.Piece(item))
        .sort((one, other) => one.start - other.start || one.end - other.end);
      this.status = element("div", { className: "verdict" });
      this.status.setAttribute("role", "status");
      this.controls(place);
    }

    controls(place) {
      const input = element("input", { type: "file" });
      const label = element(
        "label",
        { className: "drop" },
        phrase("Drop the file of the text here, or choose it"),
        input,
      );
      const said = phrase("The file is read by this page alone: nothing is sent, and nothing is kept.");
      place.append(label, element("p", { className: "m" }, said), this.status);
      input.addEventListener("change", () => input.files.length && this.take(input.files[0]));
      addEventListener("dragover", (event) => {
        event.preventDefault();
        label.classList.add("over");
      });
      addEventListener("dragleave", () => label.classList.remove("over"));
      addEventListener("drop", (event) => {
        event.preventDefault();
        label.classList.remove("over");
        const [file] = event.dataTransfer.files;
        if (file) this.take(file);
      });
    }

    /* Says how a text stands; `data-done` tells that nothing more will be said of it. */
    say(kind, ...lines) {
      this.status.toggleAttribute(
        "data-done",
        kind !== "busy" && !(this.progress && lines.includes(this.progress)),
      );
      const [first, ...others] = lines.filter(Boolean);
      const head = element(
        "p",
        { className: `badge ${kind}` },
        element("span", { className: "sign", ariaHidden: "true" }),
        element("span", {}, first),
      );
      this.status.replaceChildren(head, ...others.map((line) => element("p", {}, line)));
    }

    /* Proves the text of a file, unless another is taken meanwhile. */
    async take(file) {
      const mine = (this.last = {});
      this.clear();
      this.progress = null;
      const ofFile = (text) => phrase(text, () => ({ file: file.name }));
      if (file.size > LARGEST)
        return this.say("bad", ofFile("{file} is larger than 32 MiB, and no text of a source."));
      this.say("busy", ofFile("Reading {file} …"));
      let bytes;
      try {
        bytes = new Uint8Array(await file.arrayBuffer());
      } catch {
        return this.say("bad", ofFile("{file} cannot be read."));
      }
      if (mine !== this.last) return;
      const format = pages.formatOf(bytes);
      const remedy = phrase("Save its text as a text file in UTF-8, and drop that.");
      if (format) {
        const said = phrase("{file} is {format}.", () => ({
          file: file.name,
          format: worded(format),
        }));
        return this.say("bad", said, remedy);
      }
      const best = this.best(pages.readings(bytes));
      if (!best || (best.isGuess && !best.count)) {
        const said =
          "{file} is no text in UTF-8, nor is it one in other encodings in which anything of the source stands.";
        return this.say("bad", ofFile(said), remedy);
      }
      if (!best.text.length) return this.say("bad", ofFile("{file} has no characters."));
      await this.prove(best, file.name, mine);
    }

    /* Of several readings of a file the one in which most is proved. */
    best(found) {
      let best = null;
      for (const reading of found) {
        const text = new pages.CanonicalText(reading.text);
        pages.lookNear(text, this.pieces);
        const count = this.pieces.filter((piece) => piece.place).length;
        if (!best || count > best.count) best = { ...reading, text, count };
      }
      return best;
    }

    async prove(reading, file, mine) {
      const { text } = reading;
      pages.lookNear(text, this.pieces);
      pages.partOthers(text, this.pieces, file, true);
      const lost = this.pieces.filter((piece) => !piece.place && !piece.isOther);
      this.show(text, lost.length > 0);
      this.summarise(reading, lost.length > 0);
      if (!lost.length) return;
      for await (const done of pages.lookEverywhere(text, lost)) {
        await new Promise((resume) => setTimeout(resume));
        if (mine !== this.last) return;
        const [count, whole] = [done, lost.length].map((one) => one.toLocaleString("en"));
        const said = "Looked elsewhere in the text for {count} of {whole} …";
        tell(this.progress, "textContent", said, () => ({ count, whole }));
      }
      pages.partOthers(text, this.pieces, file, false);
      this.show(text, false);
      this.summarise(reading, false);
    }

    summarise(reading, isOpen) {
      const { kind, lines } = pages.verdictOf(this.pieces, this.source, reading, isOpen);
      this.progress = isOpen ? element("span", { className: "m" }) : null;
      this.say(kind, ...lines, this.progress);
    }

    /* Puts the words of each piece beside what rests on them. */
    show(text, isOpen) {
      this.clearPieces();
      for (const piece of this.pieces) {
        const state = pages.stateOf(piece, isOpen);
        piece.item.dataset.proof = state;
        const words = piece.place ? text.passage(...piece.place) : "";
        const quoted = element(piece.segment ? "p" : "q", {
          className: "words",
          textContent: words,
        });
        if (/[\u3041-\u30ff]/u.test(words)) quoted.lang = "ja";
        const mark = element("span", { className: "state m" }, pages.stateTold(piece, state));
        const made = element(
          "div",
          { className: "proved-words" },
          ...(words ? [quoted] : []),
          mark,
        );
        const before = piece.segment && piece.item.querySelector("svg, ul");
        if (before) before.before(made);
        else piece.item.append(made);
      }
    }

    clearPieces() {
      for (const made of document.querySelectorAll(".proved-words")) made.remove();
      for (const { item } of this.pieces) delete item.dataset.proof;
    }

    clear() {
      this.clearPieces();
      for (const piece of this.pieces) Object.assign(piece, { place: null, isOther: false });
    }
  }

  for (const place of document.querySelectorAll("[data-proof-by-text]")) new Proof(place);
}
