"use strict";
const form = document.querySelector(".search");

function plain(text) {
  return text.normalize("NFKC").toLowerCase();
}

function searchable(item, code) {
  const parts = item.querySelectorAll(".place, .said, .value, .waiver, mark");
  return plain([code, ...Array.from(parts, (part) => part.textContent)].join(" "));
}

function start() {
  const groups = Array.from(document.querySelectorAll(".group"), (group) => {
    const { code } = group.dataset;
    const findings = Array.from(group.querySelectorAll(".finding"), (item) => ({
      item, code, severity: item.dataset.severity, text: searchable(item, code),
    }));
    return { group, findings, wasOpen: group.open };
  });
  const all = groups.flatMap(({ findings }) => findings);
  const output = form.querySelector("output");
  const { q, severity, code } = form.elements;
  let filtering = false;
  let timer;

  function matches(finding, words) {
    return (!severity.value || finding.severity === severity.value)
      && (!code.value || finding.code === code.value)
      && words.every((word) => finding.text.includes(word));
  }

  function apply() {
    const words = plain(q.value).split(/\s+/).filter(Boolean);
    const before = filtering;
    filtering = Boolean(words.length || severity.value || code.value);
    let count = 0;
    for (const { group, findings, wasOpen } of groups) {
      let here = 0;
      for (const finding of findings) {
        const match = matches(finding, words);
        finding.item.hidden = !match;
        here += match;
      }
      group.hidden = filtering && !here;
      if (filtering || before) group.open = filtering ? here > 0 : wasOpen;
      count += here;
    }
    for (const file of document.querySelectorAll("section.file")) {
      file.hidden = !file.querySelector(".group:not([hidden])");
    }
    output.textContent = told(count);
    if (filtering) form.parentElement.scrollIntoView();
  }

  function told(count) {
    const page = `${all.length.toLocaleString("en")} finding${all.length === 1 ? "" : "s"}`;
    if (filtering) return `${count.toLocaleString("en")} of ${page} on this page match`;
    const total = Number(form.dataset.total);
    return total > all.length ? `${page} of ${total.toLocaleString("en")} on this page` : page;
  }

  function remember() {
    const state = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) state.set(name, value);
    history.replaceState(null, "", `#${state}`);
  }

  function recall() {
    const state = new URLSearchParams(location.hash.slice(1));
    const target = document.getElementById(location.hash.slice(1));
    if (target) {
      if (target.matches("details")) target.open = true;
      target.scrollIntoView();
      return;
    }
    for (const element of [q, severity, code]) {
      element.value = state.get(element.name) ?? "";
      if (element.selectedIndex === -1) element.selectedIndex = 0;
    }
    apply();
  }

  function clear() {
    for (const element of [q, severity, code]) element.value = "";
    apply();
    remember();
  }

  function move(step) {
    const seen = all.filter(({ item }) => !item.hidden);
    const at = seen.findIndex(({ item }) => item.contains(document.activeElement));
    const next = seen[at === -1 ? 0 : at + step]?.item;
    if (!next) return;
    next.closest("details").open = true;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && filtering) return clear();
    if (!form.querySelector(".keys input").checked) return;
    if (event.target.matches("input[type=search], select")) return;
    if (event.key === "j") move(1);
    if (event.key === "k") move(-1);
    if (event.key !== "/") return;
    event.preventDefault();
    q.focus();
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { apply(); remember(); }, 120);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", press);
  addEventListener("hashchange", recall);
  form.hidden = false;
  apply();
  recall();
}

addEventListener("beforeprint", () => {
  for (const group of document.querySelectorAll(".group")) group.open = true;
});
if (form) start();
