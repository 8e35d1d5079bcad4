// In which language a text most likely is: the first of those at hand that is written in its script.

const scripts: readonly (readonly [string, RegExp])[] = [
  ['Cyrl', /\p{Script=Cyrillic}/gu],
  ['Grek', /\p{Script=Greek}/gu],
  ['Arab', /\p{Script=Arabic}/gu],
  ['Latn', /\p{Script=Latin}/gu],
];

/** `candidates` with the likeliest first; the first of all where the text gives no hint. */
export function languageOf(text: string, candidates: readonly string[]): string {
  const counts = scripts.map(([script, letters]) => [script, text.match(letters)?.length ?? 0] as const);
  const [script, count] = counts.reduce((most, one) => (one[1] > most[1] ? one : most));
  const written = count === 0 ? undefined : candidates.find((tag) => scriptOf(tag) === script);
  return written ?? candidates[0] ?? 'und';
}

function scriptOf(tag: string): string | undefined {
  return new Intl.Locale(tag).maximize().script;
}
