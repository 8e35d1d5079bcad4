// Which sessions somebody wants to be at: kept in this browser alone, nobody else hears of it.
import type { ConferenceId, SessionId } from '@summit/client';
import { storage } from '../storage.ts';

export class Mine {
  readonly #place: string;
  #chosen = $state.raw<readonly SessionId[]>([]);

  constructor(conference: ConferenceId) {
    this.#place = `summit.mine.${conference}`;
    this.#chosen = JSON.parse(storage.get(this.#place) ?? '[]') as SessionId[];
  }

  get count(): number {
    return this.#chosen.length;
  }

  has(session: SessionId): boolean {
    return this.#chosen.includes(session);
  }

  toggle(session: SessionId): void {
    this.#chosen = this.has(session) ? this.#chosen.filter((one) => one !== session) : [...this.#chosen, session];
    storage.set(this.#place, JSON.stringify(this.#chosen));
  }
}
