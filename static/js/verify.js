// Comparing a file, for readers with scripts: the check code is worked out here and only it is sent, so the file stays
// on the device; it may be dropped anywhere on the page. Without scripts, or where the browser cannot, it is uploaded.
const form = document.querySelector("form[data-compares]");
const input = form?.querySelector("input[type=file]");
const sent = form?.querySelector("input[name=sha256]");

const digestOf = async (file) => {
  const bytes = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
};

const compare = async () => {
  try {
    sent.value = await digestOf(input.files[0]);
    input.disabled = true;
  } catch {
    sent.value = "";
  }
  form.submit();
};

if (form && window.crypto?.subtle) {
  form.querySelector("[data-drop-words]").hidden = false;
  form.addEventListener("submit", (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    compare();
  });
  addEventListener("dragover", (event) => { event.preventDefault(); });
  addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    compare();
  });
  // A page that comes back from the browser's memory takes another file.
  addEventListener("pageshow", () => { input.disabled = false; sent.value = ""; });
}
