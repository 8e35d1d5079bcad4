import { emptyRoom, type Choice, type CommandId, type Posted, type Room } from '@summit/client';
import { describe, expect, it } from 'vitest';
import { byDistance } from '../src/access/current.ts';
import { changes, reasonLines, reasonsFrom } from '../src/host/policies.ts';
import { fromLocal, toLocal } from '../src/host/zoned.ts';
import { firstPlace, tidyCode } from '../src/join/code.ts';
import { takes, whoSees } from '../src/participant/takes.ts';
import { beside, tabs } from '../src/participant/tabs.ts';
import { parseRoute } from '../src/address.ts';
import { mayEdit, maySupport, mayWithdraw } from '../src/view/can.ts';
import { languageOf } from '../src/view/lang.ts';
import { fate } from '../src/view/fate.ts';
import { inReview, refusals, supportOf, underWay } from '../src/view/posted.ts';
import { ballotOf, shares } from '../src/view/vote.ts';
import { days, programme } from '../src/view/programme.ts';
import { elsewhere } from '../src/view/time.ts';
import { id, item, own, session } from './items.ts';

describe('addresses', () => {
  it('lead to pages', () => {
    expect(parseRoute('/', '')).toEqual({ page: 'join', code: '' });
    expect(parseRoute('/j/KRM4TB', '')).toEqual({ page: 'join', code: 'KRM4TB' });
    expect(parseRoute('/c', '')).toEqual({ page: 'sessions' });
    expect(parseRoute('/c/1', '')).toEqual({ page: 'participant', session: '1' });
    expect(parseRoute('/m', '')).toEqual({ page: 'moderator', session: null });
    expect(parseRoute('/s/1', '')).toEqual({ page: 'stage', session: '1', embed: false, next: true });
    expect(parseRoute('/s/1', '?embed')).toEqual({ page: 'stage', session: '1', embed: true, next: false });
    expect(parseRoute('/s', '?embed&next')).toEqual({ page: 'stage', session: null, embed: true, next: true });
    expect(parseRoute('/h', '')).toEqual({ page: 'host' });
    expect(parseRoute('/n', '')).toEqual({ page: 'networks' });
    expect(parseRoute('/n/1', '')).toEqual({ page: 'network', network: '1' });
    expect(parseRoute('/nowhere', '')).toEqual({ page: 'unknown' });
    expect(parseRoute('/c/1/2', '')).toEqual({ page: 'unknown' });
  });
});

describe('a code', () => {
  it('is forgiven its case, its blanks and a whole address around it', () => {
    expect(tidyCode(' krm 4tb')).toBe('KRM4TB');
    expect(tidyCode('https://summit.example/j/krm4tb')).toBe('KRM4TB');
  });

  it('leads straight into an only session', () => {
    const info = { id: session.id, title: '', starts: '', ends: '', lang: 'en' };
    expect(firstPlace([info])).toBe('/c/s');
    expect(firstPlace([info, info])).toBe('/c');
    expect(firstPlace([])).toBe('/c');
  });
});

describe('what is under way', () => {
  const posted = (command: Posted['command'], state: Posted['state']): Posted => ({ command, state, at: '' });
  const ask = posted({ type: 'ask', id: 'q' as CommandId, text: 'Q' }, 'waiting');
  const tap = (on: boolean, state: Posted['state']): Posted =>
    posted({ type: 'support', id: `${on}` as CommandId, item: id('a'), on }, state);

  it('is shown until the picture has it', () => {
    const arrived: Room = { ...emptyRoom, own: new Map([[id('q'), own('q')]]) };
    expect(underWay([ask, tap(true, 'sent')], emptyRoom)).toEqual([ask]);
    expect(underWay([ask], arrived)).toEqual([]);
  });

  it('does not vanish while it is in review', () => {
    const room: Room = {
      ...emptyRoom,
      own: new Map([own('a', { state: 'pending' }), own('b')].map((one) => [one.id, one])),
    };
    expect(inReview(room, 'question').map((one) => one.id)).toEqual(['a']);
    expect(inReview(room, 'comment')).toEqual([]);
  });

  it('counts the own tap at once, and takes it back when it is refused', () => {
    const a = item('a', { support: 4 });
    expect(supportOf(a, [tap(true, 'waiting')], emptyRoom)).toEqual({ on: true, count: 5 });
    expect(supportOf(a, [tap(true, 'refused')], emptyRoom)).toEqual({ on: false, count: 4 });
  });

  it('does not count a tap twice once the picture has it', () => {
    const supported: Room = { ...emptyRoom, supported: new Set([id('a')]) };
    expect(supportOf(item('a', { support: 5 }), [tap(true, 'accepted')], supported)).toEqual({ on: true, count: 5 });
    expect(supportOf(item('a', { support: 5 }), [tap(true, 'accepted'), tap(false, 'sent')], supported)).toEqual({
      on: false,
      count: 4,
    });
  });

  it('keeps refusals of steps apart from refused texts', () => {
    const refusedTap = tap(true, 'refused');
    expect(refusals([{ ...ask, state: 'refused' }, refusedTap])).toEqual([refusedTap]);
  });
});

describe('the language of a text', () => {
  it('is the likeliest that is written in its script', () => {
    expect(languageOf('Как стигнахте?', ['bg', 'en'])).toBe('bg');
    expect(languageOf('How did you?', ['bg', 'en'])).toBe('en');
    expect(languageOf('Како сте? B40', ['en', 'sr-Latn', 'mk'])).toBe('mk');
    expect(languageOf('Πώς;', ['en', 'el'])).toBe('el');
    expect(languageOf('Да', ['en', 'sq'])).toBe('en');
    expect(languageOf('2025?', ['bg', 'en'])).toBe('bg');
  });
});

describe('a vote', () => {
  const vote = (choice: Choice, state: Posted['state']): Posted => ({
    command: { type: 'vote', id: choice as string as CommandId, item: id('a'), choice },
    state,
    at: '',
  });

  it('shows the own ballot at once, and the one before when it is refused', () => {
    const room: Room = { ...emptyRoom, ballots: new Map([[id('a'), 'no']]) };
    expect(ballotOf(item('a'), [], emptyRoom)).toBeUndefined();
    expect(ballotOf(item('a'), [], room)).toBe('no');
    expect(ballotOf(item('a'), [vote('yes', 'waiting')], room)).toBe('yes');
    expect(ballotOf(item('a'), [vote('yes', 'refused')], room)).toBe('no');
  });

  it('ends in shares of the ballots cast', () => {
    const result = shares({ open: false, cast: 8, yes: 5, no: 2, abstain: 1 });
    expect(result.map(({ choice, count, percent }) => `${choice} ${count} ${percent}`)).toEqual([
      'yes 5 63',
      'no 2 25',
      'abstain 1 13',
    ]);
    expect(shares({ open: false, cast: 0 }).map(({ percent }) => percent)).toEqual([0, 0, 0]);
  });
});

describe('an own item', () => {
  it('tells its whole way', () => {
    const steps = [
      { state: 'pending', at: '1' },
      { state: 'published', at: '2' },
      { state: 'staged', at: '3' },
    ] as const;
    expect(fate(own('a', { state: 'staged', trail: steps }))).toEqual([
      { key: 'fate.pending', at: '1', now: false },
      { key: 'fate.published', at: '2', now: false },
      { key: 'fate.staged', at: '3', now: true },
    ]);
    expect(fate(own('a')).map(({ key }) => key)).toEqual(['fate.received']);
  });

  it('can be edited until it was published by a moderator or supported', () => {
    expect(mayEdit(own('a', { state: 'pending' }), session)).toBe(true);
    expect(mayEdit(own('a'), session)).toBe(true);
    expect(mayEdit(own('a', { support: 1 }), session)).toBe(false);
    expect(mayEdit(own('a', { state: 'queued' }), session)).toBe(false);
  });

  it('can be withdrawn while it is open', () => {
    expect(mayWithdraw(own('a', { state: 'queued' }), session)).toBe(true);
    expect(mayWithdraw(own('a', { state: 'answered' }), session)).toBe(false);
    expect(mayWithdraw(own('a'), { ...session, state: 'closed' })).toBe(false);
  });
});

describe('a session', () => {
  it('takes what its rules say, while it is open', () => {
    expect(takes(session, 'question')).toBe(true);
    expect(takes({ ...session, policies: { ...session.policies, comments: false } }, 'comment')).toBe(false);
    expect(takes({ ...session, state: 'paused' }, 'question')).toBe(false);
  });

  it('lets support go on in a pause', () => {
    expect(maySupport(item('a'), { ...session, state: 'paused' })).toBe(true);
    expect(maySupport(item('a'), { ...session, state: 'closed' })).toBe(false);
    expect(maySupport(item('a', { state: 'answered' }), session)).toBe(false);
  });

  it('says who sees the name', () => {
    expect(whoSees(session, false)).toBe('compose.named');
    expect(whoSees(session, true)).toBe('compose.nobodySees');
    expect(whoSees({ ...session, policies: { ...session.policies, moderatorsSeeNames: true } }, true)).toBe(
      'compose.moderatorsSee',
    );
    expect(whoSees({ ...session, policies: { ...session.policies, anonymous: 'never' } }, true)).toBe('compose.named');
  });

  it('has tabs for what it takes, and the arrow keys go round', () => {
    const shown = tabs({ ...session.policies, comments: false });
    expect(shown).toEqual(['questions', 'proposals', 'mine']);
    expect(beside(shown, 'mine', 1)).toBe('questions');
    expect(beside(shown, 'questions', -1)).toBe('mine');
  });
});

describe('a programme', () => {
  const info = (starts: string, ends: string): Parameters<typeof programme>[0][number] => ({
    ...session,
    starts,
    ends,
  });
  const sessions = [
    info('2026-03-01T09:00:00Z', '2026-03-01T10:00:00Z'),
    info('2026-03-01T10:00:00Z', '2026-03-01T11:00:00Z'),
    info('2026-03-01T11:00:00Z', '2026-03-01T12:00:00Z'),
    info('2026-03-01T12:00:00Z', '2026-03-01T13:00:00Z'),
  ];

  it('knows what runs now and what comes next', () => {
    expect(programme(sessions, new Date('2026-03-01T10:30:00Z')).map(({ moment }) => moment)).toEqual([
      'over',
      'now',
      'next',
      'later',
    ]);
  });

  it('believes the server more than the clock', () => {
    const over = programme([info('2026-03-01T09:00:00Z', '2026-03-01T10:00:00Z')], new Date('2026-03-02T10:00:00Z'), [
      session.id,
    ]);
    expect(over.map(({ moment }) => moment)).toEqual(['now']);
  });

  it('is told by days of the event', () => {
    const late = [
      info('2026-03-01T21:00:00Z', '2026-03-01T21:30:00Z'),
      info('2026-03-01T23:00:00Z', '2026-03-01T23:30:00Z'),
    ];
    const slots = programme(late, new Date('2026-03-01T10:00:00Z'));
    expect(days(slots, 'UTC').map((one) => one.slots.length)).toEqual([2]);
    expect(days(slots, 'Europe/Sofia').map((one) => one.slots.length)).toEqual([1, 1]);
  });

  it('finds the sessions nearest in time', () => {
    expect(byDistance(sessions, Date.parse('2026-03-01T11:30:00Z')).map(({ starts }) => starts.slice(11, 13))).toEqual([
      '11',
      '10',
      '12',
      '09',
    ]);
  });

  it('gives the viewer the own time only where it is another', () => {
    expect(elsewhere('2026-03-01T10:00:00Z', 'Europe/Sofia', 'Europe/Athens')).toBe(false);
    expect(elsewhere('2026-03-01T10:00:00Z', 'Europe/Sofia', 'Europe/Tirane')).toBe(true);
  });

  it('speaks of the zone of the event, over the change of the clocks too', () => {
    expect(toLocal('2026-03-01T10:00:00Z', 'Europe/Sofia')).toBe('2026-03-01T12:00');
    expect(fromLocal('2026-03-01T12:00', 'Europe/Sofia')).toBe('2026-03-01T10:00:00.000Z');
    expect(fromLocal('2026-03-29T04:30', 'Europe/Sofia')).toBe('2026-03-29T01:30:00.000Z');
    expect(fromLocal('2026-03-29T02:30', 'Europe/Sofia')).toBe('2026-03-29T00:30:00.000Z');
  });
});

describe('the rules of a session', () => {
  const { policies } = session;

  it('are sent only where they changed', () => {
    expect(changes(policies, { ...policies, review: true })).toEqual({ review: true });
    expect(changes(policies, { ...policies })).toEqual({});
  });

  it('keep the code of a reason whose text stayed, and give new ones their own', () => {
    expect(reasonsFrom(reasonLines(policies.reasons), policies.reasons)).toEqual(policies.reasons);
    expect(reasonsFrom('Too late.\n\nNew one\nNew one', policies.reasons)).toEqual([
      { code: 'own-1', text: 'Too late.' },
      { code: 'own-2', text: 'New one' },
    ]);
  });
});
