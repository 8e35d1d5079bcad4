// The words of each language: a file beside this one, loaded when it is chosen. No runes here: this runs before the app does.
import { storage } from '../storage.ts';

export type Texts = Readonly<Record<string, string>>;

export interface Catalogue {
  readonly texts: Texts;
  /** The English texts that the file lacks, put in when the app is built. */
  readonly english: Texts;
}

const place = 'summit.language';
const files = import.meta.glob<Catalogue>('./*.json', { import: 'default' });

/** By their codes, in the order of the alphabet. */
export const languages: readonly string[] = Object.keys(files).map((path) => path.slice(2, -'.json'.length));

/** What was chosen here, else the first language of the browser that there is, else English. */
export function wantedLanguage(): string {
  const wanted = [storage.get(place), ...navigator.languages.map((tag) => tag.split('-')[0])];
  return wanted.find((code) => code && languages.includes(code)) ?? 'en';
}

export function rememberLanguage(code: string): void {
  storage.set(place, code);
}

export function loadCatalogue(code: string): Promise<Catalogue> {
  const load = files[`./${code}.json`];
  if (!load) throw new Error(`There is no catalogue for ${code}.`);
  return load();
}
