// The words on the screens. A language is one file beside this one, loaded when it is chosen.
import { IntlMessageFormat } from 'intl-messageformat';
import { storage } from '../storage.ts';
import type en from './en.json';

export type Key = keyof typeof en;
export type Values = Record<string, string | number>;
type Catalogue = Readonly<Record<string, string>>;

const place = 'summit.language';
const catalogues = import.meta.glob<Catalogue>('./*.json', { import: 'default' });
const languages = Object.keys(catalogues).map((path) => path.slice(2, -'.json'.length));

let language = $state('en');
let texts = $state.raw<Catalogue>({});
let formats = new Map<string, IntlMessageFormat>();

export const words = {
  get language(): string {
    return language;
  },
  /** The language with the region of this browser, for dates and times; English without one is that of Europe. */
  get locale(): string {
    return (
      navigator.languages.find((tag) => tag.split('-')[0] === language && tag !== language) ??
      (language === 'en' ? 'en-GB' : language)
    );
  },
  /** Each language with the name its own speakers give it. */
  get all(): { code: string; name: string }[] {
    return languages.map((code) => ({ code, name: ownName(code) }));
  },
};

/** The text of a key, with its values and plurals, in the chosen language. */
export function t(key: Key, values?: Values): string {
  return said(key, values) ?? key;
}

/** As `t`, for a key that is only known at run time (a fault's code, a reason); undefined when there is no such text. */
export function said(key: string, values?: Values): string | undefined {
  const text = texts[key];
  if (text === undefined || !text.includes('{')) return text;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new IntlMessageFormat(text, language)));
  return String(format.format(values));
}

export async function startLanguage(): Promise<void> {
  const wanted = [storage.get(place), ...navigator.languages.map((tag) => tag.split('-')[0])];
  await use(wanted.find((code) => code && languages.includes(code)) ?? 'en');
}

export async function chooseLanguage(code: string): Promise<void> {
  storage.set(place, code);
  await use(code);
}

async function use(code: string): Promise<void> {
  const load = catalogues[`./${code}.json`];
  if (!load) throw new Error(`There is no catalogue for ${code}.`);
  const loaded = await load();
  formats = new Map();
  language = code;
  texts = loaded;
  document.documentElement.lang = code;
}

function ownName(code: string): string {
  const name = new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}
