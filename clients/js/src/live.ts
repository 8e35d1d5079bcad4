// One session, live: its room, its line, and what was posted to it.
import { conference, picture, SummitFault, unexpected } from './access.js';
import { Lifeline, type Connection } from './lifeline.js';
import { Outbox, type Posted } from './outbox.js';
import { backOff, TooLate, within } from './pause.js';
import { emptyRoom, reduce, type Room } from './room.js';
import { browserStorage, type KeyValueStorage } from './storage.js';
import type {
  Access,
  Answer,
  Command,
  CommandId,
  Fault,
  Frame,
  ItemId,
  NewCommand,
  Reaction,
  SessionId,
} from './types.js';
import { hub, LineLost, type OpenWire } from './wire.js';

export interface LiveState {
  readonly room: Room;
  readonly connection: Connection;
  /** This person's commands that the room does not show yet, also those of other tabs and of before a reload. */
  readonly posted: readonly Posted[];
  /** Why following ended for good. */
  readonly ended?: Fault;
}

export interface LiveOptions {
  /** Origin of the server; empty for the page's own. */
  readonly server: string;
  readonly access: Access;
  readonly session: SessionId;
  /** The browser's, if left out. */
  readonly storage?: KeyValueStorage;
  /** Milliseconds to wait before the given attempt, counted from 0. */
  readonly retry?: (attempt: number) => number;
  /** The picture to begin with, if it is on its way already; else it is asked for over HTTP, which is sooner than the line. */
  readonly first?: Promise<Frame>;
  /** Another way to the hub, for tests. */
  readonly wire?: OpenWire;
  /** Asked while no line comes about: why the token is no longer good, or null. */
  readonly refused?: () => Promise<Fault | null>;
}

/** An answer takes a commit and a round trip; after this the line has to prove that it still is one. */
const answerLimit = 10_000;

/** Follows from its making until {@link LiveSession.close}. Its `subscribe` is a Svelte store's. */
export class LiveSession {
  readonly #lifeline: Lifeline;
  readonly #outbox: Outbox;
  readonly #listeners = new Set<(state: LiveState) => void>();
  readonly #forget: () => void;
  #state: LiveState;

  constructor({ server, access, session, storage, retry = backOff, first, wire, refused }: LiveOptions) {
    this.#outbox = new Outbox({
      person: access.person,
      session,
      storage: storage ?? browserStorage(),
      transmit: (command) => this.#transmit(command),
      retry,
      changed: () => this.#update({ posted: this.#unseen(this.#state.room) }),
    });
    this.#lifeline = new Lifeline({
      open: wire ?? hub(server, access.token, session),
      retry,
      since: () => this.#state.room.seq,
      frame: (frame) => this.#frame(frame),
      changed: () => this.#lineChanged(),
      refused: refused ?? (() => refusal(server, access.token)),
    });
    this.#state = { room: emptyRoom, connection: this.#lifeline.connection, posted: this.#outbox.posted };
    this.#forget = wakeWithThePage(
      () => this.wake(),
      () => this.#lifeline.probe(),
    );
    this.#lifeline.start();
    void this.#begin(first ?? picture(server, access.token, session));
  }

  get state(): LiveState {
    return this.#state;
  }

  /** Calls at once, then at each change; the answer ends that. */
  subscribe(listener: (state: LiveState) => void): () => void {
    // A function of its own, so that the same listener twice is two.
    const own = (state: LiveState): void => listener(state);
    this.#listeners.add(own);
    own(this.#state);
    return () => this.#listeners.delete(own);
  }

  /** Keeps the command and sends it as soon as there is a line; `posted` shows how it fares. */
  send(command: NewCommand): CommandId {
    return this.#outbox.add(command);
  }

  /** Takes a refused one out of `posted`. */
  dismiss(id: CommandId): void {
    this.#outbox.dismiss(id);
  }

  /** Counted if there is a line, else forgotten: applause belongs to its moment. */
  react(kind: Reaction): void {
    this.#lifeline.wire?.react(kind);
  }

  /**
   * Tells the other moderators which item this one is at, or none. The server forgets it within a minute, and with the
   * line: say it again while it holds.
   */
  handle(item: ItemId | null): void {
    this.#lifeline.wire?.handle(item);
  }

  /** Reconnect now rather than at the next try. In a browser this happens by itself. */
  wake(): void {
    this.#lifeline.wake();
  }

  /** Ends following. What waits in the outbox waits for the next LiveSession. */
  async close(): Promise<void> {
    this.#forget();
    this.#outbox.dispose();
    await this.#lifeline.close();
  }

  async #transmit(command: Command): Promise<Answer> {
    const wire = this.#lifeline.wire;
    if (!wire) throw new LineLost('No line.');
    try {
      return await within(answerLimit, 'The answer', wire.send(command));
    } catch (error) {
      if (error instanceof TooLate) this.#lifeline.probe();
      throw error;
    }
  }

  /** The line may be sooner; then it knows better. */
  async #begin(first: Promise<Frame>): Promise<void> {
    try {
      const frame = await first;
      if (this.#state.room === emptyRoom && this.#lifeline.connection !== 'ended') this.#frame(frame);
    } catch (error) {
      // The line meets the same trouble, tries again and says so.
      if (!(error instanceof SummitFault)) throw error;
    }
  }

  #frame(frame: Frame): void {
    const room = reduce(this.#state.room, frame);
    // In one change: what was posted leaves the moment it is in the room.
    const touched = this.#outbox.caughtUp(room.seq) || this.#state.posted.length > 0;
    this.#update(touched ? { room, posted: this.#unseen(room) } : { room });
  }

  /** What was posted, without the items the room shows already: a frame may overtake the answer. */
  #unseen(room: Room): readonly Posted[] {
    return this.#outbox.posted.filter(({ command }) => {
      const id = command.id as string as ItemId;
      return !room.items.has(id) && !room.own.has(id);
    });
  }

  #lineChanged(): void {
    const { connection, ended } = this.#lifeline;
    this.#update({ connection, ...(ended ? { ended } : {}) });
    if (connection === 'live') this.#outbox.open();
    else this.#outbox.close();
  }

  #update(change: Partial<LiveState>): void {
    const next = { ...this.#state, ...change };
    const same = (Object.keys(next) as (keyof LiveState)[]).every((part) => next[part] === this.#state[part]);
    if (same) return;
    this.#state = next;
    for (const listener of [...this.#listeners]) listener(next);
  }
}

/** Asks over HTTP, where a refusal can be told from a broken network. */
async function refusal(server: string, token: string): Promise<Fault | null> {
  try {
    await conference(server, token, { signal: AbortSignal.timeout(answerLimit) });
    return null;
  } catch (error) {
    if (!(error instanceof SummitFault)) throw error;
    // Only our own server's word is final: what stands before it may know of no server behind it while that restarts.
    return error.code !== unexpected && [401, 403, 404, 410].includes(error.status) ? error.fault : null;
  }
}

/** Calls `wake` when the page is seen again or the network is back, `doubt` when the browser says it is gone. */
function wakeWithThePage(wake: () => void, doubt: () => void): () => void {
  if (typeof document === 'undefined') return () => undefined;
  const seen = (): void => {
    if (document.visibilityState === 'visible') wake();
  };
  document.addEventListener('visibilitychange', seen);
  addEventListener('pageshow', seen);
  addEventListener('online', wake);
  addEventListener('offline', doubt);
  return () => {
    document.removeEventListener('visibilitychange', seen);
    removeEventListener('pageshow', seen);
    removeEventListener('online', wake);
    removeEventListener('offline', doubt);
  };
}
