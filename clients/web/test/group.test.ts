import type { NetworkId } from '@summit/client';
import { describe, expect, it } from 'vitest';
import { parseRoute } from '../src/address.ts';
import { practiceActions, takePart, write } from '../src/group/actions.ts';
import type { GroupPage, Practice, PracticeState } from '../src/group/types.ts';
import { Wrong } from '../src/network/actions.ts';

const outside: GroupPage = {
  network: { id: 'n' as NetworkId, title: 'Balkan Cities Network', name: 'B40', demonstration: false },
  id: 'g',
  kind: 'working-group',
  name: 'Climate',
  coordinators: [],
  runs: false,
  validates: false,
  inside: false,
  cities: [
    { id: 's', name: 'Sofia', in: true },
    { id: 'a', name: 'Athens', in: true },
    { id: 'k', name: 'Kotor', in: false },
  ],
  members: [{ member: 's', since: '2026-01-01T00:00:00Z' }],
  practices: [],
};
const coordinator: GroupPage = { ...outside, runs: true, inside: true };
const secretary: GroupPage = { ...coordinator, validates: true };
const sofia: GroupPage = { ...outside, inside: true, speaksFor: 's' };
const athens: GroupPage = { ...outside, speaksFor: 'a' };

const practice = (state: PracticeState): Practice => ({
  id: 'p',
  member: 's',
  title: 'Shade',
  summary: 'Trees.',
  evidence: [
    { indicator: 'Temperature', unit: '°C', before: '44,5', after: '36', year: '2025' },
    { indicator: 'Trees' },
  ],
  links: [{ title: 'Report', url: 'https://sofia.example/shade' }],
  languages: ['bg', 'en'],
  state,
  changed: '2026-01-01T00:00:00Z',
  endorsed: [],
  adapted: [],
});

const titles = (page: GroupPage, state: PracticeState): string[] =>
  practiceActions(page, practice(state)).map(({ title }) => title.replace('group.', ''));

describe('what can be done with a practice', () => {
  it('depends on where it stands and on who looks', () => {
    expect(titles(sofia, 'draft')).toEqual(['write', 'submit', 'withdraw']);
    expect(titles(sofia, 'submitted')).toEqual(['withdraw']);
    expect(titles(coordinator, 'submitted')).toEqual(['publish', 'return', 'withdraw']);
    expect(titles(coordinator, 'published')).toEqual(['endorse', 'adapt', 'return', 'withdraw']);
    expect(titles(secretary, 'published')).toContain('validate');
    expect(titles(secretary, 'validated')).not.toContain('validate');
    expect(titles(athens, 'published')).toEqual(['endorse', 'adapt']);
    expect(titles(sofia, 'published')).toEqual(['withdraw']);
    expect(titles(sofia, 'withdrawn')).toEqual(['write']);
    expect(titles(outside, 'published')).toEqual([]);
  });

  it('is said for the own city, or for the one that is named', () => {
    const [endorse] = practiceActions(athens, practice('published'));
    expect(endorse?.command({})).toEqual({ type: 'endorse', practice: 'p', member: 'a', on: true });
    const [forOthers] = practiceActions(coordinator, { ...practice('published'), endorsed: ['a'] });
    expect(forOthers?.command({ member: ' athens ' })).toEqual({
      type: 'endorse',
      practice: 'p',
      member: 'a',
      on: false,
    });
    expect(() => forOthers?.command({ member: 'Kotor' })).toThrow(Wrong);
  });
});

describe('the form of a practice', () => {
  it('reads back what it shows', () => {
    const form = write(sofia, practice('draft'));
    const shown = Object.fromEntries(form.fields.map(({ name, value }) => [name, value ?? '']));
    expect(form.command(shown)).toEqual({
      type: 'write',
      practice: 'p',
      member: 's',
      title: 'Shade',
      summary: 'Trees.',
      evidence: practice('draft').evidence,
      links: practice('draft').links,
      languages: ['bg', 'en'],
    });
  });
});

it('lets the own city take part, with who comes', () => {
  expect(takePart(athens).command({ person: ' Ana ' })).toEqual({ type: 'take-part', member: 'a', person: ' Ana ' });
  expect(takePart(athens).title).toBe('group.takePart');
  expect(takePart(sofia).title).toBe('group.whoComes');
  expect(takePart(coordinator).command({ member: 'Sofia', person: '' })).toEqual({ type: 'take-part', member: 's' });
});

it('has an address within its network', () => {
  expect(parseRoute('/n/1/2', '')).toEqual({ page: 'group', network: '1', group: '2' });
  expect(parseRoute('/n/1/2/3', '')).toEqual({ page: 'unknown' });
  expect(parseRoute('/e/1/2', '')).toEqual({ page: 'unknown' });
});
