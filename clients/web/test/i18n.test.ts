import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';

const catalogues = import.meta.glob<Record<string, string>>('../src/i18n/*.json', { import: 'default', eager: true });
const en = catalogues['../src/i18n/en.json'] ?? {};
const sources = import.meta.glob<string>('../src/**/*.{ts,svelte}', { query: '?raw', import: 'default', eager: true });

type Parts = ReturnType<IntlMessageFormat['getAst']>;

// A part with options is a plural; its own value is an argument, and so are those within.
const argumentsIn = (parts: Parts): string[] =>
  parts.flatMap((part) => [
    ...('value' in part && part.type !== 0 ? [part.value] : []),
    ...('options' in part ? Object.values(part.options).flatMap((option) => argumentsIn(option.value)) : []),
  ]);

const argumentsOf = (text: string): string[] =>
  [...new Set(argumentsIn(new IntlMessageFormat(text, 'en').getAst()))].sort();

describe.each(Object.entries(catalogues))('the catalogue %s', (path, texts) => {
  const language = path.replace(/.*\/|\.json/g, '');

  it('has the same keys as the English one', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(en).sort());
  });

  it('takes the same values in each text', () => {
    for (const [key, text] of Object.entries(texts))
      expect([key, argumentsOf(text)]).toEqual([key, argumentsOf(en[key] ?? '')]);
  });

  it('can be formatted, with every count', () => {
    for (const [key, text] of Object.entries(texts)) {
      const format = new IntlMessageFormat(text, language);
      for (const count of [0, 1, 2, 5, 11, 21]) {
        const values = Object.fromEntries(argumentsOf(text).map((name) => [name, count]));
        expect([key, String(format.format(values))]).not.toEqual([key, '']);
      }
    }
  });
});

describe('Bulgarian plurals', () => {
  const bg = catalogues['../src/i18n/bg.json'] ?? {};
  const people = (count: number): string =>
    String(new IntlMessageFormat(bg['pulse.cities'] ?? '', 'bg').format({ count }));

  it('know one and many', () => {
    expect([people(1), people(2), people(21)]).toEqual(['1 град', '2 града', '21 града']);
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
