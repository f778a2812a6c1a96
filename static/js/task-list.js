// The task list with a script: one box ticks all rows of the page, and the bar says how many are ticked.
const boxes = [...document.querySelectorAll('input[type="checkbox"][name="task"]')];
const place = document.querySelector("[data-tick-all]");
const count = document.querySelector("[data-ticked-count]");

if (boxes.length && place && count) {
  const word = count.closest("form").dataset.ticked;
  const all = document.createElement("input");
  all.type = "checkbox";
  all.className = "form-check-input";
  all.setAttribute("aria-label", place.dataset.tickAll);
  const tell = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    count.textContent = ticked ? `${word}: ${ticked}` : "";
  };
  all.addEventListener("change", () => {
    boxes.forEach((box) => { box.checked = all.checked; });
    tell();
  });
  boxes.forEach((box) => box.addEventListener("change", tell));
  place.append(all);
  place.classList.add("pf-tick");
  tell();
}
