// The drafting page, for readers with scripts: keeps what is typed every few seconds, says who else is here, warns
// before unsaved text is left, and turns what is pasted from a word processor into plain lines. Without it the same
// is done by buttons.
const KEEP_EVERY = 4000;
const HERE_EVERY = 10000;
const AWAY_AFTER = 5 * 60 * 1000;

const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;

const send = (url, data, more = {}) => fetch(url, {
  method: "POST",
  body: data,
  headers: { "X-CSRFToken": token(), "X-Requested-With": "fetch" },
  credentials: "same-origin",
  ...more,
});

// What is typed ------------------------------------------------------------------------------------------------------

const leaving = new Set();
addEventListener("beforeunload", (event) => { if (leaving.size) event.preventDefault(); });

for (const form of document.querySelectorAll("form[data-unsaved]")) {
  form.addEventListener("input", () => leaving.add(form));
  form.addEventListener("submit", () => leaving.clear());
}

function keep(form) {
  const line = form.querySelector("[data-kept]");
  const typed = () => JSON.stringify([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken"));
  let kept = typed();
  let busy = false;
  let done = false;

  async function now(more) {
    const here = typed();
    if (busy || done || here === kept) return;
    busy = true;
    try {
      const answer = await send(form.dataset.draft, new FormData(form), more);
      const said = await answer.text();
      const isOurs = !answer.redirected && (answer.ok || answer.status === 422);
      line.textContent = isOurs ? said.trim() : form.dataset.failed;
      if (answer.ok && isOurs) kept = here;
      if (answer.status === 409) done = true;
    } catch {
      line.textContent = form.dataset.failed;
    } finally {
      busy = false;
    }
  }

  setInterval(now, KEEP_EVERY);
  // A page that is closed or put aside keeps the last seconds as well.
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") now({ keepalive: true }); });
  form.addEventListener("submit", () => { done = true; });
  if ("restored" in form.dataset) leaving.add(form);
}

document.querySelectorAll("form[data-draft]").forEach(keep);

// Who else is here ---------------------------------------------------------------------------------------------------

function presence(page) {
  const list = document.querySelector("[data-here]");
  let last = Date.now();
  for (const sign of ["keydown", "pointerdown", "pointermove", "scroll"]) {
    addEventListener(sign, () => { last = Date.now(); }, { passive: true });
  }

  function mark() {
    for (const note of document.querySelectorAll("[data-editor-of]")) {
      const who = [...list.querySelectorAll(`li[data-section="${note.dataset.editorOf}"]`)].map((one) => one.dataset.who);
      const words = who.join("; ");
      if (note.textContent !== words) note.textContent = words;
    }
  }

  async function ping() {
    // Whoever has gone away from the desk is not here, and a page nobody uses must not keep the session open.
    if (document.visibilityState === "hidden" || Date.now() - last > AWAY_AFTER) return;
    const data = new FormData();
    data.append("section", page.dataset.section ?? "");
    try {
      const answer = await send(page.dataset.presence, data);
      if (!answer.ok || answer.redirected) return;
      const said = await answer.text();
      if (said.trim() !== list.innerHTML.trim()) list.innerHTML = said;
      mark();
    } catch {
      // The next one tries again.
    }
  }

  ping();
  setInterval(ping, HERE_EVERY);
}

document.querySelectorAll("[data-presence]").forEach(presence);

// What is pasted -----------------------------------------------------------------------------------------------------

const BLOCKS = new Set(["P", "DIV", "LI", "H1", "H2", "H3", "H4", "H5", "H6", "TR", "BLOCKQUOTE", "PRE", "SECTION", "ARTICLE"]);
const SKIPPED = new Set(["STYLE", "SCRIPT", "HEAD", "META", "LINK", "TITLE", "XML", "O:P"]);
const NUMBERED = /^\s*(chương\s|mục\s|điều\s|[IVX]+[.)/]|\d+(\.\d+)*[.)/]|[a-zđ][.)/]|[-–+•])/iu;
const LETTERS = "abcdđeghiklmnopqrstuvxy";

function roman(number) {
  let written = "";
  for (const [letters, size] of [["X", 10], ["IX", 9], ["V", 5], ["IV", 4], ["I", 1]]) {
    for (; number >= size; number -= size) written += letters;
  }
  return written;
}

function marker(item) {
  const list = item.parentElement;
  if (list?.tagName !== "OL") return list?.parentElement?.closest("ul") ? "+ " : "- ";
  const items = [...list.children].filter((one) => one.tagName === "LI");
  const number = (Number(list.getAttribute("start")) || 1) + items.indexOf(item);
  const kind = list.getAttribute("type") ?? "1";
  if (kind === "I") return `${roman(number)}. `;
  if (kind === "a" || kind === "A") return `${LETTERS[number - 1] ?? number}) `;
  return `${number}. `;
}

function prefix(block, text) {
  if (NUMBERED.test(text)) return "";
  if (block.tagName === "LI") return marker(block);
  const heading = /^H([1-6])$/.exec(block.tagName);
  return heading ? `${"#".repeat(Number(heading[1]))} ` : "";
}

// The lines of a piece of markup; it is only read, in a document of its own that runs and fetches nothing.
function linesOf(markup) {
  const plain = markup.replace(/<style[\s\S]*?<\/style>/giu, "").replace(/\sstyle\s*=\s*("[^"]*"|'[^']*')/giu, "");
  const page = new DOMParser().parseFromString(plain, "text/html");
  const lines = [];
  let line = "";
  let owner = null;
  const end = () => {
    const text = line.replace(/[\s\u00a0]+/gu, " ").trim();
    if (text) lines.push((owner ? prefix(owner, text) : "") + text);
    line = "";
    owner = null;
  };
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) { line += node.data; return; }
    if (node.nodeType !== Node.ELEMENT_NODE || SKIPPED.has(node.tagName)) return;
    if (node.tagName === "BR") { end(); return; }
    if (node.tagName === "TR") { end(); lines.push([...node.cells].map((cell) => cell.textContent.replace(/\s+/gu, " ").trim()).join(" | ")); return; }
    const isBlock = BLOCKS.has(node.tagName);
    if (isBlock) {
      // A paragraph inside a list item is the item itself.
      const item = owner?.tagName === "LI" && !line.trim() ? owner : null;
      end();
      owner = item ?? node;
    }
    node.childNodes.forEach(walk);
    if (isBlock) end();
  };
  walk(page.body);
  return lines;
}

for (const box of document.querySelectorAll("textarea[data-paste]")) {
  box.addEventListener("paste", (event) => {
    const markup = event.clipboardData?.getData("text/html");
    if (!markup) return;
    event.preventDefault();
    box.setRangeText(linesOf(markup).join("\n"), box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
