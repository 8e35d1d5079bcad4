// What can be done in a working group, each as a form and the command that comes of it.
import { uuid7 } from '@summit/client';
import type { Key } from '../i18n/index.svelte.ts';
import { called, given, lines, type Action, type Field, type Filled } from '../network/actions.ts';
import { cityOf, type Evidence, type GroupPage, type Practice, type Task } from './types.ts';

const citiesIn = (page: GroupPage): GroupPage['cities'] => page.cities.filter((city) => city.in);

export const namesIn = (page: GroupPage): string[] => citiesIn(page).map(({ name }) => name);

const city: Field = { name: 'member', label: 'group.field.city', kind: 'member', required: true };

/** Who runs the group names a city; everybody else speaks for the own one. */
const whose = (page: GroupPage): readonly Field[] => (page.runs ? [{ ...city, value: ownCity(page) }] : []);

const ownCity = (page: GroupPage): string => (page.speaksFor ? cityOf(page, page.speaksFor) : '');

const memberOf = (page: GroupPage, { member = '' }: Filled): string =>
  page.runs ? called(citiesIn(page), member) : (page.speaksFor ?? '');

export const takesPart = (page: GroupPage): boolean => page.members.some(({ member }) => member === page.speaksFor);

export const takePart = (page: GroupPage): Action => ({
  title: takesPart(page) && !page.runs ? 'group.whoComes' : 'group.takePart',
  fields: [
    ...whose(page),
    {
      name: 'person',
      label: 'group.field.person',
      kind: 'line',
      hint: 'group.hint.person',
      value: page.runs ? '' : (page.members.find(({ member }) => member === page.speaksFor)?.person ?? ''),
    },
  ],
  command: (filled) => ({
    type: 'take-part',
    member: memberOf(page, filled),
    ...given({ person: filled.person ?? '' }),
  }),
});

export const leave = (page: GroupPage, member: string): Action => ({
  title: 'group.leave',
  about: cityOf(page, member),
  fields: [],
  command: () => ({ type: 'leave', member }),
});

const duty = (task?: Task): readonly Field[] => [
  { name: 'owner', label: 'group.field.owner', kind: 'line', value: task?.owner ?? '' },
  { name: 'due', label: 'group.field.due', kind: 'day', value: task?.due ?? '' },
];

export const addTask = (id = uuid7()): Action => ({
  title: 'group.addTask',
  fields: [{ name: 'text', label: 'group.field.text', kind: 'long', required: true }, ...duty()],
  command: (filled) => ({ type: 'add-task', task: id, ...given(filled) }),
});

export const taskActions = (task: Task): Action[] => [
  {
    title: 'group.settle',
    fields: [
      {
        name: 'state',
        label: 'group.field.state',
        kind: 'choice',
        options: ['done', 'dropped', 'open'],
        said: 'group.task.',
        value: task.state === 'open' ? 'done' : task.state,
      },
      { name: 'note', label: 'group.field.note', kind: 'long', hint: 'group.hint.note', value: task.note ?? '' },
    ],
    command: (filled) => ({ type: 'settle', task: task.id, ...given(filled) }),
  },
  {
    title: 'group.assign',
    fields: duty(task),
    command: (filled) => ({ type: 'assign', task: task.id, ...given(filled) }),
  },
];

const long = (name: string, label: Key, value: string | undefined, required = false): Field => ({
  name,
  label,
  kind: 'long',
  required,
  value: value ?? '',
});

/** Between the parts of a line; commas stand in numbers. */
const between = ';';

const joined = (parts: readonly (string | undefined)[]): string =>
  parts
    .map((part) => part ?? '')
    .join(`${between} `)
    .replace(/[; ]+$/, '');

const parted = (line: string): string[] => line.split(between).map((part) => part.trim());

function evidence(line: string): Evidence {
  const [indicator = '', unit = '', before = '', after = '', year = '', source = ''] = parted(line);
  return { indicator, ...given({ unit, before, after, year, source }) };
}

function link(line: string): object {
  const [title = '', url = ''] = parted(line);
  return { title, ...given({ url }) };
}

export const write = (page: GroupPage, practice?: Practice, id = practice?.id ?? uuid7()): Action => ({
  title: practice ? 'group.write' : 'group.newPractice',
  ...(practice && { about: practice.title }),
  fields: [
    ...whose(page).map((field) => ({ ...field, value: practice ? cityOf(page, practice.member) : ownCity(page) })),
    { name: 'title', label: 'group.field.title', kind: 'line', required: true, value: practice?.title ?? '' },
    long('summary', 'group.field.summary', practice?.summary, true),
    long('problem', 'group.field.problem', practice?.problem),
    long('done', 'group.field.done', practice?.done),
    long('resources', 'group.field.resources', practice?.resources),
    {
      ...long(
        'evidence',
        'group.field.evidence',
        practice?.evidence
          .map(({ indicator, unit, before, after, year, source }) =>
            joined([indicator, unit, before, after, year, source]),
          )
          .join('\n'),
      ),
      hint: 'group.hint.evidence',
    },
    long('difficulties', 'group.field.difficulties', practice?.difficulties),
    long('conditions', 'group.field.conditions', practice?.conditions),
    {
      ...long('links', 'group.field.links', practice?.links.map(({ title, url }) => joined([title, url])).join('\n')),
      hint: 'group.hint.links',
    },
    {
      name: 'languages',
      label: 'group.field.languages',
      kind: 'line',
      hint: 'group.hint.languages',
      value: practice?.languages.join(' ') ?? '',
    },
    { name: 'review', label: 'group.field.review', kind: 'day', value: practice?.review ?? '' },
  ],
  command: ({ evidence: rows = '', links = '', languages = '', ...rest }) => ({
    type: 'write',
    practice: id,
    ...given(rest),
    member: memberOf(page, rest),
    evidence: lines(rows).map(evidence),
    links: lines(links).map(link),
    languages: languages.split(/[\s,]+/).filter(Boolean),
  }),
});

/** What this reader can do with a practice as it stands. */
export function practiceActions(page: GroupPage, practice: Practice): Action[] {
  const { id, title: about, state } = practice;
  const own = page.runs || practice.member === page.speaksFor;
  const step = (title: Key, type: string, fields: readonly Field[] = []): Action => ({
    title,
    about,
    fields,
    command: (filled) => ({ type, practice: id, ...given(filled) }),
  });
  const published = state === 'published' || state === 'validated';
  return [
    ...(own && (state === 'draft' || state === 'withdrawn') ? [write(page, practice)] : []),
    ...(own && state === 'draft' ? [step('group.submit', 'submit')] : []),
    ...(page.runs && state === 'submitted' ? [step('group.publish', 'publish')] : []),
    ...(page.validates && state === 'published' ? [step('group.validate', 'validate')] : []),
    ...(published && (page.runs || (page.speaksFor && !own)) ? [endorse(page, practice), adapt(page, practice)] : []),
    ...(page.runs && (published || state === 'submitted')
      ? [step('group.return', 'return', [long('request', 'group.field.request', '', true)])]
      : []),
    ...(own && state !== 'withdrawn'
      ? [step('group.withdraw', 'withdraw', [long('reason', 'group.field.reason', '')])]
      : []),
  ];
}

function endorse(page: GroupPage, practice: Practice): Action {
  const mine = !page.runs && practice.endorsed.includes(page.speaksFor ?? '');
  return {
    title: mine ? 'group.endorseBack' : 'group.endorse',
    about: practice.title,
    fields: whose(page).map((field) => ({ ...field, value: '', hint: 'group.hint.endorse' })),
    command: (filled) => {
      const member = memberOf(page, filled);
      return { type: 'endorse', practice: practice.id, member, on: !practice.endorsed.includes(member) };
    },
  };
}

function adapt(page: GroupPage, practice: Practice): Action {
  const mine = page.runs ? undefined : practice.adapted.find(({ member }) => member === page.speaksFor);
  return {
    title: 'group.adapt',
    about: practice.title,
    fields: [
      ...whose(page).map((field) => ({ ...field, value: '' })),
      long('changed', 'group.field.changed', mine?.changed, true),
      {
        name: 'worked',
        label: 'group.field.worked',
        kind: 'choice',
        options: ['too-early', 'yes', 'partly', 'no'],
        said: 'group.worked.',
        value: mine?.worked ?? 'too-early',
      },
      { name: 'since', label: 'group.field.since', kind: 'date', hint: 'network.hint.date', value: mine?.since ?? '' },
    ],
    command: (filled) => ({
      type: 'adapt',
      practice: practice.id,
      ...given(filled),
      member: memberOf(page, filled),
    }),
  };
}
