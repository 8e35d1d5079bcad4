// Keeps the app for a reload without a network: the page and the files it has loaded, as public/worker.js then hands them out.

const shell = 'summit.shell';
let kept = false;

/** For when the line is there; `rest` loads what is missing of the app. Browsers have workers over https and on localhost alone. */
export function keep(rest: () => Promise<unknown>): void {
  if (kept || !('serviceWorker' in navigator)) return;
  kept = true;
  void begin(rest);
}

async function begin(rest: () => Promise<unknown>): Promise<void> {
  try {
    await rest();
    await navigator.serviceWorker.register('/worker.js');
    await fill();
  } catch {
    // Site data is blocked, the disk is full or the line broke: the next visit tries again, and nothing else depends on it.
  }
}

async function fill(): Promise<void> {
  const page = await fetch('/', { cache: 'no-cache', credentials: 'omit' });
  const text = await page.clone().text();
  const files = loadedFiles();
  // Another version has come meanwhile: whoever loads that one keeps it.
  if (!page.ok || !filesIn(text).every((file) => files.has(file))) return;
  const cache = await caches.open(shell);
  const before = await (await cache.match('/'))?.text();
  // The files first, all or none, and the page after them: so it always finds what it names.
  await cache.addAll([...files]);
  await cache.put('/', page);
  if (before !== undefined && before !== text) await forgetAllBut(new Set([...files, '/']), cache);
}

const filesIn = (page: string): string[] => page.match(/\/assets\/[^"]+/g) ?? [];

function loadedFiles(): Set<string> {
  const paths = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
  return new Set(paths.filter((path) => path.startsWith('/assets/')));
}

async function forgetAllBut(paths: ReadonlySet<string>, cache: Cache): Promise<void> {
  for (const request of await cache.keys()) if (!paths.has(new URL(request.url).pathname)) await cache.delete(request);
}
