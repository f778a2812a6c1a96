// The task form, for readers with scripts: keeps what is typed and says what is vague at every pause, finds agencies
// without marks in lists and boxes of choice, saves by Ctrl+Enter. Without it the same is done by buttons.
const form = document.querySelector("form[data-keeping]");
const PAUSE = 1200;
const LOOK_AFTER = 250;
const TYPED_TOGETHER = 1500;
const FEW_BOXES = 6;

const fold = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/gu, "").replaceAll("đ", "d");
const words = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
const isFound = (label, typed) => {
  const known = words(label);
  return typed.every((word) => known.some((one) => one.startsWith(word)));
};

// What was chosen without the focus moving there, for those who do not see it.
const spoken = document.createElement("p");
spoken.className = "visually-hidden";
spoken.setAttribute("role", "status");
form.append(spoken);
const say = (text) => { spoken.textContent = text; };

// Keeping what is typed ----------------------------------------------------------------------------------------------

const UNKEPT = new Set(["csrfmiddlewaretoken", "find_agency"]);
const line = form.querySelector("[data-kept]");
const typedNow = () => JSON.stringify([...new FormData(form)].filter(([name]) => !UNKEPT.has(name)));
let kept = typedNow();
let failed = false;
let sent = false;
let busy = null;
let waiting = 0;

function show(answer) {
  const page = new DOMParser().parseFromString(answer, "text/html");
  line.textContent = page.querySelector("[data-line]")?.textContent ?? form.dataset.failed;
  for (const said of page.querySelectorAll("[data-advice-of]")) {
    const place = form.querySelector(`[data-advice-of="${said.dataset.adviceOf}"]`);
    if (place && place.innerHTML !== said.innerHTML) place.replaceChildren(...said.childNodes);
  }
}

async function keep(more = {}) {
  const here = typedNow();
  if (sent || busy || here === kept) return;
  busy = new AbortController();
  try {
    const answer = await fetch(form.dataset.keeping, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Requested-With": "fetch" },
      credentials: "same-origin",
      signal: busy.signal,
      ...more,
    });
    failed = answer.redirected || !(answer.ok || answer.status === 422);
    if (failed) line.textContent = form.dataset.failed;
    else show(await answer.text());
    if (answer.ok && !failed) kept = here;
  } catch {
    failed = !sent;
    if (failed) line.textContent = form.dataset.failed;
  } finally {
    busy = null;
    if (!sent && !failed && typedNow() !== kept) later();
  }
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(keep, PAUSE);
}

form.addEventListener("input", later);
form.addEventListener("change", later);
form.addEventListener("submit", () => {
  sent = true;
  clearTimeout(waiting);
  busy?.abort();
});
// A page that is closed or put aside keeps the last seconds as well.
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep({ keepalive: true }); });
addEventListener("beforeunload", (event) => { if (!sent && (failed || busy) && typedNow() !== kept) event.preventDefault(); });
// Going back to a page that was sent finds it as it was, ready to be sent again.
addEventListener("pageshow", (event) => { if (event.persisted) sent = false; });
if ("restored" in form.dataset && !line.textContent.trim()) {
  kept = "";
  later();
}

// Saving by keyboard -------------------------------------------------------------------------------------------------

form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  const button = (event.shiftKey && form.querySelector("[data-save-again]")) || form.querySelector("[data-save]");
  event.preventDefault();
  form.requestSubmit(button);
});

// Boxes of choice: letters without marks choose ----------------------------------------------------------------------

function typing(select) {
  let typed = "";
  let last = 0;

  function choose() {
    const wanted = words(typed);
    const found = [...select.options].find((option) => option.value && isFound(option.text, wanted));
    if (!found || !wanted.length) return;
    if (!found.selected) {
      select.value = found.value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }
    say(`${form.dataset.chosen} ${found.text}`);
  }

  select.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const goesOn = Date.now() - last < TYPED_TOGETHER && typed !== "";
    const isLetter = event.key.length === 1 && (event.key !== " " || goesOn);
    if (!isLetter && !(event.key === "Backspace" && goesOn)) return;
    event.preventDefault();
    last = Date.now();
    typed = isLetter ? (goesOn ? typed : "") + event.key : typed.slice(0, -1);
    choose();
  });
}

form.querySelectorAll("select").forEach(typing);
const lead = form.querySelector("select[name=lead]");
if (lead) {
  const hint = document.createElement("p");
  hint.className = "form-text";
  hint.id = "typing-hint";
  hint.textContent = form.dataset.typing;
  lead.before(hint);
  lead.setAttribute("aria-describedby", `${lead.getAttribute("aria-describedby") ?? ""} ${hint.id}`.trim());
}

// Kinds of schedule that need a field which lies folded away
const NEEDED = { quarters: "schedule_until", waves: "waves", after_task: "follows" };
form.querySelector("[name=schedule_kind]")?.addEventListener("change", (event) => {
  const folded = form.querySelector(`[name=${NEEDED[event.target.value] ?? "none"}]`)?.closest("details");
  if (folded) folded.open = true;
});

// Lists of boxes to tick: a box that finds in them, where Enter ticks the first one found ------------------------------

const rowsOf = (list) => [...list.querySelectorAll(".form-check")];
const boxOf = (row) => row.querySelector("input");

function tickFirst(list, field) {
  const typed = words(field.value);
  const row = typed.length ? rowsOf(list).find((one) => !one.hidden && isFound(one.textContent, typed)) : null;
  if (!row) return say(form.dataset.none);
  boxOf(row).click();
  say(`${boxOf(row).checked ? form.dataset.chosen : form.dataset.removed} ${row.textContent.trim()}`);
  field.select();
}

function onEnter(field, act) {
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing) return;
    event.preventDefault();
    act();
  });
}

function finding(list) {
  if (rowsOf(list).length <= FEW_BOXES) return;
  const field = document.createElement("input");
  field.type = "search";
  field.className = "form-control pf-find";
  field.autocomplete = "off";
  field.placeholder = form.dataset.find;
  field.setAttribute("aria-label", `${form.dataset.find}: ${list.closest("fieldset").querySelector("legend").textContent.trim()}`);
  list.before(field);
  field.addEventListener("input", (event) => {
    event.stopPropagation();
    const typed = words(field.value);
    let found = 0;
    for (const row of rowsOf(list)) {
      const isShown = isFound(row.textContent, typed);
      row.hidden = !isShown && !boxOf(row).checked;
      row.classList.toggle("d-none", row.hidden);
      found += isShown;
    }
    if (typed.length && !found) say(form.dataset.none);
  });
  onEnter(field, () => tickFirst(list, field));
}

const asked = form.querySelector("[name=find_agency]");
const askedList = () => form.querySelector("[name=other_coordinators]")?.closest(".pf-checks") ?? null;

function asking(field) {
  const place = document.createElement("div");
  const button = form.querySelector("[name=find_agencies]");
  const shown = askedList()?.closest(".pf-field") ?? button.closest("p").nextElementSibling;
  shown.replaceWith(place);
  place.append(shown);
  let waits = 0;

  async function look() {
    const ask = new URLSearchParams();
    for (const name of ["program", "find_agency", "other_coordinators"]) {
      for (const value of new FormData(form).getAll(name)) ask.append(name, value);
    }
    try {
      const answer = await fetch(`${form.dataset.agencies}?${ask}`, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      place.replaceChildren(...page.body.childNodes);
      if (field.value.trim() && !place.querySelector(".form-check")) say(form.dataset.none);
    } catch {
      // The button beside the field asks the same.
    }
  }

  field.addEventListener("input", (event) => {
    event.stopPropagation();
    clearTimeout(waits);
    waits = setTimeout(look, LOOK_AFTER);
  });
  onEnter(field, async () => {
    clearTimeout(waits);
    await look();
    tickFirst(place, field);
  });
}

for (const list of form.querySelectorAll(".pf-checks")) {
  if (!asked || list !== askedList()) finding(list);
}
if (asked) asking(asked);
