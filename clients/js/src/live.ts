// One session, live.
import type { Posted } from './outbox.js';
import { emptyRoom, type Room } from './room.js';
import type { KeyValueStorage } from './storage.js';
import type { Access, CommandId, Fault, NewCommand, Reaction, SessionId } from './types.js';

export type Connection = 'connecting' | 'live' | 'reconnecting' | 'offline' | 'ended';

export interface LiveState {
  readonly room: Room;
  readonly connection: Connection;
  readonly posted: readonly Posted[];
  /** Why following ended for good. */
  readonly ended?: Fault;
}

export interface LiveOptions {
  /** Origin of the server; empty for the page's own. */
  readonly server: string;
  readonly access: Access;
  readonly session: SessionId;
  readonly storage?: KeyValueStorage;
  /** Milliseconds to wait before the given attempt, counted from 0. */
  readonly retry?: (attempt: number) => number;
}

export class LiveSession {
  readonly state: LiveState = { room: emptyRoom, connection: 'connecting', posted: [] };

  constructor(protected readonly options: LiveOptions) {}

  subscribe(listener: (state: LiveState) => void): () => void {
    listener(this.state);
    return () => undefined;
  }

  send(_command: NewCommand): CommandId {
    throw new Error('Not connected.');
  }

  dismiss(_id: CommandId): void {
    throw new Error('Not connected.');
  }

  react(_kind: Reaction): void {
    throw new Error('Not connected.');
  }

  wake(): void {
    throw new Error('Not connected.');
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
