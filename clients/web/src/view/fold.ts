// A text as search and likeness see it: without case and, for Latin and Greek, without accents.
// Cyrillic keeps its marks: й and и, ќ and к are different letters.
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu, '$1')
    .normalize('NFC')
    .replaceAll('ı', 'i')
    .replaceAll('đ', 'd')
    .replaceAll('ς', 'σ');
}

export const foldedWords = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
