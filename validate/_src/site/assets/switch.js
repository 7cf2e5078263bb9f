"use strict";
/* The language in which a page is read, of those that its package names. What this needs comes
   before it: `html` and `element` of `site.js`, and `languages.js`, which says which these are. */

/* One language, or all of them one after the other. */
function languages(known) {
  const names = new Map(known.map((tag) => [tag, nameOf(tag)]));
  names.set("", "all");
  const group = element("div", { className: "languages", role: "group" });
  tell(group, "aria-label", "Language");
  const buttons = Array.from(names, ([tag, name]) => {
    const button = element("button", { type: "button", lang: tag, textContent: name });
    if (!tag) tell(button, "textContent", name);
    button.addEventListener("click", () => choose(tag));
    return [tag, button];
  });
  group.append(...buttons.map(([, button]) => button));

  function show() {
    const now = html.dataset.language ?? "";
    for (const [tag, button] of buttons) button.setAttribute("aria-pressed", String(tag === now));
  }

  function choose(tag) {
    if (tag) html.dataset.language = tag;
    else delete html.dataset.language;
    html.lang = tag || "en";
    try {
      localStorage.setItem("language", tag || "all");
    } catch {
      // Without storage the choice holds for this page.
    }
    for (const part of document.querySelectorAll("[data-told]")) retell(part);
    document.dispatchEvent(new Event("language"));
    show();
  }

  show();
  document.querySelector("main h1").before(group);
}

function nameOf(tag) {
  try {
    return new Intl.DisplayNames([tag], { type: "language" }).of(tag);
  } catch {
    return tag;
  }
}

languages(document.querySelector("script[data-languages]").dataset.languages.split(" "));
