"use strict";
/* Search in all tables, as one types: on the page for it, and in a box on every other.
   What this needs comes before it: `element` of `site.js`. */
{
  const pages = (window.validatePages ??= {});
  const ROOT = new URL("..", document.currentScript.src);
  const SCRIPTS = {
    clusters: "assets/canonical.js",
    folded: "assets/matching.js",
    Lookup: "assets/lookup.js",
    Hits: "assets/hits.js",
  };
  const PAUSE = 120; // milliseconds after a key, so that not each letter is searched
  const EVERY = 200; // milliseconds between two pictures of hits while parts load
  const HINT =
    "Arrow down leads to what is found, arrow up back. Enter opens the page with all of it, Escape empties the box.";

  /* That a file of the site is not there, or not let in. */
  pages.NotLoaded = class extends Error {};

  function load(path) {
    return new Promise((loaded, failed) => {
      const script = element("script", { src: new URL(path, ROOT).href, onload: loaded });
      script.onerror = () => failed(new pages.NotLoaded(`${path} cannot be loaded`));
      document.head.append(script);
    });
  }

  /* The index, once the scripts that read it are there: they are loaded when somebody searches. */
  let lookup;
  pages.lookUp = () => {
    lookup ??= Object.entries(SCRIPTS)
      .filter(([name]) => !(name in pages))
      .reduce((before, [, path]) => before.then(() => load(path)), Promise.resolve())
      .then(() => new pages.Lookup(load));
    return lookup;
  };

  /* The rows of a view, which a script in its folder hands over. */
  let handed;
  const views = new Map();
  pages.rowsOfView = (content) => (handed = content);
  pages.viewRows = (path) => {
    if (!views.has(path)) views.set(path, load(path).then(() => handed));
    return views.get(path);
  };

  /* What an address says that was looked for: `#q=` as the page writes it, `?q=` as people do. */
  function askedIn({ hash, search }) {
    const [, inHash] = hash.match(/^#q=(.*)$/u) ?? [];
    if (inHash === undefined) return new URLSearchParams(search).get("q") ?? "";
    try {
      return decodeURIComponent(inHash);
    } catch {
      return inHash; // a percent sign that stands for itself
    }
  }

  /* The page of the search with what is looked for. */
  function pageOf(query) {
    return new URL(`search.html#q=${encodeURIComponent(query)}`, ROOT).href;
  }

  /* A box to type in, and where hits are shown.

     name: an id that nothing else on the page has.
     label: what the box is called. */
  function search(name, label) {
    const input = element("input", { type: "search", autocomplete: "off", spellcheck: false });
    const hint = element("span", { id: `${name}-hint`, className: "aside" });
    tell(hint, "textContent", HINT);
    input.setAttribute("aria-describedby", hint.id);
    const titled = element("label", {}, phrase(label), input);
    const form = element("form", { className: "search" }, titled, hint);
    form.setAttribute("role", "search");
    const status = element("p", { className: "facts" });
    status.setAttribute("role", "status");
    const list = element("div");
    const output = element("div", { id: `${name}-found`, className: "found", hidden: true }, status, list);
    input.setAttribute("aria-controls", output.id);
    let last = 0;
    let timer;

    async function run() {
      const query = input.value;
      const mine = ++last;
      output.hidden = !query.trim();
      if (output.hidden) {
        list.replaceChildren();
        tell(status, "textContent", "");
        return;
      }
      try {
        const by = await pages.lookUp();
        const hits = new pages.Hits(by, ROOT);
        let next = 0;
        await by.search(query, (found) => {
          if (mine !== last) return false;
          if (!found.whole && performance.now() < next) return true;
          show(query, found, hits);
          next = performance.now() + EVERY;
          return true;
        });
      } catch (error) {
        if (!(error instanceof pages.NotLoaded)) throw error;
        if (mine === last)
          tell(status, "textContent", "The index of the search is not at hand: {reason}.", () => ({
            reason: error.message,
          }));
      }
    }

    /* Draws what was found so far; a hit that the reader stands on is stood on again. */
    function show(query, found, hits) {
      const at = list.contains(document.activeElement) ? document.activeElement.href : "";
      pages.tellFound(status, found);
      output.dataset.whole = found.whole ? query : "";
      list.replaceChildren(...pages.suggestions(found, choose), ...hits.drawn(found));
      if (at) (steps().find(({ href }) => href === at) ?? input).focus();
    }

    function choose(query) {
      input.value = query;
      input.focus();
      input.dispatchEvent(new Event("input"));
    }

    /* Where the arrow keys lead, in order. */
    function steps() {
      const all = list.querySelectorAll("li > a, button:not([hidden]), summary");
      return Array.from(all).filter((one) => one.matches("summary") || !one.closest("details:not([open])"));
    }

    /* One step up or down, from the box into the list and back. */
    function step(by) {
      const all = [input, ...steps()];
      const at = all.indexOf(document.activeElement);
      all[Math.min(Math.max(at + by, 0), all.length - 1)]?.focus();
    }

    function onKey(event) {
      const { key, isComposing, shiftKey, ctrlKey, altKey, metaKey } = event;
      if (isComposing || shiftKey || ctrlKey || altKey || metaKey) return;
      const isInBox = event.target === input;
      if (key === "ArrowDown" || key === "ArrowUp") step(key === "ArrowDown" ? 1 : -1);
      else if (key === "Escape" && !isInBox) input.focus();
      else if (key === "Escape" && input.value) choose("");
      else return;
      event.preventDefault();
    }

    input.addEventListener("input", (event) => {
      if (event.isComposing) return; // letters of what will be kana or kanji
      clearTimeout(timer);
      timer = setTimeout(run, PAUSE);
    });
    input.addEventListener("compositionend", () => input.dispatchEvent(new Event("input")));
    input.addEventListener("keydown", onKey);
    list.addEventListener("keydown", onKey);
    return { form, input, output, choose, run };
  }

  /* On its own page the search keeps what was looked for in the address, to be sent on. */
  function onItsPage(place) {
    const { form, input, output, choose, run } = search("search", "Words, phrases in quotes, or a key");
    place.append(form, output);
    input.addEventListener("input", () => {
      const hash = input.value.trim() ? `#q=${encodeURIComponent(input.value)}` : "#";
      if (askedIn(location) !== input.value) location.replace(hash);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run();
    });
    const follow = () => {
      if (askedIn(location).trim() !== input.value.trim()) choose(askedIn(location));
    };
    addEventListener("hashchange", follow);
    follow();
    input.focus();
    return input;
  }

  /* On every other page it stands in the place of the link to its page. What was typed is kept with
     the entry in the history, so that it stands there again when the reader comes back. */
  function onAnotherPage(link) {
    const { form, input, output, run } = search("top-search", "Search all tables");
    tell(input, "placeholder", "Search");
    link.hidden = true;
    document.querySelector(".top nav").before(form);
    const region = element("div", { className: "over" }, output);
    region.setAttribute("role", "region");
    tell(region, "aria-label", "Found");
    document.querySelector(".top").after(region);
    const keep = () => history.replaceState({ ...history.state, search: input.value }, "");
    input.addEventListener("input", keep);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!input.value.trim()) return;
      keep();
      location.assign(pageOf(input.value));
    });
    if (history.state?.search) {
      input.value = history.state.search;
      run();
    }
    return input;
  }

  const place = document.querySelector("[data-search]");
  if (place && new URLSearchParams(location.search).has("q")) {
    // One address for what is looked for, which stays right as more is typed.
    location.replace(pageOf(askedIn(location)));
  }
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
