// Names of moderators within a sentence, and on a mark.
import { t, words } from '../i18n/index.svelte.ts';

// More do not fit on a card.
const most = 2;

/** That they are at something, or nothing where nobody is. */
export function handledBy(names: readonly string[], sentence: 'handling.at' | 'handling.too'): string {
  if (names.length === 0) return '';
  const rest = names.length - most;
  const listed = [...names.slice(0, most).map(isolated), ...(rest > 0 ? [t('handling.more', { count: rest })] : [])];
  const list = new Intl.ListFormat(words.language, { type: 'conjunction' });
  return t(sentence, { names: list.format(listed), count: names.length });
}

/** Its first letters, as people write themselves on a list. */
export function initials(name: string): string {
  const parts = name.split(/\s+/).filter((part) => part !== '');
  const ends = parts.length > 1 ? [parts[0], parts[parts.length - 1]] : parts;
  return ends.map((part) => [...(part ?? '')][0]?.toLocaleUpperCase() ?? '').join('');
}

// A name may run from right to left within a sentence that does not.
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}
