import type { NetworkId } from '@summit/client';
import { describe, expect, it } from 'vitest';
import { actionsOn, apply, handOver, recordSummit, setGroup, Wrong } from '../src/network/actions.ts';
import { countries } from '../src/network/countries.ts';
import { inWords, lastDay, spanInWords } from '../src/network/dates.ts';
import { byCountry, present } from '../src/network/members.ts';
import { timeline } from '../src/network/timeline.ts';
import type { Member, NetworkPage, Step } from '../src/network/types.ts';

const recorded: Step = { kind: 'recorded', on: '2021', status: 'member' };

const member = (name: string, country: string, steps: readonly Step[] = [recorded]): Member => ({
  id: `id of ${name}`,
  name,
  kind: 'city',
  country,
  status: steps.at(-1)?.status ?? 'member',
  since: steps[0]?.on ?? '2021',
  steps,
});

const candidate = member('Varna', 'BG', [{ kind: 'applied', on: '2025-03', status: 'candidate' }]);

const page: NetworkPage = {
  id: 'n' as NetworkId,
  seq: 1,
  title: 'Balkan Cities Network',
  name: 'B40',
  founded: '2021-11-30',
  demonstration: false,
  keeps: true,
  issues: true,
  members: [member('Niš', 'RS'), member('Sofia', 'BG'), member('İstanbul', 'TR'), candidate],
  terms: [
    { holder: 'id of İstanbul', from: '2021-11-30', to: '2025-02' },
    { holder: 'id of Sofia', from: '2025-02', summit: 's' },
  ],
  groups: [],
  summits: [{ id: 's', title: 'Fourth summit', place: 'Sofia', starts: '2025-02-24', guests: ['EBRD'] }],
};

describe('dates as far as they are known', () => {
  it('are said no more exactly than that', () => {
    expect([inWords('2024', 'en-GB'), inWords('2024-09', 'en-GB'), inWords('2024-09-10', 'en-GB')]).toEqual([
      '2024',
      'September 2024',
      '10 September 2024',
    ]);
    expect(spanInWords('2025-02-24', '2025-02-25', 'en-GB')).toMatch(/^24\D+25 February 2025$/);
    expect(spanInWords('2025', undefined, 'en-GB')).toBe('2025');
  });

  it('are sorted by the last day they can mean', () => {
    expect([lastDay('2024'), lastDay('2024-09'), lastDay('2024-09-10')]).toEqual([
      '2024-12-31',
      '2024-09-31',
      '2024-09-10',
    ]);
  });
});

describe('the list of members', () => {
  const named = (text: string, status: 'all' | 'candidate' = 'all'): string[] =>
    byCountry(page.members, { text, status }, 'en').flatMap(({ members }) => members.map(({ name }) => name));

  it('is by country and name in the language of the reader', () => {
    expect(byCountry(page.members, { text: '', status: 'all' }, 'en').map(({ name }) => name)).toEqual([
      'Bulgaria',
      'Serbia',
      expect.stringMatching(/^T/),
    ]);
    expect(named('')).toEqual(['Sofia', 'Varna', 'Niš', 'İstanbul']);
  });

  it('finds names without their marks, and countries', () => {
    expect([named('nis'), named('istanbul'), named('bulgaria'), named('x')]).toEqual([
      ['Niš'],
      ['İstanbul'],
      ['Sofia', 'Varna'],
      [],
    ]);
  });

  it('can be narrowed to a status that somebody has', () => {
    expect(named('', 'candidate')).toEqual(['Varna']);
    expect(present(page.members)).toEqual([
      { status: 'member', count: 3 },
      { status: 'candidate', count: 1 },
    ]);
  });
});

describe('the timeline', () => {
  it('has the newest first, a handover behind its summit, and those recorded together as one', () => {
    const happened = timeline(page);
    expect(happened.map(({ key }) => key)).toEqual([
      'network.event.applied',
      'network.event.handedOverAt',
      'network.event.summit',
      'network.event.member',
      'network.event.firstTerm',
      'network.event.founded',
    ]);
    expect(happened[1]?.values).toEqual({ from: 'İstanbul', to: 'Sofia', summit: 'Fourth summit' });
    expect(happened[3]?.names).toEqual(['Niš', 'Sofia', 'İstanbul']);
  });
});

describe('what can be done', () => {
  it('with a candidate is its road, with a member no vote', () => {
    const titles = (of: Member): string[] => actionsOn(of).map(({ title }) => title);
    expect(titles(candidate)).toContain('network.admit');
    expect(titles(candidate)).not.toContain('network.status');
    expect(titles(member('Sofia', 'BG'))).not.toContain('network.admit');
  });

  it('becomes a command with numbers as numbers and nothing for an empty field', () => {
    const admit = actionsOn(candidate).find(({ title }) => title === 'network.admit');
    expect(admit?.command({ on: '2025-05-20', yes: '60', no: '3', abstain: '5' })).toEqual({
      type: 'admit',
      member: candidate.id,
      on: '2025-05-20',
      vote: { yes: 60, no: 3, abstain: 5 },
    });
    const applied = apply(undefined, 'new' as never);
    expect(applied.command({ name: 'Ruse', kind: 'city', country: 'BG', on: '2026', document: '', url: '' })).toEqual({
      type: 'apply',
      member: 'new',
      name: 'Ruse',
      kind: 'city',
      country: 'BG',
      on: '2026',
    });
  });

  it('keeps its ids when it is tried again', () => {
    const group = setGroup(page);
    const filled = { name: 'Climate', kind: 'forum', about: '', coordinators: '' };
    expect(group.command(filled)).toEqual(group.command(filled));
  });

  it('reads lists from lines, and names from what was typed', () => {
    const coordinators = 'Sofia, Ana\n niš \n';
    expect(setGroup(page).command({ name: 'Climate', kind: 'forum', about: '', coordinators })).toMatchObject({
      coordinators: [{ member: 'id of Sofia', person: 'Ana' }, { member: 'id of Niš' }],
    });
    const contacts = actionsOn(candidate).find(({ title }) => title === 'network.setContacts');
    expect(contacts?.command({ contacts: 'Elena, Mayor, elena@varna.example\nPetar' })).toMatchObject({
      contacts: [{ name: 'Elena', function: 'Mayor', mail: 'elena@varna.example' }, { name: 'Petar' }],
    });
  });

  it('says which name is none of a member', () => {
    expect(() => handOver(page).command({ to: 'Nowhere', on: '2026' })).toThrow(Wrong);
  });

  it('writes a summit anew with all that the form does not show', () => {
    const [summit] = page.summits;
    const kept = recordSummit(page, summit && { ...summit, conference: 'c' });
    expect(
      kept.command({ title: 'T', place: 'P', host: '', starts: '2025', ends: '', theme: '', guests: 'A\nB' }),
    ).toEqual({
      type: 'record-summit',
      summit: 's',
      title: 'T',
      place: 'P',
      starts: '2025',
      guests: ['A', 'B'],
      conference: 'c',
    });
  });
});

it('names countries, and nothing that is none', () => {
  const codes = countries('en').map(({ code }) => code);
  expect(codes).toEqual(expect.arrayContaining(['BG', 'XK', 'MK', 'TR']));
  expect(codes.some((code) => ['EU', 'ZZ', 'YU', 'SU'].includes(code))).toBe(false);
});
