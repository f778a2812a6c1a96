// Keys that lead somewhere, for readers with scripts: "?" lists them. A link or field says itself which keys lead to it
// (data-keys). No single key does anything while something is being typed, and whoever is disturbed switches them off.
const OFF = "pf-keys-off";
const TOGETHER = 1200;
const isOff = () => localStorage.getItem(OFF) === "1";
const isTyping = (target) => target.closest("input, textarea, select, [contenteditable], dialog") !== null;

let first = "";
let at = 0;

async function list() {
  const url = document.querySelector("[data-shortcut-list]").dataset.shortcutList;
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const listed = page.querySelector("#phim-tat");
  if (!listed) return;
  const dialog = document.createElement("dialog");
  dialog.className = "pf-shortcuts";
  dialog.setAttribute("aria-labelledby", "phim-tat-ten");
  dialog.setAttribute("autofocus", "");
  listed.querySelector("h2, h3").id = "phim-tat-ten";
  dialog.append(...listed.childNodes);
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  switching(dialog);
  dialog.showModal();
}

function switching(place) {
  const button = place.querySelector("[data-keys-switch]");
  if (!button) return;
  const label = () => { button.textContent = isOff() ? button.dataset.on : button.dataset.off; };
  button.hidden = false;
  label();
  button.addEventListener("click", () => {
    localStorage.setItem(OFF, isOff() ? "" : "1");
    label();
  });
  const close = place.querySelector("[data-close]");
  if (close && place.tagName === "DIALOG") {
    close.hidden = false;
    close.addEventListener("click", () => place.close());
  }
}

function go(keys) {
  const place = [...document.querySelectorAll("[data-keys]")].find((one) => one.dataset.keys === keys);
  if (!place) return false;
  if (place.matches("input")) place.focus();
  else place.click();
  return true;
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  if (event.key.length !== 1 || isTyping(event.target) || isOff()) return;
  const key = event.key.toLowerCase();
  const both = Date.now() - at < TOGETHER && first ? `${first} ${key}` : "";
  if (key === "?") list();
  else if (!(both && go(both)) && !go(key)) {
    first = key;
    at = Date.now();
    return;
  }
  first = "";
  event.preventDefault();
});

switching(document);
