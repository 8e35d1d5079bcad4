// The words of each language: a file beside this one, loaded when it is chosen. No runes here: this runs before the app does.
import { storage } from '../storage.ts';

export type Texts = Readonly<Record<string, string>>;

export interface Catalogue {
  readonly texts: Texts;
  /** The English texts that the file lacks, put in when the app is built. */
  readonly english: Texts;
}

/** The catalogues of a part of the app, by their paths. */
export type Files = Readonly<Record<string, () => Promise<Catalogue>>>;

const place = 'summit.language';
export const files: Files = import.meta.glob<Catalogue>('./*.json', { import: 'default' });

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

/** A language that is only begun may have no file for a part yet: that is said in English. */
export function loadCatalogue(code: string, part: Files = files): Promise<Catalogue> {
  const of = (language: string): string | undefined =>
    Object.keys(part).find((path) => path.endsWith(`/${language}.json`));
  const load = part[of(code) ?? of('en') ?? ''];
  if (!load) throw new Error('A part of the app has no words.');
  return load();
}
