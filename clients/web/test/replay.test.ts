import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../src/i18n/index.svelte.ts';
import { entrances, play, sums, type Step } from '../src/report/replay.ts';
import Track from '../src/report/Track.svelte';
import '../src/report/words.ts';
import { id, item, session } from './items.ts';

const step = (minute: number, more: Partial<Step> = {}): Step => ({
  seq: minute + 1,
  at: `2026-03-01T10:0${minute}:00Z`,
  people: minute,
  support: [],
  ...more,
});

const first = item('first', { number: 3 });
const second = item('second', { number: 4, kind: 'proposal' });
const steps: readonly Step[] = [
  step(0, { session }),
  step(1, { items: [first, second] }),
  step(2, {
    support: [
      [3, 2],
      [4, 1],
    ],
  }),
  step(3, {
    session: { ...session, onStage: id('first') },
    items: [{ ...first, state: 'staged', support: 2 }],
    support: [[4, 5]],
  }),
  step(4, { session: { ...session, onStage: id('second') }, items: [{ ...second, state: 'staged', support: 5 }] }),
  step(5, { items: [{ id: id('first'), gone: true, changed: 6 }], support: [[3, 9]] }),
];

describe('a session step by step', () => {
  it('is the room as it was at each, whichever is looked at first', () => {
    const then = play(steps);
    const supports = then.map(({ room }) => [...room.items.values()].map(({ support }) => support));
    expect(supports).toEqual([[], [0, 0], [2, 1], [2, 5], [2, 5], [5]]);
    expect(then[1]?.room.items.get(id('first'))).toEqual(first);
  });

  it('shares what did not change', () => {
    const then = play(steps);
    expect(then[4]?.room.items.get(id('first'))).toBe(then[3]?.room.items.get(id('first')));
  });

  it('marks what came on stage, once for each time', () => {
    expect(entrances(play(steps)).map(({ step, item }) => [step, item.id])).toEqual([
      [3, 'first'],
      [4, 'second'],
    ]);
  });

  it('marks nothing for an item that may not be shown', () => {
    expect(entrances(play([step(0, { session: { ...session, onStage: id('declined') } })]))).toEqual([]);
  });

  it('counts what was asked and how often it was supported, comments aside', () => {
    expect(sums([first, { ...second, support: 5 }, item('c', { kind: 'comment' })])).toEqual({ items: 2, support: 5 });
  });
});

describe('its track', () => {
  beforeAll(async () => {
    vi.stubGlobal('matchMedia', () => ({ matches: false }));
    await chooseLanguage('en');
  });
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });

  function track(): { at: () => number; slider: () => HTMLElement } {
    let at = 0;
    const then = play(steps);
    const props = { then, marks: entrances(then), zone: 'UTC' };
    const onstep = (to: number): void => {
      at = to;
      void shown.rerender({ ...props, step: to, onstep });
    };
    const shown = render(Track, { ...props, step: 0, onstep });
    return { at: () => at, slider: () => screen.getByRole('slider', { name: 'Moment' }) };
  }

  it('says the moment in words, and what was on stage', async () => {
    const { slider } = track();
    expect(slider().getAttribute('aria-valuetext')).toMatch(/2026, 10:00$/);
    await fireEvent.input(slider(), { target: { value: '3' } });
    expect(slider().getAttribute('aria-valuetext')).toMatch(/10:03, on stage: first$/);
  });

  it('runs to the end when played, and from the beginning when played again', async () => {
    const { at } = track();
    await fireEvent.click(screen.getByRole('button', { name: 'Play' }));
    await vi.advanceTimersByTimeAsync(800);
    expect(at()).toBe(1);
    await fireEvent.click(screen.getByRole('radio', { name: '4×' }));
    for (let tick = 0; tick < 5; tick++) await vi.advanceTimersByTimeAsync(200);
    expect(at()).toBe(5);
    expect(screen.getByRole('button', { name: 'Play' })).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Play' }));
    expect(at()).toBe(0);
  });

  it('stands still once it is paused, dragged or sent to a mark', async () => {
    const { at, slider } = track();
    const play = (): Promise<void> => fireEvent.click(screen.getByRole('button', { name: 'Play' })) as never;
    await play();
    await fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(at()).toBe(0);
    await play();
    await fireEvent.input(slider(), { target: { value: '2' } });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(at()).toBe(2);
    await play();
    await fireEvent.click(screen.getByRole('button', { name: /10:04.*second/ }));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(at()).toBe(4);
  });
});
