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
for (const paragraph of document.querySelectorAll("[data-citation]")) citation(paragraph);
