import { memoryStorage, SummitFault, type PersonId } from '@summit/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Door, type DoorServer } from '../src/door/door.svelte.ts';
import { byCode, byWords } from '../src/door/find.ts';
import { another, editorOf, setForm } from '../src/registration/editor.ts';
import { inGroups } from '../src/registration/labels.ts';
import type { DoorEntry, FormSettings } from '../src/registration/types.ts';

const entry = (name: string, code: string, city = 'Tirana'): DoorEntry => ({
  person: name as PersonId,
  code,
  state: 'approved',
  since: '2027-02-24T08:00:00Z',
  name,
  city,
});
const ana = entry('Ana Kola', 'K7M3QXPA2');
const ilir = entry('Ílir Hoxha', 'K7M4QXPA2', 'Shkodër');

describe('the form of the form', () => {
  it('asks for name and mail address from the start', () => {
    const command = setForm(editorOf(undefined, 'Europe/Sofia'), 'Europe/Sofia');
    expect(command).toMatchObject({
      type: 'set-form',
      approval: false,
      capacity: null,
      opens: null,
      waitingList: true,
    });
    expect(command.type === 'set-form' && command.fields.map(({ key, required }) => [key, required])).toEqual([
      ['name', true],
      ['mail', true],
      ['city', false],
    ]);
  });

  it('comes back as it was saved', () => {
    const form: FormSettings = {
      fields: [
        { key: 'name', kind: 'line', label: '', required: true },
        { key: 'mail', kind: 'mail', label: '', required: true, deleteAfter: '2027-12-31' },
        { key: 'f1', kind: 'choice', label: 'Lunch', required: true, options: ['fish', 'none'] },
      ],
      approval: true,
      opens: '2027-01-10T07:00:00.000Z',
      closes: null,
      capacity: 300,
      waitingList: false,
    };
    expect(setForm(editorOf(form, 'Europe/Sofia'), 'Europe/Sofia')).toEqual({ type: 'set-form', ...form });
  });

  it('gives each new field a key of its own', () => {
    const { rows } = editorOf(undefined, 'UTC');
    rows.push(another(rows));
    rows.push(another(rows));
    expect(rows.slice(-2).map(({ key }) => key)).toEqual(['f1', 'f2']);
  });
});

describe('who is meant at the door', () => {
  it.each(['SUMMIT:K7M3QXPA2', 'k7m-3qx-pa2', ' K7M3QXPA2 '])('is found by the code %s', (code) => {
    expect(byCode([ana, ilir], code)).toEqual([ana]);
  });

  it.each(['nonsense', '', 'SUMMIT:', 'K7M3QXPA'])('is nobody by the code %j', (code) => {
    expect(byCode([ana, ilir], code)).toEqual([]);
  });

  it.each([
    ['ilir', [ilir]],
    ['hox shko', [ilir]],
    ['k7m', [ana, ilir]],
    ['k7m-4', [ilir]],
    ['ola', []],
    [' ', []],
  ])('is found by %j', (typed, found) => {
    expect(byWords([ana, ilir], typed)).toEqual(found);
  });

  it('has a code that can be read out', () => {
    expect(inGroups('K7M3QXPA2')).toBe('K7M-3QX-PA2');
  });
});

describe('a door without a line', () => {
  const sent: { id: string; type: string; person: string }[] = [];
  let answer: () => Promise<unknown>;
  const server: DoorServer = {
    list: () => Promise.resolve([ana, ilir]),
    send: (command) => {
      sent.push(command);
      return answer();
    },
  };
  const lost = (): Promise<never> => Promise.reject(new SummitFault('client.unreachable', 'Away.', 0));

  beforeEach(() => {
    vi.useFakeTimers();
    sent.length = 0;
    answer = lost;
  });
  afterEach(() => void vi.useRealTimers());

  it('lets people in at once, keeps that over a reload, and tells it once there is a line', async () => {
    const storage = memoryStorage();
    const door = new Door(server, storage, 'door');
    await door.load();
    door.checkIn(ana.person);
    expect(door.find(ana.person)?.state).toBe('checked-in');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(door.waiting).toBe(1);
    door.close();

    const reloaded = new Door(server, storage, 'door');
    await reloaded.load();
    expect(reloaded.find(ana.person)?.state).toBe('checked-in');
    answer = () => Promise.resolve({ seq: 1 });
    await reloaded.flush();
    expect(reloaded.waiting).toBe(0);
    expect(reloaded.find(ana.person)?.state).toBe('checked-in');
    // Each time the same command, which the server knows by its id.
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    expect(sent.length).toBeGreaterThan(2);
  });

  it('keeps the order of a check-in and its taking back', async () => {
    const door = new Door(server, memoryStorage(), 'door');
    await door.load();
    door.checkIn(ana.person);
    door.takeBack(ana.person);
    expect(door.find(ana.person)?.state).toBe('approved');
    answer = () => Promise.resolve({ seq: 1 });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(sent.slice(-2).map(({ type }) => type)).toEqual(['check-in', 'take-check-in-back']);
    expect(door.waiting).toBe(0);
  });

  it('says what was refused, and goes on with the next', async () => {
    const door = new Door(server, memoryStorage(), 'door');
    await door.load();
    answer = () => Promise.reject(new SummitFault('registration.checked-in', 'Already.', 409));
    door.checkIn(ana.person);
    await vi.advanceTimersByTimeAsync(0);
    expect(door.refused?.entry?.name).toBe('Ana Kola');
    expect(door.waiting).toBe(0);
  });
});
