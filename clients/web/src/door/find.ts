// Who is meant by what was typed or scanned.
import type { DoorEntry } from '../registration/types.ts';

const mark = 'SUMMIT:';
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLocaleLowerCase();

/** By the whole code, with or without its mark, its groups and capitals. Two people share one about never; then both are found. */
export function byCode(entries: readonly DoorEntry[], scanned: string): DoorEntry[] {
  const upper = scanned.trim().toUpperCase();
  const code = (upper.startsWith(mark) ? upper.slice(mark.length) : upper).replace(/[\s-]/g, '');
  return entries.filter((entry) => entry.code === code);
}

/** By the beginnings of the words of name and city, or of the code: what somebody says at the door. */
export function byWords(entries: readonly DoorEntry[], typed: string): DoorEntry[] {
  const wanted = plain(typed).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const code = typed.replace(/[\s-]/g, '').toUpperCase();
  return entries.filter((entry) => {
    const words = plain(`${entry.name ?? ''} ${entry.city ?? ''}`).split(/[\s,.-]+/);
    return wanted.every((want) => words.some((word) => word.startsWith(want))) || entry.code.startsWith(code);
  });
}
