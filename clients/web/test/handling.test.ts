import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chooseLanguage } from '../src/i18n/index.svelte.ts';
import '../src/i18n/roles.ts';
import type { Live } from '../src/live/live.svelte.ts';
import HandledBy from '../src/moderator/HandledBy.svelte';
import { othersAtWork } from '../src/moderator/handling.svelte.ts';
import { handledBy, initials } from '../src/moderator/names.ts';
import { id } from './items.ts';

beforeAll(() => chooseLanguage('en'));
afterEach(cleanup);

const live = (connection: string, handling: object[] | undefined): Live =>
  ({ connection, room: { pulse: { handling } } }) as unknown as Live;
const said = (...names: string[]): string => handledBy(names, 'handling.at').replace(/[\u2068\u2069]/g, '');

describe('who else is at an item', () => {
  it('is known while there is a line, by the name or a word for none', () => {
    const handling = [
      { item: id('a'), name: 'Petra' },
      { item: id('b'), name: null },
      { item: id('a'), name: 'Boris' },
    ];
    expect([...othersAtWork(live('live', handling))]).toEqual([
      ['a', ['Petra', 'Boris']],
      ['b', ['Another moderator']],
    ]);
    expect(othersAtWork(live('reconnecting', handling)).size).toBe(0);
    expect(othersAtWork(live('live', undefined)).size).toBe(0);
  });

  it('is said in one short sentence, however many they are', () => {
    expect(said()).toBe('');
    expect(said('Petra')).toBe('Petra is at this');
    expect(said('Petra', 'Boris')).toBe('Petra and Boris are at this');
    expect(said('Petra', 'Boris', 'Mira', 'Ilir')).toBe('Petra, Boris, and 2 others are at this');
  });

  it('keeps a name that runs from right to left within its own bounds', () => {
    expect(handledBy(['כהן'], 'handling.at')).toBe('\u2068כהן\u2069 is at this');
  });

  it('has initials beside the words', () => {
    expect(['Petra', 'Петра Иванова Маркович', '  ', '🦊 Fox'].map(initials)).toEqual(['P', 'ПМ', '', '🦊F']);
    const { container } = render(HandledBy, { names: ['Petra Marković'] });
    expect(container.querySelector('[aria-hidden]')?.textContent).toBe('PM');
    expect(screen.getByText(/is at this/)).toBeTruthy();
    cleanup();
    expect(render(HandledBy, { names: [] }).container.textContent).toBe('');
  });
});
