// The wall of a conference with a script: one slide at a time, keys, full screen, big type, and news from the portal by
// itself. Without it the slides stand one below the other, each with links to its neighbours.
const EVERY = 5000;
const AWAY_AFTER = 4 * 60 * 60 * 1000;
const SIZES = 5;

const root = document.documentElement;
const wall = document.querySelector("[data-wall]");
const bar = document.querySelector("[data-bar]");
const help = document.querySelector("dialog");
const news = document.querySelector("[data-news]");
const copy = document.querySelector("[data-copy]");
const place = document.querySelector("[data-place]");
const say = (line, text) => { if (line.textContent !== text) line.textContent = text; };
const stored = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
const store = (name, value) => { try { localStorage.setItem(name, value); } catch { /* kept for this page only */ } };

// Which slide --------------------------------------------------------------------------------------------------------

let follows = true;
let current = "";
let last = Date.now();
const slides = () => [...wall.querySelectorAll("[data-slide]")];

function show(key, { focus = false } = {}) {
  const all = slides();
  const at = Math.max(all.findIndex((slide) => slide.id === key), 0);
  current = all[at].id;
  all.forEach((slide, number) => { slide.hidden = number !== at; });
  say(place, place.dataset.words.replace("{n}", at + 1).replace("{of}", all.length));
  history.replaceState(null, "", `#${current}`);
  document.title = `${all[at].querySelector("h2").textContent.trim()} – ${wall.dataset.name}`;
  bar.querySelector("[data-do=back]").disabled = at === 0;
  bar.querySelector("[data-do=on]").disabled = at === all.length - 1;
  scrollTo(0, 0);
  if (focus) all[at].focus({ preventScroll: true });
}

function by(step) {
  const all = slides();
  const at = all.findIndex((slide) => slide.id === current) + step;
  if (all[at]) show(all[at].id, { focus: true });
}

// How it looks -------------------------------------------------------------------------------------------------------

function theme(name) {
  root.dataset.bsTheme = name;
  bar.querySelector("[data-do=theme]").setAttribute("aria-pressed", String(name === "dark"));
}

function size(step) {
  const now = Math.min(Math.max((Number(root.dataset.size) || 3) + step, 1), SIZES);
  root.dataset.size = now;
  store("pf-projection-size", now);
}

function follow(on) {
  follows = on;
  bar.querySelector("[data-do=follow]").setAttribute("aria-pressed", String(on));
  if (on && wall.dataset.now) show(wall.dataset.now);
}

const screen = () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.());

const ACTS = {
  on: () => by(1),
  back: () => by(-1),
  first: () => show(slides()[0].id, { focus: true }),
  last: () => show(slides().at(-1).id, { focus: true }),
  screen,
  theme: () => {
    const name = root.dataset.bsTheme === "dark" ? "light" : "dark";
    theme(name);
    store("pf-projection-theme", name);
  },
  larger: () => size(1),
  smaller: () => size(-1),
  follow: () => follow(!follows),
  blank: () => root.classList.toggle("pj-blank"),
  help: () => (help.open ? help.close() : help.showModal()),
};

const KEYS = {
  ArrowRight: "on", ArrowDown: "on", PageDown: "on", " ": "on", Enter: "on",
  ArrowLeft: "back", ArrowUp: "back", PageUp: "back", Backspace: "back",
  Home: "first", End: "last", f: "screen", d: "theme", "+": "larger", "=": "larger", "-": "smaller",
  n: "follow", b: "blank", "?": "help",
};

addEventListener("keydown", (event) => {
  last = Date.now();
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isPress = event.key === " " || event.key === "Enter";
  if (isPress && event.target.closest("button, a, summary")) return;
  if (help.open && event.key !== "?") return;
  if (event.key === "Escape") { root.classList.remove("pj-blank"); return; }
  const act = KEYS[event.key] ?? KEYS[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  if (root.classList.contains("pj-blank") && act !== "blank") root.classList.remove("pj-blank");
  ACTS[act]();
});

document.addEventListener("click", (event) => {
  last = Date.now();
  const button = event.target.closest("[data-do]");
  if (button) ACTS[button.dataset.do]();
  else if (root.classList.contains("pj-blank")) root.classList.remove("pj-blank");
});

addEventListener("hashchange", () => show(location.hash.slice(1)));

// News from the portal -----------------------------------------------------------------------------------------------

let known = wall.outerHTML;

function take(fresh) {
  const before = wall.dataset.now;
  known = fresh.outerHTML;
  wall.dataset.now = fresh.dataset.now;
  wall.replaceChildren(...fresh.children);
  show(follows && fresh.dataset.now && fresh.dataset.now !== before ? fresh.dataset.now : current);
}

async function look() {
  if (Date.now() - last < AWAY_AFTER) {
    try {
      const answer = await fetch(location.pathname, {
        credentials: "same-origin", cache: "no-store", headers: { "X-Requested-With": "fetch" },
      });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-wall]");
      if (answer.redirected || !fresh) {
        say(news, news.dataset.ended.replace("{at}", wall.dataset.at));
      } else {
        if (fresh.outerHTML.replace(/data-at="[^"]*"/u, "") !== known.replace(/data-at="[^"]*"/u, "")) take(fresh);
        wall.dataset.at = fresh.dataset.at;
        say(news, news.dataset.fresh.replace("{at}", wall.dataset.at));
      }
      news.dataset.tone = answer.redirected || !fresh ? "away" : "";
    } catch {
      news.dataset.tone = "away";
      say(news, news.dataset.away.replace("{at}", wall.dataset.at));
    }
  }
  setTimeout(look, EVERY);
}

// The copy on this machine -------------------------------------------------------------------------------------------

const drawnWith = () => [...new Set([
  location.pathname,
  ...[...document.querySelectorAll("link[href], script[src]")].map((one) => one.href || one.src),
  ...performance.getEntriesByType("resource").filter((one) => ["css", "link", "script"].includes(one.initiatorType)).map((one) => one.name),
].map((url) => new URL(url, location.href)).filter((url) => url.origin === location.origin && !url.pathname.endsWith("/luu-san.js"))
  .map((url) => url.pathname + url.search))];

function ask(worker, what) {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => done(event.data);
    worker.postMessage(what, [port2]);
  });
}

async function keepCopy() {
  if (!("serviceWorker" in navigator)) { told("failed"); return; }
  try {
    const registered = await navigator.serviceWorker.register(wall.dataset.worker);
    const worker = registered.active ?? await new Promise((done) => {
      const coming = registered.installing ?? registered.waiting;
      coming.addEventListener("statechange", () => { if (coming.state === "activated") done(coming); });
    });
    await document.fonts.ready;
    if (await ask(worker, { keep: drawnWith() }) === "kept") { told("kept"); return; }
  } catch {
    // Told below.
  }
  // Without the portal there is nothing new to keep; what was kept before is still there.
  told(await caches.has(`pf-projection ${location.origin}${location.pathname}`) ? "kept" : "failed");
}

function told(state) {
  copy.dataset.state = state;
  say(copy, state === "kept" ? copy.dataset.kept : copy.dataset.cannot);
}

document.querySelector("[data-forget]").addEventListener("click", async () => {
  const registered = await navigator.serviceWorker?.getRegistration(location.pathname);
  if (registered?.active) await ask(registered.active, { forget: true });
  await registered?.unregister();
  copy.dataset.state = "forgotten";
  say(copy, copy.dataset.forgotten);
});

// Begin --------------------------------------------------------------------------------------------------------------

root.classList.add("pj-script");
bar.hidden = false;
theme(stored("pf-projection-theme") ?? root.dataset.bsTheme);
root.dataset.size = stored("pf-projection-size") ?? 3;
bar.querySelector("[data-do=follow]").setAttribute("aria-pressed", "true");
show(location.hash.slice(1) || wall.dataset.now);
setTimeout(look, EVERY);
keepCopy();
