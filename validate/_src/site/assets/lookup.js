"use strict";
/* The index of a site, loaded part by part, the rows in it that have some words, and their cells. */
{
  const pages = (window.validatePages ??= {});
  const SLICE = 12; // milliseconds without a pause, so that what is typed meanwhile appears
  const SUGGESTED = 3;
  // As the command has them: key, key written otherwise, name, what else says what a row is about,
  // other text.
  const RANKS = 5;
  const NAME = 2;
  const CODING = 4; // the kind of tables that say how rows were coded; that of ties comes after

  /* What the parts of the index call, each with what it holds. */
  let handed;
  pages.index = pages.part = (content) => (handed = content);

  /* The rows that have some words, in the order that the command has too.

     terms: the words, folded.
     name: the words as the name of a row has them, if it is nothing else.
     ranked: for each table its rows by what they have: the key, a key like it, the name, all of the
       terms in what says what they are about, or elsewhere.
     whole: whether all parts were looked at; `seen` of `parts` were.
     nearly: keys in which a slip makes what was looked for, if nothing was found. */
  class Found {
    constructor(query, index) {
      this.query = query;
      this.terms = pages.terms(query);
      this.name = this.terms.join(" ");
      this.tables = index.tables;
      this.ranked = index.tables.map(() => Array.from({ length: RANKS }, () => []));
      this.parts = index.keys.length + index.texts.length;
      this.seen = 0;
      this.whole = false;
      this.nearly = [];
    }

    /* The rows of a table by their indexes, the best first; of equals those of which most speaks. */
    rows(number) {
      const { weights } = this.tables[number];
      const by = (one, other) => (weights[other] ?? 0) - (weights[one] ?? 0) || one - other;
      return this.ranked[number].flatMap((rows) => (weights.length ? [...rows].sort(by) : rows));
    }

    /* What a table stands by, whose best rows are of a rank. */
    place(number, rank) {
      const { kind, weights } = this.tables[number];
      const most = (found, row) => Math.max(found, weights[row] ?? 0);
      return [rank, kind, -this.ranked[number][rank].reduce(most, 0), number];
    }

    get count() {
      return this.ranked.flat(1).reduce((sum, rows) => sum + rows.length, 0);
    }

    /* The numbers of the tables that have rows: by the best of these, then by what tables are, then
       by how much speaks of the best.

       groups: those whose rows are what a reader looks for; all where there are no others.
       aside: those whose rows only tie others together or say how they were coded, unless it is a
         key that was looked for. */
    get parted() {
      const best = this.ranked.map((ranks) => ranks.findIndex((rows) => rows.length));
      const found = Array.from(best.keys()).filter((number) => best[number] >= 0);
      const places = new Map(found.map((number) => [number, this.place(number, best[number])]));
      const all = found.sort((one, other) => compared(places.get(one), places.get(other)));
      const isAside = (number) => this.tables[number].kind >= CODING && best[number] >= NAME;
      const groups = all.filter((number) => !isAside(number));
      return groups.length ? { groups, aside: all.filter(isAside) } : { groups: all, aside: [] };
    }
  }

  function compared(one, other) {
    const at = one.findIndex((part, place) => part !== other[place]);
    return at < 0 ? 0 : one[at] - other[at];
  }

  class Lookup {
    /* load: loads a script of the site, by its path. */
    constructor(load) {
      this.load = load;
      this.parts = new Map();
    }

    /* What a file of the index holds; each is loaded once, one after the other. */
    part(path) {
      if (!this.parts.has(path)) {
        const before = this.last ?? Promise.resolve();
        this.last = before.then(() => this.load(path)).then(() => handed);
        this.parts.set(path, this.last);
      }
      return this.parts.get(path);
    }

    /* Loads what tables and parts there are. */
    start() {
      this.started ??= this.part("search/index.js").then((index) => {
        this.index = index;
        for (const table of index.tables)
          Object.assign(table, { keys: [], names: [], said: [], weights: [], texts: [], cells: [], plain: [] });
      });
      return this.started;
    }

    /* Keys of a part, and how many rows refer to theirs, kept by the index of their row. */
    async keys(path) {
      const part = await this.part(path);
      for (const [number, first, rows] of part.splice(0)) {
        const table = this.index.tables[number];
        rows.forEach(([key, name, said, weight], at) => {
          table.keys[first + at] = key;
          table.names[first + at] = name ?? key;
          if (said) table.said[first + at] = said;
          if (weight) table.weights[first + at] = Number(weight);
          table.plain[first + at] = table.hasKeys ? pages.plainKey(key) : "";
        });
      }
    }

    /* Texts of a part, each row folded as one: no word has a line break. */
    async texts(path) {
      const runs = await this.part(path);
      for (const run of runs) {
        const [number, first, rows] = run;
        if (run.folded) continue;
        run.folded = rows.map((texts) => texts.map((text) => pages.folded(text ?? "")).join("\n"));
        rows.forEach((texts, at) => (this.index.tables[number].texts[first + at] = texts));
      }
      return runs;
    }

    /* Looks for words, and tells after each part what was found so far.

       tell: is given what was found; gives false if nobody wants more. */
    async search(query, tell) {
      await this.start();
      const found = new Found(query, this.index);
      if (!found.terms.length) return;
      const isWanted = () => {
        found.seen += 1;
        return tell(found) !== false;
      };
      for (const path of this.index.keys) await this.keys(path);
      found.seen = this.index.keys.length - 1;
      this.findKeys(found);
      if (!isWanted()) return;
      let until = performance.now() + SLICE;
      for (const path of this.index.texts) {
        findWords(found, await this.texts(path));
        if (performance.now() > until) {
          if (!isWanted()) return;
          await pause();
          until = performance.now() + SLICE;
        } else found.seen += 1;
      }
      if (!found.count) this.findSlips(found);
      found.whole = true;
      tell(found);
    }

    /* The rows of one table that the search finds, by their indexes in ascending order. */
    async rowsWith(number, query) {
      await this.start();
      const found = new Found(query, this.index);
      const { parts } = this.index.tables[number];
      for (const at of parts.keys) await this.keys(this.index.keys[at]);
      this.findKeys(found);
      for (const at of parts.texts) {
        const runs = await this.texts(this.index.texts[at]);
        findWords(found, runs.filter(([other]) => other === number));
      }
      return found.rows(number).sort((one, other) => one - other);
    }

    /* Loads all cells of a table, and its keys; gives the table. */
    async loaded(number) {
      await this.start();
      const table = this.index.tables[number];
      for (const at of table.parts.keys) await this.keys(this.index.keys[at]);
      for (const at of table.parts.texts) await this.texts(this.index.texts[at]);
      for (const at of table.parts.cells) {
        for (const [other, first, rows] of await this.part(this.index.cells[at]))
          if (other === number) rows.forEach((cells, row) => (table.cells[first + row] = cells));
      }
      return table;
    }

    findKeys(found) {
      const wanted = pages.plainKey(found.query);
      const exact = found.query.trim();
      if (!wanted) return;
      this.index.tables.forEach((table, number) => {
        const [keyed, alike] = found.ranked[number];
        table.plain.forEach((plain, row) => {
          if (plain === wanted) (table.keys[row] === exact ? keyed : alike).push(row);
        });
      });
    }

    findSlips(found) {
      const wanted = pages.plainKey(found.query);
      const near = new Set();
      for (const table of this.index.tables) {
        for (const [row, plain] of table.plain.entries()) {
          if (near.size >= SUGGESTED) break;
          if (pages.isSlip(plain, wanted)) near.add(table.keys[row]);
        }
      }
      found.nearly = Array.from(near);
    }

    /* Where a row stands, as seen from the root of the site. */
    address(table, row) {
      const name = encodeURIComponent(table.names[row]);
      if (table.hasPages) return `tables/${encodeURIComponent(table.folder)}/${name}.html`;
      const part = Math.floor(row / table.rowsAPart);
      const file = part ? `part-${part + 1}.html` : "index.html";
      return `tables/${encodeURIComponent(table.folder)}/${file}#row-${name}`;
    }
  }

  /* The cell of a row of a table that is loaded, as the file of the table has it. */
  function cellOf(table, row, { kind, at, missing }) {
    return table[kind][row][at] ?? missing;
  }

  function findWords(found, runs) {
    for (const { 0: number, 1: first, folded } of runs) {
      const [keyed, alike, named, titled, others] = found.ranked[number];
      const known = new Set([...keyed, ...alike]);
      const titles = Object.values(found.tables[number].titles);
      const hasAll = (text) => found.terms.every((term) => text.includes(term));
      folded.forEach((text, at) => {
        if (!hasAll(text) || known.has(first + at)) return;
        const texts = titles.length ? text.split("\n") : [];
        const isNamed = titles.some((title) => texts[title] === found.name);
        const isTitled = titles.some((title) => hasAll(texts[title]));
        (isNamed ? named : isTitled ? titled : others).push(first + at);
      });
    }
  }

  function pause() {
    return new Promise((resume) => setTimeout(resume));
  }

  Object.assign(pages, { cellOf, Lookup });
}
