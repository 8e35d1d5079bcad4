// Keeps one session followed: over sleep, tunnel and server restart.
import { Pause, within } from './pause.js';
import type { Fault, Frame } from './types.js';
import type { OpenWire, Wire } from './wire.js';

export type Connection = 'connecting' | 'live' | 'reconnecting' | 'offline' | 'ended';

/** The longest a phone on a bad network takes for TCP, TLS and the handshake; then a new try is worth more. */
const startLimit = 10_000;

/** The first frame comes at once; a server that takes longer is not there. */
const firstFrameLimit = 10_000;

/** After a sleep somebody looks at the screen and waits: the line has to prove itself sooner. */
const probeLimit = 3_000;

/** A healthy line says goodbye in one round trip. */
const stopLimit = 1_000;

/** A line that spoke this recently needs no proof. */
const fresh = 2_000;

/** So many tries in a row without an answer, and it is honest to say that there is no line. */
const offlineAfter = 3;

export interface LifelineOptions {
  readonly open: OpenWire;
  readonly retry: (attempt: number) => number;
  /** Where to follow from. */
  readonly since: () => number;
  readonly frame: (frame: Frame) => void;
  /** Called when `connection` changed: to live when the first frame of a new line has been handed out. */
  readonly changed: () => void;
  /**
   * Why the server would never let us in again, or null. A browser does not tell a refused WebSocket from a broken
   * network, so this is asked now and then while no line comes about. Must not throw.
   */
  readonly refused: () => Promise<Fault | null>;
}

export class Lifeline {
  readonly #options: LifelineOptions;
  readonly #pause = new Pause();
  #wire: Wire | null = null;
  #live = false;
  #wasLive = false;
  #failures = 0;
  #heard = 0;
  #proving = false;
  #begun = 0;
  #ended: Fault | null = null;
  #closed = false;
  #said: Connection = 'connecting';
  #lose: () => void = () => undefined;
  #unfollow: () => void = () => undefined;

  constructor(options: LifelineOptions) {
    this.#options = options;
  }

  start(): void {
    void this.#run();
  }

  get connection(): Connection {
    if (this.#ended || this.#closed) return 'ended';
    if (this.#live) return 'live';
    if (this.#failures >= offlineAfter || browserIsOffline()) return 'offline';
    return this.#wasLive ? 'reconnecting' : 'connecting';
  }

  /** Why there will never be a line again. */
  get ended(): Fault | null {
    return this.#ended;
  }

  /** The line, while there is one that works. */
  get wire(): Wire | null {
    return this.#live ? this.#wire : null;
  }

  /** The device woke up or the network changed: try now if there is no line, and let a line prove that it still is one. */
  wake(): void {
    if (this.#live && this.#wire) {
      if (Date.now() - this.#heard > fresh) this.probe();
      return;
    }
    this.#failures = 0;
    // A try that began before the sleep waits for an answer that nobody will send.
    if (Date.now() - this.#begun > probeLimit) this.#lose();
    this.#pause.end();
    this.#say();
  }

  /** Follows anew on the line there is: the first frame must come soon, or the line is given up. */
  probe(): void {
    // One that is under way must not be put off by the next.
    if (this.#live && this.#wire && !this.#proving) this.#follow(this.#wire, probeLimit);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const wire = this.#wire;
    this.#drop();
    // A line that never came about cannot always be stopped; nothing of it reaches anybody any more.
    if (wire) await within(stopLimit, 'Closing', wire.stop()).catch(() => undefined);
  }

  async #run(): Promise<void> {
    while (!this.#over) {
      await this.#hold();
      if (this.#over) return;
      const attempt = this.#failures++;
      this.#say();
      // Asked at the first failure and then seldom: a server in trouble must not be asked twice for each try.
      if (attempt % 4 === 0) void this.#ask();
      await this.#pause.wait(this.#options.retry(attempt));
    }
  }

  /** Beside the tries, which do not wait for it. */
  async #ask(): Promise<void> {
    const fault = await this.#options.refused();
    if (!this.#live) this.#end(fault);
  }

  /** One line, from the start to its loss. */
  async #hold(): Promise<void> {
    let lose: () => void = () => undefined;
    const lost = new Promise<void>((resolve) => (lose = resolve));
    const wire = this.#options.open(lose);
    this.#wire = wire;
    this.#lose = lose;
    this.#begun = Date.now();
    try {
      await Promise.race([within(startLimit, 'Connecting', wire.start()), lost]);
      if (!this.#over && this.#wire === wire) this.#follow(wire, firstFrameLimit);
      await lost;
    } catch {
      // No line to be had; the state says so, and the next try follows.
    }
    this.#drop();
    // Not awaited: a line that hangs may hang in its stop too, and the next one must not wait for it.
    wire.stop().catch(() => undefined);
  }

  #follow(wire: Wire, limit: number): void {
    this.#unfollow();
    this.#proving = true;
    const silent = setTimeout(this.#lose, limit);
    const cancel = wire.follow(
      this.#options.since(),
      (frame) => {
        clearTimeout(silent);
        this.#proving = false;
        this.#hear(frame);
      },
      this.#lose,
    );
    this.#unfollow = () => {
      clearTimeout(silent);
      cancel();
    };
  }

  #hear(frame: Frame): void {
    this.#heard = Date.now();
    if (frame.fault) {
      if (frame.fault.retry) this.#lose();
      else this.#end(frame.fault);
      return;
    }
    this.#options.frame(frame);
    if (this.#live) return;
    this.#live = this.#wasLive = true;
    this.#failures = 0;
    this.#say();
  }

  #end(fault: Fault | null): void {
    if (fault === null || this.#over) return;
    this.#ended = fault;
    this.#drop();
  }

  get #over(): boolean {
    return this.#ended !== null || this.#closed;
  }

  #drop(): void {
    this.#live = false;
    this.#unfollow();
    this.#unfollow = () => undefined;
    this.#wire = null;
    this.#lose();
    this.#pause.end();
    this.#say();
  }

  #say(): void {
    if (this.#said === this.connection) return;
    this.#said = this.connection;
    this.#options.changed();
  }
}

function browserIsOffline(): boolean {
  return typeof navigator === 'object' && navigator.onLine === false;
}
