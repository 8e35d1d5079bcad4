// Shows the app when the network does not: a page that cannot be had comes from what the last visit kept (src/offline.ts).
// It answers for the app's own files alone. Nothing of a session passes through here: what is on the screens comes from the
// server, or is called old by the app itself.
const shell = 'summit.shell';

// Longer than slow 3G takes, shorter than a person.
const patience = 5000;

// Nothing in here depends on the version of the app, so a new worker takes over at once.
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  // Their names change with their content: a kept one is never old.
  else if (new URL(request.url).pathname.startsWith('/assets/')) event.respondWith(file(request));
});

/** The server's if it can be had, so that nobody is held on an old version. */
async function page(request) {
  const kept = await caches.match('/', { cacheName: shell });
  if (!kept) return fetch(request);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(patience) });
    return answer.status < 500 ? answer : kept;
  } catch {
    return kept;
  }
}

async function file(request) {
  return (await caches.match(request, { cacheName: shell })) ?? fetch(request);
}
