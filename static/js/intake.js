// The import, for readers with scripts: while a file is sent, checked or written, the page says so and moves a bar.
// Without it the browser's own sign of waiting is all there is, and the answer is the same.
for (const form of document.querySelectorAll("form[data-busy]")) {
  const note = form.querySelector("[data-busy-note]");
  form.addEventListener("submit", () => { note.hidden = false; });
  // A page that comes back from the browser's memory is not busy any more.
  addEventListener("pageshow", () => { note.hidden = true; });
}
