"use strict";
/* Search in all tables, as one types: on the page for it, and in a box on every other. */
{
  const pages = (window.validatePages ??= {});
  const ROOT = new URL("..", document.currentScript.src);
  const SCRIPTS = ["assets/canonical.js", "assets/matching.js", "assets/lookup.js"];
  const PAUSE = 120; // milliseconds after a key, so that not each letter is searched
  const EVERY = 200; // milliseconds between two pictures of hits while parts load
  const FEW = 5; // rows of a table that are shown at first
  const MANY = 200; // rows that are shown besides when more are asked for
  const LONGEST = 240; // characters of a text that are shown as a whole
  const AROUND = 80; // characters on both sides of the first word in a longer one
  const KANA = /[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9d]/u;
  const HANGUL = /[\uac00-\ud7a3]/u;

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function counted(count, noun) {
    return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
  }

  function load(path) {
    return new Promise((loaded, failed) => {
      const script = element("script", { src: new URL(path, ROOT).href, onload: loaded });
      script.onerror = () => failed(new Error(`${path} cannot be loaded`));
      document.head.append(script);
    });
  }

  /* The search, once its scripts are there: they are loaded when somebody searches. */
  let lookup;
  async function lookUp(query, tell) {
    lookup ??= SCRIPTS.reduce(
      (before, path) => before.then(() => load(path)),
      Promise.resolve(),
    ).then(() => new pages.Lookup(load));
    return (await lookup).search(query, tell);
  }

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

  /* A row: its key as a link, what it is about, and its other fields that have a word. */
  function hit(by, found, number, row) {
    const table = by.index.tables[number];
    const texts = table.texts[row] ?? [];
    const href = new URL(by.address(table, row), ROOT).href;
    const link = element("a", { href }, marked(table.keys[row], found.terms));
    const made = element("li", {}, link);
    if (texts[table.label])
      made.append(
        " ",
        element("span", { className: "label" }, marked(texts[table.label], found.terms)),
      );
    texts.forEach((text, at) => {
      if (at === table.label || text === table.keys[row] || !pages.spans(text, found.terms).length)
        return;
      const name = element("span", { className: "m", textContent: `${table.fields[at]}: ` });
      made.append(element("div", { className: "field" }, name, marked(text, found.terms)));
    });
    return made;
  }

  /* Rows under a heading, few at first. */
  function group(title, rows, shown, draw) {
    const list = element("ul", { className: "plain" });
    const head = element(
      "h2",
      {},
      title,
      " ",
      element("span", { className: "m", textContent: rows.length.toLocaleString("en") }),
    );
    const made = element("section", { className: "hits" }, head, list);
    const more = element("button", { type: "button", className: "more" });
    const fill = (from, to) => {
      list.append(...rows.slice(from, to).map(draw));
      const left = rows.length - list.children.length;
      more.hidden = !left;
      more.textContent = `Show ${Math.min(left, MANY).toLocaleString("en")} more`;
    };
    more.addEventListener("click", () => {
      const next = list.children.length;
      fill(next, next + MANY);
      shown(list.children.length);
      list.children[next]?.querySelector("a").focus();
    });
    fill(0, FEW);
    made.append(more);
    return [made, fill];
  }

  /* All that was found. `sizes` remembers how many rows of a group somebody wanted to see. */
  function drawn(by, found, sizes) {
    const groups = [];
    const add = (name, title, rows, draw) => {
      if (!rows.length) return;
      const [made, fill] = group(title, rows, (size) => sizes.set(name, size), draw);
      if (sizes.get(name) > FEW) fill(FEW, sizes.get(name));
      groups.push(made);
    };
    add("keys", "By key", found.keyed, ([number, row]) => {
      const made = hit(by, found, number, row);
      made
        .querySelector("a")
        .after(
          " ",
          element("span", { className: "m", textContent: by.index.tables[number].title }),
        );
      return made;
    });
    found.tables.forEach((rows, number) => {
      add(number, by.index.tables[number].title, rows, (row) => hit(by, found, number, row));
    });
    return groups;
  }

  function said(found) {
    const tables = found.tablesWithRows;
    const where = tables > 1 ? ` in ${counted(tables, "table")}` : "";
    const rows = `${counted(found.count, "row")}${where}`;
    if (!found.whole) return `${rows} so far, ${found.seen} of ${found.parts} parts searched`;
    if (found.count) return rows;
    return "No row has this";
  }

  function suggestions(found, choose) {
    if (!found.nearly.length) return [];
    const made = element("p", { className: "nearly" }, "Did you mean ");
    found.nearly.forEach((key, at) => {
      if (at) made.append(" or ");
      const button = element("button", { type: "button", textContent: key });
      button.addEventListener("click", () => choose(key));
      made.append(button);
    });
    made.append("?");
    return [made];
  }

  /* A box to type in, and where hits are shown. */
  function search(label) {
    const input = element("input", { type: "search", autocomplete: "off", spellcheck: false });
    const name = element("label", {}, element("span", { textContent: label }), input);
    const form = element("form", { className: "search" }, name);
    form.setAttribute("role", "search");
    const status = element("p", { className: "facts" });
    status.setAttribute("role", "status");
    const list = element("div");
    const output = element("div", { className: "found", hidden: true }, status, list);
    let last = 0;
    let timer;

    async function run() {
      const query = input.value;
      const mine = ++last;
      output.hidden = !query.trim();
      if (output.hidden) {
        list.replaceChildren();
        status.textContent = "";
        return;
      }
      const sizes = new Map();
      let next = 0;
      try {
        await lookUp(query, (found) => {
          if (mine !== last) return false;
          if (!found.whole && performance.now() < next) return true;
          lookup.then((by) => {
            if (mine !== last) return;
            status.textContent = said(found);
            output.dataset.whole = found.whole ? query : "";
            list.replaceChildren(...suggestions(found, choose), ...drawn(by, found, sizes));
          });
          next = performance.now() + EVERY;
          return true;
        });
      } catch (error) {
        if (mine === last)
          status.textContent = `The index of the search is not at hand: ${error.message}.`;
      }
    }

    function choose(query) {
      input.value = query;
      input.focus();
      input.dispatchEvent(new Event("input"));
    }

    input.addEventListener("input", (event) => {
      if (event.isComposing) return; // letters of what will be kana or kanji
      clearTimeout(timer);
      timer = setTimeout(run, PAUSE);
    });
    input.addEventListener("compositionend", () => input.dispatchEvent(new Event("input")));
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && input.value) {
        event.preventDefault();
        choose("");
      }
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      run();
    });
    return { form, input, output, choose };
  }

  /* On its own page the search keeps what was looked for in the address, to be sent on. */
  function onItsPage(place) {
    const { form, input, output, choose } = search("Words, phrases in quotes, or a key");
    place.append(form, output);
    const asked = () => decodeURIComponent((location.hash.match(/^#q=(.*)$/u) ?? ["", ""])[1]);
    input.addEventListener("input", () => {
      const hash = input.value.trim() ? `#q=${encodeURIComponent(input.value)}` : "#";
      if (asked() !== input.value) location.replace(hash);
    });
    const follow = () => {
      if (asked() !== input.value) choose(asked());
    };
    addEventListener("hashchange", follow);
    follow();
    input.focus();
    return input;
  }

  /* On every other page it stands in the place of the link to its page. */
  function onAnotherPage(link) {
    const { form, input, output } = search("Search all tables");
    input.placeholder = "Search";
    link.hidden = true;
    document.querySelector(".top nav").before(form);
    const region = element("div", { className: "over" }, output);
    region.setAttribute("role", "region");
    region.setAttribute("aria-label", "Found");
    document.querySelector(".top").after(region);
    return input;
  }

  const place = document.querySelector("[data-search]");
  const link = Array.from(document.querySelectorAll(".top nav a")).find((one) =>
    one.getAttribute("href").endsWith("search.html"),
  );
  const input = place ? onItsPage(place) : link && onAnotherPage(link.parentElement);
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey || !input)
      return;
    event.preventDefault();
    input.focus();
  });
}
