// A programme by days, and what of it runs now and comes next.
import type { SessionId, SessionInfo } from '@summit/client';
import { day } from './time.ts';

export type Moment = 'now' | 'next' | 'later' | 'over';

export interface Slot {
  readonly info: SessionInfo;
  readonly moment: Moment;
}

export interface Day {
  readonly at: string;
  readonly slots: readonly Slot[];
}

/** The programme by days, as the clocks of the event have them. */
export function days(slots: readonly Slot[], timeZone: string): Day[] {
  const found: { at: string; slots: Slot[] }[] = [];
  for (const slot of slots) {
    const last = found.at(-1);
    if (last && day(last.at, 'en', timeZone) === day(slot.info.starts, 'en', timeZone)) last.slots.push(slot);
    else found.push({ at: slot.info.starts, slots: [slot] });
  }
  return found;
}

/** The programme with what runs now, by the clock or because it is known to be open, and what comes next. */
export function programme(sessions: readonly SessionInfo[], now: Date, open: readonly SessionId[] = []): Slot[] {
  const at = now.getTime();
  const next = sessions.find(({ starts }) => Date.parse(starts) > at);
  return sessions.map((info) => ({ info, moment: open.includes(info.id) ? 'now' : momentOf(info, at, next) }));
}

function momentOf(info: SessionInfo, at: number, next: SessionInfo | undefined): Moment {
  if (Date.parse(info.ends) <= at) return 'over';
  if (Date.parse(info.starts) <= at) return 'now';
  // Beside each other in several rooms, all of them come next.
  return next && Date.parse(info.starts) === Date.parse(next.starts) ? 'next' : 'later';
}
