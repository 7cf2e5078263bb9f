"use strict";
/* What the pages can do beyond being read. Each part stands by itself and adds its own controls,
   so that nothing is on a page without a script that would not work. */

const html = document.documentElement;

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/* The words of scripts in the language of the page, if that has them. */
function translations() {
  return window.validatePages?.words?.[html.lang];
}

/* Words by what they are in English, in the language of the page. */
function worded(text, values = {}) {
  const said = translations()?.words[text] ?? text;
  return said.replaceAll(/\{(\w+)\}/gu, (_, name) => String(values[name]));
}

/* A count with its noun. */
function counted(count, noun) {
  const number = count.toLocaleString("en");
  const said = translations()?.counters[noun];
  return said ? said.replace("{}", number) : `${number} ${noun}${count === 1 ? "" : "s"}`;
}

/* Says words in a property or attribute of an element, and anew in another language once that is
   chosen. `values` gives what stands in them, as some of that is words too. */
const told = new WeakMap();
function tell(element, property, text, values = () => ({})) {
  const known = told.get(element) ?? new Map();
  known.set(property, [text, values]);
  told.set(element, known);
  element.dataset.told = "";
  retell(element);
  return element;
}

/* Words in an element of their own, among others that are not switched with them. */
function phrase(text, values) {
  return tell(element("span"), "textContent", text, values);
}

function retell(element) {
  for (const [property, [text, values]] of told.get(element) ?? []) {
    const said = worded(text, values());
    if (property in element) element[property] = said;
    else element.setAttribute(property, said);
    if (property !== "textContent") continue;
    if (translations()) element.lang = html.lang;
    else element.removeAttribute("lang");
  }
}

/* What a part of the page says in its language; where that is not there, in the first that is. */
function readIn(part) {
  const copy = part.cloneNode(true);
  for (const kind of ["said", "word"]) {
    for (const one of Array.from(copy.querySelectorAll(`.${kind}`))) {
      const others = Array.from(one.parentElement?.children ?? []).filter(({ className }) => className === kind);
      const wanted = others.some(({ lang }) => lang === html.lang) ? html.lang : others[0]?.lang;
      if (one.lang !== wanted) one.dataset.other = "";
    }
  }
  for (const one of copy.querySelectorAll("[data-other]")) one.remove();
  return copy.textContent.trim().replaceAll(/\s+/gu, " ");
}

/* Light, dark, or as the system has it. */
function themes() {
  const names = { "": "system", light: "light", dark: "dark" };
  const order = Object.keys(names);
  const button = element("button", { type: "button", className: "themes" });

  function show() {
    tell(button, "textContent", `Colours: ${names[html.dataset.theme ?? ""]}`);
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

/* A citation with the address at which the page is, to copy. */
function citation(paragraph) {
  const address = paragraph.querySelector("[data-address]");
  if (address && location.protocol.startsWith("http")) {
    address.textContent = location.origin + location.pathname;
  }
  const button = tell(element("button", { type: "button", className: "copy" }), "textContent", "Copy");
  const said = element("span", { role: "status", className: "m" });
  button.addEventListener("click", async () => {
    const text = paragraph.textContent.trim().replaceAll(/\s+/gu, " ");
    tell(said, "textContent", (await copied(text, paragraph)) ? " copied" : " press Ctrl+C to copy");
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
for (const paragraph of document.querySelectorAll("[data-citation]")) citation(paragraph);
