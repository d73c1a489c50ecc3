// A button that prints, for browsers that run scripts; the page says it in words for the others.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
