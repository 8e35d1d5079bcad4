import { describe, expect, it } from 'vitest';
import { Message, type Values } from '../src/i18n/message.ts';

const said = (text: string, values: Values = {}, language = 'en'): string => new Message(text, language).format(values);

describe('a text of the catalogue', () => {
  it('takes its values as they are', () => {
    expect(said('{who} asks {what}', { who: 'Ana', what: '{who} #1' })).toBe('Ana asks {who} #1');
  });

  it('writes numbers as the language does, outside of plurals only where it says so', () => {
    expect(said('{count, number} of {count}', { count: 12345 })).toBe('12,345 of 12345');
    expect(said('{count, plural, other {#}}', { count: 12345 }, 'bg')).toBe(new Intl.NumberFormat('bg').format(12345));
  });

  const asks =
    '{count, plural, =0 {nobody asks} one {# city asks {whom}} few {# cities ask} other {# of all cities ask}}';

  it.each([
    ['en', 0, 'nobody asks'],
    ['en', 1, '1 city asks Ana'],
    ['en', 2, '2 of all cities ask'],
    ['en', 21, '21 of all cities ask'],
    // Serbian counts 21 as it counts 1, and has a form for 2 to 4.
    ['sr', 21, '21 city asks Ana'],
    ['sr', 3, '3 cities ask'],
    ['sr', 5, '5 of all cities ask'],
    ['tr', 2, '2 of all cities ask'],
  ])('counts as %s does: %i', (language, count, expected) => {
    expect(said(asks, { count, whom: 'Ana' }, language)).toBe(expected);
  });

  it('says which values it takes, each once', () => {
    expect(new Message(`${asks} {whom}`, 'en').names).toEqual(['count', 'whom']);
  });

  it.each([
    '{',
    '{name',
    'a } b',
    '{name, date}',
    '{count, plural}',
    '{count, plural, one {#}}',
    '{count, plural, other {#}',
  ])('is refused where it cannot be read: %s', (text) =>
    expect(() => said(text, { name: '', count: 1 })).toThrow(SyntaxError),
  );

  it('misses a value that was not given', () => {
    expect(() => said('{who} asks')).toThrow('"who"');
  });
});
