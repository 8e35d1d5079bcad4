// What was typed: kept over reloads, sent one at a time in order, each once.
import { Pause, TooLate } from './pause.js';
import type { KeyValueStorage } from './storage.js';
import type { Answer, Command, CommandId, Fault, NewCommand, PersonId, SessionId, Time } from './types.js';
import { uuid7 } from './uuid7.js';
import { LineLost } from './wire.js';

export interface Posted {
  readonly command: Command;
  /**
   * waiting: not out yet. sent: on its way. accepted: acknowledged, shown until the room has caught up with it.
   * refused: see `fault`, shown until dismissed.
   */
  readonly state: 'waiting' | 'sent' | 'accepted' | 'refused';
  /** Why it was refused, or, while waiting, why not yet. */
  readonly fault?: Fault;
  readonly at: Time;
}

/** A command and what is known of it, as it lies in the storage. */
interface Entry extends Posted {
  readonly state: 'waiting' | 'accepted' | 'refused';
  /** The answer's number, once accepted. */
  readonly seq?: number;
}

/** The server failed over the command itself, each time it was sent. */
export const failed = 'client.failed';

/** The command is larger than any the server would read. */
export const tooLarge = 'client.too-large';

/** So often a command may make the server fail before it is given up: it must not bar the way of what follows. */
const failureLimit = 5;

/** The hub reads 32 KiB in one message; more would cost the connection, and with each retry again. Some is for the envelope. */
const sizeLimit = 31_000;

export interface OutboxOptions {
  readonly person: PersonId;
  readonly session: SessionId;
  readonly storage: KeyValueStorage;
  /** Rejects with {@link LineLost} or {@link TooLate} if it is unknown whether the command arrived. */
  readonly transmit: (command: Command) => Promise<Answer>;
  readonly retry: (attempt: number) => number;
  /** Called when `posted` changed. */
  readonly changed: () => void;
}

export class Outbox {
  readonly #options: OutboxOptions;
  readonly #prefix: string;
  readonly #pause = new Pause();
  readonly #unwatch: () => void;
  #entries: readonly Entry[];
  #flying: CommandId | null = null;
  #giveUp: () => void = () => undefined;
  #open = false;
  #running = false;
  /** Tries since something last went through. */
  #attempt = 0;
  /** How often the server failed over the command in front. */
  #failures = 0;
  #seen = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#prefix = `summit.outbox/${options.person}/${options.session}/`;
    this.#entries = this.#read();
    this.#unwatch = options.storage.watch?.(() => this.#refresh()) ?? (() => undefined);
  }

  /** In the order in which they were made. */
  get posted(): readonly Posted[] {
    return this.#entries.map(({ command, state, fault, at }) => ({
      command,
      state: state === 'waiting' && command.id === this.#flying ? 'sent' : state,
      at,
      ...(fault ? { fault } : {}),
    }));
  }

  add(command: NewCommand): CommandId {
    const id = uuid7() as CommandId;
    const entry = { command: { ...command, id }, at: new Date().toISOString() };
    const size = new TextEncoder().encode(JSON.stringify(entry.command)).length;
    this.#write(
      size <= sizeLimit
        ? { ...entry, state: 'waiting' }
        : { ...entry, state: 'refused', fault: { code: tooLarge, message: 'This is too long to be sent.' } },
    );
    this.#refresh();
    return id;
  }

  /** Takes out one that was refused. */
  dismiss(id: CommandId): void {
    if (this.#entries.find((entry) => entry.command.id === id)?.state !== 'refused') return;
    this.#options.storage.remove(this.#prefix + id);
    this.#refresh();
  }

  /** There is a line: sends what waits, at once. */
  open(): void {
    this.#open = true;
    this.#attempt = 0;
    this.#go();
  }

  /** There is no line. Whether what was on its way arrived is unknown: it waits again. */
  close(): void {
    this.#open = false;
    this.#giveUp();
    this.#pause.end();
  }

  /** The room now shows everything up to this event. True if `posted` got shorter by it; `changed` is not called. */
  caughtUp(seq: number): boolean {
    this.#seen = seq;
    return this.#settle();
  }

  dispose(): void {
    this.close();
    this.#unwatch();
  }

  #go(): void {
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    try {
      while (this.#open && this.#next()) {
        const through = await this.#alone(() => this.#sendNext());
        if (through) this.#attempt = this.#failures = 0;
        else if (this.#open) await this.#pause.wait(this.#options.retry(this.#attempt++));
      }
    } finally {
      this.#running = false;
    }
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#options.storage.alone?.(this.#prefix, work) ?? work();
  }

  /** False if the one in front has to be sent again. */
  async #sendNext(): Promise<boolean> {
    // Another tab may have sent it while this one waited for its turn.
    this.#entries = this.#read();
    const entry = this.#next();
    if (!entry || !this.#open) return true;
    this.#flying = entry.command.id;
    this.#options.changed();
    let after: Entry;
    try {
      after = this.#answered(entry, await this.#transmit(entry.command));
    } catch (error) {
      after = this.#unanswered(entry, error);
    }
    this.#flying = null;
    // Gone from the storage: another tab saw it through.
    if (this.#options.storage.get(this.#prefix + entry.command.id) !== null) this.#write(after);
    this.#refresh();
    return after.state !== 'waiting';
  }

  /** Does not outlast the line: what hangs on a dead one may never hear of its end. */
  #transmit(command: Command): Promise<Answer> {
    const closed = new Promise<never>((_, reject) => (this.#giveUp = () => reject(new LineLost('Closed.'))));
    return Promise.race([this.#options.transmit(command), closed]);
  }

  #answered({ command, at }: Entry, { seq, fault }: Answer): Entry {
    if (fault === undefined) return { command, at, state: 'accepted', seq };
    return { command, at, state: fault.retry ? 'waiting' : 'refused', fault };
  }

  #unanswered({ command, at }: Entry, error: unknown): Entry {
    if (error instanceof LineLost || error instanceof TooLate || ++this.#failures < failureLimit)
      return { command, at, state: 'waiting' };
    return { command, at, state: 'refused', fault: { code: failed, message: 'The server could not handle this.' } };
  }

  #next(): Entry | undefined {
    return this.#entries.find((entry) => entry.state === 'waiting');
  }

  #settle(): boolean {
    const shown = this.#entries.filter((entry) => entry.seq !== undefined && entry.seq <= this.#seen);
    for (const entry of shown) this.#options.storage.remove(this.#prefix + entry.command.id);
    this.#entries = this.#entries.filter((entry) => !shown.includes(entry));
    return shown.length > 0;
  }

  #refresh(): void {
    this.#entries = this.#read();
    this.#settle();
    this.#options.changed();
    if (this.#open) this.#go();
  }

  #read(): readonly Entry[] {
    const { storage } = this.#options;
    return (
      storage
        .keys()
        .filter((key) => key.startsWith(this.#prefix))
        // The ids are UUIDs of version 7: their order is that of making.
        .sort()
        .map((key) => parsed(storage.get(key)))
        .filter((entry) => entry !== null)
    );
  }

  #write(entry: Entry): void {
    this.#options.storage.set(this.#prefix + entry.command.id, JSON.stringify(entry));
  }
}

function parsed(text: string | null): Entry | null {
  try {
    const entry: unknown = JSON.parse(text ?? 'null');
    return typeof entry === 'object' && entry !== null && 'command' in entry ? (entry as Entry) : null;
  } catch {
    // Not ours, or written by half: nothing in it that could be sent.
    return null;
  }
}
