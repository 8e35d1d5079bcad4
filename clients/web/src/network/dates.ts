// Dates as exact as they are known.
import type { PartialDate } from './types.ts';

const units: readonly Intl.DateTimeFormatOptions[] = [
  { year: 'numeric' },
  { year: 'numeric', month: 'long' },
  { year: 'numeric', month: 'long', day: 'numeric' },
];

/** `September 2024` for `2024-09`. */
export function inWords(date: PartialDate, locale: string): string {
  const options = units[date.split('-').length - 1];
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(new Date(date));
}

/** From the first to the last, each as exact as it is known. */
export function spanInWords(from: PartialDate, to: PartialDate | undefined, locale: string): string {
  if (!to || to === from) return inWords(from, locale);
  const options = units[Math.min(from.split('-').length, to.split('-').length) - 1];
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).formatRange(new Date(from), new Date(to));
}

/** Of what it can mean the last day, to sort by: a month is over when its last day is. */
export const lastDay = (date: PartialDate): string => date + '-12-31'.slice(date.length === 7 ? 3 : date.length - 4);
