"use strict";
/* What the pages can do beyond being read. Each part stands by itself and adds its own controls,
   so that nothing is on a page without a script that would not work. */

const html = document.documentElement;

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/* Light, dark, or as the system has it. */
function themes() {
  const names = { "": "system", light: "light", dark: "dark" };
  const order = Object.keys(names);
  const button = element("button", { type: "button", className: "themes" });

  function show() {
    button.textContent = `Colours: ${names[html.dataset.theme ?? ""]}`;
  }

  button.addEventListener("click", () => {
    const now = order.indexOf(html.dataset.theme ?? "");
    const next = order[(now + 1) % order.length];
    if (next) html.dataset.theme = next;
    else delete html.dataset.theme;
    try {
      if (next) localStorage.setItem("theme", next);
      else localStorage.removeItem("theme");
    } catch {
      // Without storage the choice holds for this page.
    }
    show();
  });
  show();
  document.querySelector(".home").after(button);
}

/* Rows of a table on this page, sorted by a column and filtered by words. */
function rows(table) {
  const body = table.tBodies[0];
  const all = Array.from(body.rows, (row, place) => ({ row, place }));
  const collator = new Intl.Collator(undefined, { numeric: true });
  const heads = Array.from(table.tHead.rows[0].cells);

  function text({ row }, column) {
    const cell = row.cells[column];
    return cell.dataset.order ?? cell.textContent.trim();
  }

  function number(cell) {
    return Number(cell.replaceAll(",", "").replaceAll(" ", ""));
  }

  function sort(column, direction) {
    const keyed = all.map((one) => ({ one, key: text(one, column) }));
    const isNumber = keyed.every(({ key }) => key === "" || !Number.isNaN(number(key)));
    keyed.sort((first, second) => {
      // What is missing comes last either way.
      if (!first.key || !second.key) return Number(!first.key) - Number(!second.key);
      const order = isNumber
        ? number(first.key) - number(second.key)
        : collator.compare(first.key, second.key);
      return direction * order || first.one.place - second.one.place;
    });
    body.append(...keyed.map(({ one }) => one.row));
    heads.forEach((head, at) => {
      if (at === column) head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    });
  }

  heads.forEach((head, column) => {
    const button = element("button", { type: "button", className: "sort" });
    const name = Array.from(head.childNodes).filter((node) => node.nodeName !== "CODE");
    button.append(...name);
    head.prepend(button);
    button.addEventListener("click", () => {
      sort(column, head.getAttribute("aria-sort") === "ascending" ? -1 : 1);
    });
  });

  const input = element("input", { type: "search", autocomplete: "off" });
  const output = element("output");
  const label = element("label", {}, "Filter the rows on this page", input);
  table.closest(".scroll").before(element("div", { className: "tools" }, label, output));
  const texts = new Map();

  function filter() {
    const { folded, terms } = window.validatePages; // texts are matched as the search does it
    const words = terms(input.value);
    let count = 0;
    for (const { row } of all) {
      if (!texts.has(row)) texts.set(row, folded(row.textContent));
      const matches = words.every((word) => texts.get(row).includes(word));
      row.hidden = !matches;
      count += matches;
    }
    output.textContent = words.length ? `${count.toLocaleString("en")} of ${all.length.toLocaleString("en")}` : "";
  }

  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(filter, 100);
  });
}

/* A citation with the address at which the page is, to copy. */
function citation(paragraph) {
  const address = paragraph.querySelector("[data-address]");
  if (address && location.protocol.startsWith("http")) {
    address.textContent = location.origin + location.pathname;
  }
  const button = element("button", { type: "button", className: "copy", textContent: "Copy" });
  const said = element("span", { role: "status", className: "m" });
  button.addEventListener("click", async () => {
    const text = paragraph.textContent.trim().replaceAll(/\s+/gu, " ");
    said.textContent = (await copied(text, paragraph)) ? " copied" : " press Ctrl+C to copy";
  });
  paragraph.after(element("p", {}, button, said));
}

/* By the clipboard where the page may use it; elsewhere, as without TLS, the text is selected. */
async function copied(text, paragraph) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection().selectAllChildren(paragraph);
    return false;
  }
}

themes();
for (const table of document.querySelectorAll("table[data-rows]")) rows(table);
for (const paragraph of document.querySelectorAll("[data-citation]")) citation(paragraph);
