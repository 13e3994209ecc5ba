// Answers for the site when there is no connection, for one questionnaire alone: its blank page, its
// questions and the look of the site. No answer, and no page that holds one, is ever kept here.
const PREFIX = `maillage-${TOLD.name}-`;
const CACHE = `${PREFIX}${TOLD.version}`;

self.addEventListener("install", (event) => {
  const asked = TOLD.kept.map((at) => new Request(at, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(asked)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const older = (names) => names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  event.waitUntil(
    caches.keys().then((names) => Promise.all(older(names).map((name) => caches.delete(name)))).then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const at = new URL(request.url);
  if (request.method !== "GET" || at.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(TOLD.shell)));
  } else if (TOLD.kept.includes(at.pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match(at.pathname)));
  }
});
