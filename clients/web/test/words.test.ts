import { expect, it } from 'vitest';
import type { Catalogue } from '../src/i18n/catalogues.ts';
import { learn, said } from '../src/i18n/index.svelte.ts';

const one = (key: string): Promise<Catalogue> => Promise.resolve({ texts: { [key]: key.toUpperCase() }, english: {} });

it('keeps what was learned while another part was still on its way', async () => {
  // Who asks first may have it last: a browser fetches for the first and hands the second what is there.
  let arrive = (): void => undefined;
  const slow = new Promise<void>((resolve) => (arrive = resolve));
  let asked = 0;
  const first = learn({ './a/en.json': () => (asked++ === 0 ? slow.then(() => one('a')) : one('a')) });
  await learn({ './b/en.json': () => one('b') });
  arrive();
  await first;
  expect([said('a'), said('b')]).toEqual(['A', 'B']);
});
