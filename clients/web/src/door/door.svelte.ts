// The list at the door: checked in at once on this phone, told to the server as soon as there is a line, each once.
import {
  call,
  SummitFault,
  uuid7,
  type ConferenceId,
  type Fault,
  type KeyValueStorage,
  type PersonId,
} from '@summit/client';
import type { DoorEntry } from '../registration/types.ts';

/** What was done here and the server has not heard of. */
interface Waiting {
  /** The same id again is the same command again. */
  readonly id: string;
  readonly type: 'check-in' | 'take-check-in-back';
  readonly person: PersonId;
  readonly at: string;
}

export interface DoorServer {
  list(): Promise<readonly DoorEntry[]>;
  send(command: { id: string; type: Waiting['type']; person: PersonId }): Promise<unknown>;
}

export function doorServer(token: string, conference: ConferenceId): DoorServer {
  return {
    list: () => call('', `/api/conferences/${conference}/door`, { token }),
    send: (command) => call('', `/api/conferences/${conference}/registration/commands`, { token, body: command }),
  };
}

const firstPause = 1_000;
const longestPause = 20_000;

export class Door {
  /** Null until the list was read once. */
  #listed = $state.raw<readonly DoorEntry[] | null>(null);
  #waiting = $state.raw<readonly Waiting[]>([]);
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending = false;
  /** What the server refused of what was done here. */
  refused = $state.raw<{ entry: DoorEntry | undefined; fault: Fault } | null>(null);
  problem = $state.raw<Fault | null>(null);

  constructor(
    private readonly server: DoorServer,
    private readonly storage: KeyValueStorage,
    private readonly place: string,
  ) {
    this.#waiting = JSON.parse(storage.get(place) ?? '[]') as Waiting[];
  }

  /** As the server knows it, with what it has not heard of. */
  readonly entries = $derived.by(() => {
    const done = new Map(this.#waiting.map((one) => [one.person, one]));
    return (this.#listed ?? []).map((entry): DoorEntry => {
      const one = done.get(entry.person);
      return one ? { ...entry, state: one.type === 'check-in' ? 'checked-in' : 'approved', since: one.at } : entry;
    });
  });

  get loaded(): boolean {
    return this.#listed !== null;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  find(person: PersonId): DoorEntry | undefined {
    return this.entries.find((entry) => entry.person === person);
  }

  async load(): Promise<void> {
    try {
      this.#listed = await this.server.list();
      this.problem = null;
    } catch (fault) {
      if (!(fault instanceof SummitFault)) throw fault;
      this.problem = fault.fault;
    }
  }

  checkIn(person: PersonId): void {
    this.#do('check-in', person);
  }

  takeBack(person: PersonId): void {
    this.#do('take-check-in-back', person);
  }

  /** There is a line again, or may be. */
  async flush(): Promise<void> {
    if (this.#sending) return;
    clearTimeout(this.#timer);
    this.#sending = true;
    try {
      for (let next = this.#waiting[0]; next; next = this.#waiting[0]) if (!(await this.#send(next))) break;
    } finally {
      this.#sending = false;
    }
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #do(type: Waiting['type'], person: PersonId): void {
    this.refused = null;
    this.#keep([...this.#waiting, { id: uuid7(), type, person, at: new Date().toISOString() }]);
    void this.flush();
  }

  /** False when it has to be sent again. */
  async #send({ id, type, person, at }: Waiting): Promise<boolean> {
    try {
      await this.server.send({ id, type, person });
      const state = type === 'check-in' ? 'checked-in' : 'approved';
      this.#listed = (this.#listed ?? []).map((entry) =>
        entry.person === person ? { ...entry, state, since: at } : entry,
      );
    } catch (fault) {
      if (!(fault instanceof SummitFault)) throw fault;
      if (fault.retry) {
        this.#timer = setTimeout(
          () => void this.flush(),
          Math.min(longestPause, firstPause * 2 ** Math.min(10, this.#attempt++)),
        );
        return false;
      }
      this.refused = { entry: this.find(person), fault: fault.fault };
      await this.load();
    }
    this.#attempt = 0;
    this.#keep(this.#waiting.filter((one) => one.id !== id));
    return true;
  }

  #keep(waiting: readonly Waiting[]): void {
    this.#waiting = waiting;
    this.storage.set(this.place, JSON.stringify(waiting));
  }
}
