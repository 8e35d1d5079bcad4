// Characters as a person counts them: a flag, a family or a letter with its accent is one.
const segmenter = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter() : null;

export function graphemes(text: string): number {
  const composed = text.normalize('NFC');
  if (!segmenter) return [...composed].length;
  return [...segmenter.segment(composed)].length;
}
