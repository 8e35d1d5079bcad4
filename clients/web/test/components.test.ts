import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { createRawSnippet, tick, type ComponentProps } from 'svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../src/i18n/index.svelte.ts';
import { Announcer } from '../src/live/announcer.svelte.ts';
import Composer from '../src/participant/Composer.svelte';
import Author from '../src/ui/Author.svelte';
import HeldList from '../src/ui/HeldList.svelte';
import UserText from '../src/ui/UserText.svelte';
import VoteResult from '../src/ui/VoteResult.svelte';
import { item, own, session } from './items.ts';

beforeAll(async () => {
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe(): void {}
      disconnect(): void {}
    },
  );
  await chooseLanguage('en');
});

beforeEach(() => localStorage.clear());
afterEach(cleanup);

describe('what people typed', () => {
  it('is shown as text, whatever it says', () => {
    const hostile = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
    const { container } = render(UserText, { text: hostile, lang: 'en' });
    expect(container.textContent).toBe(hostile);
    expect(container.querySelector('img, script')).toBeNull();
  });

  it('keeps its own language and direction', () => {
    render(UserText, { text: 'كيف', lang: 'ar' });
    const shown = screen.getByText('كيف');
    expect([shown.getAttribute('lang'), shown.getAttribute('dir')]).toEqual(['ar', 'auto']);
  });
});

describe('an author', () => {
  it('may have no city, or no name', () => {
    const { container, rerender } = render(Author, { author: { name: 'Ana', city: null } });
    expect(container.textContent?.trim()).toBe('Ana');
    void rerender({ author: { name: 'Ana', city: 'Tirana' } });
    return tick().then(() => {
      expect(container.textContent?.trim()).toBe('Ana · Tirana');
      void rerender({ author: null });
      return tick().then(() => expect(container.textContent?.trim()).toBe('Anonymous'));
    });
  });
});

describe('asking', () => {
  const policies = { ...session.policies, maxLength: 10 };
  const composer = (
    more: Partial<typeof policies> = {},
  ): { onsend: ReturnType<typeof vi.fn>; field: HTMLElement; button: HTMLElement } => {
    const onsend = vi.fn();
    render(Composer, { session: { ...session, policies: { ...policies, ...more } }, kind: 'question', onsend });
    return {
      onsend,
      field: screen.getByLabelText('Your question'),
      button: screen.getByRole('button', { name: 'Ask' }),
    };
  };

  it('sends what was typed, trimmed, once, and empties the field', async () => {
    const { onsend, field, button } = composer();
    await fireEvent.input(field, { target: { value: '  Why?  ' } });
    await fireEvent.click(button);
    expect(onsend.mock.calls).toEqual([['Why?', '', false]]);
    expect((field as HTMLTextAreaElement).value).toBe('');
    await fireEvent.click(button);
    expect(onsend).toHaveBeenCalledTimes(1);
  });

  it('is not possible with nothing, or with too many characters as a person counts them', async () => {
    const { field, button } = composer();
    expect(button).toHaveProperty('disabled', true);
    await fireEvent.input(field, { target: { value: '👨‍👩‍👧‍👦'.repeat(10) } });
    expect(button).toHaveProperty('disabled', false);
    await fireEvent.input(field, { target: { value: '👨‍👩‍👧‍👦'.repeat(11) } });
    expect(button).toHaveProperty('disabled', true);
    expect(screen.getByText('1 character too many')).toBeTruthy();
  });

  it('says who sees the name before anything is sent', async () => {
    composer({ moderatorsSeeNames: true });
    expect(screen.getByText('Your name is shown to everybody.')).toBeTruthy();
    await fireEvent.click(screen.getByLabelText('Without my name'));
    expect(screen.getByText('The moderators see your name, nobody else does.')).toBeTruthy();
  });

  it('offers no anonymity where everybody stands by their name, and ticks it where that is the rule', () => {
    composer({ anonymous: 'never' });
    expect(screen.queryByLabelText('Without my name')).toBeNull();
    cleanup();
    composer({ anonymous: 'default' });
    expect(screen.getByLabelText('Without my name')).toHaveProperty('checked', true);
  });

  it('brings back after a reload what was not sent yet', async () => {
    const { field } = composer();
    await fireEvent.input(field, { target: { value: 'half a th' } });
    cleanup();
    expect((composer().field as HTMLTextAreaElement).value).toBe('half a th');
  });
});

describe('a list on the screen', () => {
  const card = createRawSnippet((one: () => { id: string }) => ({ render: () => `<p>${one().id}</p>` }));
  const tools = createRawSnippet(() => ({ render: () => '<span></span>' }));
  const shown = (): string =>
    screen
      .getAllByRole('listitem')
      .map((one) => one.textContent)
      .join(' ');
  const list = (names: string[], mine: string[] = [], turn = 'support'): ComponentProps<typeof HeldList> => ({
    items: names.map((name) => item(name)),
    turn,
    own: new Map(mine.map((name) => [item(name).id, own(name)])),
    tools,
    card,
  });

  it('keeps its places until asked, then shows what is new', async () => {
    const { rerender } = render(HeldList, list(['a', 'b']));
    await tick();
    await rerender(list(['x', 'a', 'b', 'z']));
    expect(shown()).toBe('a b z');
    await fireEvent.click(screen.getByRole('button', { name: '1 new' }));
    expect(shown()).toBe('x a b z');
    expect(screen.queryByRole('button', { name: '1 new' })).toBeNull();
  });

  it('shows what is one’s own at once', async () => {
    const { rerender } = render(HeldList, list(['a', 'b']));
    await tick();
    await rerender(list(['x', 'a', 'b'], ['x']));
    await tick();
    expect(shown()).toBe('x a b');
  });

  it('is made anew when another order is chosen', async () => {
    const { rerender } = render(HeldList, list(['a', 'b']));
    await tick();
    await rerender(list(['b', 'a'], [], 'newest'));
    await tick();
    expect(shown()).toBe('b a');
  });

  it('draws the beginning of 2,000 items only, and first what a phone shows of it', async () => {
    render(HeldList, list(Array.from({ length: 2000 }, (_, at) => `item ${at}`)));
    expect(screen.getAllByRole('listitem')).toHaveLength(6);
    await new Promise(requestAnimationFrame);
    await tick();
    expect(screen.getAllByRole('listitem')).toHaveLength(60);
  });
});

describe('a result', () => {
  it('is said in numbers, not in lengths alone', () => {
    render(VoteResult, { vote: { open: false, cast: 4, yes: 3, no: 1, abstain: 0 } });
    expect(screen.getByText('3 (75 %)')).toBeTruthy();
  });
});

describe('the announcer', () => {
  it('makes one sentence of many changes, and keeps the newest of a topic', () => {
    vi.useFakeTimers();
    const announcer = new Announcer();
    for (let at = 0; at < 5; at++) announcer.count('new', 1, (sum) => `${sum} new.`);
    announcer.say('stage', 'First.');
    announcer.say('stage', 'Second.');
    expect(announcer.text).toBe('');
    vi.runAllTimers();
    expect(announcer.text).toBe('5 new. Second.');
    announcer.close();
    vi.useRealTimers();
  });
});
