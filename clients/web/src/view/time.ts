// Times as people say them, in the event's zone and the viewer's.
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
