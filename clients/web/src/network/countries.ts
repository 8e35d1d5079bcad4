// The countries a browser can name, by the reader's alphabet.
export interface CountryName {
  readonly code: string;
  readonly name: string;
}

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

// Known to browsers, but no country or no longer one: unions, outlying stations, what is dissolved.
const none = new Set(
  'AC AN BU CP CQ CS DD DG DY EA EU EZ FX HV IC NH NT QO QU RH SU TA TP UK UN VD XA XB YD YU ZR ZZ'.split(' '),
);

export function countries(locale: string): CountryName[] {
  const named = new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' });
  const { compare } = new Intl.Collator(locale);
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((code) => {
      const name = none.has(code) ? undefined : named.of(code);
      return name ? [{ code, name }] : [];
    })
    .sort((a, b) => compare(a.name, b.name));
}
