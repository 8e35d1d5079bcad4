import { describe, expect, it } from 'vitest';
import { moderatorActions } from '../src/moderator/actions.ts';
import { actionOf, keys, keyTable, type Pressed } from '../src/view/keys.ts';
import { moveInColumn, moveToColumn, reselect, type Lists } from '../src/view/select.ts';
import { id, item } from './items.ts';

const press = (code: string, more: Partial<Pressed> = {}): Pressed => ({
  code,
  key: '',
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});

describe('the keys', () => {
  it('are each for one action only', () => {
    const pressed = keys.map(({ code, shift }) => `${shift ? 'shift ' : ''}${code}`);
    expect(new Set(pressed).size).toBe(pressed.length);
  });

  it('work by place, so that a Cyrillic layout has them too', () => {
    expect(actionOf(press('KeyA', { key: 'а' }))).toBe('approve');
  });

  it('leave the browser its own', () => {
    expect(actionOf(press('KeyA', { ctrlKey: true }))).toBeNull();
    expect(actionOf(press('KeyD', { metaKey: true }))).toBeNull();
  });

  it('find written signs wherever they lie', () => {
    expect(actionOf(press('Minus', { key: '?', shiftKey: true }))).toBe('help');
    expect(actionOf(press('Digit7', { key: '/', shiftKey: true }))).toBe('search');
  });

  it('exist for every action that an item may invite', () => {
    const known = keyTable().map(({ action }) => action);
    const states = [
      'pending',
      'published',
      'queued',
      'staged',
      'answered',
      'declined',
      'merged',
      'withdrawn',
      'follow-up',
    ] as const;
    const steps = [
      { state: 'pending', at: '' },
      { state: 'published', at: '' },
    ] as const;
    for (const state of states)
      for (const action of moderatorActions(item('a', { state, reports: 1, trail: steps })))
        expect(known).toContain(action);
  });
});

describe('what an item invites', () => {
  it('has no step back where none was taken', () => {
    expect(moderatorActions(item('a'))).not.toContain('back');
    expect(
      moderatorActions(
        item('a', {
          state: 'queued',
          trail: [
            { state: 'published', at: '' },
            { state: 'queued', at: '' },
          ],
        }),
      ),
    ).toContain('back');
  });

  it('keeps comments off the stage', () => {
    expect(moderatorActions(item('a', { kind: 'comment' }))).not.toContain('stage');
  });
});

describe('the selection', () => {
  const lists: Lists = { inbox: [id('a'), id('b'), id('c')], queue: [id('q')], stage: [], done: [] };
  const at = (column: keyof Lists, name: string | null): { column: keyof Lists; id: ReturnType<typeof id> | null } => ({
    column,
    id: name === null ? null : id(name),
  });

  it('walks up and down and stops at the ends', () => {
    expect(moveInColumn(lists, at('inbox', null), 1)).toEqual(at('inbox', 'a'));
    expect(moveInColumn(lists, at('inbox', 'b'), 1)).toEqual(at('inbox', 'c'));
    expect(moveInColumn(lists, at('inbox', 'c'), 1)).toEqual(at('inbox', 'c'));
    expect(moveInColumn(lists, at('inbox', 'a'), -1)).toEqual(at('inbox', 'a'));
  });

  it('goes to the neighbouring column at about the same height', () => {
    expect(moveToColumn(lists, at('inbox', 'c'), 1)).toEqual(at('queue', 'q'));
    expect(moveToColumn(lists, at('queue', 'q'), 1)).toEqual(at('stage', null));
    expect(moveToColumn(lists, at('inbox', 'a'), -1)).toEqual(at('inbox', 'a'));
  });

  it('stays when items arrive', () => {
    const more = { ...lists, inbox: [id('x'), ...lists.inbox] };
    expect(reselect(lists, more, at('inbox', 'b'))).toEqual(at('inbox', 'b'));
  });

  it('passes to what followed when its item leaves the column, at the end to what came before', () => {
    expect(reselect(lists, { ...lists, inbox: [id('a'), id('c')] }, at('inbox', 'b'))).toEqual(at('inbox', 'c'));
    expect(reselect(lists, { ...lists, inbox: [id('a'), id('b')] }, at('inbox', 'c'))).toEqual(at('inbox', 'b'));
    expect(reselect(lists, { ...lists, inbox: [] }, at('inbox', 'c'))).toEqual(at('inbox', null));
  });
});
