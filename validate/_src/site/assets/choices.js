"use strict";
/* Lists of values: in the order of the language that is shown, and long ones searched. What this
   needs comes before it: `html`, `element`, `tell` of `site.js`, `matching.js`, and `views.js`,
   which counts boxes in the order in which they stand in the page. */
{
  const { folded, terms } = window.validatePages;
  const MOST_SEEN = 20; // choices; more are scrolled, and so better searched

  function isNone(part) {
    return part.matches("[data-none]") || part.querySelector("[data-none]") !== null;
  }

  /* What a value is called in a language; its words in all if it names none. */
  function called(part, language) {
    const name = part.querySelector("a, span");
    const said = Array.from(name.querySelectorAll(".said")).find(({ lang }) => lang === language);
    return (said ?? name).textContent.trim();
  }

  /* Sorts a list by names, whenever another language is chosen; without one as the page has it. */
  function byName(list) {
    const own = Array.from(list.children).filter(({ nodeName }) => nodeName !== "LEGEND");

    function sort() {
      const { language } = html.dataset;
      const { compare } = new Intl.Collator(language, { numeric: true });
      const named = own.map((part) => ({ part, none: isNone(part), name: called(part, language) }));
      if (language) named.sort((one, other) => one.none - other.none || compare(one.name, other.name));
      list.append(...named.map(({ part }) => part));
    }

    document.addEventListener("language", sort);
    sort();
  }

  /* A box above many choices, which leaves those that have its words, in any language. */
  function finding(fieldset) {
    const labels = Array.from(fieldset.querySelectorAll("label"));
    if (labels.length <= MOST_SEEN) return;
    const box = tell(element("input", { type: "search", autocomplete: "off" }), "aria-label", "Find a value");
    tell(box, "placeholder", "Find a value");
    box.addEventListener("input", (event) => {
      const wanted = terms(box.value);
      for (const label of labels) {
        const text = folded(label.querySelector("span").textContent);
        label.hidden = !label.control.checked && !wanted.every((word) => text.includes(word));
      }
      event.stopPropagation(); // what is looked for here picks nothing
    });
    fieldset.querySelector("legend").after(box);
  }

  for (const list of document.querySelectorAll("[data-names]")) byName(list);
  for (const fieldset of document.querySelectorAll(".pick fieldset")) finding(fieldset);
}
