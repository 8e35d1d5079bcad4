import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Catalogue } from '../src/i18n/catalogues.ts';

const words = import.meta.glob<Catalogue>('../src/i18n/audit/en.json', { import: 'default', eager: true });
const told = Object.values(words)[0]?.texts ?? {};

// Noted for the machinery alone, or given under the promise that nobody counts whose it was; the lobby has no audit.
const untold =
  /^(command\.|lobby\.|roll\.|participant\.passkey-used|registration\.(mailer|letter)|integration\.(key-used|carrier-named|delivery-attempted)|session\.(item-supported|support-withdrawn|ballot-cast))/;

it('has words for every event that is told', () => {
  // The table of that page is held to the code by a test of its own.
  const page = readFileSync('../../docs/privacy.md', 'utf8');
  const events = new Set([...page.matchAll(/`([a-z-]+\.[a-z-]+)\.v\d+`/g)].map(([, kind]) => kind ?? ''));
  expect(events.size).toBeGreaterThan(90);
  expect([...events].filter((kind) => !untold.test(kind) && !(`audit.${kind}` in told))).toEqual([]);
});
