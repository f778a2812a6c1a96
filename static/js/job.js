// The page of a job, for readers with scripts: asks how far the job is and shows it, and opens the page anew once the
// job has ended. Without scripts the browser opens the page anew every few seconds.
const EVERY = 1000;

const shown = document.querySelector("[data-job]");

async function look() {
  try {
    const answer = await fetch(shown.dataset.job, { headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" });
    if (answer.redirected || answer.status === 404) { location.reload(); return; }
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const state = page.getElementById("job-state");
      if (!state) return;
      if ("ended" in state.dataset) { location.reload(); return; }
      if (state.textContent.trim() !== shown.textContent.trim() || state.querySelector("progress[value]")) shown.replaceChildren(state);
    }
  } catch {
    // The portal cannot be reached for a moment: the next look is in a while.
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
