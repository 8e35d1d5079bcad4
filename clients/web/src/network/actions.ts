// What those who keep the records can do, each as a form and the command that comes of it.
import { uuid7 } from '@summit/client';
import type { Key } from '../i18n/index.svelte.ts';
import type { Command, Group, Member, MemberKind, MemberStatus, NetworkPage, Summit } from './types.ts';

export type FieldKind = 'line' | 'long' | 'date' | 'day' | 'number' | 'choice' | 'member' | 'country';

export interface Field {
  readonly name: string;
  readonly label: Key;
  readonly kind: FieldKind;
  readonly required?: boolean;
  readonly value?: string;
  readonly hint?: Key;
  /** For a choice: the values, and the key that a value is put behind to say it. */
  readonly options?: readonly string[];
  readonly said?: string;
  /** For a choice of what has a name of its own. */
  readonly named?: readonly { readonly id: string; readonly name: string }[];
}

export type Filled = Readonly<Record<string, string>>;

export interface Action {
  readonly title: Key;
  readonly about?: string;
  readonly fields: readonly Field[];
  /** The same ids each time it is asked. Throws a {@link Wrong} for what only the page can know to be wrong. */
  readonly command: (filled: Filled) => Command;
}

export class Wrong extends Error {
  constructor(
    readonly key: Key,
    readonly values: Record<string, string>,
  ) {
    super(key);
  }
}

const kinds: readonly MemberKind[] = ['city', 'municipality', 'association', 'institution'];
const byHand: readonly MemberStatus[] = ['observer', 'partner', 'former'];

const on: Field = { name: 'on', label: 'network.field.on', kind: 'date', required: true, hint: 'network.hint.date' };
const reason: Field = { name: 'reason', label: 'network.field.reason', kind: 'line' };
const document: readonly Field[] = [
  { name: 'document', label: 'network.field.document', kind: 'line' },
  { name: 'url', label: 'network.field.url', kind: 'line' },
];
const vote: readonly Field[] = [
  { name: 'yes', label: 'network.field.yes', kind: 'number', required: true, hint: 'network.hint.vote' },
  { name: 'no', label: 'network.field.no', kind: 'number', required: true, value: '0' },
  { name: 'abstain', label: 'network.field.abstain', kind: 'number', required: true, value: '0' },
];

const identity = (member?: Member): readonly Field[] => [
  { name: 'name', label: 'network.field.name', kind: 'line', required: true, value: member?.name ?? '' },
  {
    name: 'kind',
    label: 'network.field.kind',
    kind: 'choice',
    options: kinds,
    said: 'network.kind.',
    value: member?.kind ?? 'city',
  },
  { name: 'country', label: 'network.field.country', kind: 'country', required: true, value: member?.country ?? '' },
];

export const describe = (page: NetworkPage): Action => ({
  title: 'network.describe',
  fields: [
    { name: 'title', label: 'network.field.title', kind: 'line', required: true, value: page.title },
    { name: 'name', label: 'network.field.shortName', kind: 'line', required: true, value: page.name },
    { name: 'about', label: 'network.field.about', kind: 'long', value: page.about ?? '' },
    {
      name: 'founded',
      label: 'network.field.founded',
      kind: 'date',
      hint: 'network.hint.date',
      value: page.founded ?? '',
    },
  ],
  command: (filled) => ({ type: 'describe', ...given(filled) }),
});

export const eraseName = (): Action => ({
  title: 'network.eraseName',
  fields: [
    { name: 'name', label: 'network.field.person', kind: 'line', required: true, hint: 'network.hint.eraseName' },
  ],
  command: (filled) => ({ type: 'erase-name', ...filled }),
});

export const recordMember = (id = uuid7()): Action => ({
  title: 'network.recordMember',
  fields: [
    ...identity(),
    {
      name: 'status',
      label: 'network.field.status',
      kind: 'choice',
      options: ['member', ...byHand],
      said: 'network.status.',
      value: 'member',
    },
    { ...on, name: 'since', label: 'network.field.since' },
  ],
  command: (filled) => ({ type: 'record-member', member: id, ...filled }),
});

export const apply = (member?: Member, id = member?.id ?? uuid7()): Action => ({
  title: member ? 'network.applyAgain' : 'network.apply',
  fields: [...identity(member), on, ...document],
  command: (filled) => ({ type: 'apply', member: id, ...withDocument(filled) }),
});

/** What can be done with a member as it stands. */
export function actionsOn(member: Member): Action[] {
  const { id, name: about } = member;
  const step = (title: Key, type: string, fields: readonly Field[], shape: (filled: Filled) => object): Action => ({
    title,
    about,
    fields,
    command: (filled) => ({ type, member: id, ...shape(filled) }),
  });
  const candidate = member.status === 'candidate';
  return [
    ...(candidate
      ? [
          step('network.decision', 'decision', [on, ...document], withDocument),
          step('network.support', 'support', [supporter, on, ...document], withDocument),
          step('network.admit', 'admit', [on, ...vote], ({ on, ...votes }) => ({ on, vote: counted(votes) })),
          step('network.decline', 'decline', [on, { ...reason, required: true }], given),
        ]
      : [step('network.status', 'status', [newStatus(member), on, reason], given)]),
    ...(member.status === 'member' || candidate ? [] : [{ ...apply(member), about }]),
    step('network.correct', 'correct-member', identity(member), given),
    step('network.setContacts', 'contacts', [contactsOf(member)], ({ contacts = '' }) => ({
      contacts: lines(contacts).map(contact),
    })),
    step('network.back', 'back', [], () => ({})),
  ];
}

const supporter: Field = { name: 'by', label: 'network.field.by', kind: 'line', required: true };

const newStatus = (member: Member): Field => ({
  name: 'status',
  label: 'network.field.status',
  kind: 'choice',
  options: byHand.filter((status) => status !== member.status),
  said: 'network.status.',
});

const contactsOf = (member: Member): Field => ({
  name: 'contacts',
  label: 'network.field.contacts',
  kind: 'long',
  hint: 'network.hint.contacts',
  value: (member.contacts ?? [])
    .map((one) => [one.name, one.function ?? '', one.mail ?? '', one.phone ?? ''].join(', ').replace(/[, ]+$/, ''))
    .join('\n'),
});

function contact(line: string): object {
  const [name = '', role, mail, phone] = line.split(',').map((part) => part.trim());
  return { name, ...given({ function: role ?? '', mail: mail ?? '', phone: phone ?? '' }) };
}

export const handOver = (page: NetworkPage): Action => ({
  title: 'network.handOver',
  fields: [
    { name: 'to', label: 'network.field.to', kind: 'member', required: true },
    on,
    { name: 'summit', label: 'network.field.summit', kind: 'choice', named: page.summits.map(named) },
    { name: 'president', label: 'network.field.president', kind: 'line' },
  ],
  command: ({ to = '', ...rest }) => ({ type: 'hand-over', to: called(page.members, to), ...given(rest) }),
});

export const takeHandoverBack = (): Action => ({
  title: 'network.takeBack',
  fields: [],
  command: () => ({ type: 'take-handover-back' }),
});

export const setGroup = (page: NetworkPage, group?: Group, id = group?.id ?? uuid7()): Action => ({
  title: group ? 'network.edit' : 'network.addGroup',
  ...(group && { about: group.name }),
  fields: [
    { name: 'name', label: 'network.field.name', kind: 'line', required: true, value: group?.name ?? '' },
    {
      name: 'kind',
      label: 'network.field.kind',
      kind: 'choice',
      options: ['working-group', 'task-force', 'forum'],
      said: 'network.group.',
      value: group?.kind ?? 'working-group',
    },
    { name: 'about', label: 'network.field.about', kind: 'long', value: group?.about ?? '' },
    {
      name: 'coordinators',
      label: 'network.field.coordinators',
      kind: 'long',
      hint: 'network.hint.coordinators',
      value: (group?.coordinators ?? [])
        .map(({ member, person }) => nameOf(page, member) + (person ? `, ${person}` : ''))
        .join('\n'),
    },
  ],
  command: ({ coordinators = '', ...rest }) => ({
    type: 'set-group',
    group: id,
    ...given(rest),
    coordinators: lines(coordinators).map((line) => {
      const [name = '', ...person] = line.split(',');
      return { member: called(page.members, name), ...given({ person: person.join(',').trim() }) };
    }),
  }),
});

export const dropGroup = (group: Group): Action => ({
  title: 'network.dropGroup',
  about: group.name,
  fields: [],
  command: () => ({ type: 'drop-group', group: group.id }),
});

export const recordSummit = (page: NetworkPage, summit?: Summit, id = summit?.id ?? uuid7()): Action => ({
  title: summit ? 'network.edit' : 'network.addSummit',
  ...(summit && { about: summit.title }),
  fields: [
    { name: 'title', label: 'network.field.summitTitle', kind: 'line', required: true, value: summit?.title ?? '' },
    { name: 'place', label: 'network.field.place', kind: 'line', required: true, value: summit?.place ?? '' },
    { name: 'host', label: 'network.host', kind: 'member', value: nameOf(page, summit?.host) },
    { ...on, name: 'starts', label: 'network.field.starts', value: summit?.starts ?? '' },
    { ...on, name: 'ends', label: 'network.field.ends', required: false, value: summit?.ends ?? '' },
    { name: 'theme', label: 'network.field.theme', kind: 'line', value: summit?.theme ?? '' },
    {
      name: 'guests',
      label: 'network.field.guests',
      kind: 'long',
      hint: 'network.hint.lines',
      value: summit?.guests.join('\n') ?? '',
    },
  ],
  command: ({ host = '', guests = '', ...rest }) => ({
    type: 'record-summit',
    summit: id,
    ...given(rest),
    ...(host.trim() && { host: called(page.members, host) }),
    guests: lines(guests),
    ...(summit?.conference && { conference: summit.conference }),
  }),
});

export const dropSummit = (summit: Summit): Action => ({
  title: 'network.dropSummit',
  about: summit.title,
  fields: [],
  command: () => ({ type: 'drop-summit', summit: summit.id }),
});

const named = ({ id, title }: Summit): { id: string; name: string } => ({ id, name: title });

export const nameOf = (page: NetworkPage, id: string | undefined): string =>
  page.members.find((member) => member.id === id)?.name ?? '';

export const membersIn = (page: NetworkPage): Member[] => page.members.filter(({ status }) => status === 'member');

/** The id of who is called so. Throws a {@link Wrong} where nobody is. */
export function called(named: readonly { readonly id: string; readonly name: string }[], name: string): string {
  const wanted = name.trim().toLowerCase();
  const found = named.find((one) => one.name.toLowerCase() === wanted);
  if (!found) throw new Wrong('network.wrong.member', { name: name.trim() });
  return found.id;
}

/** What was filled in; an empty field is one left out. */
export const given = (filled: Filled): Filled =>
  Object.fromEntries(Object.entries(filled).filter(([, value]) => value.trim() !== ''));

function withDocument({ document = '', url = '', ...rest }: Filled): object {
  return {
    ...given(rest),
    ...((document.trim() || url.trim()) && { document: { title: document, ...given({ url }) } }),
  };
}

const counted = (votes: Filled): object =>
  Object.fromEntries(Object.entries(votes).map(([name, value]) => [name, Number(value)]));

export const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
