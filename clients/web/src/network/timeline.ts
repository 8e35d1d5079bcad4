// What happened in a network, newest first, as keys and values of the catalogue.
import type { Key, Values } from '../i18n/index.svelte.ts';
import { lastDay } from './dates.ts';
import type { Member, MemberStatus, NetworkPage, PartialDate, Step } from './types.ts';

export interface Happened {
  readonly on: PartialDate;
  readonly key: Key;
  readonly values: Values;
  /** Names that go into the text as `names`, however many they are. */
  readonly names?: readonly string[];
  /** A status that goes into the text in the reader's words. */
  readonly status?: MemberStatus;
  readonly document?: Step['document'];
}

export function timeline(page: NetworkPage): Happened[] {
  const happened = [
    ...founding(page),
    ...summits(page),
    ...terms(page),
    ...recorded(page.members),
    ...roads(page.members),
  ];
  return happened
    .map((one, at) => ({ one, at }))
    .sort((a, b) => lastDay(b.one.on).localeCompare(lastDay(a.one.on)) || b.at - a.at)
    .map(({ one }) => one);
}

function founding({ founded, name }: NetworkPage): Happened[] {
  return founded ? [{ on: founded, key: 'network.event.founded', values: { network: name } }] : [];
}

function summits(page: NetworkPage): Happened[] {
  return page.summits.map(({ starts, title, place }) => ({
    on: starts,
    key: 'network.event.summit',
    values: { title, place },
  }));
}

function terms(page: NetworkPage): Happened[] {
  const name = (id: string): string => page.members.find((member) => member.id === id)?.name ?? '';
  return page.terms.map(({ holder, from: on, summit: at }, index) => {
    const before = page.terms[index - 1];
    const to = name(holder);
    if (!before) return { on, key: 'network.event.firstTerm', values: { to } };
    const values = { from: name(before.holder), to };
    const summit = page.summits.find(({ id }) => id === at)?.title;
    return summit
      ? { on, key: 'network.event.handedOverAt', values: { ...values, summit } }
      : { on, key: 'network.event.handedOver', values };
  });
}

/** Those recorded as of the same day with the same status are one entry: nobody reads 73. */
function recorded(members: readonly Member[]): Happened[] {
  const together = new Map<string, Happened & { names: string[] }>();
  for (const { name, steps } of members) {
    const [first] = steps;
    if (first?.kind !== 'recorded') continue;
    const key = eventOf[first.status];
    if (!key) continue;
    const found = together.get(key + first.on);
    if (found) found.names.push(name);
    else together.set(key + first.on, { on: first.on, key, values: {}, names: [name] });
  }
  return [...together.values()];
}

const eventOf: Partial<Record<MemberStatus, Key>> = {
  member: 'network.event.member',
  observer: 'network.event.observer',
  partner: 'network.event.partner',
  former: 'network.event.former',
};

const roads = (members: readonly Member[]): Happened[] =>
  members.flatMap((member) =>
    member.steps.filter(({ kind }) => kind !== 'recorded').map((step) => stepOf(member, step)),
  );

export function stepOf({ name }: Pick<Member, 'name'>, step: Step): Happened {
  const { kind, on, status, document, by = '', vote, reason = '' } = step;
  switch (kind) {
    case 'recorded':
      return { on, key: 'network.event.became', values: { name }, status };
    case 'applied':
      return { on, key: 'network.event.applied', values: { name }, document };
    case 'decided':
      return { on, key: 'network.event.decided', values: { name }, document };
    case 'supported':
      return { on, key: 'network.event.supported', values: { name, by }, document };
    case 'admitted':
      return { on, key: 'network.event.admitted', values: { name, ...(vote ?? { yes: 0, no: 0, abstain: 0 }) } };
    case 'declined':
      return { on, key: 'network.event.declined', values: { name, reason } };
    case 'changed':
      return status === 'former'
        ? { on, key: 'network.event.left', values: { name } }
        : { on, key: 'network.event.became', values: { name }, status };
    default:
      return kind satisfies never;
  }
}
