// What a host asks of the server over HTTP.
import { call, uuid7, type Frame, type NewCommand, type Session, type SessionId, type Time } from '@summit/client';
import type { EventPage } from '../event/types.ts';
import type { Retention } from '../own/api.ts';
import type { ProgrammeCommand } from './programme/commands.ts';

export type LinkRole = 'moderator' | 'stage' | 'host';

export interface Link {
  readonly id: string;
  readonly role: LinkRole;
  readonly label: string;
  readonly issued: string;
  readonly expires: string | null;
  readonly revoked: boolean;
}

export interface IssuedLink {
  readonly id: string;
  readonly link: string;
}

/** How long what people write is kept, and what has gone. */
export interface Keeping {
  readonly retention: Retention;
  readonly hold?: { readonly reason: string; readonly since: Time };
  readonly orders: readonly { readonly done?: Time }[];
}

export type KeepingCommand =
  | { readonly type: 'retention'; readonly retention: Retention }
  | { readonly type: 'hold'; readonly reason: string }
  | { readonly type: 'release' };

export interface NewSession {
  readonly title: string;
  readonly starts: string;
  readonly ends: string;
  readonly lang: string;
}

export class HostApi {
  constructor(
    private readonly token: string,
    private readonly conference: string,
  ) {}

  async session(id: SessionId): Promise<Session | undefined> {
    return (await this.#call<Frame>(`/api/sessions/${id}`)).session;
  }

  command(session: SessionId, command: NewCommand): Promise<{ seq: number }> {
    return this.#call(`/api/sessions/${session}/commands`, 'POST', { ...command, id: uuid7() });
  }

  /** With the same id again it is the same session, added once. */
  addSession(session: NewSession, id = uuid7()): Promise<unknown> {
    return this.#call(`/api/conferences/${this.conference}/sessions`, 'POST', { ...session, id });
  }

  programme(): Promise<EventPage> {
    return this.#call(`/api/conferences/${this.conference}`);
  }

  change(command: ProgrammeCommand | KeepingCommand): Promise<unknown> {
    return this.#call(`/api/conferences/${this.conference}/commands`, 'POST', { ...command, id: uuid7() });
  }

  /** With the same id again it is the same document, handed out once. */
  addDocument(id: string, about: { title: string; date: string }, file: Blob): Promise<unknown> {
    const query = new URLSearchParams(about);
    return this.#call(`/api/conferences/${this.conference}/documents/${id}?${query}`, 'PUT', file);
  }

  dropDocument(id: string): Promise<void> {
    return this.#call(`/api/conferences/${this.conference}/documents/${id}`, 'DELETE');
  }

  keeping(): Promise<Keeping> {
    return this.#call(`/api/conferences/${this.conference}/privacy`);
  }

  links(): Promise<Link[]> {
    return this.#call(`/api/conferences/${this.conference}/links`);
  }

  issue(role: LinkRole, label: string, expires: string | null): Promise<IssuedLink> {
    return this.#call(`/api/conferences/${this.conference}/links`, 'POST', {
      role,
      label,
      ...(expires && { expires }),
    });
  }

  revoke(link: string): Promise<void> {
    return this.#call(`/api/conferences/${this.conference}/links/${link}`, 'DELETE');
  }

  remove(): Promise<void> {
    return this.#call(`/api/conferences/${this.conference}`, 'DELETE');
  }

  #call<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
    return call<T>('', path, { token: this.token, method, ...(body !== undefined && { body }) });
  }
}
