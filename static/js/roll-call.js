// Roll call with a script: a tick is sent in the background and only its row and the counts change, so that the list
// stays where the thumb is. Without a script, or when the portal cannot be reached, the form is sent as any other.
const ROWS = ".pf-roll__seat";
const COUNTS = '[id="dem"], [id^="dem-"], [id="bao"]';

async function tick(form, button) {
  const sent = new FormData(form);
  if (button.name) sent.set(button.name, button.value);
  const row = form.closest(ROWS);
  row.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: sent, credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(row.id);
    if (!page.getElementById("dem")) throw new Error("another page");
    document.querySelectorAll(COUNTS).forEach((old) => {
      const now = page.getElementById(old.id);
      if (now) old.replaceWith(now);
    });
    if (!fresh) { row.remove(); return; }
    row.replaceWith(fresh);
    fresh.querySelector('[aria-pressed="true"], summary, button')?.focus({ preventScroll: true });
  } catch {
    row.removeAttribute("aria-busy");
    form.removeAttribute("data-tick");
    form.requestSubmit(button);
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-tick]")) return;
  event.preventDefault();
  tick(form, event.submitter ?? form.querySelector("button"));
});
