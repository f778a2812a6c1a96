// Keeps the slides of one conference on the machine they were opened on, so that they open when the portal cannot be
// reached. It acts for the addresses below its own only: the slides, and what they are drawn with. What it keeps is what
// the signed-in reader was shown; it goes when the portal no longer shows it to them, after three days, or by a button.
const NAME = `pf-projection ${self.registration.scope}`;
const LONGEST = 3 * 24 * 60 * 60 * 1000;
const PATIENCE = 5000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const forget = () => caches.delete(NAME);

async function kept(request) {
  const cache = await caches.open(NAME);
  const found = await cache.match(request, { ignoreVary: true });
  if (!found) return undefined;
  const at = Date.parse(found.headers.get("date") ?? "");
  if (!Number.isNaN(at) && Date.now() - at > LONGEST) {
    await forget();
    return undefined;
  }
  return found;
}

async function keep(request, answer) {
  const cache = await caches.open(NAME);
  await cache.put(request, answer);
}

function patient(request) {
  const late = new Promise((_, refuse) => { setTimeout(() => refuse(new Error("late")), PATIENCE); });
  return Promise.race([fetch(request), late]);
}

// The page itself: as the portal shows it now; without the portal as it was kept.
async function page(event) {
  const { request } = event;
  const isUpdate = request.mode !== "navigate";
  try {
    const answer = await (isUpdate ? fetch(request) : patient(request));
    if (answer.status >= 500 && !isUpdate) return (await kept(request.url)) ?? answer;
    if (answer.type === "opaqueredirect" || answer.redirected || answer.status === 403 || answer.status === 404) await forget();
    else if (answer.ok) event.waitUntil(keep(new URL(request.url).pathname, answer.clone()));
    return answer;
  } catch (fault) {
    // A page that asks for what has changed is told that the portal is away; only one that is opened is given the copy.
    if (isUpdate) throw fault;
    return (await kept(new URL(request.url).pathname)) ?? Response.error();
  }
}

async function part(request) {
  try {
    return await patient(request);
  } catch {
    return (await kept(request)) ?? Response.error();
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  const isPage = url.href.split(/[?#]/u)[0] === self.registration.scope;
  event.respondWith(isPage ? page(event) : part(request));
});

self.addEventListener("message", (event) => {
  const tell = (said) => event.ports[0]?.postMessage(said);
  if (event.data.forget) event.waitUntil(forget().then(() => tell("forgotten")));
  if (event.data.keep) {
    const all = event.data.keep.map(async (url) => {
      const answer = await fetch(url, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(url);
      await keep(url, answer);
    });
    event.waitUntil(Promise.all(all).then(() => tell("kept"), () => tell("failed")));
  }
});
