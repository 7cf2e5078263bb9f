"use strict";
/* The rows of a table, sorted by a column, filtered, and saved as CSV.
   What this needs comes before it: `element` of `site.js`, and `search.js`, whose index has all rows
   of the table, so that those of its other pages are found too, by the same words. */
{
  const pages = window.validatePages;
  const MOST_DRAWN = 500; // rows of other pages that are drawn: as many as a page has
  const PAUSE = 120; // milliseconds after a key
  const KANA = /[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9d]/u;

  /* What an address says that is filtered: words, the field that has them, and cells of fields. */
  function filterIn(hash) {
    const said = new URLSearchParams(hash.startsWith("#?") ? hash.slice(2) : "");
    const values = said.getAll("is");
    const cells = said.getAll("where").map((name, at) => [name, values[at] ?? ""]);
    return { words: said.get("words") ?? "", field: said.get("in") ?? "", cells };
  }

  function hashOf({ words, field, cells }) {
    const kept = new URLSearchParams();
    if (words) kept.append("words", words);
    if (words && field) kept.append("in", field);
    for (const [name, value] of cells) {
      kept.append("where", name);
      kept.append("is", value);
    }
    return kept.size ? `#?${kept}` : "#";
  }

  /* The rows of a table that a filter picks, by their indexes; null for all of them. */
  async function picked(lookup, number, { words, field, cells }) {
    const { terms, folded, cellOf } = pages;
    const wanted = terms(words);
    if (!wanted.length && !cells.length) return null;
    const table = lookup.index.tables[number];
    let rows = Array.from({ length: table.height }, (_, row) => row);
    if (wanted.length && !field) rows = await lookup.rowsWith(number, words);
    if (!field && !cells.length) return rows;
    await lookup.loaded(number);
    const column = table.columns.find(({ name }) => name === field);
    if (wanted.length && column) {
      rows = rows.filter((row) => {
        const text = folded(cellOf(table, row, column));
        return wanted.every((word) => text.includes(word));
      });
    }
    const meant = new Map(); // of several cells of one field any will do
    for (const [name, value] of cells) meant.set(name, [...(meant.get(name) ?? []), value]);
    for (const [name, values] of meant) {
      const known = table.columns.find((one) => one.name === name);
      rows = rows.filter((row) => known && values.includes(cellOf(table, row, known)));
    }
    return rows;
  }

  /* What stands above a column in the language of the page, without its name. */
  function titleOf(head) {
    const copy = head.cloneNode(true);
    for (const one of copy.querySelectorAll("code")) one.remove();
    return readIn(copy);
  }

  class Rows {
    constructor(table) {
      this.table = table;
      this.body = table.tBodies[0];
      this.heads = Array.from(table.tHead.rows[0].cells);
      const first = Number(table.dataset.first);
      this.own = Array.from(this.body.rows, (row, place) => ({ row, place: first + place }));
      this.drawn = [];
      this.collator = new Intl.Collator(undefined, { numeric: true });
      this.last = 0;
      this.sorters();
      this.controls();
      addEventListener("hashchange", () => this.follow());
      this.follow();
    }

    /* The index, and the number of the table in it. */
    async indexed() {
      const lookup = await pages.lookUp();
      await lookup.start();
      const { folder } = this.table.dataset;
      const number = lookup.index.tables.findIndex((one) => one.folder === folder);
      return { lookup, number, known: lookup.index.tables[number] };
    }

    sorters() {
      this.heads.forEach((head, column) => {
        const button = element("button", { type: "button", className: "sort" });
        const name = Array.from(head.childNodes).filter((node) => node.nodeName !== "CODE");
        button.append(...name);
        head.prepend(button);
        button.addEventListener("click", () => {
          this.column = column;
          this.direction = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
          this.sort();
        });
      });
    }

    sort() {
      const { column, direction } = this;
      const rows = [...this.own, ...this.drawn].sort((one, other) => one.place - other.place);
      if (column === undefined) {
        this.body.append(...rows.map(({ row }) => row));
        return;
      }
      const keyed = rows.map(({ row, place }) => ({
        row,
        place,
        key: row.cells[column].dataset.order ?? row.cells[column].textContent.trim(),
      }));
      const number = (key) => Number(key.replaceAll(",", "").replaceAll(" ", ""));
      const isNumber = keyed.every(({ key }) => key === "" || !Number.isNaN(number(key)));
      keyed.sort((one, other) => {
        // What is missing comes last either way.
        if (!one.key || !other.key)
          return Number(!one.key) - Number(!other.key) || one.place - other.place;
        const order = isNumber
          ? number(one.key) - number(other.key)
          : this.collator.compare(one.key, other.key);
        return direction * order || one.place - other.place;
      });
      this.body.append(...keyed.map(({ row }) => row));
      this.heads.forEach((head, at) => {
        if (at !== column) head.removeAttribute("aria-sort");
        else head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
      });
    }

    controls() {
      this.words = element("input", { type: "search", autocomplete: "off" });
      this.field = element("select", {}, tell(element("option", { value: "" }), "textContent", "all texts"));
      tell(this.field, "aria-label", "in which field");
      this.names = new Map(this.heads.map((head) => [head.dataset.field, head]));
      this.names.delete(undefined); // of record numbers, and of what refers to a row
      for (const [value, head] of this.names) {
        const option = element("option", { value });
        this.field.append(tell(option, "textContent", "{title}", () => ({ title: titleOf(head) })));
      }
      this.cells = [];
      this.chips = element("span", { className: "chips" });
      this.output = element("output");
      const save = tell(element("button", { type: "button" }), "textContent", "Save these rows as CSV");
      const label = element("label", {}, phrase("Filter the rows"), this.words);
      const fields = element("label", {}, phrase("in which field"), this.field);
      const made = [label, fields, this.chips, save, this.output];
      this.table.closest(".scroll").before(element("div", { className: "tools" }, ...made));
      let timer;
      const changed = () => {
        clearTimeout(timer);
        timer = setTimeout(() => this.changed(), PAUSE);
      };
      this.words.addEventListener("input", changed);
      this.field.addEventListener("input", changed);
      save.addEventListener("click", () => this.told(() => this.save()));
    }

    /* Does what takes the index, and says so where that is not at hand. */
    async told(work) {
      try {
        await work();
      } catch (error) {
        if (!(error instanceof pages.NotLoaded)) throw error;
        tell(this.output, "textContent", "The index of the search is not at hand: {reason}.", () => ({
          reason: error.message,
        }));
      }
    }

    get filter() {
      return { words: this.words.value, field: this.field.value, cells: this.cells };
    }

    changed() {
      const hash = hashOf(this.filter);
      if (hash !== "#" || location.hash.startsWith("#?"))
        history.replaceState(history.state, "", hash);
      this.told(() => this.apply());
    }

    /* Filters as the address says. */
    follow() {
      if (!location.hash.startsWith("#?")) return; // the anchor of something else
      const { words, field, cells } = filterIn(location.hash);
      this.words.value = words;
      this.field.value = this.names.has(field) ? field : "";
      this.cells = cells;
      this.told(() => this.apply());
    }

    async apply() {
      const mine = ++this.last;
      const { filter } = this;
      const isAll = !filter.words.trim() && !filter.cells.length;
      const { lookup, number, known } = isAll ? {} : await this.indexed();
      const rows = isAll ? null : await picked(lookup, number, filter);
      const others = rows ? await this.others(lookup, number, rows) : [];
      if (mine !== this.last) return;
      const shown = rows && new Set(rows);
      for (const { row, place } of this.own) row.hidden = Boolean(shown && !shown.has(place));
      for (const { row } of this.drawn) row.remove();
      this.drawn = others;
      this.sort();
      this.drawChips();
      if (rows) this.tellCount(rows.length, known.height);
      else tell(this.output, "textContent", "");
    }

    tellCount(count, whole) {
      const seen = this.own.filter(({ row }) => !row.hidden).length + this.drawn.length;
      const text = seen < count ? "{count} of {whole}, here {seen}" : "{count} of {whole}";
      const numbers = Object.entries({ count, whole, seen });
      const values = Object.fromEntries(numbers.map(([name, one]) => [name, one.toLocaleString("en")]));
      tell(this.output, "textContent", text, () => values);
    }

    /* Rows of other pages of the table, drawn with the texts of their cells. */
    async others(lookup, number, rows) {
      const here = new Set(this.own.map(({ place }) => place));
      const elsewhere = rows.filter((row) => !here.has(row)).slice(0, MOST_DRAWN);
      if (!elsewhere.length) return [];
      const table = await lookup.loaded(number);
      return elsewhere.map((place) => ({ row: this.made(lookup, table, place), place }));
    }

    /* A row that heads its cells by a link to where it stands, as the rows of the page do. */
    made(lookup, table, place) {
      const href = `../../${lookup.address(table, place)}`;
      const cells = this.heads.map(({ dataset, className }, at) => {
        const column = table.columns.find(({ name }) => name === dataset.field);
        const text = column ? pages.cellOf(table, place, column) : "";
        const shown = at ? element("td", { className, textContent: text }) : null;
        if (shown && KANA.test(text)) shown.lang = "ja";
        const key = text || table.keys[place];
        return shown ?? element("th", { scope: "row" }, element("a", { href, textContent: key }));
      });
      return element("tr", {}, ...cells);
    }

    /* The cells that the address asks for, each to be let go of. */
    drawChips() {
      const chips = this.cells.map((cell) => {
        const [name, value] = cell;
        const head = this.names.get(name);
        const values = () => ({ title: head ? titleOf(head) : name, value });
        const button = element("button", { type: "button" });
        tell(button, "textContent", "{title}: {value} ✕", values);
        tell(button, "aria-label", "No longer only {title}: {value}", values);
        button.addEventListener("click", () => {
          this.cells = this.cells.filter((one) => one !== cell);
          this.changed();
          this.words.focus();
        });
        return button;
      });
      this.chips.replaceChildren(...chips);
    }

    /* Saves the rows that the filter picks, of all pages of the table, in the order of its file. */
    async save() {
      const { lookup, number } = await this.indexed();
      const rows = await picked(lookup, number, this.filter);
      const table = await lookup.loaded(number);
      const whole = Array.from({ length: table.height }, (_, row) => row);
      const head = table.columns.map(({ label }) => label);
      const records = (rows ?? whole).map((row) =>
        table.columns.map((column) => pages.cellOf(table, row, column)),
      );
      pages.save(`${table.file}${rows ? "-selection" : ""}.csv`, pages.csvOf([head, ...records]));
    }
  }

  for (const table of document.querySelectorAll("table[data-rows]")) new Rows(table);
}
