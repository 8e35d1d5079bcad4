// Times of a programme, in the event's zone and the viewer's.
import type { SessionId, SessionInfo } from '@summit/client';

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

export function clock(at: string, language: string, timeZone?: string): string {
  return format(language, { hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(at));
}

export function day(at: string, language: string, timeZone?: string): string {
  return format(language, { day: 'numeric', month: 'long', year: 'numeric', timeZone }).format(new Date(at));
}

/** From its first day to its last; a single day is said once. */
export function dates(starts: string, ends: string, language: string, timeZone: string): string {
  return format(language, { day: 'numeric', month: 'long', year: 'numeric', timeZone }).formatRange(
    new Date(starts),
    new Date(ends),
  );
}

export function span(starts: string, ends: string, language: string, timeZone?: string): string {
  return format(language, { hour: '2-digit', minute: '2-digit', timeZone }).formatRange(
    new Date(starts),
    new Date(ends),
  );
}

/** Whether the viewer's clock shows another time than the event's; then both are worth saying. */
export function elsewhere(at: string, eventZone: string, viewerZone: string): boolean {
  return clock(at, 'en', eventZone) !== clock(at, 'en', viewerZone);
}

export const viewerZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(
  language: string,
  options: Omit<Intl.DateTimeFormatOptions, 'timeZone'> & { timeZone: string | undefined },
): Intl.DateTimeFormat {
  const key = JSON.stringify([language, options]);
  let found = formats.get(key);
  if (!found)
    formats.set(
      key,
      (found = new Intl.DateTimeFormat(language, { hourCycle: 'h23', ...options } as Intl.DateTimeFormatOptions)),
    );
  return found;
}
