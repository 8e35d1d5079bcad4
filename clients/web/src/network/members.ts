// Members as the page lists them: by country, searched, by status.
import type { Member, MemberStatus } from './types.ts';

export interface Country {
  readonly code: string;
  readonly name: string;
  readonly members: readonly Member[];
}

export const statuses: readonly MemberStatus[] = ['member', 'candidate', 'observer', 'partner', 'former', 'declined'];

/** Those statuses that somebody has, with how many. */
export function present(members: readonly Member[]): { status: MemberStatus; count: number }[] {
  return statuses
    .map((status) => ({ status, count: members.filter((member) => member.status === status).length }))
    .filter(({ count }) => count > 0);
}

export interface Wanted {
  readonly text: string;
  readonly status: MemberStatus | 'all';
}

/** By country and name, as the reader's language sorts them. */
export function byCountry(members: readonly Member[], wanted: Wanted, locale: string): Country[] {
  const { compare } = new Intl.Collator(locale);
  const named = new Intl.DisplayNames([locale], { type: 'region' });
  const text = plain(wanted.text);
  const countries = new Map<string, Member[]>();
  for (const member of members) {
    if (wanted.status !== 'all' && member.status !== wanted.status) continue;
    const name = named.of(member.country) ?? member.country;
    if (text && !plain(`${member.name} ${name}`).includes(text)) continue;
    countries.set(member.country, [...(countries.get(member.country) ?? []), member]);
  }
  return [...countries]
    .map(([code, found]) => ({
      code,
      name: named.of(code) ?? code,
      members: found.sort((a, b) => compare(a.name, b.name)),
    }))
    .sort((a, b) => compare(a.name, b.name));
}

/** As people type it: `Nis` finds Niš, `istanbul` finds İstanbul. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
