"use strict";
/* Pages of views: rows picked by words and values, tables sorted.
   What this needs comes before it: `html` and `element` of `site.js`, and `matching.js`, so that
   words are found here as the search of the site finds them. */

/* What a part of the page says, without the names of columns that stand before values. */
function withoutHeads(part) {
  const copy = part.cloneNode(true);
  for (const head of copy.querySelectorAll(".head, dt")) head.remove();
  return copy;
}

/* The text of a cell in the language that is shown. */
function seen(cell) {
  const language = html.dataset.language;
  const copy = withoutHeads(cell);
  if (language) for (const said of copy.querySelectorAll(".said")) if (said.lang !== language) said.remove();
  return copy.textContent.trim();
}

/* Rows picked by words and by values. The choice stands in the address, to be passed on. */
function picking(tools) {
  const { folded, terms } = window.validatePages;
  const words = tools.querySelector("input[type=search]");
  const output = tools.querySelector("output");
  const about = element("p", { className: "about-picked" });
  tools.append(about);
  const filters = Array.from(tools.querySelectorAll(".pick"), (details) => ({
    details,
    name: details.dataset.name,
    boxes: Array.from(details.querySelectorAll("input")),
    counts: Array.from(details.querySelectorAll("label .m")),
    none: details.querySelector("[data-none]")?.value,
    without: Array.from(tools.querySelectorAll(".without > p")).find(
      (one) => one.dataset.name === details.dataset.name,
    ),
  }));
  const groups = Array.from(document.querySelectorAll("section.side, section.group"));
  const headings = new Map(
    groups.map((group) => [group, Array.from(group.children).find(({ nodeName }) => /^H[23]$/u.test(nodeName))?.textContent]),
  );
  const rows = Array.from(document.querySelectorAll("main .one"), (row) => ({
    row,
    picks: (row.dataset.picks ?? "").split(";").map((one) => one.split(" ")),
    text: "",
  }));
  const contents = Array.from(document.querySelectorAll("details.contents li"), (entry) => ({
    entry,
    group: document.getElementById(entry.querySelector("a").hash.slice(1)).closest(".group"),
    count: entry.querySelector(".m"),
  }));

  /* With the headings that it stands under, and its dates as tables have them, so that these are
     found too. */
  function textOf(row) {
    const above = ["section.group", "section.side"].map((one) => headings.get(row.closest(one)));
    const dates = Array.from(row.querySelectorAll(".date"), ({ title }) => title);
    return folded([withoutHeads(row).textContent, ...dates, ...above.filter(Boolean)].join(" "));
  }

  /* The words, the values of each filter, and whether there is neither. */
  function picked() {
    const wanted = terms(words.value);
    const chosen = filters.map(({ boxes }) => new Set(boxes.filter((box) => box.checked).map((box) => box.value)));
    return { wanted, chosen, isAll: !wanted.length && chosen.every((values) => !values.size) };
  }

  function apply() {
    const { wanted, chosen, isAll } = picked();
    const counts = filters.map(({ boxes }) => boxes.map(() => 0));
    let count = 0;
    for (const one of rows) {
      if (wanted.length && !one.text) one.text = textOf(one.row);
      const hasWords = wanted.every((word) => one.text.includes(word));
      const misses = filters
        .map((_, at) => at)
        .filter((at) => chosen[at].size && !one.picks[at].some((pick) => chosen[at].has(pick)));
      one.row.hidden = !hasWords || misses.length > 0;
      count += !one.row.hidden;
      // A choice would show the rows that have it and that nothing but its own filter leaves out.
      filters.forEach((_, at) => {
        if (hasWords && misses.every((missed) => missed === at)) {
          for (const pick of one.picks[at]) counts[at][pick] += 1;
        }
      });
    }
    tellCounts(counts, chosen);
    for (const group of groups) group.hidden = !group.querySelector(".one:not([hidden])");
    tellContents();
    filters.forEach(({ details }, at) => {
      details.querySelector("summary").dataset.count = chosen[at].size ? `${chosen[at].size}` : "";
    });
    about.replaceChildren(...filters.flatMap(({ boxes }) => boxes.filter((box) => box.checked)).flatMap(pageOf));
    const [found, whole] = [count, rows.length].map((one) => one.toLocaleString("en"));
    tell(output, "textContent", isAll ? "" : "{count} of {whole}", () => ({ count: found, whole }));
  }

  /* How many rows each choice would show, beside it; and of a filter that is in use, how many have
     no value there. */
  function tellCounts(counts, chosen) {
    filters.forEach(({ counts: places, none, without }, at) => {
      places.forEach((place, pick) => {
        place.textContent = counts[at][pick].toLocaleString("en");
      });
      if (!without) return;
      const left = chosen[at].size && !chosen[at].has(none) ? counts[at][none] : 0;
      without.hidden = !left;
      for (const place of without.querySelectorAll(".count")) place.textContent = left.toLocaleString("en");
    });
  }

  /* The headings that are left, and how many rows stand under each. */
  function tellContents() {
    for (const { entry, group, count } of contents) {
      entry.hidden = group.hidden;
      count.textContent = group.querySelectorAll(".one:not([hidden])").length.toLocaleString("en");
    }
    const left = contents.filter(({ entry }) => !entry.hidden).length;
    if (contents.length) document.querySelector("details.contents summary .m").textContent = left.toLocaleString("en");
  }

  /* The way to the page of a value that is picked, if it has one. */
  function pageOf(box) {
    const { address } = box.dataset;
    if (!address) return [];
    const called = box.nextElementSibling.cloneNode(true);
    return [element("a", { href: address }, phrase("All about "), called)];
  }

  function keep() {
    const kept = new URLSearchParams();
    if (words.value) kept.append("words", words.value);
    for (const { name, boxes } of filters) {
      for (const box of boxes) if (box.checked) kept.append(name, box.dataset.value);
    }
    const hash = kept.size ? `#?${kept}` : "#";
    if (kept.size || location.hash.startsWith("#?")) history.replaceState(history.state, "", hash);
  }

  function recall() {
    if (!location.hash.startsWith("#?")) return;
    const kept = new URLSearchParams(location.hash.slice(2));
    words.value = kept.get("words") ?? "";
    for (const { name, boxes } of filters) {
      const values = new Set(kept.getAll(name));
      for (const box of boxes) box.checked = values.has(box.dataset.value);
    }
  }

  let timer;
  tools.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      apply();
      keep();
    }, 80);
  });
  tools.querySelector("button").addEventListener("click", () => {
    words.value = "";
    for (const { boxes } of filters) for (const box of boxes) box.checked = false;
    apply();
    keep();
  });
  addEventListener("hashchange", () => {
    recall();
    apply();
  });
  document.addEventListener("click", ({ target }) => {
    for (const { details } of filters) if (!details.contains(target)) details.open = false;
  });
  document.addEventListener("keydown", ({ key }) => {
    const open = key === "Escape" && filters.find(({ details }) => details.open)?.details;
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });
  saving(tools, () => ({ ...picked(), here: rows.map(({ row }) => row) }));
  tools.hidden = false;
  recall();
  apply();
}

/* Saves the rows that are picked as CSV, as the query of the view gives them, in its order. Where
   the view has several pages, those of the others are picked by the same words and values.

   picks: gives what is picked, and the rows of this page. */
function saving(tools, picks) {
  const pages = window.validatePages;
  const button = tell(element("button", { type: "button" }), "textContent", "Save these rows as CSV");
  const { rows: path, set, pieces } = tools.dataset;

  function isPicked(view, at, { wanted, chosen }) {
    const text = pages.folded(view.words[at]);
    const fits = (values, filter) => !values.size || view.picks[at][filter].some((pick) => values.has(`${pick}`));
    return view.sets[at] === set && wanted.every((word) => text.includes(word)) && chosen.every(fits);
  }

  button.addEventListener("click", async () => {
    const picked = picks();
    const view = await pages.viewRows(path);
    const here = new Map(picked.here.map((row) => [Number(row.dataset.row), !row.hidden]));
    const isMeant = (at) => here.get(at) ?? (pieces !== undefined && isPicked(view, at, picked));
    const rows = view.rows.filter((_, at) => isMeant(at));
    const name = [view.file, ...(set ? [set] : []), ...(picked.isAll ? [] : ["selection"])].join("-");
    pages.save(`${name}.csv`, pages.csvOf([view.columns, ...rows]));
  });
  tools.querySelector("output").before(button);
}

/* A table sorted by a column, as it is shown; what is missing comes last. */
function sorting(table) {
  const body = table.tBodies[0];
  const order = Array.from(body.rows);
  const collator = new Intl.Collator(undefined, { numeric: true });
  const heads = Array.from(table.tHead.rows[0].cells);
  if (order.length < 2) return;

  function sort(column, direction) {
    const keyed = order.map((row, place) => ({ row, place, key: row.cells[column].dataset.order ?? seen(row.cells[column]) }));
    const numbers = heads[column].classList.contains("n");
    const value = (key) => Number(key.replaceAll(",", ""));
    keyed.sort((one, other) => {
      if (!one.key || !other.key) return Number(!one.key) - Number(!other.key) || one.place - other.place;
      const by = numbers ? value(one.key) - value(other.key) : collator.compare(one.key, other.key);
      return direction * by || one.place - other.place;
    });
    body.append(...keyed.map(({ row }) => row));
    heads.forEach((head, at) => {
      if (at === column) head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    });
  }

  heads.forEach((head, column) => {
    const button = element("button", { type: "button", className: "sort" });
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      sort(column, head.getAttribute("aria-sort") === "ascending" ? -1 : 1);
    });
  });
}

for (const tools of document.querySelectorAll(".choosing")) picking(tools);
for (const table of document.querySelectorAll("table.viewed")) sorting(table);
