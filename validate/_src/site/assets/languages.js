"use strict";
// Before anything is drawn: one language of several, which the reader has chosen or reads. The page
// is in that language; its words in English, and what says no language, are in the body, which is
// in English.
{
  const known = document.currentScript.dataset.languages.split(" ");
  let chosen = null;
  try {
    chosen = localStorage.getItem("language");
  } catch {
    // Without storage, such as in some browsers' folders, what the browser asks for holds.
  }
  if (chosen !== "all") {
    const main = (tag) => tag.toLowerCase().split("-")[0];
    const wanted = [chosen, ...navigator.languages].filter(Boolean);
    const found = wanted.map((tag) => known.find((one) => one === tag) ?? known.find((one) => main(one) === main(tag)));
    const language = found.find(Boolean) ?? known[0];
    Object.assign(document.documentElement, { lang: language }).dataset.language = language;
  }
}
