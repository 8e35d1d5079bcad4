import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Catalogue, Texts } from '../src/i18n/catalogues.ts';
import { Message } from '../src/i18n/message.ts';

const catalogues = import.meta.glob<Catalogue>('../src/i18n/**/*.json', { import: 'default', eager: true });
const english = (path: string): Texts => catalogues[path.replace(/[\w-]+\.json$/, 'en.json')]?.texts ?? {};
const en = Object.assign({}, ...Object.keys(catalogues).map(english)) as Texts;
const sources = import.meta.glob<string>('../src/**/*.{ts,svelte}', { query: '?raw', import: 'default', eager: true });

const namesOf = (text: string): string[] => new Message(text, 'en').names.sort();

describe.each(Object.entries(catalogues))('the catalogue %s', (path, { texts }) => {
  const en = english(path);
  const language = path.replace(/.*\/|\.json/g, '');

  it('has the same keys as the English one', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(en).sort());
  });

  it('takes the same values in each text', () => {
    for (const [key, text] of Object.entries(texts))
      expect([key, namesOf(text)]).toEqual([key, namesOf(en[key] ?? '')]);
  });

  it('can be formatted, with every count', () => {
    for (const [key, text] of Object.entries(texts)) {
      const message = new Message(text, language);
      for (const count of [0, 1, 2, 5, 11, 21]) {
        const values = Object.fromEntries(message.names.map((name) => [name, count]));
        expect(message.format(values), key).toMatch(/\S/);
        expect(message.format(values), key).not.toMatch(/[{}#]/);
      }
    }
  });
});

it('names refusals as the page of faults does', () => {
  const known = readFileSync('../../docs/faults.md', 'utf8');
  const named = Object.keys(en).filter(
    (key) => key.startsWith('fault.') && !key.startsWith('fault.client.') && key !== 'fault.unknown',
  );
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((key) => !known.includes(`\`${key.slice('fault.'.length)}\``))).toEqual([]);
});

it('has no key that nothing uses', () => {
  const all = Object.values(sources).join('\n');
  const prefixes = [...all.matchAll(/`([\w.]+\.)\$\{/g)].map((match) => match[1] ?? '');
  const unused = Object.keys(en).filter(
    (key) =>
      !all.includes(`'${key}'`) && !all.includes(`\`${key}\``) && !prefixes.some((prefix) => key.startsWith(prefix)),
  );
  expect(unused).toEqual([]);
});
