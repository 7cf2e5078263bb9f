"use strict";
/* What the search has found, drawn: one list, a group a table. What this needs comes before it:
   `element` of `site.js`. */
{
  const pages = (window.validatePages ??= {});
  const FEW = 5; // rows of a table that are shown at first
  const MANY = 200; // rows that are shown besides when more are asked for
  const LONGEST = 240; // characters of a text that are shown as a whole
  const AROUND = 80; // characters on both sides of the first word in a longer one
  const ASIDE = new Map([ // what rows do whose tables are aside, by the kind of the table
    [4, "say how others were coded"],
    [5, "only tie others together"],
  ]);
  const KANA = /[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9d]/u;
  const HANGUL = /[\uac00-\ud7a3]/u;

  /* A text with its words marked; of a long one what stands around the first. */
  function marked(text, terms) {
    const made = element("span");
    if (KANA.test(text)) made.lang = "ja";
    else if (HANGUL.test(text)) made.lang = "ko";
    const found = pages.spans(text, terms);
    let first = 0;
    let last = text.length;
    if (text.length > LONGEST) {
      const [start, end] = found[0] ?? [0, 0];
      first = Math.max(0, start - AROUND);
      last = Math.min(text.length, Math.max(end + AROUND, first + LONGEST));
    }
    if (first) made.append("…");
    let at = first;
    for (const [start, end] of found) {
      if (start < first || end > last) continue;
      made.append(text.slice(at, start), element("mark", { textContent: text.slice(start, end) }));
      at = end;
    }
    made.append(text.slice(at, last));
    if (last < text.length) made.append("…");
    return made;
  }

  /* The rows of what was found. `root` is the root of the site. */
  class Hits {
    constructor(lookup, root) {
      this.lookup = lookup;
      this.root = root;
      this.sizes = new Map(); // how many rows of a table somebody wanted to see
      this.isOpen = false; // whether somebody wanted to see what is aside
    }

    /* All that was found, a group a table; those aside behind a line that says what they are. */
    drawn(found) {
      const { groups, aside } = found.parted;
      const drawn = groups.map((number) => this.group(found, number));
      return aside.length ? [...drawn, this.aside(found, aside)] : drawn;
    }

    /* Groups that are opened to be seen, and stay as the reader leaves them while parts load. */
    aside(found, numbers) {
      const count = numbers.reduce((sum, number) => sum + found.rows(number).length, 0);
      const groups = numbers.map((number) => this.group(found, number));
      const made = element("details", { className: "aside-hits", open: this.isOpen });
      const summary = tell(element("summary"), "textContent", "and {rows} that {do}", () => ({
        rows: counted(count, "row"),
        do: reasons(found, numbers),
      }));
      made.append(summary, ...groups);
      made.addEventListener("toggle", () => (this.isOpen = made.open));
      return made;
    }

    /* The rows of a table under its name, few at first, with how many there are. */
    group(found, number) {
      const table = this.lookup.index.tables[number];
      const rows = found.rows(number);
      const count = element("span", { className: "m", textContent: rows.length.toLocaleString("en") });
      const list = element("ul", { className: "plain" });
      const more = element("button", { type: "button", className: "more" });
      const fill = (from, to) => {
        list.append(...rows.slice(from, to).map((row) => this.hit(found, table, row)));
        const left = rows.length - list.children.length;
        more.hidden = !left;
        const count = Math.min(left, MANY).toLocaleString("en");
        tell(more, "textContent", "Show {count} more", () => ({ count }));
      };
      more.addEventListener("click", () => {
        const next = list.children.length;
        fill(next, next + MANY);
        this.sizes.set(number, list.children.length);
        list.children[next]?.querySelector("a").focus();
      });
      fill(0, Math.max(FEW, this.sizes.get(number) ?? 0));
      const head = element("h2", {}, called(table.title), " ", count, " ", this.whole(found, table));
      return element("section", { className: "hits" }, head, list, more);
    }

    /* The way to the table with just these rows. */
    whole(found, table) {
      const kept = new URLSearchParams({ words: found.query });
      const path = `tables/${encodeURIComponent(table.folder)}/index.html#?${kept}`;
      const link = element("a", { href: new URL(path, this.root).href, className: "m" });
      tell(link, "textContent", "as a table");
      tell(link, "aria-label", "as a table: {title}", () => ({ title: inLanguage(table.title) }));
      return link;
    }

    /* How many rows speak of a row, by their tables. */
    mentions(said) {
      const numbers = said.split(" ").map(Number);
      const rows = () =>
        numbers
          .flatMap((number, at) => (at % 2 ? [] : [[number, numbers[at + 1]]]))
          .map(([number, count]) => {
            const { title } = this.lookup.index.tables[number];
            return `${inLanguage(title)} ${count.toLocaleString("en")}`;
          })
          .join(", ");
      const made = element("span", { className: "m referred" });
      return tell(made, "textContent", "{rows}", () => ({ rows: rows() }));
    }

    /* A row: its key as a link, what it is about in the language of the page, and its other fields
       that have a word; what it is about in another language is one of them. */
    hit(found, table, row) {
      const texts = table.texts[row] ?? [];
      const href = new URL(this.lookup.address(table, row), this.root).href;
      const link = element("a", { href }, marked(table.keys[row], found.terms));
      const made = element("li", {}, link);
      const labels = labelled(table, texts);
      if (labels.length) {
        const shown = labels.map(([language, at], place) => {
          const label = marked(texts[at], found.terms);
          if (labels.length === 1) return label;
          if (place) label.prepend(element("span", { className: "gap", textContent: " " }));
          return Object.assign(label, { className: "said", lang: language });
        });
        made.append(" ", element("span", { className: "label" }, ...shown));
      }
      if (table.said[row])
        made.append(" ", this.mentions(table.said[row]));
      const languages = new Map(labels.map(([language, at]) => [at, language]));
      texts.forEach((text, at) => {
        const language = languages.get(at);
        if (language !== undefined && labels.length === 1) return;
        if (!text || text === table.keys[row]) return;
        if (!pages.spans(text, found.terms).length) return;
        const name = element("span", { className: "m" });
        tell(name, "textContent", "{title}: ", () => ({ title: inLanguage(table.fields[at]) }));
        const field = element("div", { className: "field" }, name, marked(text, found.terms));
        if (language) field.dataset.unlike = language;
        made.append(field);
      });
      return made;
    }
  }

  /* Where a row says what it is about: pairs of a language and a place among its texts. One alone
     is the same in each language, as where others have no text. */
  function labelled(table, texts) {
    const all = Object.entries(table.titles);
    const said = all.filter(([, at]) => texts[at]);
    return said.length < all.length ? said.slice(0, 1) : said;
  }

  /* A title in the language of the page, if it is there in that. */
  function inLanguage(title) {
    return typeof title === "string" ? title : (title[html.lang] ?? Object.values(title)[0]);
  }

  function called(title) {
    return tell(element("span"), "textContent", "{title}", () => ({ title: inLanguage(title) }));
  }

  /* What the rows of tables aside do, each said once. */
  function reasons(found, numbers) {
    const kinds = new Set(numbers.map((number) => found.tables[number].kind));
    return Array.from(kinds)
      .sort()
      .map((kind) => worded(ASIDE.get(kind)))
      .join(worded(" or "));
  }

  /* Tells how many rows were found, in a line. */
  function tellFound(status, { parted, count, whole, seen, parts }) {
    const number = parted.groups.length + parted.aside.length;
    const tables = () => counted(number, "table");
    const rows = () => {
      const found = counted(count, "row");
      return number > 1 ? worded("{rows} in {tables}", { rows: found, tables: tables() }) : found;
    };
    if (!whole) {
      const text = "{rows} so far, {seen} of {parts} parts searched";
      tell(status, "textContent", text, () => ({ rows: rows(), seen, parts }));
    } else if (count) tell(status, "textContent", "{rows}", () => ({ rows: rows() }));
    else tell(status, "textContent", "No row has this");
  }

  /* The keys that may be meant, where nothing was found; `choose` looks for one. */
  function suggestions(found, choose) {
    if (!found.nearly.length) return [];
    const made = element("p", { className: "nearly" }, phrase("Did you mean "));
    found.nearly.forEach((key, at) => {
      if (at) made.append(phrase(" or "));
      const button = element("button", { type: "button", textContent: key });
      button.addEventListener("click", () => choose(key));
      made.append(button);
    });
    made.append(phrase("?"));
    return [made];
  }

  Object.assign(pages, { Hits, suggestions, tellFound });
}
