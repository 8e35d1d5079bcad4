// A text with its values and plurals: `{name}`, `{count, number}`, `{count, plural, =0 {…} one {…} other {… # …}}`.
// That is the part of ICU's syntax that the catalogues use; a whole library for it would be a tenth of the first load.

export type Values = Record<string, string | number>;

type Part = string | Value;

interface Value {
  readonly name: string;
  readonly kind: 'plain' | 'number' | 'plural';
  /** By `=3` or by a category of Intl.PluralRules. */
  readonly choices: ReadonlyMap<string, readonly Part[]>;
}

interface Counting {
  readonly numbers: Intl.NumberFormat;
  readonly rules: Intl.PluralRules;
}

const known = new Map<string, Counting>();

/** How a language counts. To find that out takes a phone longer than all else a text needs: whoever does so early has it at hand later. */
export function countingIn(language: string): Counting {
  let counting = known.get(language);
  if (!counting) {
    counting = { numbers: new Intl.NumberFormat(language), rules: new Intl.PluralRules(language) };
    counting.numbers.format(0);
    known.set(language, counting);
  }
  return counting;
}

export class Message {
  readonly #parts: readonly Part[];
  readonly #language: string;

  /** Throws a SyntaxError that shows the text. */
  constructor(text: string, language: string) {
    this.#parts = new Reader(text).whole();
    this.#language = language;
  }

  /** The names of all values that it takes. */
  get names(): string[] {
    return [...new Set(namesIn(this.#parts))];
  }

  format(values: Values = {}): string {
    return this.#join(this.#parts, values);
  }

  #join(parts: readonly Part[], values: Values, count = ''): string {
    return parts
      .map((part) => (typeof part === 'string' ? part.replaceAll('#', count || '#') : this.#put(part, values)))
      .join('');
  }

  #put({ name, kind, choices }: Value, values: Values): string {
    const value = values[name];
    if (value === undefined) throw new RangeError(`A text was not given its value "${name}".`);
    if (kind === 'plain') return String(value);
    const number = Number(value);
    const { numbers, rules } = countingIn(this.#language);
    const written = numbers.format(number);
    if (kind === 'number') return written;
    const chosen = choices.get(`=${number}`) ?? choices.get(rules.select(number)) ?? choices.get('other');
    return this.#join(chosen ?? [], values, written);
  }
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Part[] {
    const parts = this.#parts();
    if (this.#at < this.#text.length) this.#fail();
    return parts;
  }

  /** Up to the end or the brace that closes what is around. */
  #parts(): Part[] {
    const parts: Part[] = [];
    while (this.#at < this.#text.length && this.#text[this.#at] !== '}')
      parts.push(this.#text[this.#at] === '{' ? this.#value() : this.#match(/[^{}]+/y));
    return parts;
  }

  #value(): Value {
    const [, name = '', kind = 'plain', end] = this.#groups(/\{\s*(\w+)\s*(?:,\s*(number|plural)\s*)?([,}])/y);
    const choices = new Map<string, readonly Part[]>();
    if ((end === ',') !== (kind === 'plural')) this.#fail();
    while (kind === 'plural' && !this.#text.startsWith('}', this.#at)) {
      const [, choice = ''] = this.#groups(/\s*(=\d+|\w+)\s*\{/y);
      choices.set(choice, this.#parts());
      this.#match(/\}\s*/y);
    }
    if (kind === 'plural') this.#match(/\}/y);
    if (kind === 'plural' && !choices.has('other')) this.#fail();
    return { name, kind: kind as Value['kind'], choices };
  }

  #match(pattern: RegExp): string {
    return this.#groups(pattern)[0] ?? '';
  }

  #groups(pattern: RegExp): string[] {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (!found) return this.#fail();
    this.#at = pattern.lastIndex;
    return found;
  }

  #fail(): never {
    throw new SyntaxError(`Not a text of the catalogue, at ${this.#at}: ${this.#text}`);
  }
}

function namesIn(parts: readonly Part[]): string[] {
  return parts.flatMap((part) =>
    typeof part === 'string' ? [] : [part.name, ...[...part.choices.values()].flatMap(namesIn)],
  );
}
