import type { Command, CommandId, Item, ItemState, NewCommand, Posted } from '@summit/client';
import { describe, expect, it } from 'vitest';
import { Done } from '../src/moderator/undo.ts';
import { id, item } from './items.ts';

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(id) as [Item['id'], Item['id'], Item['id'], Item['id']];
let made = 0;
const sent = (command: NewCommand): Command => ({ ...command, id: `command ${made++}` as CommandId });
const of = (...items: Item[]): Map<Item['id'], Item> => new Map(items.map((one) => [one.id, one]));
const undo = (command: NewCommand, one: Item, now: Item['id'][] = []): NewCommand | undefined => {
  const done = new Done();
  done.add([sent(command)], of(one), [a, b, c, d]);
  return done.take(of(one), now).commands[0];
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
    const items = of(...[a, b, c].map((name) => item(name)));
    const add = (...commands: NewCommand[]): void => done.add(commands.map(sent), items, []);
    const take = (): readonly NewCommand[] => done.take(items, []).commands;
    add({ type: 'approve', item: a });
    add(...[b, c].map((each): NewCommand => ({ type: 'decline', item: each, reason: 'unclear' })));
    add({ type: 'note', item: a, text: 'Ask the mayor.' });
    expect(take()).toEqual([c, b].map((each) => ({ type: 'back', item: each })));
    expect(take()).toEqual([{ type: 'back', item: a }]);
    expect(take()).toEqual([]);
  });

  it('does not take a step back a second time that was taken back by its own key', () => {
    const done = new Done();
    const items = of(...[a, b].map((name) => item(name)));
    const add = (...commands: NewCommand[]): void => done.add(commands.map(sent), items, []);
    const take = (): readonly NewCommand[] => done.take(items, []).commands;
    add({ type: 'approve', item: b });
    add({ type: 'queue', item: a });
    add({ type: 'back', item: a });
    expect(take()).toEqual([{ type: 'back', item: b }]);
    add(...[a, b].map((each): NewCommand => ({ type: 'queue', item: each })));
    add({ type: 'back', item: a });
    expect(take()).toEqual([{ type: 'back', item: b }]);
  });
});

describe('what somebody else has changed since', () => {
  const at = '2026-03-01T10:00:00Z';
  const through = (...states: ItemState[]): Item =>
    item('a', { state: states[states.length - 1] ?? 'published', trail: states.map((state) => ({ state, at })) });
  const posted = (command: Command, state: Posted['state']): Posted => ({ command, state, at });

  it('stays, and is named', () => {
    const done = new Done();
    done.add([sent({ type: 'queue', item: a })], of(through('published')), []);
    done.see([], of(through('published', 'queued')));
    expect(done.take(of(through('published', 'queued', 'staged')), [])).toEqual({ commands: [], overtaken: [a] });
  });

  it('is told apart item by item where one key did many', () => {
    const done = new Done();
    const both: Command[] = [a, b].map((each) => sent({ type: 'decline', item: each, reason: 'unclear' }));
    done.add(both, of(item('a'), item('b')), []);
    done.see([], of(through('published', 'declined'), item('b', { state: 'declined' })));
    const now = of(through('published', 'declined'), item('b', { trail: [] }));
    expect(done.take(now, [])).toEqual({ commands: [{ type: 'back', item: a }], overtaken: [b] });
  });

  it('counts for texts, labels, places and votes too', () => {
    const queued = item('a', { state: 'queued', rank: 1 });
    const cases: [NewCommand, Item, Item, Item][] = [
      [
        { type: 'correct', item: a, text: 'mine' },
        item('a'),
        item('a', { text: 'mine' }),
        item('a', { text: 'theirs' }),
      ],
      [
        { type: 'label', item: a, labels: ['x'] },
        item('a'),
        item('a', { labels: ['x'] }),
        item('a', { labels: ['y'] }),
      ],
      [{ type: 'queue', item: a }, queued, { ...queued, rank: 9 }, { ...queued, rank: 4 }],
      [{ type: 'mute', item: a }, item('a'), item('a', { muted: true }), item('a')],
      [
        { type: 'open-vote', item: a },
        item('a'),
        item('a', { vote: { open: true, cast: 0 } }),
        item('a', { vote: { open: false, cast: 2 } }),
      ],
    ];
    for (const [command, before, mine, theirs] of cases) {
      for (const [now, overtaken] of [
        [mine, []],
        [theirs, [a]],
      ] as const) {
        const done = new Done();
        done.add([sent(command)], of(before), [a, b]);
        done.see([], of(mine));
        expect(done.take(of(now), []).overtaken, command.type).toEqual(overtaken);
      }
    }
  });

  it('is only known once the own step shows', () => {
    const done = new Done();
    const command = sent({ type: 'queue', item: a });
    done.add([command], of(through('published')), []);
    done.see([posted(command, 'sent')], of(through('published')));
    expect(done.take(of(through('published')), []).commands).toEqual([{ type: 'back', item: a }]);
  });

  it('is not what this moderator did after it', () => {
    const done = new Done();
    const [first, second] = [sent({ type: 'queue', item: a }), sent({ type: 'queue', item: a, before: b })];
    const ranked = (rank: number): Map<Item['id'], Item> => of(item('a', { state: 'queued', rank }));
    done.add([first], ranked(1), [a, b]);
    done.see([], ranked(5));
    done.add([second], ranked(5), [b, a]);
    done.see([posted(second, 'sent')], ranked(5));
    done.see([], ranked(2));
    expect(done.take(ranked(2), [a, b]).commands).toHaveLength(1);
    done.moved(a, 'back' as CommandId, ranked(2));
    done.see([], ranked(6));
    expect(done.take(ranked(6), [b, a]).commands).toHaveLength(1);
  });

  it('is everything where the own step was refused', () => {
    const done = new Done();
    const command = sent({ type: 'queue', item: a });
    done.add([command], of(through('published')), []);
    done.see([posted(command, 'refused')], of(through('published', 'queued')));
    expect(done.take(of(through('published', 'queued')), [])).toEqual({ commands: [], overtaken: [] });
  });
});
