// The scoring sheet, for readers with scripts: the running total follows what is typed, and an unsent sheet is not left
// without a warning. Without it the total is that of the points the page came with.
const form = document.querySelector("form[data-sheet]");
const total = form?.querySelector("[data-total]");
let isUnsent = false;

const points = (field) => Number(field.value.trim().replace(",", ".")) || 0;

function count() {
  let sum = 0;
  for (const field of form.querySelectorAll("[data-counts]")) {
    sum += field.dataset.counts === "penalty" ? -points(field) : points(field);
  }
  const within = Math.min(Math.max(Math.round(sum * 10) / 10, 0), 100);
  total.value = String(within).replace(".", ",");
}

if (form) {
  addEventListener("beforeunload", (event) => { if (isUnsent) event.preventDefault(); });
  form.addEventListener("input", () => { isUnsent = true; if (total) count(); });
  form.addEventListener("submit", () => { isUnsent = false; });
}
