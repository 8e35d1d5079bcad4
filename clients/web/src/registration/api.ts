// What the pages of registration ask of the server.
import { call, uuid7, type Access, type ConferenceId } from '@summit/client';
import { keep } from '../access/access.ts';
import { fetchFile, sendFile } from '../files.ts';
import { storage } from '../storage.ts';
import type {
  Answers,
  ListReport,
  OwnRegistration,
  RegistrationCommand,
  RegistrationForm,
  RegistrationList,
  RegistrationState,
} from './types.ts';

const root = (conference: ConferenceId): string => `/api/conferences/${conference}/registration`;
const place = (conference: ConferenceId): string => `summit.registration.${conference}`;

/** What opens the own registration, kept in this browser. */
export const keptKey = (conference: ConferenceId): string | null => storage.get(place(conference));
export const keepKey = (conference: ConferenceId, key: string): void => storage.set(place(conference), key);
export const forgetKey = (conference: ConferenceId): void => storage.remove(place(conference));

export const form = (conference: ConferenceId): Promise<RegistrationForm> => call('', root(conference));

export const own = (conference: ConferenceId, key: string): Promise<OwnRegistration> =>
  call('', `${root(conference)}/mine`, { body: { key } });

/** Comes in as the same person on every device. */
export async function enter(conference: ConferenceId, key: string): Promise<void> {
  keep(await call<Access>('', `${root(conference)}/mine/enter`, { body: { key } }));
}

export const withdraw = (conference: ConferenceId, key: string): Promise<OwnRegistration> =>
  call('', `${root(conference)}/mine/withdraw`, { body: { id: uuid7(), key } });

export interface Filled {
  /** The same id again is the same registration again. */
  readonly id: string;
  readonly answers: Answers;
  readonly lang: string;
  readonly key?: string;
}

export const register = (
  conference: ConferenceId,
  filled: Filled,
): Promise<{ registration: OwnRegistration; link: string }> => call('', root(conference), { body: filled });

export interface Question {
  readonly state: RegistrationState | '';
  readonly find: string;
  readonly skip: number;
}

/** For organisers. */
export class RegistrationApi {
  constructor(
    private readonly token: string,
    private readonly conference: ConferenceId,
  ) {}

  list({ state, find, skip }: Question): Promise<RegistrationList> {
    const query = new URLSearchParams({ find, skip: String(skip), ...(state && { state }) });
    return call('', `/api/conferences/${this.conference}/registrations?${query}`, { token: this.token });
  }

  command(command: RegistrationCommand): Promise<unknown> {
    return call('', `${root(this.conference)}/commands`, { token: this.token, body: { ...command, id: uuid7() } });
  }

  /** Without an id nothing is changed. */
  invite(list: File, lang: string, id?: string): Promise<ListReport> {
    const query = new URLSearchParams({ lang, ...(id !== undefined && { import: id }) });
    return sendFile(`/api/conferences/${this.conference}/invitations?${query}`, this.token, list);
  }

  table(): Promise<Blob> {
    return fetchFile(`/api/conferences/${this.conference}/registrations.csv`, this.token);
  }
}
