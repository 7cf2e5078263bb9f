"use strict";
// Before anything is drawn: the colours that the reader has chosen on another page.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Without storage, such as in some browsers' folders, the system's colours hold.
}
