// The words on the screens, in the language that was chosen.
import {
  files,
  languages,
  loadCatalogue,
  rememberLanguage,
  wantedLanguage,
  type Catalogue,
  type Files,
  type Texts,
} from './catalogues.ts';
import type audit from './audit/en.json';
import type en from './en.json';
import type event from './event/en.json';
import type group from './group/en.json';
import type network from './network/en.json';
import type own from './own/en.json';
import type registration from './registration/en.json';
import type people from './people/en.json';
import type refused from './refused/en.json';
import type programs from './programs/en.json';
import type report from './report/en.json';
import type roles from './roles/en.json';
import { countingIn, Message, type Values } from './message.ts';

export type Key =
  | keyof typeof audit
  | keyof typeof en
  | keyof typeof event
  | keyof typeof group
  | keyof typeof network
  | keyof typeof own
  | keyof typeof registration
  | keyof typeof people
  | keyof typeof refused
  | keyof typeof programs
  | keyof typeof report
  | keyof typeof roles;
export type { Values };

let language = $state('en');
let catalogue = $state.raw<Catalogue>({ texts: {}, english: {} });
let messages = new Map<string, Message>();
const parts = new Set([files]);

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
  const own = catalogue.texts[key];
  const text = own ?? catalogue.english[key];
  if (text === undefined || !text.includes('{')) return text;
  let message = messages.get(key);
  // An English text counts as English does.
  if (!message) messages.set(key, (message = new Message(text, own === undefined ? 'en' : language)));
  return message.format(values);
}

/** Begins with the language that this person wants; `ahead` is its catalogue, asked for already. */
export async function startLanguage(ahead: Promise<Catalogue>): Promise<void> {
  const language = wantedLanguage();
  // The page is still on its way: now there is time for it.
  countingIn(language);
  await ahead;
  await use(language);
}

/** Adds the words of a part of the app that few people open, in this language and in any that is chosen later. */
export async function learn(part: Files): Promise<void> {
  parts.add(part);
  await use(language);
}

export async function chooseLanguage(code: string): Promise<void> {
  rememberLanguage(code);
  await use(code);
}

async function use(code: string): Promise<void> {
  let loaded: Catalogue[] = [];
  // What was learned meanwhile as well: whoever is ready last must not take it away again.
  while (loaded.length < parts.size) loaded = await Promise.all([...parts].map((part) => loadCatalogue(code, part)));
  messages = new Map();
  language = code;
  catalogue = {
    texts: Object.assign({}, ...loaded.map(({ texts }) => texts)) as Texts,
    english: Object.assign({}, ...loaded.map(({ english }) => english)) as Texts,
  };
  document.documentElement.lang = code;
}

function ownName(code: string): string {
  const name = new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}
