// A date-time field speaks of the event's zone; the wire of UTC.

/** What an `<input type="datetime-local">` shows for an instant in a zone. */
export function toLocal(at: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(new Date(at));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** The instant at which the clocks of a zone show this. Two looks: the first guess may lie across a change of the clocks. */
export function fromLocal(local: string, timeZone: string): string {
  const wanted = Date.parse(`${local}:00Z`);
  let guess = wanted;
  for (let look = 0; look < 2; look++)
    guess += wanted - Date.parse(`${toLocal(new Date(guess).toISOString(), timeZone)}:00Z`);
  return new Date(guess).toISOString();
}
