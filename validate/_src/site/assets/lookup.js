"use strict";
/* The index of a site, loaded part by part, and the rows in it that have some words. */
{
  const pages = (window.validatePages ??= {});
  const SLICE = 12; // milliseconds without a pause, so that what is typed meanwhile appears
  const SUGGESTED = 3;

  /* What the parts of the index call, each with what it holds. */
  let handed;
  pages.index = pages.part = (content) => (handed = content);

  /* The rows that have some words.

     terms: the words, folded.
     keyed: rows with a key that is written so, or nearly so: number of the table, index.
     tables: for each table the other rows that have all of the terms.
     whole: whether all parts were looked at; `seen` of `parts` were.
     nearly: keys in which a slip makes what was looked for, if nothing was found. */
  class Found {
    constructor(query, index) {
      this.query = query;
      this.terms = pages.terms(query);
      this.keyed = [];
      this.tables = index.tables.map(() => []);
      this.parts = index.keys.length + index.texts.length;
      this.seen = 0;
      this.whole = false;
      this.nearly = [];
    }

    get count() {
      return this.tables.reduce((sum, rows) => sum + rows.length, this.keyed.length);
    }

    get tablesWithRows() {
      const keyed = this.keyed.map(([number]) => number);
      return this.tables.filter((rows, number) => rows.length || keyed.includes(number)).length;
    }
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

    async start() {
      this.index = await this.part("search/index.js");
      for (const table of this.index.tables)
        Object.assign(table, { keys: [], names: [], texts: [], plain: [] });
    }

    /* Keys of a part, kept by the index of their row. */
    async keys(path) {
      const part = await this.part(path);
      for (const [number, first, rows] of part.splice(0)) {
        const table = this.index.tables[number];
        rows.forEach(([key, name = key], at) => {
          table.keys[first + at] = key;
          table.names[first + at] = name;
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
        run.folded = rows.map((texts) => texts.map(pages.folded).join("\n"));
        rows.forEach((texts, at) => (this.index.tables[number].texts[first + at] = texts));
      }
      return runs;
    }

    /* Looks for words, and tells after each part what was found so far.

       tell: is given what was found; gives false if nobody wants more. */
    async search(query, tell) {
      this.started ??= this.start();
      await this.started;
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

    findKeys(found) {
      const wanted = pages.plainKey(found.query);
      const exact = found.query.trim();
      if (!wanted) return;
      const near = [];
      this.index.tables.forEach((table, number) => {
        table.plain.forEach((plain, row) => {
          if (plain !== wanted) return;
          (table.keys[row] === exact ? found.keyed : near).push([number, row]);
        });
      });
      found.keyed.push(...near);
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

  function findWords(found, runs) {
    for (const { 0: number, 1: first, folded } of runs) {
      const keyed = new Set(
        found.keyed.filter(([other]) => other === number).map(([, row]) => row),
      );
      folded.forEach((text, at) => {
        const has = found.terms.every((term) => text.includes(term));
        if (has && !keyed.has(first + at)) found.tables[number].push(first + at);
      });
    }
  }

  function pause() {
    return new Promise((resume) => setTimeout(resume));
  }

  Object.assign(pages, { Lookup });
}
