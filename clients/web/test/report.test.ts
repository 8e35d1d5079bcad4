import type { ItemId } from '@summit/client';
import { expect, it } from 'vitest';
import { counted, inOrder } from '../src/report/order.ts';
import type { ReportedItem } from '../src/report/types.ts';

const item = (id: string, more: Partial<ReportedItem> = {}): ReportedItem => ({
  id: id as ItemId,
  kind: 'question',
  text: id,
  lang: 'en',
  state: 'published',
  support: 0,
  at: '2026-03-01T10:00:00Z',
  ...more,
});

it('tells questions by support, then comments as they came with their replies', () => {
  const items = [
    item('c', { kind: 'comment' }),
    item('reply', { kind: 'comment', replyTo: 'c' as ItemId }),
    item('c2', { kind: 'comment', support: 9 }),
    item('few', { support: 1 }),
    item('many', { support: 7 }),
    item('late', { support: 7 }),
  ];
  expect(inOrder(items).map(({ id }) => id)).toEqual(['many', 'late', 'few', 'c', 'reply', 'c2']);
});

it('counts what is settled and what is open, comments aside', () => {
  const items = [
    item('a', { state: 'answered' }),
    item('b', { state: 'follow-up' }),
    item('c', { state: 'queued' }),
    item('d', { state: 'declined' }),
    item('e', { kind: 'comment' }),
  ];
  expect(counted(items)).toEqual({ items: 5, answered: 1, promised: 1, open: 1 });
});
