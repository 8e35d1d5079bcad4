// Characters as a person counts them: a flag, a family or a letter with its accent is one.
let segmenter: Intl.Segmenter | undefined;

export function graphemes(text: string): number {
  // Its tables take a phone a while to load: nobody waits for them who has not typed yet.
  if (text === '') return 0;
  const composed = text.normalize('NFC');
  if (typeof Intl.Segmenter !== 'function') return [...composed].length;
  segmenter ??= new Intl.Segmenter();
  return [...segmenter.segment(composed)].length;
}
