// What was typed and is not yet seen by everybody.
import type { Command, Fault, Time } from './types.js';

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
