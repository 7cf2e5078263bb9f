"use strict";
/* Of a table of many columns: which of them are shown; of any, its rows as lists, which they are on
   a narrow screen unless the reader wants them otherwise; and what a page folds up, unfolded on
   paper. What this needs comes before it: `element` of `site.js`. */
{
  const MANY = 7; // columns from which on there is something to choose
  const LOOKED_THROUGH = 20; // columns from which on their names can be searched
  const NARROW = matchMedia("(max-width: 44rem)"); // as the styles have it
  const PAPER = 1000; // pixels that a sheet of paper has room for, where letters can be read

  /* What a reader has chosen for a table, which all its parts share. */
  function chosen(key) {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? {};
    } catch {
      return {}; // without storage, or with what another has put there, the table is as it is
    }
  }

  function remember(key, choice) {
    try {
      if (choice.hidden.length || choice.lists !== undefined) localStorage.setItem(key, JSON.stringify(choice));
      else localStorage.removeItem(key);
    } catch {
      // Without storage the choice holds for this page.
    }
  }

  function columns(table) {
    const heads = Array.from(table.tHead.rows[0].cells);
    const isWide = heads.length >= MANY;
    const scroll = table.closest(".scroll");
    const names = heads.map((head) => readIn(head.querySelector("code") ?? head));
    const label = (at) => readIn(heads[at].querySelector("button") ?? heads[at]);
    const key = `columns of ${location.pathname.replace(/[^/]*$/u, "")}`;
    const before = chosen(key);
    const known = Array.isArray(before.hidden) ? before.hidden : [];
    const hidden = new Set(names.flatMap((name, at) => (at && known.includes(name) ? [at] : [])));
    const sheet = new CSSStyleSheet();
    document.adoptedStyleSheets.push(sheet);

    const summary = element("summary");
    const boxes = names.map((name, at) => {
      const box = element("input", { type: "checkbox", checked: !hidden.has(at) });
      box.addEventListener("change", () => {
        if (box.checked) hidden.delete(at);
        else hidden.add(at);
        show();
      });
      return box;
    });
    const items = boxes
      .map((box, at) => {
        const name = names[at] === label(at) ? "" : element("code", { textContent: names[at] });
        const title = tell(element("span"), "textContent", "{title}", () => ({ title: label(at) }));
        return element("li", {}, element("label", {}, box, " ", title, " ", name));
      })
      .slice(1); // the first column says which row it is

    function all(isShown) {
      boxes.forEach((box, at) => {
        if (!at || items[at - 1].hidden) return;
        box.checked = isShown;
        if (isShown) hidden.delete(at);
        else hidden.add(at);
      });
      show();
    }

    function button(text, action) {
      const made = tell(element("button", { type: "button" }), "textContent", text);
      made.addEventListener("click", action);
      return made;
    }

    const choice = element("div", { className: "choice" });
    if (items.length >= LOOKED_THROUGH) {
      const input = element("input", { type: "search", autocomplete: "off" });
      input.addEventListener("input", () => {
        const wanted = input.value.trim().toLowerCase();
        for (const item of items) item.hidden = !item.textContent.toLowerCase().includes(wanted);
      });
      choice.append(element("label", {}, phrase("Look for a column"), input));
    }
    choice.append(
      element("div", {}, button("Show these", () => all(true)), button("Hide these", () => all(false))),
      element("ul", {}, ...items),
    );
    const picker = element("details", { className: "columns" }, summary, choice);
    picker.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !picker.open) return;
      picker.open = false;
      summary.focus();
    });
    document.addEventListener("click", (event) => {
      if (!picker.contains(event.target)) picker.open = false;
    });

    let wanted = typeof before.lists === "boolean" ? before.lists : undefined; // by the reader
    const listing = button("Rows as lists", () => {
      const isList = !table.classList.contains("lists");
      wanted = isList === NARROW.matches ? undefined : isList;
      asLists(isList);
      show();
    });

    /* As the reader wants it, or else as the screen has room. */
    function settle() {
      asLists(wanted ?? NARROW.matches);
      listing.hidden = !isWide && !NARROW.matches && wanted === undefined;
    }

    /* A list has the name of the column before each cell. */
    function labelled(rows) {
      const labels = heads.map((_, at) => label(at));
      for (const row of rows)
        for (const cell of row.cells ?? []) cell.dataset.label = labels[cell.cellIndex];
    }

    /* In another language it has other names. */
    new MutationObserver(() => {
      if (table.classList.contains("lists")) labelled(table.tBodies[0].rows);
    }).observe(html, { attributeFilter: ["lang"] });

    const added = new MutationObserver((changes) => {
      for (const { addedNodes } of changes) labelled(addedNodes);
    });

    function asLists(isList) {
      added.disconnect();
      if (isList) {
        labelled(table.tBodies[0].rows);
        added.observe(table.tBodies[0], { childList: true });
      }
      table.classList.toggle("lists", isList);
      listing.setAttribute("aria-pressed", String(isList));
    }

    function show() {
      const places = Array.from(hidden, (at) => `table[data-rows] tr > :nth-child(${at + 1})`);
      sheet.replaceSync(places.length ? `${places.join(", ")} { display: none !important; }` : "");
      const count = (items.length - hidden.size).toLocaleString("en");
      const whole = items.length.toLocaleString("en");
      const said = hidden.size ? "Columns: {count} of {whole}" : "Columns: all {whole}";
      tell(summary, "textContent", said, () => ({ count, whole }));
      remember(key, { hidden: Array.from(hidden, (at) => names[at]), lists: wanted });
    }

    let tools = scroll.previousElementSibling;
    if (!tools?.classList.contains("tools")) {
      tools = element("div", { className: "tools" });
      scroll.before(tools);
    }
    tools.append(...(isWide ? [picker] : []), listing);
    settle();
    show();
    NARROW.addEventListener("change", settle);

    /* What is wider than paper is printed as lists. */
    let wasList = false;
    addEventListener("beforeprint", () => {
      wasList = table.classList.contains("lists");
      if (!wasList && table.scrollWidth > PAPER) asLists(true);
    });
    addEventListener("afterprint", () => asLists(wasList));
  }

  for (const table of document.querySelectorAll("table[data-rows]")) columns(table);

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = Array.from(document.querySelectorAll("details.cut:not([open])"));
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });
}
