import { describe, expect, it } from 'vitest';
import { beforeAfterMove, inOrder, queueOf } from '../src/view/order.ts';
import { threads } from '../src/view/threads.ts';
import { columns } from '../src/view/columns.ts';
import { id, item } from './items.ts';

const names = (items: readonly { id: string }[]): string => items.map((one) => one.id).join(' ');

describe('ordering items', () => {
  const a = item('a', { support: 2, number: 1 });
  const b = item('b', { support: 5, number: 2 });
  const c = item('c', { support: 2, number: 3, state: 'queued', rank: 2 });
  const d = item('d', { number: 4, state: 'queued', rank: 1 });
  const e = item('e', { number: 5, state: 'staged' });
  const all = [c, e, a, d, b];

  it('by support puts the most supported first and the older before the newer', () => {
    expect(names(inOrder(all, 'support'))).toBe('b a c d e');
  });

  it('by time runs both ways', () => {
    expect(names(inOrder(all, 'newest'))).toBe('e d c b a');
    expect(names(inOrder(all, 'oldest'))).toBe('a b c d e');
  });

  it('within one moment is that in which they were posted, whatever their ids', () => {
    const posted = ['c', 'a', 'd', 'b'].map((name, number) => item(name, { number }));
    expect(names(inOrder(posted.toReversed(), 'oldest'))).toBe('c a d b');
    expect(names(inOrder(posted, 'support'))).toBe('c a d b');
  });

  it('as the stage will have it: on stage, the queue by rank, then by support', () => {
    expect(names(inOrder(all, 'stage'))).toBe('e d c b a');
  });

  it('of the queue is by rank alone', () => {
    expect(names(queueOf(all))).toBe('d c');
  });

  it('does not touch what it was given', () => {
    inOrder(all, 'newest');
    expect(names(all)).toBe('c e a d b');
  });
});

describe('moving in the queue', () => {
  const queue = ['a', 'b', 'c'].map(id);

  it('puts an item before its upper neighbour, or past the lower one', () => {
    expect(beforeAfterMove(queue, id('b'), -1)).toBe('a');
    expect(beforeAfterMove(queue, id('a'), 1)).toBe('c');
  });

  it('past the last is the end', () => {
    expect(beforeAfterMove(queue, id('b'), 1)).toBeNull();
  });

  it('stops at both ends and for strangers', () => {
    expect(beforeAfterMove(queue, id('a'), -1)).toBeUndefined();
    expect(beforeAfterMove(queue, id('c'), 1)).toBeUndefined();
    expect(beforeAfterMove(queue, id('x'), 1)).toBeUndefined();
  });
});

describe('columns of the desk', () => {
  it('take each item once, comments needing nobody to the end', () => {
    const items = [
      item('pending', { state: 'pending' }),
      item('published'),
      item('queued', { state: 'queued' }),
      item('staged', { state: 'staged' }),
      item('declined', { state: 'declined' }),
      item('said', { kind: 'comment' }),
      item('reported', { kind: 'comment', reports: 1 }),
    ];
    const found = columns(items, 'oldest');
    expect(names(found.inbox)).toBe('pending published reported');
    expect(names(found.queue)).toBe('queued');
    expect(names(found.stage)).toBe('staged');
    expect(names(found.done)).toBe('declined said');
  });
});

describe('comments', () => {
  const first = item('first', { kind: 'comment', number: 1 });
  const second = item('second', { kind: 'comment', number: 3 });
  const reply = item('reply', { kind: 'comment', replyTo: id('first'), number: 4 });
  const lost = item('lost', { kind: 'comment', replyTo: id('gone'), number: 2 });

  it('stand with their replies, the newest talk first, and a reply without its comment alone', () => {
    const found = threads([reply, lost, second, first, item('question')]);
    expect(found.map((thread) => [thread.first.id, names(thread.replies)])).toEqual([
      ['second', ''],
      ['lost', ''],
      ['first', 'reply'],
    ]);
  });
});
