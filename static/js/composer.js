// The editor of reports, for readers with scripts: a figure that is clicked goes into the text where the cursor is, and
// unsaved text is not left without a warning. Without it names are copied by hand.
const text = document.querySelector("textarea[data-tokens]");
let isUnsaved = false;

addEventListener("beforeunload", (event) => { if (isUnsaved) event.preventDefault(); });

for (const form of document.querySelectorAll("form[data-unsaved]")) {
  form.addEventListener("input", () => { isUnsaved = true; });
  form.addEventListener("submit", () => { isUnsaved = false; });
}

function putIn(name) {
  text.setRangeText(name, text.selectionStart, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
  text.focus();
}

if (text) {
  for (const name of document.querySelectorAll("code[data-token]")) {
    name.setAttribute("role", "button");
    name.tabIndex = 0;
    name.addEventListener("click", () => putIn(name.dataset.token));
    name.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      putIn(name.dataset.token);
    });
  }
}
