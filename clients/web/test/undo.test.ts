import type { Item, NewCommand } from '@summit/client';
import { describe, expect, it } from 'vitest';
import { Done } from '../src/moderator/undo.ts';
import { id, item } from './items.ts';

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(id) as [Item['id'], Item['id'], Item['id'], Item['id']];
const undo = (command: NewCommand, of: Item, now: Item['id'][] = []): NewCommand | undefined => {
  const done = new Done();
  done.add([command], new Map([[of.id, of]]), [a, b, c, d]);
  return done.take(now)[0];
};

describe('taking back', () => {
  it('is a step back for every step of an item’s life', () => {
    const steps: NewCommand[] = [
      { type: 'approve', item: a },
      { type: 'decline', item: a, reason: 'unclear' },
      { type: 'queue', item: a },
      { type: 'stage', item: a },
      { type: 'answer', item: a },
      { type: 'follow-up', item: a, owner: 'Sofia', due: '2027-01-01' },
      { type: 'merge', item: a, into: b },
    ];
    for (const step of steps) expect(undo(step, item('a'))).toEqual({ type: 'back', item: a });
  });

  it('puts what was moved within the queue back to its place', () => {
    const move: NewCommand = { type: 'queue', item: b };
    const queued = item('b', { state: 'queued' });
    expect(undo(move, queued, [a, c, d, b])).toEqual({ type: 'queue', item: b, before: c });
    expect(undo(move, queued, [d, b, a]), 'the next one has left the queue').toEqual({
      type: 'queue',
      item: b,
      before: d,
    });
    expect(undo(move, queued, [b, a]), 'all that followed have left').toEqual({ type: 'queue', item: b });
    const last = undo({ type: 'queue', item: d, before: a }, item('d', { state: 'queued' }), [d, a, b, c]);
    expect(last, 'it was the last').toEqual({ type: 'queue', item: d });
  });

  it('writes again what a text or the labels were', () => {
    const before = item('a', { title: 'Old', text: 'old', labels: ['money'] });
    expect(undo({ type: 'correct', item: a, text: 'new', title: 'New' }, before)).toEqual({
      type: 'correct',
      item: a,
      text: 'old',
      title: 'Old',
    });
    expect(undo({ type: 'label', item: a, labels: [] }, before)).toEqual({ type: 'label', item: a, labels: ['money'] });
  });

  it('turns round what goes both ways', () => {
    const pairs = { mute: 'unmute', unmute: 'mute', 'open-vote': 'close-vote', 'close-vote': 'open-vote' } as const;
    for (const [type, other] of Object.entries(pairs))
      expect(undo({ type: type as keyof typeof pairs, item: a }, item('a'))).toEqual({ type: other, item: a });
  });

  it('does nothing for what stays', () => {
    for (const command of [
      { type: 'note', item: a, text: 'Ask the mayor.' },
      { type: 'clear', item: a },
    ] satisfies NewCommand[])
      expect(undo(command, item('a'))).toBeUndefined();
  });

  it('goes from the newest to the oldest, all of one key at once', () => {
    const done = new Done();
    const items = new Map([a, b, c].map((name) => [name, item(name)]));
    done.add([{ type: 'approve', item: a }], items, []);
    done.add(
      [b, c].map((each) => ({ type: 'decline', item: each, reason: 'unclear' })),
      items,
      [],
    );
    done.add([{ type: 'note', item: a, text: 'Ask the mayor.' }], items, []);
    expect(done.take([])).toEqual([c, b].map((each) => ({ type: 'back', item: each })));
    expect(done.take([])).toEqual([{ type: 'back', item: a }]);
    expect(done.take([])).toEqual([]);
  });

  it('does not take a step back a second time that was taken back by its own key', () => {
    const done = new Done();
    const items = new Map([a, b].map((name) => [name, item(name)]));
    done.add([{ type: 'approve', item: b }], items, []);
    done.add([{ type: 'queue', item: a }], items, []);
    done.add([{ type: 'back', item: a }], items, []);
    expect(done.take([])).toEqual([{ type: 'back', item: b }]);
    done.add(
      [a, b].map((each) => ({ type: 'queue', item: each })),
      items,
      [],
    );
    done.add([{ type: 'back', item: a }], items, []);
    expect(done.take([])).toEqual([{ type: 'back', item: b }]);
  });
});
