import { describe, expect, it } from 'vitest';
import { mergeTargets } from '../src/moderator/merge.ts';
import { fold } from '../src/view/fold.ts';
import { graphemes } from '../src/view/graphemes.ts';
import { matching } from '../src/view/search.ts';
import { similar } from '../src/view/similar.ts';
import { item } from './items.ts';

const questions = [
  item('volunteers', { text: 'How did Tirana keep its volunteers after the lockdown?' }),
  item('cost', { text: 'What did the phone line cost, and who paid for it?' }),
  item('elderly', { text: 'Как общините стигнаха до възрастните хора без интернет?', lang: 'bg' }),
  item('money', { text: 'Πώς χρηματοδοτήθηκαν οι κοινωνικές υπηρεσίες;', lang: 'el' }),
];
const found = (text: string): string[] => similar(text, questions).map(({ id }) => id);

describe('similar questions', () => {
  it('are found by other words of the same question', () => {
    expect(found('How do you keep volunteers after a lockdown in Tirana?')).toEqual(['volunteers']);
  });

  it('are found while it is still being typed', () => {
    expect(found('What did the phone line')).toEqual(['cost']);
  });

  it('are found in every script, and with accents left out where people leave them out', () => {
    expect(found('Как стигнахте до възрастните без интернет?')).toEqual(['elderly']);
    expect(found('Πως χρηματοδοτηθηκαν οι υπηρεσιες')).toEqual(['money']);
  });

  it('are not found for something else, or for a few letters', () => {
    expect(found('Is there parking near the venue for delegations?')).toEqual([]);
    expect(found('What')).toEqual([]);
  });
});

describe('folding', () => {
  it('takes accents from Latin and Greek, and leaves Cyrillic letters whole', () => {
    expect(fold('Élève ŠKODA Πρακτικές')).toBe('eleve skoda πρακτικεσ');
    expect(fold('Йод ќерка')).toBe('йод ќерка');
  });
});

describe('a search', () => {
  const items = [
    item('a', { text: 'Who paid?', author: { name: 'Ana Hoxha', city: 'Tiranë' } }),
    item('b', { text: 'Кой плати?', labels: ['money'] }),
  ];
  const ids = (search: string): string[] => matching(items, search).map(({ id }) => id);

  it('looks into text, author, city and labels, for all of its words', () => {
    expect(ids('tirane paid')).toEqual(['a']);
    expect(ids('ПЛАТИ money')).toEqual(['b']);
    expect(ids('paid money')).toEqual([]);
    expect(ids('  ')).toEqual(['a', 'b']);
  });
});

describe('merging', () => {
  it('offers the similar first, then the most supported, never itself or another kind', () => {
    const source = item('source', { text: 'Who paid for the phone line, and what did it cost?' });
    const all = [
      source,
      ...questions,
      item('loud', { support: 40, text: 'Something else' }),
      item('said', { kind: 'comment' }),
      item('answered', { state: 'answered', text: source.text }),
    ];
    expect(mergeTargets(source, all, '').map(({ id }) => id)).toEqual([
      'cost',
      'loud',
      'volunteers',
      'elderly',
      'money',
    ]);
    expect(mergeTargets(source, all, 'volunteers').map(({ id }) => id)).toEqual(['volunteers']);
  });
});

describe('counting characters', () => {
  it('counts as a person does', () => {
    expect(graphemes('град')).toBe(4);
    expect(graphemes('👨‍👩‍👧‍👦🇧🇬')).toBe(2);
    expect(graphemes('e\u0301')).toBe(1);
    expect(graphemes('')).toBe(0);
  });
});
